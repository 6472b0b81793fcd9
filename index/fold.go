package index

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folds are letters for which people type others, where that does not follow
// from their parts. Latin as in ICU's Latin-ASCII, Arabic and Persian as in
// Lucene's ArabicNormalizer and PersianNormalizer.
var folds = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ħ': "h", 'ı': "i", 'ł': "l", 'þ': "th", 'ŧ': "t",
	'ς': "σ",
	'ё': "е", // й, ї and ў are letters of their own
	'آ': "ا", 'أ': "ا", 'إ': "ا", 'ٱ': "ا", 'ى': "ي", 'ی': "ي", 'ة': "ه", 'ۀ': "ه", 'ہ': "ه", 'ک': "ك",
}

// appendFold appends a letter as the postings hold it: lower case, without
// accents (Latin and Greek), digits of any script as 0 to 9. What unicode61
// (remove_diacritics 2) would do to it is done then.
func appendFold(b []byte, r rune) []byte {
	switch {
	case r < utf8.RuneSelf:
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(b, byte(r))
	case unicode.Is(unicode.Nd, r):
		return append(b, '0'+digit(r))
	}
	r = unicode.ToLower(r)
	if base := baseOf(r); base != 0 {
		r = base
	}
	if s, ok := folds[r]; ok {
		return append(b, s...)
	}
	return utf8.AppendRune(b, r)
}

// digit is the value of a decimal digit: each script's ten stand together.
func digit(r rune) byte {
	for _, t := range unicode.Nd.R16 {
		if r <= rune(t.Hi) {
			return byte((r - rune(t.Lo)) % 10)
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r <= rune(t.Hi) {
			return byte((r - rune(t.Lo)) % 10)
		}
	}
	return 0
}

// baseOf is the Latin or Greek letter that r is with accents; 0 when it is none.
func baseOf(r rune) rune {
	if r < 0x00C0 || r > 0x1FFF || r > 0x03FF && r < 0x1E00 {
		return 0
	}
	var b [utf8.UTFMax]byte
	parts := norm.NFD.Properties(b[:utf8.EncodeRune(b[:], r)]).Decomposition()
	if parts == nil {
		return 0
	}
	base, n := utf8.DecodeRune(parts)
	if n == len(parts) || !unicode.In(base, unicode.Latin, unicode.Greek) {
		return 0
	}
	return unicode.ToLower(base)
}
