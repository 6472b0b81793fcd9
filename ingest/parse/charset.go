package parse

import (
	"bytes"
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	htmlcharset "golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode/utf32"

	"golocal"
	"golocal/internal/remark"
)

// decode returns data as UTF-8, or ok false for bytes that are no text.
func decode(data []byte) (text string, ok bool) {
	text, _, ok = decodeNoted(data)
	return text, ok
}

// decodeNoted is decode with a note for the user where bytes were lost. The
// order is byte order mark, share of zero bytes for UTF-16 without a mark, valid
// UTF-8, UTF-16 of other scripts, damaged UTF-8, statistics, and windows-1252
// for what is left.
func decodeNoted(data []byte) (text string, noted golocal.Remark, ok bool) {
	if text, ok := decodeMarked(data); ok {
		return text, golocal.Remark{}, looksLikeText(text)
	}
	if order, ok := bareUTF16(data); ok { // Latin letters in it are valid UTF-8 too
		text := decodeUTF16(data, order)
		return text, golocal.Remark{}, looksLikeText(text)
	}
	valid := utf8.Valid(data)
	switch {
	case valid && iso2022JP(data):
		if out, err := japanese.ISO2022JP.NewDecoder().Bytes(data); err == nil {
			return string(out), golocal.Remark{}, true
		}
		fallthrough
	case valid:
		if text = string(data); looksLikeText(text) {
			return text, golocal.Remark{}, true
		}
	}
	if order, ok := scriptUTF16(data); ok {
		return decodeUTF16(data, order), golocal.Remark{}, true
	}
	if valid {
		return "", golocal.Remark{}, false
	}
	if cut := cutRune(data); utf8.Valid(cut) && utf8.RuneCount(cut) < len(cut) {
		text := string(cut) // a file cut off inside a character
		return text, golocal.Remark{}, looksLikeText(text)
	}
	if bad, good := damage(data); bad*4 <= good {
		text := strings.ToValidUTF8(string(data), "\uFFFD")
		return text, replaced(bad), looksLikeText(text)
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", golocal.Remark{}, false
	}
	text = guess(data)
	return text, golocal.Remark{}, looksLikeText(text)
}

// replaced says how many bytes were no characters.
func replaced(n int) golocal.Remark {
	if n == 1 {
		return remark.New(remark.NoteByte)
	}
	return remark.New(remark.NoteBytes, n)
}

// damage counts the bytes that are no UTF-8 and the characters of several
// bytes that are: in text of another encoding the former are far more.
func damage(data []byte) (bad, good int) {
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		data = data[n:]
	}
	return bad, good
}

// iso2022JP recognises the shifts of old Japanese mail (RFC 1468), which is ASCII
// to the eye of every other test.
func iso2022JP(data []byte) bool {
	return (bytes.Contains(data, []byte("\x1b$B")) || bytes.Contains(data, []byte("\x1b$@"))) &&
		(bytes.Contains(data, []byte("\x1b(B")) || bytes.Contains(data, []byte("\x1b(J")))
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

// xmlEncoding is the charset that XML declares (XML 1.0, 4.3.3).
var xmlEncoding = regexp.MustCompile(`^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']`)

// decodeDeclared is decodeNoted, but what XML declares wins over statistics where
// the bytes are not UTF-8.
func decodeDeclared(data []byte) (text string, noted golocal.Remark, ok bool) {
	if m := xmlEncoding.FindSubmatch(data[:min(len(data), 300)]); m != nil && !utf8.Valid(data) {
		if enc, name := htmlcharset.Lookup(string(m[1])); enc != nil && name != "utf-8" && !strings.HasPrefix(name, "utf-16") {
			if out, err := enc.NewDecoder().Bytes(data); err == nil {
				return string(out), golocal.Remark{}, true
			}
		}
	}
	return decodeNoted(data)
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

// guess decodes text that is not UTF-8 by the likeliest encoding that has a
// character for all its bytes. The detector works on byte frequencies (the ICU
// method).
func guess(data []byte) string {
	sample := data[:min(len(data), 64<<10)]
	likely, _ := chardet.NewTextDetector().DetectAll(sample)
	slices.SortFunc(likely, func(a, b chardet.Result) int { // equal ones come in any order
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.Charset, b.Charset))
	})
	if len(likely) > 0 && (likely[0].Confidence < 40 || wideCharsets[likely[0].Charset] != nil) {
		best, most := likely[0], max(0.8, commonShare(sample, likely[0].Charset))
		for _, charset := range slices.Sorted(maps.Keys(wideCharsets)) {
			if share := commonShare(sample, charset); share > most { // the detector needs more text than a table of names has
				best, most = chardet.Result{Charset: charset}, share
			}
		}
		likely = append([]chardet.Result{best}, likely...)
	}
	for _, l := range likely {
		name := strings.ToLower(l.Charset)
		if strings.HasPrefix(name, "utf-") || strings.HasPrefix(name, "ibm") {
			continue // ruled out before, and not found in files
		}
		enc, err := htmlindex.Get(name) // knows iso-8859-1 as its superset windows-1252
		if err != nil {
			continue
		}
		if out, err := enc.NewDecoder().Bytes(data); err == nil && bytes.Count(out, replacement)*100 <= len(data) {
			if name == "iso-8859-1" && latin9(data) {
				out, _ = charmap.ISO8859_15.NewDecoder().Bytes(data)
			}
			return string(out)
		}
	}
	out, _ := charmap.Windows1252.NewDecoder().Bytes(data)
	return string(out)
}

// latin9 tells ISO 8859-15 from its older brother by the letters that took the
// places of fractions and accents: those stand inside of words.
func latin9(data []byte) bool {
	letter := func(i int) bool {
		return i >= 0 && i < len(data) && (data[i]|0x20 >= 'a' && data[i]|0x20 <= 'z' || data[i] >= 0xc0)
	}
	found := false
	for i, c := range data {
		switch {
		case c >= 0x80 && c < 0xa0:
			return false // windows-1252
		case c == 0xa4 && !letter(i-1) && !letter(i+1), c == 0xbd && (letter(i-1) || letter(i+1)):
			found = true
		case (c == 0xa6 || c == 0xa8 || c == 0xb8 || c == 0xbc) && letter(i-1) && letter(i+1):
			found = true
		}
	}
	return found
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
