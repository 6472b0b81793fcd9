// Package normal holds the normal form of text, and finds spans in it.
package normal

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Text returns s as documents hold it: valid UTF-8 in NFC, lines ended by \n
// alone, and nothing in it that a reader would not see: control characters,
// zero-width and tag characters, bidirectional overrides, stray variation
// selectors. Such characters carry text past a reader's eyes to a model
// (Boucher et al., Trojan Source, arXiv:2111.00169; CVE-2021-42574). Tabs,
// newlines and form feeds stay. Text(Text(s)) == Text(s).
func Text(s string) string {
	if isNormal(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	prev := rune(' ')
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r == '\r':
			if i < len(s) && s[i] == '\n' {
				continue
			}
			r = '\n'
		case r == utf8.RuneError && n == 1:
			r = utf8.RuneError // written as the three bytes of U+FFFD
		case r == '\v' || r == 0x85 || r == 0x2028 || r == 0x2029:
			r = ' '
		case !visible(r, prev):
			continue
		}
		b.WriteRune(r)
		prev = r
	}
	return norm.NFC.String(b.String())
}

// isNormal reports the common case, text that needs no work, without allocating.
func isNormal(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c == 0x7f || c < ' ' && c != '\n' && c != '\t' && c != '\f' {
			return false
		}
	}
	return true
}

// visible reports whether r stays in normalised text after the rune prev.
func visible(r, prev rune) bool {
	switch {
	case r == '\n' || r == '\t' || r == '\f':
		return true
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return false
	case r < 0xad:
		return true
	case r == 0xad, r == 0x034f, r == 0x061c, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5,
		r >= 0x180b && r <= 0x180f, r == 0x200b, r == 0x200e, r == 0x200f,
		r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f, r == 0x3164,
		r == 0xfeff, r == 0xffa0, r >= 0xfff0 && r <= 0xfffb, r == 0xfffe, r == 0xffff,
		r >= 0x1d173 && r <= 0x1d17a, r >= 0xe0000 && r <= 0xe0fff:
		return false
	case r == 0x200c || r == 0x200d || r >= 0xfe00 && r <= 0xfe0f:
		// Joiners and variation selectors spell Persian, Indic scripts and
		// emoji; anywhere else, or in a row, they only hide.
		return prev >= 0x0590 && (unicode.IsLetter(prev) || unicode.IsMark(prev) && !selector(prev) || unicode.IsSymbol(prev)) ||
			r == 0x200d && selector(prev) || selector(r) && (prev >= '0' && prev <= '9' || prev == '#' || prev == '*' || prev == 0xa9 || prev == 0xae)
	}
	return true
}

func selector(r rune) bool { return r >= 0xfe00 && r <= 0xfe0f }

// OneLine returns s with every run of white space made one space, trimmed.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// NoPages turns form feeds into spaces of the same length: only documents with
// pages may hold page ends.
func NoPages(s string) string { return strings.ReplaceAll(s, "\f", " ") }

// Shorten cuts s to at most n bytes at a word where there is one.
func Shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	if i := strings.LastIndexByte(s[:n], ' '); i > n/2 {
		n = i
	}
	return strings.TrimSpace(s[:n])
}
