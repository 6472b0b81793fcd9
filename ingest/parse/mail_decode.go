package parse

import (
	"bytes"
	"encoding/base64"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
)

// encodedWord is RFC 2047's, with the spaces inside that some senders leave.
var encodedWord = regexp.MustCompile(`=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=`)

// decodeWords decodes the encoded words of a header field (RFC 2047). Neighbours
// of one charset are decoded together, because senders cut characters in two.
// Bytes beyond ASCII outside of such words are taken for what they look like.
func decodeWords(s string) string {
	if !utf8.ValidString(s) {
		s, _ = decode([]byte(s))
	}
	var out strings.Builder
	var charset string
	var pending []byte
	flush := func() {
		if len(pending) > 0 {
			out.WriteString(decodeCharset(charset, pending))
		}
		pending = nil
	}
	at := 0
	for _, m := range encodedWord.FindAllStringSubmatchIndex(s, -1) {
		between := s[at:m[0]]
		set, _, _ := strings.Cut(strings.ToLower(s[m[2]:m[3]]), "*") // RFC 2231 adds a language
		if pending == nil || strings.TrimSpace(between) != "" {
			flush()
			out.WriteString(between)
		} else if set != charset {
			flush()
		}
		charset, at = set, m[1]
		if word := []byte(s[m[6]:m[7]]); s[m[4]]|0x20 == 'b' {
			pending = append(pending, decodeBase64(word)...)
		} else {
			pending = append(pending, decodeQuoted(bytes.ReplaceAll(word, []byte("_"), []byte(" ")))...)
		}
		if pending == nil {
			pending = []byte{}
		}
	}
	flush()
	out.WriteString(s[at:])
	return out.String()
}

// decodeTransfer undoes a Content-Transfer-Encoding (RFC 2045, 6).
func decodeTransfer(encoding string, data []byte) []byte {
	switch strings.ToLower(strings.Trim(encoding, " \t;")) {
	case "base64":
		return decodeBase64(data)
	case "quoted-printable":
		return decodeQuoted(data)
	}
	return data
}

// decodeBase64 reads what is base64 in data and leaves out what is not; a
// broken end costs its last bytes only.
func decodeBase64(data []byte) []byte {
	out := bytes.NewBuffer(make([]byte, 0, len(data)*3/4+bytes.MinRead))
	for len(data) > 0 { // pieces that were encoded one by one end with = each
		piece, rest, _ := bytes.Cut(data, []byte("="))
		io.Copy(out, base64.NewDecoder(base64.RawStdEncoding, &base64Only{piece})) //nolint:errcheck // what came before the broken end counts
		data = bytes.TrimLeft(rest, "=\r\n")
	}
	return out.Bytes()
}

// base64Only reads the base64 characters of its bytes.
type base64Only struct{ data []byte }

func (r *base64Only) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) && len(r.data) > 0 {
		c := r.data[0]
		r.data = r.data[1:]
		if c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' {
			p[n] = c
			n++
		}
	}
	if n == 0 && len(r.data) == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// decodeQuoted decodes quoted-printable; what is no escape stands for itself
// (mime/quotedprintable ends there with an error).
func decodeQuoted(data []byte) []byte {
	out := make([]byte, 0, len(data))
	for len(data) > 0 {
		i := bytes.IndexByte(data, '=')
		if i < 0 {
			return append(out, data...)
		}
		out = append(out, data[:i]...)
		data = data[i:]
		if len(data) >= 3 {
			if hi, lo := unhex(data[1]), unhex(data[2]); hi < 16 && lo < 16 {
				out = append(out, hi<<4|lo)
				data = data[3:]
				continue
			}
		}
		end := 1
		for end < len(data) && (data[end] == ' ' || data[end] == '\t' || data[end] == '\r') {
			end++
		}
		switch {
		case end == len(data):
			return out
		case data[end] == '\n': // soft line break
			data = data[end+1:]
		default:
			out = append(out, '=')
			data = data[1:]
		}
	}
	return out
}

func unhex(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10
	}
	return 16
}

// decodeCharset returns bytes of a declared charset as UTF-8. Where the name is
// unknown or the bytes contradict it, they are taken for what they look like.
func decodeCharset(name string, data []byte) string {
	name = strings.ToLower(strings.Trim(name, " \t\"';"))
	name = strings.TrimPrefix(name, "charset=")
	if enc := charset(name); enc != nil && !(singleByte(enc) && utf8.Valid(data)) {
		if out, err := enc.NewDecoder().Bytes(data); err == nil && bytes.Count(out, replacement)*20 <= len(data) {
			return string(out)
		}
	}
	if text, ok := decode(data); ok || text != "" {
		return text
	}
	out, _ := charmap.Windows1252.NewDecoder().Bytes(bytes.ReplaceAll(data, []byte{0}, nil))
	return string(out)
}

// charset finds an encoding by any of its names; nil for ASCII, UTF-8 and
// unknown ones.
func charset(name string) encoding.Encoding {
	switch name {
	case "", "us-ascii", "ascii", "utf-8", "utf8", "unknown-8bit", "x-unknown", "default":
		return nil
	}
	if enc, err := htmlindex.Get(name); err == nil {
		return enc
	}
	if enc, err := htmlindex.Get(strings.NewReplacer("cp", "windows-", "ms932", "shift_jis").Replace(name)); err == nil {
		return enc
	}
	enc, err := ianaindex.MIME.Encoding(name)
	if err != nil {
		return nil
	}
	return enc
}

// singleByte reports an encoding of one byte a character. Text in it that is
// valid UTF-8 beyond ASCII was declared wrongly.
func singleByte(enc encoding.Encoding) bool {
	_, ok := enc.(*charmap.Charmap)
	return ok
}
