package parse

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
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
		r.out.note(remark.NoteEncryptedMail)
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

func (r *mailReader) page(p *mailPart) {
	source := p.html()
	if len(source) > maxHTML || r.out.full(len(source)) {
		r.note(remark.NotePageLeft, len(source))
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
		r.note(remark.NoteTextLeft, len(text))
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
		r.attachments.note(r.number, p.name, remark.New(remark.NoteTNEF))
		return nil
	case "message/external-body", "message/partial":
		r.attachments.note(r.number, p.name, remark.New(remark.NoteOnlyPart))
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

func (r *mailReader) note(code remark.Code, values ...any) {
	n := remark.New(code, values...)
	if r.number > 0 {
		n = remark.New(remark.NoteMessage, r.number, n)
	}
	if r.noted++; r.noted <= maxNoted {
		r.out.notes = append(r.out.notes, n)
	}
}
