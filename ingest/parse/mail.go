package parse

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golocal"
	"golocal/ingest/normal"
)

// parseMail reads a message (RFC 5322, MIME): its header as lines, its body, its
// attachments. Of alternatives the plain text is read, or the page where that
// says more.
func (f *Formats) parseMail(ctx context.Context, data []byte, depth int) (golocal.Document, error) {
	if text, ok := decodeMarked(data); ok {
		data = []byte(text)
	} else if order, ok := bareUTF16(data); ok {
		data = []byte(decodeUTF16(data, order))
	}
	out := &layout{}
	out.mark(golocal.Place{Paragraph: 1})
	r := &mailReader{out: out, attachments: &attachments{formats: f, out: out, depth: depth, began: time.Now()}}
	m, err := r.read(ctx, data, 0)
	if err != nil {
		return golocal.Document{}, mailFailure(err)
	}
	return r.document(Mail, m)
}

// document returns a message with its notes.
func (r *mailReader) document(kind string, m message) (golocal.Document, error) {
	r.out.meta = m.meta()
	if r.encrypted > 0 {
		r.out.notes = append(r.out.notes, "the message is encrypted: only its header is read")
	}
	r.out.notes = append(r.out.notes, r.attachments.noted()...)
	doc, err := r.out.document(kind, m.subject)
	if m.subject == "" {
		doc.Title = "" // else a heading of its page or an attachment's name
	}
	return doc, err
}

// mailFailure gives the reason why a message cannot be read; errors of the
// parser itself stay what they are.
func mailFailure(err error) error {
	if errors.Is(err, errMailParts) || errors.Is(err, errMailDepth) || errors.Is(err, errHeader) {
		return Broken(Mail, err)
	}
	return err
}

// mailReader writes messages into a text.
type mailReader struct {
	out         *layout
	attachments *attachments
	number      int // of the message in its mailbox, else 0
	encrypted   int // messages
	noted       int // texts left out
}

// read writes one message; number is its place in a mailbox, or 0.
func (r *mailReader) read(ctx context.Context, data []byte, number int) (message, error) {
	data = bytes.TrimLeft(appleMail(data), "\r\n")
	if bytes.HasPrefix(data, []byte("From ")) || bytes.HasPrefix(data, []byte(">From ")) {
		_, data = cutLine(data)
	}
	root, err := (&mailTree{}).read(data, "text/plain", 0)
	if err != nil {
		return message{}, err
	}
	m := root.message()
	r.number = number
	if number > 0 {
		r.out.outline = outline{}
		r.out.mark(golocal.Place{Message: number, Paragraph: 1})
		r.out.add(golocal.KindHeading, 1, m.subject)
	}
	m.write(r.out, number == 0)
	return m, r.body(ctx, root)
}

// appleMail returns the message in a file of Apple's Mail (.emlx): its length
// in bytes on a line, the message, then properties. Other files stay as they are.
func appleMail(data []byte) []byte {
	line, rest := cutLine(data)
	n, err := strconv.Atoi(string(bytes.TrimSpace(line[:min(len(line), 30)])))
	if err != nil || n <= 0 || n > len(rest) {
		return data
	}
	return rest[:n]
}

// level is that of an attachment's heading.
func (r *mailReader) level() int {
	if r.number > 0 {
		return 2
	}
	return 1
}

// body writes a part and what it holds: texts first, then attachments.
func (r *mailReader) body(ctx context.Context, root *mailPart) error {
	var files []*mailPart
	r.texts(root, &files)
	for _, p := range files {
		if err := r.file(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// texts writes the parts that are the message itself, and collects the others.
func (r *mailReader) texts(p *mailPart, files *[]*mailPart) {
	switch {
	case encryptedPart(p):
		r.encrypted++
	case p.kind == "multipart/alternative":
		r.alternative(p, files)
	case p.kind == "multipart/related":
		root := p.relatedRoot()
		for _, part := range p.parts {
			if part == root {
				r.texts(part, files)
			} else if !strings.HasPrefix(part.kind, "image/") || part.attached {
				*files = append(*files, part)
			}
		}
	case len(p.parts) > 0:
		for _, part := range p.parts {
			r.texts(part, files)
		}
	case p.attached || p.name != "" || !bodyKind(p.kind):
		*files = append(*files, p)
	case p.kind == "text/html":
		r.page(p)
	default:
		r.plain(p)
	}
}

// bodyKind reports kinds of parts that are written for the reader of a message.
func bodyKind(kind string) bool {
	switch kind {
	case "text/plain", "text/html", "text/enriched", "message/delivery-status", "message/disposition-notification", "text", "":
		return true
	}
	return false
}

// alternative writes one of several forms of the same text, and of the others
// what they carry beside it.
func (r *mailReader) alternative(p *mailPart, files *[]*mailPart) {
	var plain, page *mailPart
	for _, part := range p.parts {
		switch kind := part.textKind(); {
		case part.attached:
			*files = append(*files, part)
		case kind == "text/html":
			page = part
		case plain == nil && kind == "text/plain":
			plain = part
		case plain == nil && page == nil && len(p.parts) == 1:
			r.texts(part, files)
		}
	}
	switch {
	case page == nil && plain == nil:
	case page == nil || plain != nil && !stub(plain, page):
		r.texts(plain, files)
		if page != nil {
			page.others(files)
		}
	default:
		r.texts(page, files)
	}
}

// textKind is text/plain or text/html for what shows such text first, else "".
func (p *mailPart) textKind() string {
	switch p.kind {
	case "text/plain", "text/html":
		return p.kind
	case "multipart/related":
		return p.relatedRoot().textKind()
	}
	for _, part := range p.parts {
		if kind := part.textKind(); kind != "" {
			return kind
		}
	}
	return ""
}

// others collects what a page that is not read carries besides its own pictures.
func (p *mailPart) others(files *[]*mailPart) {
	for _, part := range p.parts {
		if part.attached {
			*files = append(*files, part)
		}
		part.others(files)
	}
}

// relatedRoot is the part of a multipart/related that is shown (RFC 2387, 3.2).
func (p *mailPart) relatedRoot() *mailPart {
	for _, part := range p.parts {
		if start := p.params["start"]; start != "" && part.header.get("content-id") == start {
			return part
		}
	}
	return p.parts[0]
}

// encryptedPart reports S/MIME (RFC 8551) and PGP (RFC 3156) parts whose text
// needs a key.
func encryptedPart(p *mailPart) bool {
	switch p.kind {
	case "multipart/encrypted":
		return true
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		return p.params["smime-type"] != "certs-only"
	case "text/plain":
		return len(p.body) < 4<<20 && bytes.HasPrefix(bytes.TrimSpace(p.data()), []byte("-----BEGIN PGP MESSAGE-----"))
	}
	return false
}

var webAddress = regexp.MustCompile(`https?://[^\s<>"]+`)

// stub reports that the plain form of a text says much less than the page does,
// as in "this message needs a program that shows HTML", or says it between the
// addresses of a newsletter's links.
func stub(plain, page *mailPart) bool {
	text := plain.text()
	said, links := len(strings.Fields(text)), 0
	for _, a := range webAddress.FindAllString(text[:min(len(text), 1<<20)], -1) {
		links += len(a)
	}
	if said == 0 || links > 500 && links*5 > min(len(text), 1<<20)*2 {
		return true
	}
	if said > 60 || len(page.htmlPart().body) > 8<<20 {
		return false
	}
	shown := &layout{}
	readPage(page.htmlPart().html(), shown, pageOptions{})
	return said*4 < len(strings.Fields(shown.text.String()))
}

// htmlPart is the page in a part whose textKind is text/html.
func (p *mailPart) htmlPart() *mailPart {
	for p.kind != "text/html" && len(p.parts) > 0 {
		next := p.parts[0]
		if p.kind == "multipart/related" {
			next = p.relatedRoot()
		} else {
			for _, part := range p.parts {
				if part.textKind() == "text/html" {
					next = part
					break
				}
			}
		}
		p = next
	}
	return p
}

// html returns a page as UTF-8. The charset of the part comes before that of
// the page (HTML standard, 13.2.3.2).
func (p *mailPart) html() string {
	if data := p.data(); p.params["charset"] == "" {
		text, _ := decodeHTML(data)
		return text
	}
	return p.text()
}

func (r *mailReader) page(p *mailPart) {
	source := p.html()
	if len(source) > maxHTML || r.out.full(len(source)) {
		r.note("a page of " + Megabytes(int64(len(source))) + " in the message was left out")
		return
	}
	readPage(source, r.out, pageOptions{under: r.number > 0, letter: true})
}

func (r *mailReader) plain(p *mailPart) {
	text := normal.NoPages(normal.Text(p.text()))
	if r.number > 0 {
		text = unescapeFrom(text)
	}
	if r.out.full(len(text)) {
		r.note("a text of " + Megabytes(int64(len(text))) + " in the message was left out")
		return
	}
	if p.kind == "text/enriched" {
		text = plainEnriched(text)
	}
	writeLetter(r.out, text, strings.EqualFold(p.params["format"], "flowed"), strings.EqualFold(p.params["delsp"], "yes"))
}

// file reads an attachment. Signatures and what only carries the message are
// left out in silence.
func (r *mailReader) file(ctx context.Context, p *mailPart) error {
	switch p.kind {
	case "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-keys", "application/pgp-encrypted":
		return nil
	case "application/ms-tnef":
		r.attachments.note(r.number, p.name, "Outlook's own format (TNEF) is not read")
		return nil
	case "message/external-body", "message/partial":
		r.attachments.note(r.number, p.name, "only a part or a link, not the file itself")
		return nil
	}
	quiet := !p.attached && (p.name == "" || p.header.get("content-id") != "")
	name := p.name
	if strings.HasPrefix(p.kind, "message/rfc822") {
		if name == "" {
			h, _, _ := readHeader(p.data())
			name = fileName(h.get("subject"))
		}
		if name == "" {
			name = "message"
		}
		if !strings.HasSuffix(strings.ToLower(name), ".eml") {
			name += ".eml"
		}
	}
	if name == "" {
		name = "unnamed" + extensionOf(p.kind)
	}
	data := p.data()
	if charset := p.params["charset"]; strings.HasPrefix(p.kind, "text/") && charset != "" && !isWide(data) {
		data = []byte(decodeCharset(charset, data))
	}
	return r.attachments.add(ctx, r.number, name, data, r.level(), quiet)
}

func isWide(data []byte) bool { return bytes.IndexByte(data[:min(len(data), 4096)], 0) >= 0 }

// extensionOf names the usual extension of kinds that their content alone does
// not tell.
func extensionOf(kind string) string {
	return map[string]string{"text/html": ".html", "text/csv": ".csv", "text/calendar": ".ics", "text/vcard": ".vcf", "text/x-vcard": ".vcf", "text/markdown": ".md", "application/json": ".json", "text/xml": ".xml", "application/xml": ".xml", "text/rtf": ".rtf", "message/rfc822": ".eml"}[kind]
}

func (r *mailReader) note(s string) {
	if r.number > 0 {
		s = fmt.Sprintf("message %d: %s", r.number, s)
	}
	if r.noted++; r.noted <= maxNoted {
		r.out.notes = append(r.out.notes, s)
	}
}
