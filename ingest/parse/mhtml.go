package parse

import (
	"bytes"
	"context"
	"strings"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// parseMHTML reads a page that a browser has saved with its pictures and styles
// in one file, which is a message (RFC 2557). Its root part is the page.
func (f *Formats) parseMHTML(ctx context.Context, data []byte) (golocal.Document, error) {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), "\r\n")
	root, err := (&mailTree{}).read(data, "text/html", 0)
	if err != nil {
		return golocal.Document{}, Broken(MHTML, err)
	}
	part := root.firstPage()
	if part == nil {
		return golocal.Document{}, Failed(MHTML, remark.BrokenNoPage)
	}
	source := part.html()
	if len(source) > maxHTML {
		return golocal.Document{}, Failed(MHTML, remark.TooLargePage, len(source), maxHTML)
	}
	out := &layout{}
	address := root.header.get("snapshot-content-location")
	if address == "" {
		address = part.header.get("content-location")
	}
	if strings.HasPrefix(address, "http") && !strings.ContainsAny(address, " \t") {
		out.add(golocal.KindParagraph, 0, "Saved from "+normal.Shorten(address, 500))
	}
	title, err := readPage(source, out, pageOptions{})
	if err != nil {
		return golocal.Document{}, Broken(MHTML, err)
	}
	m := root.message()
	if title == "" {
		title = m.subject
	}
	if out.meta.Created.IsZero() {
		out.meta.Created = m.sent
	}
	return out.document(MHTML, title)
}

// firstPage is the page that a saved page shows first, nil where there is none.
func (p *mailPart) firstPage() *mailPart {
	if p.kind == "multipart/related" {
		if root := p.relatedRoot().firstPage(); root != nil {
			return root
		}
	}
	if p.kind == "text/html" || p.kind == "application/xhtml+xml" {
		return p
	}
	for _, part := range p.parts {
		if found := part.firstPage(); found != nil {
			return found
		}
	}
	return nil
}
