package runner

import (
	"strings"
	"unicode/utf8"
)

// stopper turns the pieces that tokens decode to, which may end inside a
// character or a stop string, into text that may be shown.
type stopper struct {
	stops []string
	held  string // not shown yet: it may be the beginning of a stop string or of a character
}

func newStopper(stops []string) *stopper {
	s := &stopper{}
	for _, stop := range stops {
		if stop != "" {
			s.stops = append(s.stops, stop)
		}
	}
	return s
}

// add takes the next piece and returns what can be shown now, always valid
// UTF-8. stopped says that a stop string is complete: what came before the
// earliest one has been shown, and nothing follows.
func (s *stopper) add(piece string) (text string, stopped bool) {
	s.held += piece
	cut := -1
	for _, stop := range s.stops {
		if i := strings.Index(s.held, stop); i >= 0 && (cut < 0 || i < cut) {
			cut = i
		}
	}
	if cut >= 0 {
		text, s.held = s.held[:cut], ""
		return strings.ToValidUTF8(text, "\uFFFD"), true
	}
	keep := len(s.held)
	for _, stop := range s.stops {
		keep = min(keep, len(s.held)-overlap(s.held, stop))
	}
	keep = whole(s.held[:keep])
	text, s.held = s.held[:keep], s.held[keep:]
	return strings.ToValidUTF8(text, "\uFFFD"), false
}

// rest returns what was held when the reply ended for another reason, without
// the bytes of a character that never got complete.
func (s *stopper) rest() string {
	text := s.held[:whole(s.held)]
	s.held = ""
	return strings.ToValidUTF8(text, "\uFFFD")
}

// overlap returns the length of the longest proper prefix of stop that text ends with.
func overlap(text, stop string) int {
	for n := min(len(text), len(stop)-1); n > 0; n-- {
		if strings.HasSuffix(text, stop[:n]) {
			return n
		}
	}
	return 0
}

// whole returns the length of text without the beginning of a character at its
// end that later bytes may complete.
func whole(text string) int {
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if c := text[len(text)-n]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRuneInString(text[len(text)-n:]) {
				return len(text) - n
			}
			break
		}
	}
	return len(text)
}
