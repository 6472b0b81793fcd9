package index

import (
	"strings"

	"golocal"
)

// Wording are the rules by which the index finds words, for who keeps postings of
// their own in FTS5.
type Wording struct{}

// Segment is text as the postings get it: folded words with spaces between.
func (Wording) Segment(text string) string { return segment(text) }

// All is the FTS5 expression for texts that hold every word of query, of which
// the last may be unfinished; "" where it has none.
func (Wording) All(query string) string {
	words := parse(query).words
	var all []string
	for i, w := range words[:min(len(words), maxTerms)] {
		if i == len(words)-1 {
			w.prefix = true
		}
		all = append(all, w.fts5())
	}
	return strings.Join(all, " AND ")
}

// Excerpt is the part of a text, of about size characters, that shows why query
// found it, and where in text the words of query stand.
func (Wording) Excerpt(query, text string, size int) (golocal.Span, []golocal.Span) {
	marks := Highlight(strings.TrimSpace(query)+"*", text)
	return Excerpt(text, marks, size), marks
}
