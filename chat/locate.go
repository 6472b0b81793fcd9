package chat

import (
	"unicode/utf8"

	"golocal"
	"golocal/internal/place"
)

// cite makes the citation of the bytes [start, end) of a hit's passage. Lines,
// paragraphs, rows and pages are counted from the passage's own place and marks.
func cite(h golocal.Hit, source, start, end int) golocal.Citation {
	text := h.Chunk.Text
	return golocal.Citation{
		Source: source,
		Doc:    h.Doc.ID,
		Ref:    h.Doc.Ref,
		Place:  place.OfChunk(h.Chunk).Of(golocal.Span{Start: start, End: end}),
		Span:   golocal.Span{Start: h.Chunk.Span.Start + start, End: h.Chunk.Span.Start + end},
		Quote:  text[start:end],
	}
}

// runeSafe tells that both ends of [start, end) lie between characters.
func runeSafe(text string, start, end int) bool {
	return 0 <= start && start <= end && end <= len(text) &&
		(start == len(text) || utf8.RuneStart(text[start])) && (end == len(text) || utf8.RuneStart(text[end]))
}
