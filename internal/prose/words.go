// Package prose splits text into words and sentences and tells which words
// matter, in the way that the search, the quotes and the check of answers share.
// Everything here is pure.
package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Word is one word of a text.
type Word struct {
	Start, End int    // byte range in the text
	Fold       string // lower case, without diacritics
	Stem       string // of Fold: Porter2 for Latin letters, Fold otherwise
	Capital    bool   // starts with an upper-case letter
	Caps       bool   // at least two letters, all upper case
	Number     bool   // has a digit
}

// Words splits text at everything that is neither letter, mark nor digit, as
// SQLite's unicode61 does. An English possessive or contraction ('s, 't) is cut
// off its word. Han, kana and Thai, written without spaces, come as overlapping
// pairs of characters.
func Words(text string) []Word {
	out := make([]Word, 0, len(text)/5)
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf && plain[text[i]] == 0 {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if !inWord(r) {
			i += n
			continue
		}
		if unspaced(r) {
			end := i + n
			if next, m := utf8.DecodeRuneInString(text[end:]); unspaced(next) {
				out = append(out, Word{Start: i, End: end + m, Fold: text[i : end+m], Stem: text[i : end+m]})
				if after, _ := utf8.DecodeRuneInString(text[end+m:]); !unspaced(after) {
					end += m // the pair has taken the last character
				}
			} else if prev, _ := utf8.DecodeLastRuneInString(text[:i]); !unspaced(prev) {
				out = append(out, Word{Start: i, End: end, Fold: text[i:end], Stem: text[i:end]})
			}
			i = end
			continue
		}
		start := i
		for i < len(text) {
			if text[i] < utf8.RuneSelf { // most text, by far
				if plain[text[i]] == 0 {
					break
				}
				i++
				continue
			}
			r, n = utf8.DecodeRuneInString(text[i:])
			if !inWord(r) || unspaced(r) {
				break
			}
			i += n
		}
		out = append(out, word(text, start, i))
		if rest := text[i:]; rest != "" && rest[0] != ' ' && (rest[0] == '\'' || strings.HasPrefix(rest, "’")) {
			_, q := utf8.DecodeRuneInString(rest)
			for _, tail := range []string{"s", "t", "re", "ve", "ll", "d", "m"} {
				after, _ := utf8.DecodeRuneInString(rest[min(q+len(tail), len(rest)):])
				if strings.HasPrefix(strings.ToLower(rest[q:]), tail) && !inWord(after) {
					i += q + len(tail)
					break
				}
			}
		}
	}
	return out
}

// Between is the text between two words that follow each other; "" where they
// overlap, as pairs of characters do.
func Between(text string, a, b Word) string {
	if a.End >= b.Start {
		return ""
	}
	return text[a.End:b.Start]
}

// plain tells what an ASCII character is to a word: 0 nothing of it, else one of
// these.
var plain = func() (of [utf8.RuneSelf]byte) {
	for c := range of {
		switch r := rune(c); {
		case unicode.IsDigit(r):
			of[c] = digit
		case unicode.IsUpper(r):
			of[c] = upper
		case unicode.IsLetter(r):
			of[c] = lower
		}
	}
	return of
}()

const (
	digit = 1 << iota
	upper
	lower
)

func word(text string, start, end int) Word {
	w := Word{Start: start, End: end}
	raw := text[start:end]
	var seen byte // of which kinds it has characters
	uppers, ascii := 0, true
	for i := range len(raw) {
		if raw[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
		kind := plain[raw[i]]
		seen |= kind
		if kind == upper {
			uppers++
		}
	}
	if ascii {
		w.Capital = plain[raw[0]] == upper
		w.Caps = uppers >= 2 && seen&lower == 0
		w.Number = seen&digit != 0
		if w.Fold = raw; seen&upper != 0 {
			w.Fold = strings.ToLower(raw)
		}
		w.Stem = Stem(w.Fold)
		return w
	}
	first, _ := utf8.DecodeRuneInString(raw)
	w.Capital = unicode.IsUpper(first)
	letters, upper := 0, 0
	for _, r := range raw {
		switch {
		case unicode.IsDigit(r):
			w.Number = true
		case unicode.IsLetter(r):
			letters++
			if unicode.IsUpper(r) {
				upper++
			}
		}
	}
	w.Caps = letters >= 2 && upper == letters
	w.Fold = Fold(raw)
	w.Stem = Stem(w.Fold)
	return w
}

// Fold lowers the case and drops diacritics: "Café" becomes "cafe".
func Fold(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	s = strings.ToLower(s)
	if ascii {
		return s
	}
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}

func inWord(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r))
}

// unspaced tells scripts that put no spaces between words.
func unspaced(r rune) bool {
	return r >= 0x0E00 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) || r == 'ー')
}
