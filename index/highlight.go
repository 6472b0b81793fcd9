package index

import (
	"cmp"
	"slices"
	"strings"

	"golocal"
	"golocal/internal/prose"
)

// Highlight returns where the words that a query looks for stand in a text, in
// order and apart from each other: in any inflected form, without regard to
// case and accents, as parts of names, as pairs of characters, by their
// beginning, as Match finds them. Function words are marked only in a text that
// has no other word of the query. What a query asks of a title or another field
// marks nothing.
func Highlight(query, text string) []golocal.Span {
	var strong, weak wanted
	for _, t := range parse(query).words {
		if prose.Stop(t.text) {
			weak.add(t)
		} else {
			strong.add(t)
		}
	}
	found := strong.in(text)
	if len(found) == 0 {
		found = weak.in(text)
	}
	return found
}

// wanted are the words to mark, without their endings.
type wanted struct {
	whole  map[string]bool
	starts []string
}

func (w *wanted) add(t term) {
	s := string(stem([]byte(t.text)))
	if t.prefix {
		w.starts = append(w.starts, s)
		return
	}
	if w.whole == nil {
		w.whole = map[string]bool{}
	}
	w.whole[s] = true
}

// in returns where the words stand in a text.
func (w *wanted) in(text string) []golocal.Span {
	if len(w.whole) == 0 && len(w.starts) == 0 {
		return nil
	}
	var found []golocal.Span
	eachWord(text, func(t word) {
		s := stem(t.text)
		if w.whole[string(s)] {
			found = append(found, t.span)
			return
		}
		for _, start := range w.starts {
			if !strings.HasPrefix(string(s), start) {
				continue
			}
			if t.mid < t.span.End && len(start) < len(s) { // the first of two characters
				t.span.End = t.mid
			}
			found = append(found, t.span)
			return
		}
	})
	return joined(found)
}

// joined sorts spans and makes one of those that touch or overlap.
func joined(spans []golocal.Span) []golocal.Span {
	slices.SortFunc(spans, func(a, b golocal.Span) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
		} else if s.End > s.Start {
			out = append(out, s)
		}
	}
	return out
}
