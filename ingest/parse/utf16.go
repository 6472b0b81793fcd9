package parse

import (
	"unicode"
	"unicode/utf16"
)

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

// scriptUTF16 recognises UTF-16 without a mark in other scripts: nearly all
// characters are letters of common scripts, digits or punctuation, and some are
// spaces, line ends or ideographic stops. The last keeps out text in one byte a
// character, whose pairs look like Chinese ("Bush hid the facts").
func scriptUTF16(data []byte) (byteOrder, bool) {
	if len(data) < 8 || len(data)%2 != 0 {
		return false, false
	}
	head := data[:min(len(data), 4096)]
	for _, order := range []byteOrder{littleEndian, bigEndian} {
		all, plain, breaks := 0, 0, 0
		for _, r := range decodeUTF16(head, order) {
			all++
			switch {
			case r == ' ' || r == '\n' || r == '\r' || r == '\t' || r == 0x3001 || r == 0x3002 || r == 0xff0c:
				breaks++
				plain++
			case r > ' ' && r < 0x7f, unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Arabic, unicode.Hebrew, unicode.Han,
				unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Devanagari), r >= 0x2010 && r <= 0x2027, r >= 0x3000 && r < 0x3030, r >= 0xff00 && r < 0xffa0:
				plain++
			}
		}
		if plain*100 >= all*97 && breaks*100 >= all*2 {
			return order, true
		}
	}
	return false, false
}
