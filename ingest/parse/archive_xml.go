package parse

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"

	htmlcharset "golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
)

// maxToken is how many bytes of XML a tag, a comment or a run of text may have:
// the decoder holds it in memory several times.
const maxToken = 8 << 20

// tokens calls visit with each XML token of a part; visit's depth counts open
// elements. Entities that the document itself declares are not expanded.
func (a *archive) tokens(name string, visit func(t xml.Token, depth int) error) error {
	r, err := a.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	return partTokens(r, name, visit)
}

// partTokens is tokens for any reader; name is for errors.
func partTokens(r io.Reader, name string, visit func(t xml.Token, depth int) error) error {
	in := &tokenReader{r: xmlText(r)}
	d := xml.NewDecoder(in)
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // xmlText did it
	for depth := 0; ; {
		in.token = in.read
		t, err := d.RawToken()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		switch t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return fmt.Errorf("%s is nested deeper than %d elements", name, maxDepth)
			}
		case xml.EndElement:
			depth--
		}
		if err := visit(t, depth); err != nil {
			return err
		}
	}
}

// tokenReader stops a decoder inside a token that is too large.
type tokenReader struct {
	r           io.Reader
	read, token int // bytes read, and at the start of the token
}

func (r *tokenReader) Read(p []byte) (int, error) {
	if r.read-r.token > maxToken {
		return 0, fmt.Errorf("a run of more than %d MiB without an end", maxToken>>20)
	}
	n, err := r.r.Read(p)
	r.read += n
	return n, err
}

// xmlText returns XML in whatever encoding as UTF-8 (XML 1.0, appendix F). What
// XML does not allow is replaced, so that a stray byte does not cost the rest.
func xmlText(r io.Reader) io.Reader {
	b := bufio.NewReaderSize(r, 32<<10)
	head, _ := b.Peek(512) // an error comes again
	var t transform.Transformer
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("<\x00")):
		t = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
	case bytes.HasPrefix(head, []byte("\xfe\xff")), bytes.HasPrefix(head, []byte("\x00<")):
		t = unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder()
	default:
		if m := xmlEncoding.FindSubmatch(head); m != nil {
			if e, name := htmlcharset.Lookup(string(m[1])); e != nil && name != "utf-8" && name != "utf-16le" && name != "utf-16be" {
				t = e.NewDecoder()
			}
		}
	}
	clean := transform.Transformer(runes.Map(xmlRune))
	if t != nil {
		clean = transform.Chain(t, clean)
	}
	return transform.NewReader(b, clean)
}

// xmlRune replaces what is no character of XML 1.0 (production 2). Invalid
// UTF-8 comes as U+FFFD already.
func xmlRune(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
		return ' '
	}
	return r
}

func xmlAttribute(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
