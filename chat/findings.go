package chat

import "slices"

// findings are what comparing a sentence with one source showed.
type findings struct {
	source   int     // index of the source, -1 when there is none
	start    int     // of the best piece, bytes in the source's text
	end      int     //
	coverage float64 // of the sentence's words, by idf, in that piece
	plainly  float64 // the same of those that are no names: what is said of what is named
	kept     int     // numbers and names of the sentence that the source has
	missing  []fact  // those that it has not
	astray   []fact  // numbers that it has, but not near the piece
	words    []string
	of       *attribution // what is said stands there of something else; nil when not
	also     []*findings  // of the other parts of the sentence
	flipped  bool         // one says with a negation what the other says without
}

// all are the findings on each part, each place of a source once.
func (f *findings) all() []*findings {
	if f == nil {
		return nil
	}
	out := []*findings{f}
	for _, x := range f.also {
		if !slices.ContainsFunc(out, func(o *findings) bool { return o.source == x.source && o.start == x.start && o.end == x.end }) {
			out = append(out, x)
		}
	}
	return out
}
