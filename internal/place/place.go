// Package place tells where a span of a document stands in the original file:
// by the document's marks, and by counting lines from them.
package place

import (
	"sort"
	"strings"

	"golocal"
)

// Ruler turns byte offsets of a text into places.
type Ruler struct {
	text  string
	marks []golocal.Mark
	ends  []int // offsets of the line ends
}

// NewRuler returns a Ruler over a text and its marks, which are in order. Text
// before the first mark stands nowhere.
func NewRuler(marks []golocal.Mark, text string) Ruler {
	r := Ruler{text: text, marks: marks}
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '\n')
		if i < 0 {
			return r
		}
		r.ends = append(r.ends, at+i)
		at += i + 1
	}
}

// OfChunk returns the Ruler over a chunk's text.
func OfChunk(c golocal.Chunk) Ruler {
	return NewRuler(append([]golocal.Mark{{Place: start(c.Place)}}, c.Marks...), c.Text)
}

// start is the beginning of a place that may be a range.
func start(p golocal.Place) golocal.Place {
	p.PageEnd, p.LineEnd, p.RowEnd, p.ParagraphEnd = 0, 0, 0, 0
	return p
}

// At returns where byte i stands, without ends but TimeEnd.
func (r Ruler) At(i int) golocal.Place {
	n := sort.Search(len(r.marks), func(n int) bool { return r.marks[n].At > i })
	if n == 0 {
		return golocal.Place{}
	}
	m := r.marks[n-1]
	lines := sort.SearchInts(r.ends, i) - sort.SearchInts(r.ends, m.At)
	for _, n := range []*int{&m.Place.Line, &m.Place.Row, &m.Place.Paragraph} {
		if *n > 0 {
			*n += lines
		}
	}
	return m.Place
}

// Of returns where a span stands; its ends must not be white space. A span that
// goes on in another slide, sheet, message or attachment stands where it begins.
func (r Ruler) Of(s golocal.Span) golocal.Place {
	p := r.At(s.Start)
	end := p
	if s.End > s.Start {
		end = r.At(s.End - 1)
	}
	if Unit(p) != Unit(end) {
		end = p
	}
	p.PageEnd, p.LineEnd, p.RowEnd, p.ParagraphEnd, p.TimeEnd = end.Page, end.Line, end.Row, end.Paragraph, end.TimeEnd
	return p
}

// Inside returns the marks after the start of a span, counted from there.
func (r Ruler) Inside(s golocal.Span) []golocal.Mark {
	var out []golocal.Mark
	for n := sort.Search(len(r.marks), func(n int) bool { return r.marks[n].At > s.Start }); n < len(r.marks) && r.marks[n].At < s.End; n++ {
		out = append(out, golocal.Mark{At: r.marks[n].At - s.Start, Place: r.marks[n].Place})
	}
	return out
}

// Unit is the part of a place that no passage goes beyond: slide, sheet,
// message and attachment.
func Unit(p golocal.Place) golocal.Place {
	return golocal.Place{Slide: p.Slide, Sheet: p.Sheet, Message: p.Message, Part: p.Part}
}

// LinePerParagraph tells whether the text at p has one paragraph, cell row or
// cue on each line, rather than lines as somebody broke them.
func LinePerParagraph(p golocal.Place) bool {
	return p.Paragraph > 0 || p.Row > 0 || p.TimeEnd > 0
}
