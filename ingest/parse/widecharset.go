package parse

// wideCharset tells how a charset of one and two bytes parts its characters.
type wideCharset struct {
	lead, trail func(c byte) bool
	common      func(lead, trail byte) bool // the most frequent characters
}

func inRange(c, from, to byte) bool { return c >= from && c <= to }

// wideCharsets are those of East Asia, by the detector's names. Each standard
// has its common characters (kana, syllables, the first level of ideographs) in
// a block of their own (JIS X 0208, GB 2312, Big5, KS X 1001), so bytes read in
// the wrong charset give rare ones.
var wideCharsets = map[string]*wideCharset{
	"Shift_JIS": {
		func(c byte) bool { return inRange(c, 0x81, 0x9f) || inRange(c, 0xe0, 0xfc) },
		func(c byte) bool { return inRange(c, 0x40, 0xfc) && c != 0x7f },
		func(a, b byte) bool { return inRange(a, 0x81, 0x83) || inRange(a, 0x88, 0x98) },
	},
	"EUC-JP": {
		func(c byte) bool { return inRange(c, 0xa1, 0xfe) || c == 0x8e },
		func(c byte) bool { return inRange(c, 0xa1, 0xfe) },
		func(a, b byte) bool { return inRange(a, 0xa1, 0xa5) || inRange(a, 0xb0, 0xcf) },
	},
	"GB18030": {
		func(c byte) bool { return inRange(c, 0x81, 0xfe) },
		func(c byte) bool { return inRange(c, 0x40, 0xfe) && c != 0x7f || inRange(c, 0x30, 0x39) },
		func(a, b byte) bool { return b >= 0xa1 && (inRange(a, 0xa1, 0xa3) || inRange(a, 0xb0, 0xd7)) },
	},
	"Big5": {
		func(c byte) bool { return inRange(c, 0x81, 0xfe) },
		func(c byte) bool { return inRange(c, 0x40, 0x7e) || inRange(c, 0xa1, 0xfe) },
		func(a, b byte) bool { return inRange(a, 0xa1, 0xa2) || inRange(a, 0xa4, 0xc6) },
	},
	"EUC-KR": {
		func(c byte) bool { return inRange(c, 0xa1, 0xfe) },
		func(c byte) bool { return inRange(c, 0xa1, 0xfe) },
		func(a, b byte) bool { return inRange(a, 0xa1, 0xa3) || inRange(a, 0xb0, 0xc8) },
	},
}

// commonShare returns the share of a text's characters of two bytes that are
// common ones in a charset; 0 for a charset that is none of East Asia's or does
// not fit, and for text of mostly Latin letters, whose accents and quotes would
// make characters with the letters that follow.
func commonShare(data []byte, charset string) float64 {
	w := wideCharsets[charset]
	if w == nil {
		return 0
	}
	all, common, bad, latin := 0, 0, 0, 0
	for i := 0; i < len(data); i++ {
		switch {
		case data[i]|0x20 >= 'a' && data[i]|0x20 <= 'z':
			latin++
		case data[i] < 0x80 || charset == "Shift_JIS" && inRange(data[i], 0xa1, 0xdf):
		case i+1 < len(data) && w.lead(data[i]) && w.trail(data[i+1]):
			all++
			if w.common(data[i], data[i+1]) {
				common++
			}
			i++
		default:
			bad++
		}
	}
	if all < 3 || bad*50 > all || latin > 2*all {
		return 0
	}
	return float64(common) / float64(all)
}
