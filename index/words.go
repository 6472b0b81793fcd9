package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// segment prepares text for FTS5's unicode61 tokenizer, which knows words only
// by the characters between them:
//
//   - compatibility forms are folded (NFKC): ligatures, full-width letters;
//   - runs of scripts without spaces become overlapping pairs, as Lucene's
//     CJKBigramFilter does it, and the last character once more by itself:
//     東京都 → 東京 京都 都. One character is then found as the prefix of a pair;
//   - names in camelCase are followed by their parts;
//   - each emoji or symbol is a word (its code point);
//   - vowel points of Arabic and Hebrew, and invisible characters, are dropped.
func segment(text string) string {
	var b strings.Builder
	b.Grow(len(text) + len(text)/8)
	for p := range pieces(text) {
		switch p.kind {
		case unspaced:
			r := []rune(p.text)
			for i := range r {
				b.WriteByte(' ')
				b.WriteString(string(r[i:min(i+2, len(r))]))
			}
		case symbol:
			b.WriteByte(' ')
			b.WriteString(symbolWord(p.text))
		default:
			b.WriteByte(' ')
			b.WriteString(p.text)
			for _, part := range camelParts(p.text) {
				b.WriteByte(' ')
				b.WriteString(part)
			}
		}
	}
	return strings.TrimPrefix(b.String(), " ")
}

// term is one word of a query as the postings hold it.
type term struct {
	text   string
	prefix bool
}

// terms are the words of a query: what segment makes of the same text, but that
// one character of a script without spaces looks for every word with it.
func terms(text string) []term {
	var out []term
	for p := range pieces(text) {
		switch p.kind {
		case unspaced:
			r := []rune(p.text)
			if len(r) == 1 {
				out = append(out, term{p.text, true})
			}
			for i := range len(r) - 1 {
				out = append(out, term{text: string(r[i : i+2])})
			}
		case symbol:
			out = append(out, term{text: symbolWord(p.text)})
		default:
			out = append(out, term{text: p.text})
			for _, part := range camelParts(p.text) {
				out = append(out, term{text: part})
			}
		}
	}
	return out
}

// pieceKind is how a piece of text is cut into words.
type pieceKind uint8

const (
	spaced   pieceKind = iota + 1 // a word
	unspaced                      // a run of a script that writes no spaces
	symbol                        // an emoji or sign
)

type piece struct {
	kind pieceKind
	text string
}

// pieces cuts text into words, runs and symbols.
func pieces(text string) func(func(piece) bool) {
	return func(yield func(piece) bool) {
		if !isASCII(text) {
			text = norm.NFKC.String(strings.ToValidUTF8(text, " "))
		}
		var b strings.Builder
		var kind pieceKind
		flush := func() bool {
			if b.Len() == 0 {
				return true
			}
			p := piece{kind, b.String()}
			b.Reset()
			return yield(p)
		}
		for _, r := range text {
			k := classify(r)
			if k == invisible {
				continue
			}
			if k == mark { // belongs to what it follows
				if b.Len() > 0 {
					b.WriteRune(r)
				}
				continue
			}
			if (k != kind || k == symbol) && !flush() {
				return
			}
			if kind = k; k != between {
				b.WriteRune(r)
			}
		}
		flush()
	}
}

const (
	between   pieceKind = 10 + iota // separates words
	mark                            // combines with the character before
	invisible                       // as if not there
)

func classify(r rune) pieceKind {
	switch {
	case r < utf8.RuneSelf:
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return spaced
		}
		return between
	case r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan) &&
		unicode.In(r, unicode.L, unicode.Nd, unicode.Nl, unicode.M):
		return unspaced
	case r == 0x0640, r == 0x200B+1, r == 0x200D, r == 0x00AD, r == 0xFEFF, unicode.Is(unicode.Variation_Selector, r):
		return invisible // tatweel, joiners, soft hyphen, byte order mark
	case unicode.Is(unicode.M, r):
		if unicode.In(r, unicode.Arabic, unicode.Hebrew) || r >= 0x064B && r <= 0x0655 {
			return invisible
		}
		return mark
	case unicode.In(r, unicode.L, unicode.N):
		return spaced
	case unicode.Is(unicode.So, r):
		return symbol
	}
	return between
}

// symbolWord is a word of letters for a symbol: SQLite's tables of Unicode are
// older than some emoji.
func symbolWord(s string) string {
	r, _ := utf8.DecodeRuneInString(s)
	const hex = "0123456789abcdef"
	var out []byte
	for v := uint32(r); v > 0; v >>= 4 {
		out = append([]byte{hex[v&15]}, out...)
	}
	return "sign" + string(out)
}

// camelParts are the words inside parseHTTPRequest: parse, HTTP, Request; none
// where there is only one.
func camelParts(word string) []string {
	mixed := false
	for i, r := range word {
		if i > 0 && unicode.IsUpper(r) {
			mixed = true
			break
		}
	}
	if !mixed {
		return nil
	}
	r := []rune(word)
	var parts []string
	start := 0
	for i := 1; i < len(r); i++ {
		up := unicode.IsUpper(r[i])
		if up && !unicode.IsUpper(r[i-1]) || up && i+1 < len(r) && unicode.IsLower(r[i+1]) {
			parts = append(parts, string(r[start:i]))
			start = i
		}
	}
	if start == 0 {
		return nil
	}
	return append(parts, string(r[start:]))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
