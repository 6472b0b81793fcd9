package parse

import (
	"slices"
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

// outline follows the headings of a document and knows, at any block, which
// headings it stands under.
type outline struct {
	titles []string
	levels []int
}

// heading enters a heading and returns the titles that it stands under itself.
func (o *outline) heading(level int, title string) []string {
	n := len(o.levels)
	for n > 0 && o.levels[n-1] >= level {
		n--
	}
	under := slices.Clone(o.titles[:n])
	o.titles = append(slices.Clone(under), normal.Shorten(title, 200))
	o.levels = append(o.levels[:n], level)
	return under
}

// path returns the titles of the headings that a block stands under now. The
// slice is never written to again.
func (o *outline) path() []string { return o.titles }

// layout writes the Text of a document that has no lines of its own: one
// paragraph, table row or list item per line.
type layout struct {
	outline  outline
	text     strings.Builder
	sections []golocal.Section
	marks    []golocal.Mark
}

// mark says where everything stands from here on; without any, the lines of the
// text are numbered as paragraphs.
func (l *layout) mark(p golocal.Place) {
	if n := len(l.marks); n > 0 && l.marks[n-1].At == l.text.Len() {
		l.marks = l.marks[:n-1]
	}
	l.marks = append(l.marks, golocal.Mark{At: l.text.Len(), Place: p})
}

// end ends a slide, sheet, chapter or message.
func (l *layout) end() { l.text.WriteByte('\f') }

// add appends a block of one or more lines. Blocks without text are left out.
func (l *layout) add(kind golocal.Kind, level int, s string) {
	s = normal.NoPages(normal.Text(s))
	if kind == golocal.KindCode {
		s = strings.Trim(s, "\n")
	} else {
		s = strings.TrimSpace(s)
	}
	if strings.TrimSpace(s) == "" {
		return
	}
	section := golocal.Section{Kind: kind, Level: level}
	if kind == golocal.KindHeading {
		s = normal.OneLine(s)
		section.Heading = l.outline.heading(level, s)
	} else {
		section.Heading = l.outline.path()
	}
	section.Span.Start = l.text.Len()
	l.text.WriteString(s)
	section.Span.End = l.text.Len()
	l.text.WriteByte('\n')
	l.sections = append(l.sections, section)
}

// document returns what was laid out.
func (l *layout) document(kind, title string) (golocal.Document, error) {
	doc := golocal.Document{Type: kind, Title: normal.Shorten(normal.OneLine(normal.Text(title)), 300), Text: l.text.String(), Sections: l.sections, Marks: l.marks}
	if len(doc.Marks) == 0 {
		doc.Marks = []golocal.Mark{{Place: golocal.Place{Paragraph: 1}}}
	}
	if !normal.HasWords(doc.Text) {
		return doc, NoText(kind, 0)
	}
	if doc.Title == "" {
		doc.Title = firstHeading(doc)
	}
	setPlaces(&doc)
	return doc, nil
}

// firstHeading returns the text of the first heading of level 1, if it stands
// before any other heading.
func firstHeading(doc golocal.Document) string {
	for _, s := range doc.Sections {
		if s.Kind == golocal.KindHeading {
			if s.Level > 1 {
				return ""
			}
			return normal.Shorten(normal.Heading(doc.Text[s.Span.Start:s.Span.End]), 300)
		}
	}
	return ""
}
