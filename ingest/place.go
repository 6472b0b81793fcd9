package ingest

import (
	"sort"
	"strings"
	"unicode"

	"golocal"
)

// ruler turns byte offsets of a Text into places: pages for PDF, paragraphs for
// HTML and DOCX, lines for everything else.
type ruler struct {
	kind  string
	marks []int // offsets of the line ends, or of the page ends
}

func newRuler(kind, text string) ruler {
	r := ruler{kind: kind}
	mark := byte('\n')
	if kind == typePDF {
		mark = '\f'
	}
	for i := 0; i < len(text); i++ {
		if text[i] == mark {
			r.marks = append(r.marks, i)
		}
	}
	return r
}

// at returns the 1-based number of the line, paragraph or page that offset i lies in.
func (r ruler) at(i int) int { return sort.SearchInts(r.marks, i) + 1 }

// place returns where a span stands; its ends must not be white space.
func (r ruler) place(s golocal.Span) golocal.Place {
	from := r.at(s.Start)
	to := from
	if s.End > s.Start {
		to = r.at(s.End - 1)
	}
	switch r.kind {
	case typePDF:
		return golocal.Place{Page: from, PageEnd: to}
	case typeHTML, typeDOCX:
		return golocal.Place{Paragraph: from, ParagraphEnd: to}
	}
	return golocal.Place{Line: from, LineEnd: to}
}

func setPlaces(doc *golocal.Document) {
	r := newRuler(doc.Type, doc.Text)
	for i := range doc.Sections {
		doc.Sections[i].Place = r.place(doc.Sections[i].Span)
	}
}

// trim narrows a span to what is not white space at its ends; keepIndent leaves
// the spaces before the first line's text.
func trim(text string, s golocal.Span, keepIndent bool) golocal.Span {
	t := text[s.Start:s.End]
	s.End = s.Start + len(strings.TrimRightFunc(t, unicode.IsSpace))
	t = text[s.Start:s.End]
	rest := strings.TrimLeftFunc(t, unicode.IsSpace)
	start := s.End - len(rest)
	if keepIndent {
		if i := strings.LastIndexAny(text[s.Start:start], "\n\f"); i >= 0 {
			start = s.Start + i + 1
		} else {
			start = s.Start
		}
	}
	s.Start = start
	return s
}

func hasWords(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r < 0x80 && (r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9') || r >= 0x80 && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsSymbol(r))
	})
}
