package parse

import (
	"bytes"
	"regexp"
	"strings"
)

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
