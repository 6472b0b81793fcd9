package chat

import (
	"strings"
	"unicode/utf8"

	"golocal"
)

// cite makes the citation of the bytes [start, end) of a hit's passage. Lines,
// paragraphs and pages are counted from the passage's own place, by the layout
// that golocal.Place describes.
func cite(h golocal.Hit, source, start, end int) golocal.Citation {
	text := h.Chunk.Text
	return golocal.Citation{
		Source: source,
		Doc:    h.Doc.ID,
		Ref:    h.Doc.Ref,
		Place:  place(h.Chunk.Place, text[:start], text[start:end]),
		Span:   golocal.Span{Start: h.Chunk.Span.Start + start, End: h.Chunk.Span.Start + end},
		Quote:  text[start:end],
	}
}

// place is where quote stands when before lies between it and at.
func place(at golocal.Place, before, quote string) golocal.Place {
	var p golocal.Place
	count := func(from, most int, sep string) (first, last int) {
		if from == 0 {
			return 0, 0 // the file has no such thing
		}
		first = from + strings.Count(before, sep)
		last = first + strings.Count(quote, sep)
		if most > 0 {
			first, last = min(first, most), min(last, most)
		}
		return first, last
	}
	p.Page, p.PageEnd = count(at.Page, at.PageEnd, "\f")
	p.Line, p.LineEnd = count(at.Line, at.LineEnd, "\n")
	p.Paragraph, p.ParagraphEnd = count(at.Paragraph, at.ParagraphEnd, "\n")
	return p
}

// runeSafe tells that both ends of [start, end) lie between characters.
func runeSafe(text string, start, end int) bool {
	return 0 <= start && start <= end && end <= len(text) &&
		(start == len(text) || utf8.RuneStart(text[start])) && (end == len(text) || utf8.RuneStart(text[end]))
}
