package normal

import (
	"testing"
	"unicode/utf8"
)

func FuzzNormal(f *testing.F) {
	for _, s := range []string{"a\r\n\u200db", "e\u0301\ufe0f", "\xff\r", "1\ufe0f\u20e3", "می\u200c\u200cx", "\u1100\u1161\u11a8"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Text(s)
		if !utf8.ValidString(once) || Text(once) != once {
			t.Fatalf("%q gave %q, then %q", s, once, Text(once))
		}
	})
}
