package parse

import (
	"context"
	"strings"
	"time"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// parseOutlook reads a message as Outlook saves it (MS-OXMSG): header, body,
// attachments, as parseMail does.
func (f *Formats) parseOutlook(ctx context.Context, data []byte, depth int) (golocal.Document, error) {
	file, err := openCompound(data)
	if err != nil {
		return golocal.Document{}, Broken(Outlook, err)
	}
	out := &layout{}
	r := &outlookReader{file: file}
	r.out, r.attachments = out, &attachments{formats: f, out: out, depth: depth, began: time.Now()}
	root := readProperties(file, file.entries[0], 32, "")
	if len(root.parts) == 0 {
		return golocal.Document{}, Failed(Outlook, remark.BrokenNoMessage)
	}
	m := outlookMessage(root)
	out.mark(golocal.Place{Paragraph: 1})
	m.write(out, true)
	if err := r.message(ctx, root); err != nil {
		return golocal.Document{}, err
	}
	return r.document(Outlook, m)
}

// isOutlook reports a Compound File that is a message rather than one that
// holds some message.
func isOutlook(data []byte) bool {
	f, err := openCompound(data)
	if err != nil {
		return false
	}
	_, ok := f.children(f.entries[0])["__properties_version1.0"]
	return ok
}

// outlookReader writes an Outlook message into a text.
type outlookReader struct {
	mailReader
	file *compoundFile
}

// outlookMessage reads what the header of a message tells.
func outlookMessage(p properties) message {
	carried, _, _ := readHeader([]byte(strings.TrimLeft(p.string(propHeaders), "\r\n")))
	m := message{subject: p.line(propSubject), sent: sentAt(carried.get("date"))}
	if m.sent.IsZero() {
		m.sent = p.time(propSubmitted)
	}
	if m.sent.IsZero() {
		m.sent = p.time(propDelivered)
	}
	if m.date = normal.OneLine(normal.Text(carried.get("date"))); m.date == "" && !m.sent.IsZero() {
		m.date = m.sent.Format("Mon, 02 Jan 2006 15:04:05 -0700")
	}
	from := person(p.line(propSenderFor), p.line(propSenderForSMTP), p.line(propSenderForMail))
	if from == "" {
		from = person(p.line(propSender), p.line(propSenderSMTP), p.line(propSenderMail))
	}
	if from != "" {
		m.from = []string{from}
	} else {
		m.from = addresses(carried.get("from"))
	}
	for _, e := range p.storages("__recip_version1.0_#") {
		one := readProperties(p.file, e, 8, p.codepage)
		who := person(one.line(propName), one.line(propSMTP), one.line(propMail))
		if who == "" {
			continue
		}
		switch one.fixed[propRecipientType] & 0xf {
		case 2:
			m.cc = append(m.cc, who)
		case 3:
			m.bcc = append(m.bcc, who)
		default:
			m.to = append(m.to, who)
		}
	}
	if len(m.to)+len(m.cc)+len(m.bcc) == 0 {
		m.to, m.cc = addresses(p.string(propDisplayTo)), addresses(p.string(propDisplayCc))
	}
	if len(m.to)+len(m.cc)+len(m.bcc) == 0 {
		m.to, m.cc = addresses(carried.all("to")), addresses(carried.all("cc"))
	}
	return m
}

// message writes the body of a message and what it carries.
func (r *outlookReader) message(ctx context.Context, p properties) error {
	if class := strings.ToUpper(p.line(propClass)); strings.HasSuffix(class, ".SMIME") {
		r.encrypted++
		return nil
	}
	if err := r.body(p); err != nil {
		return err
	}
	for _, e := range p.storages("__attach_version1.0_#") {
		if err := r.attachment(ctx, readProperties(p.file, e, 8, p.codepage)); err != nil {
			return err
		}
	}
	return nil
}

// body writes the first of text, page and rich text that says something.
func (r *outlookReader) body(p properties) error {
	if text := normal.NoPages(normal.Text(p.string(propBody))); normal.HasWords(text) {
		if strings.HasPrefix(strings.TrimSpace(text), "-----BEGIN PGP MESSAGE-----") {
			r.encrypted++
			return nil
		}
		if r.out.full(len(text)) {
			r.note(remark.NoteLongText)
			return nil
		}
		writeLetter(r.out, text, false, false)
		return nil
	}
	page := p.string(propHTML)
	if b := p.bytes(propHTML); len(b) > 0 {
		if page, _ = decodeHTML(b); p.fixed[propHTMLCodepage] != 0 {
			page = decodeCharset(codepageName(p.fixed[propHTMLCodepage]), b)
		}
	}
	if normal.HasWords(page) && len(page) <= maxHTML {
		_, err := readPage(page, r.out, pageOptions{letter: true})
		return err
	}
	if rtf, err := unpackRTF(p.bytes(propRTF)); err == nil && len(rtf) > 0 {
		doc, err := parseRTF(rtf)
		if err != nil || !normal.HasWords(doc.Text) {
			return nil //nolint:nilerr // a message without text, or whose text is empty, still has a header
		}
		r.out.splice(doc)
	} else if err != nil && len(p.bytes(propRTF)) > 0 {
		r.note(remark.NoteBrokenText)
	}
	return nil
}

// attachment reads one attachment (MS-OXMSG 2.2.2): a file, or a message that
// lies in a storage of its own.
func (r *outlookReader) attachment(ctx context.Context, p properties) error {
	name := fileName(p.line(propLongName))
	if name == "" {
		name = fileName(p.line(propShortName))
	}
	if name == "" {
		name = fileName(p.line(propName))
	}
	if inner, ok := p.parts["__substg1.0_3701000D"]; ok {
		if p.fixed[propMethod] != 5 {
			r.attachments.note(0, name, remark.New(remark.NoteObject))
			return nil
		}
		return r.embedded(ctx, name, inner, p)
	}
	data := p.bytes(propData)
	if data == nil {
		if method := p.fixed[propMethod]; method >= 2 && method <= 4 || method == 7 {
			r.attachments.note(0, name, remark.New(remark.NoteOnlyLink))
		}
		if p.lost(propData) {
			r.attachments.note(0, name, remark.New(remark.Broken, errCompound))
		}
		return nil
	}
	if strings.HasPrefix(strings.ToLower(p.line(propMimeType)), "application/pgp-") {
		return nil
	}
	hidden := p.fixed[propHiddenFile]&1 == 1 || p.string(propContentID) != "" && strings.HasPrefix(p.string(propMimeType), "image/")
	return r.attachments.add(ctx, 0, name, data, 1, hidden)
}

// embedded reads a message that is attached to this one.
func (r *outlookReader) embedded(ctx context.Context, name string, storage compoundEntry, outer properties) error {
	inner := readProperties(r.file, storage, 24, outer.codepage)
	m := outlookMessage(inner)
	if name == "" {
		name = fileName(m.subject)
	}
	if name == "" {
		name = "message"
	}
	if !strings.HasSuffix(strings.ToLower(name), ".msg") {
		name += ".msg"
	}
	if r.attachments.depth++; r.attachments.depth > maxNesting {
		r.attachments.depth--
		r.attachments.note(0, name, remark.New(remark.IsNested, maxNesting))
		return nil
	}
	defer func() { r.attachments.depth-- }()
	// The same limits, budget and notes hold for what lies in it.
	sub := &outlookReader{file: r.file}
	sub.out = &layout{}
	files := *r.attachments
	files.out, files.notes, files.unread = sub.out, nil, 0
	sub.attachments = &files
	sub.out.mark(golocal.Place{Paragraph: 1})
	m.write(sub.out, true)
	if err := sub.message(ctx, inner); err != nil {
		return err
	}
	r.attachments.bytes = files.bytes
	doc, err := sub.document(Outlook, m)
	if err != nil {
		r.attachments.note(0, name, remark.New(remark.NoteText, err))
		return nil //nolint:nilerr // noted
	}
	for _, n := range doc.Remarks {
		r.attachments.note(0, name, n)
	}
	if !r.out.full(len(doc.Text)) {
		r.out.attach(0, name, doc, 1)
	}
	return nil
}
