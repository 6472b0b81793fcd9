package parse

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/gogs/chardet"
	htmlcharset "golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode/utf32"
)

// decode returns data as UTF-8, or ok false for bytes that are no text. The
// order is byte order mark, share of zero bytes for UTF-16 without a mark, valid
// UTF-8, statistics, and windows-1252 for what is left.
func decode(data []byte) (text string, ok bool) {
	if text, ok := decodeMarked(data); ok {
		return text, looksLikeText(text)
	}
	if order, ok := bareUTF16(data); ok { // Latin letters in it are valid UTF-8 too
		text := decodeUTF16(data, order)
		return text, looksLikeText(text)
	}
	if utf8.Valid(data) {
		text := string(data)
		return text, looksLikeText(text)
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", false
	}
	if cut := cutRune(data); utf8.Valid(cut) && len(cut) > 0 {
		text := string(cut) // a file cut off inside a character
		return text, looksLikeText(text)
	}
	text = guess(data)
	return text, looksLikeText(text)
}

// decodeHTML is decode, but a charset that the page declares wins over
// statistics unless the bytes contradict it.
func decodeHTML(data []byte) (string, bool) {
	if text, ok := decodeMarked(data); ok {
		return text, true
	}
	head := data[:min(len(data), 4096)]
	enc, name, _ := htmlcharset.DetermineEncoding(head, "")
	declared := bytes.Contains(bytes.ToLower(head), []byte("charset"))
	if !declared || name == "utf-8" || strings.HasPrefix(name, "utf-16") || bytes.IndexByte(head, 0) >= 0 {
		return decode(data)
	}
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return decode(data)
	}
	return string(out), true
}

func decodeMarked(data []byte) (string, bool) {
	switch {
	case bytes.HasPrefix(data, []byte{0xef, 0xbb, 0xbf}):
		return strings.ToValidUTF8(string(data[3:]), "\uFFFD"), true
	case bytes.HasPrefix(data, []byte{0xff, 0xfe, 0, 0}), bytes.HasPrefix(data, []byte{0, 0, 0xfe, 0xff}):
		out, err := utf32.UTF32(utf32.LittleEndian, utf32.ExpectBOM).NewDecoder().Bytes(data)
		return string(out), err == nil
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return decodeUTF16(data[2:], littleEndian), true
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return decodeUTF16(data[2:], bigEndian), true
	}
	return "", false
}

type byteOrder bool

const (
	littleEndian byteOrder = false
	bigEndian    byteOrder = true
)

func decodeUTF16(data []byte, order byteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		a, b := uint16(data[2*i]), uint16(data[2*i+1])
		if order == bigEndian {
			a, b = b, a
		}
		units[i] = a | b<<8
	}
	return string(utf16.Decode(units))
}

// bareUTF16 recognises UTF-16 without a mark by its zero bytes: in text of
// mostly Latin letters, and in spaces and line ends of any other, one half of
// the pairs is zero.
func bareUTF16(data []byte) (byteOrder, bool) {
	if len(data) < 4 || len(data)%2 != 0 {
		return false, false
	}
	head := data[:min(len(data), 4096)]
	var even, odd int
	for i, c := range head {
		if c == 0 && i%2 == 0 {
			even++
		} else if c == 0 {
			odd++
		}
	}
	pairs := len(head) / 2
	switch {
	case odd*10 >= pairs*3 && even*20 <= odd:
		return littleEndian, true
	case even*10 >= pairs*3 && odd*20 <= even:
		return bigEndian, true
	}
	return false, false
}

// guess decodes text that is not UTF-8 by the likeliest encoding that has a
// character for all its bytes. The detector works on byte frequencies (the ICU
// method).
func guess(data []byte) string {
	sample := data[:min(len(data), 64<<10)]
	likely, _ := chardet.NewTextDetector().DetectAll(sample)
	for _, l := range likely {
		name := strings.ToLower(l.Charset)
		if name == "gb-18030" {
			name = "gb18030"
		}
		if strings.HasPrefix(name, "utf-") || strings.HasPrefix(name, "ibm") {
			continue // ruled out before, and not found in files
		}
		enc, err := htmlindex.Get(name) // knows iso-8859-1 as its superset windows-1252
		if err != nil {
			continue
		}
		if out, err := enc.NewDecoder().Bytes(data); err == nil && bytes.Count(out, replacement)*100 <= len(data) {
			return string(out)
		}
	}
	out, _ := charmap.Windows1252.NewDecoder().Bytes(data)
	return string(out)
}

var replacement = []byte("\uFFFD")

// cutRune drops up to three bytes of an unfinished character at the end.
func cutRune(data []byte) []byte {
	for i := 1; i <= 3 && i <= len(data); i++ {
		if c := data[len(data)-i]; c >= 0xc0 {
			return data[:len(data)-i]
		}
	}
	return data
}

// looksLikeText rejects binary data that happened to decode: more than one
// control character, replacement character or unassigned private use in twenty.
func looksLikeText(s string) bool {
	var all, bad int
	for _, r := range s[:min(len(s), 64<<10)] {
		all++
		if r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != 0x1b || r == utf8.RuneError || r == 0x7f {
			bad++
		}
	}
	return bad*20 <= all
}
