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
// has no other word of the query.
func Highlight(query, text string) []golocal.Span {
	var strong, weak wanted
	e := parse(query)
	for _, t := range e.words {
		if prose.Stop(t.text) {
			weak.add(t)
		} else {
			strong.add(t)
		}
	}
	for _, n := range e.names {
		strong.names = append(strong.names, stems(n))
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
	names  [][]string // in this order, one after the other
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
	if len(w.whole) == 0 && len(w.starts) == 0 && len(w.names) == 0 {
		return nil
	}
	var found []golocal.Span
	var last run
	eachWord(text, func(t word) {
		s := stem(t.text)
		if len(w.names) > 0 {
			last.add(string(s), t.span)
			for _, n := range w.names {
				found = append(found, last.ends(n)...)
			}
		}
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

// stems are words without their endings.
func stems(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = string(stem([]byte(w)))
	}
	return out
}

// run is the last words of a text, as many as a name may have.
type run struct {
	words []string
	spans []golocal.Span
}

func (r *run) add(word string, span golocal.Span) {
	if len(r.words) >= 2*maxTerms {
		n := copy(r.words, r.words[maxTerms:])
		copy(r.spans, r.spans[maxTerms:])
		r.words, r.spans = r.words[:n], r.spans[:n]
	}
	r.words, r.spans = append(r.words, word), append(r.spans, span)
}

// ends is where the words of a name stand if they are the last ones.
func (r *run) ends(name []string) []golocal.Span {
	at := len(r.words) - len(name)
	if at < 0 || !slices.Equal(r.words[at:], name) {
		return nil
	}
	return r.spans[at:]
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
