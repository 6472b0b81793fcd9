package parse

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// codePages are the encodings of the code pages that RTF names.
var codePages = map[int]encoding.Encoding{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855, 858: charmap.CodePage858,
	860: charmap.CodePage860, 862: charmap.CodePage862, 863: charmap.CodePage863, 865: charmap.CodePage865, 866: charmap.CodePage866,
	874: charmap.Windows874, 932: japanese.ShiftJIS, 936: simplifiedchinese.GBK, 949: korean.EUCKR, 950: traditionalchinese.Big5,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253, 1254: charmap.Windows1254,
	1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258, 1361: korean.EUCKR,
	10000: charmap.Macintosh, 10007: charmap.MacintoshCyrillic, 20866: charmap.KOI8R, 28591: charmap.ISO8859_1, 28592: charmap.ISO8859_2,
	54936: simplifiedchinese.GB18030, 65001: unicode.UTF8,
}

// charsets are the code pages of a font's \fcharset (RTF 1.9.1, font table).
var charsets = map[int]int{
	0: 1252, 77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 179: 1256, 180: 1256,
	181: 1255, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}

// symbolPage is the page of fonts whose characters are no letters.
const symbolPage = 2

// double reports a code page whose characters have one or two bytes.
func double(page int) bool {
	switch page {
	case 932, 936, 949, 950, 1361, 54936:
		return true
	}
	return false
}

// decodePage decodes bytes of a code page; windows-1252 stands in for unknown ones.
func decodePage(page int, b []byte) string {
	ascii := true
	for _, c := range b {
		ascii = ascii && c < 0x80
	}
	switch {
	case page == symbolPage:
		var s strings.Builder
		for _, c := range b {
			s.WriteRune(rtfSymbol(rune(c)))
		}
		return s.String()
	case ascii:
		return string(b)
	}
	enc := codePages[page]
	if enc == nil {
		enc = charmap.Windows1252
	}
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return string(out)
}

// symbolLetters are the Greek letters of the font Symbol, in the places of the
// Latin ones.
const symbolLetters = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ αβχδεφγηιϕκλμνοπθρστυϖωξψζ"

// rtfSymbol returns a character of the font Symbol: a Greek letter, a bullet for
// what is no letter, itself for digits and signs.
func rtfSymbol(c rune) rune {
	letters := []rune(symbolLetters)
	switch {
	case c >= 'A' && c <= 'Z':
		return letters[c-'A']
	case c >= 'a' && c <= 'z':
		return letters[c-'a'+27]
	case c >= 0x80:
		return '•'
	}
	return c
}
