package parse

import (
	"bytes"
	"errors"
	"path"
	"strings"

	"golocal/ingest/normal"
)

// Limits of a message (RFC 2046 sets none): what is nested or cut finer was not
// written by people.
const (
	maxMailParts = 1000
	maxMailDepth = 20
)

var (
	errMailParts = errors.New("more than 1,000 parts")
	errMailDepth = errors.New("parts nested deeper than 20")
)

// mailPart is a message or one part of it (RFC 2045, 2.4).
type mailPart struct {
	header   letterHeader
	kind     string // media type in lower case: "text/plain"
	params   map[string]string
	attached bool   // Content-Disposition says so
	name     string // of the file that it holds, "" for none
	body     []byte // as transferred; slices the message
	parts    []*mailPart
}

// mailTree cuts a message into its parts and counts them. Parts are slices of
// the message, so that a message costs no more than its bytes however it is
// cut, and a bomb ends with the part that is one too many.
type mailTree struct{ parts int }

// read cuts a part; usual is the media type of one that does not tell.
func (t *mailTree) read(data []byte, usual string, depth int) (*mailPart, error) {
	if t.parts++; t.parts > maxMailParts {
		return nil, errMailParts
	}
	if depth > maxMailDepth {
		return nil, errMailDepth
	}
	h, body, err := readHeader(data)
	if err != nil {
		return nil, err
	}
	p := &mailPart{header: h, body: body}
	p.kind, p.params = mediaType(h.get("content-type"))
	if !strings.Contains(p.kind, "/") {
		p.kind = usual
	}
	disposition, params := mediaType(h.get("content-disposition"))
	p.attached = disposition == "attachment"
	if p.name = fileName(params["filename"]); p.name == "" {
		p.name = fileName(p.params["name"])
	}
	if !strings.HasPrefix(p.kind, "multipart/") {
		return p, nil
	}
	usual = "text/plain"
	if p.kind == "multipart/digest" {
		usual = "message/rfc822"
	}
	pieces, err := cutParts(body, p.params["boundary"], maxMailParts-t.parts)
	if err != nil {
		return nil, err
	}
	if len(pieces) == 0 { // no boundary in it
		p.kind = "text/plain"
		return p, nil
	}
	for _, piece := range pieces {
		child, err := t.read(piece, usual, depth+1)
		if err != nil {
			return nil, err
		}
		p.parts = append(p.parts, child)
	}
	return p, nil
}

// cutParts cuts the body of a multipart at its boundaries (RFC 2046, 5.1). A
// last part without its end goes to the end of the body. Where no boundary is
// declared, the first line that looks like one is it.
func cutParts(body []byte, boundary string, most int) ([][]byte, error) {
	if boundary == "" {
		if boundary = firstBoundary(body); boundary == "" {
			return nil, nil
		}
	}
	mark := []byte("--" + boundary)
	var pieces [][]byte
	start := -1
	for at := 0; at <= len(body); {
		i := bytes.Index(body[at:], mark)
		if i < 0 {
			break
		}
		i += at
		at = i + len(mark)
		if i > 0 && body[i-1] != '\n' {
			continue // inside of a line
		}
		line, rest := cutLine(body[i:])
		tail := bytes.TrimRight(line[len(mark):], " \t")
		if len(tail) > 0 && !bytes.Equal(tail, []byte("--")) {
			continue // another boundary that begins alike
		}
		if start >= 0 {
			pieces = append(pieces, body[start:max(start, i-1)])
			if len(pieces) > most {
				return nil, errMailParts
			}
		}
		start = len(body) - len(rest)
		if len(tail) > 0 {
			return pieces, nil
		}
	}
	if start >= 0 {
		pieces = append(pieces, body[start:])
	}
	return pieces, nil
}

// firstBoundary finds the first line that begins with two hyphens and goes on
// without a space.
func firstBoundary(body []byte) string {
	for len(body) > 0 {
		var line []byte
		line, body = cutLine(body)
		if mark, ok := bytes.CutPrefix(line, []byte("--")); ok && len(mark) > 4 && len(mark) <= 70 && !bytes.ContainsAny(mark, " \t") && len(bytes.Trim(mark, "-")) > 0 {
			return string(mark)
		}
	}
	return ""
}

// data returns what the part holds, decoded.
func (p *mailPart) data() []byte {
	return decodeTransfer(p.header.get("content-transfer-encoding"), p.body)
}

// text returns the part as UTF-8 with lines that end in \n.
func (p *mailPart) text() string {
	s := decodeCharset(p.params["charset"], p.data())
	return strings.ReplaceAll(s, "\r\n", "\n")
}

// fileName returns the last element of a name that somebody else has chosen, as
// it may be shown; "/" is for attachments of attachments.
func fileName(s string) string {
	s = normal.OneLine(normal.Text(decodeWords(s)))
	s = path.Base(strings.ReplaceAll(s, `\`, "/"))
	if s == "." || s == "/" || s == ".." {
		return ""
	}
	return normal.Shorten(s, 200)
}
