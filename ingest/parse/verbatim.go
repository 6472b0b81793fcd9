package parse

import (
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

// verbatim is a document whose Text is the file itself: quotes are its own
// bytes and lines its own lines. Parsers find the sections in it.
type verbatim struct {
	doc     golocal.Document
	outline outline
	titled  bool // a heading was met: a title would have been it
}

func newVerbatim(kind, text string) *verbatim {
	return &verbatim{doc: golocal.Document{Type: kind, Text: normal.NoPages(normal.Text(text))}}
}

// add appends the block text[start:end], without blank lines around it.
// Blocks must come in order; an empty one is left out.
func (v *verbatim) add(kind golocal.Kind, start, end int) {
	v.section(golocal.Section{Kind: kind, Heading: v.outline.path(), Span: golocal.Span{Start: start, End: end}})
}

// heading appends the heading text[start:end], its marks included.
func (v *verbatim) heading(level int, title string, start, end int) {
	level = max(1, min(level, 6))
	title = normal.OneLine(title)
	if title == "" {
		v.add(golocal.KindParagraph, start, end)
		return
	}
	v.section(golocal.Section{Kind: golocal.KindHeading, Level: level, Heading: v.outline.heading(level, title), Span: golocal.Span{Start: start, End: end}})
	if !v.titled && v.doc.Title == "" && level == 1 {
		v.doc.Title = normal.Shorten(title, 300)
	}
	v.titled = true
}

func (v *verbatim) section(s golocal.Section) {
	if n := len(v.doc.Sections); n > 0 {
		s.Span.Start = max(s.Span.Start, v.doc.Sections[n-1].Span.End)
	}
	if s.Span.End <= s.Span.Start {
		return
	}
	if s.Span = normal.Trim(v.doc.Text, s.Span, s.Kind == golocal.KindCode || s.Kind == golocal.KindList || s.Kind == golocal.KindParagraph); s.Span.End > s.Span.Start {
		v.doc.Sections = append(v.doc.Sections, s)
	}
}

// document returns the document; one without a word is a Failure.
func (v *verbatim) document() (golocal.Document, error) {
	if !normal.HasWords(v.doc.Text) {
		return v.doc, NoText(v.doc.Type, 0)
	}
	setPlaces(&v.doc)
	return v.doc, nil
}

// line is a line of a text without its end.
type line struct {
	start, end int
	text       string
}

// next is where the line after l starts.
func (l line) next() int { return l.end + 1 }

func (l line) blank() bool { return strings.TrimSpace(l.text) == "" }

// indent is the width of the white space that l begins with, a tab counting 8.
func (l line) indent() int {
	n := 0
	for _, c := range l.text {
		switch c {
		case ' ':
			n++
		case '\t':
			n += 8 - n%8
		default:
			return n
		}
	}
	return n
}

func splitLines(text string) []line {
	out := make([]line, 0, strings.Count(text, "\n")+1)
	for at := 0; at < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i
		}
		out = append(out, line{at, end, text[at:end]})
		at = end + 1
	}
	return out
}
