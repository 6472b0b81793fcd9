package runner

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestStopper(t *testing.T) {
	tests := []struct {
		name    string
		stops   []string
		pieces  []string
		shown   []string // after each piece
		stopped bool
		rest    string
	}{
		{"no stops", nil, []string{"a", "b"}, []string{"a", "b"}, false, ""},
		{"empty stop string", []string{""}, []string{"a"}, []string{"a"}, false, ""},
		{"in one piece", []string{"<end>"}, []string{"hi <end> there"}, []string{"hi "}, true, ""},
		{"over three pieces", []string{"<end>"}, []string{"hi<", "en", "d>x"}, []string{"hi", "", ""}, true, ""},
		{"a false start", []string{"<end>"}, []string{"hi<", "en", "ter>"}, []string{"hi", "", "<enter>"}, false, ""},
		{"a false start within a start", []string{"aab"}, []string{"a", "a", "a", "b"}, []string{"", "", "a", ""}, true, ""},
		{"the earliest of several", []string{"later", "b"}, []string{"a b later"}, []string{"a "}, true, ""},
		{"one stop begins another", []string{"<end>", "<e"}, []string{"x<e", "nd>"}, []string{"x"}, true, ""},
		{"held at the end", []string{"\nUser:"}, []string{"hi", "\nUs"}, []string{"hi", ""}, false, "\nUs"},
		{"a character in two pieces", nil, []string{"a\xc3", "\xa9b"}, []string{"a", "éb"}, false, ""},
		{"a character in four pieces", nil, []string{"\xf0", "\x9f", "\x98", "\x80"}, []string{"", "", "", "😀"}, false, ""},
		{"a character that never ends", nil, []string{"ab\xe2\x82"}, []string{"ab"}, false, ""},
		{"a character broken by the next", nil, []string{"\xe2\x82", "ab"}, []string{"", "\uFFFDab"}, false, ""},
		{"a byte that begins nothing", nil, []string{"a\x80", "b"}, []string{"a\uFFFD", "b"}, false, ""},
		{"a stop of several bytes", []string{"é"}, []string{"a\xc3", "\xa9b"}, []string{"a", ""}, true, ""},
		{"a broken character before a stop", []string{"X"}, []string{"a\xe2\x82X"}, []string{"a\uFFFD"}, true, ""},
	}
	for _, tt := range tests {
		s := newStopper(tt.stops)
		stopped := false
		for i, piece := range tt.pieces {
			if stopped {
				break
			}
			var text string
			text, stopped = s.add(piece)
			if text != tt.shown[i] {
				t.Errorf("%s: piece %d shows %q, want %q", tt.name, i, text, tt.shown[i])
			}
		}
		if rest := s.rest(); stopped != tt.stopped || rest != tt.rest {
			t.Errorf("%s: stopped %v rest %q, want %v %q", tt.name, stopped, rest, tt.stopped, tt.rest)
		}
	}
}

// Whatever the pieces, what is shown is valid, holds no stop string, and is the
// whole text up to the first one.
func FuzzStopper(f *testing.F) {
	f.Add("the end <end> is near", "<end>", "near", uint8(3))
	f.Add("aaaab", "aab", "", uint8(1))
	f.Add("é\xff\xe2\x82ü€😀", "€", "😀", uint8(2))
	f.Fuzz(func(t *testing.T, text, stop1, stop2 string, size uint8) {
		stops := []string{stop1, stop2}
		s := newStopper(stops)
		var got strings.Builder
		stopped := false
		for rest := text; rest != "" && !stopped; {
			n := min(len(rest), 1+int(size)%7)
			var shown string
			shown, stopped = s.add(rest[:n])
			if !utf8.ValidString(shown) {
				t.Fatalf("shows %q", shown)
			}
			got.WriteString(shown)
			rest = rest[n:]
		}
		got.WriteString(s.rest())

		first := -1
		for _, stop := range stops {
			if i := strings.Index(text, stop); stop != "" && i >= 0 && (first < 0 || i < first) {
				first = i
			}
		}
		if stopped != (first >= 0) {
			t.Fatalf("stopped %v, but the first stop string is at %d", stopped, first)
		}
		if !utf8.ValidString(text) || !utf8.ValidString(stop1) || !utf8.ValidString(stop2) {
			return // what becomes of broken characters depends on where the pieces end
		}
		want := text
		if first >= 0 {
			// A piece may complete two stop strings at once; then the earliest in
			// the text counts. Over several pieces the one complete first does.
			if want = text[:first]; !strings.HasPrefix(got.String(), want) {
				t.Fatalf("got %q, want at least %q", got.String(), want)
			}
			for _, stop := range stops {
				if stop != "" && strings.Contains(got.String(), stop) {
					t.Fatalf("got %q with a stop string in it", got.String())
				}
			}
			return
		}
		if got.String() != want {
			t.Fatalf("got %q, want %q", got.String(), want)
		}
	})
}
