package parse

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dustin/go-humanize"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/place"
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
	notes    []string
	meta     golocal.Meta

	hidden     []golocal.Hidden
	hiddenAt   []int // where in the text each of hidden would stand; -1 where its place is known
	hiddenSize int   // characters
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

// maxHidden is how many pieces of hidden text a document names.
const maxHidden = 100

// hide records text that the file holds and its reader does not see.
func (l *layout) hide(why, s string) {
	s = normal.OneLine(normal.NoPages(normal.Text(s)))
	if !normal.HasWords(s) {
		return
	}
	l.hiddenSize += utf8.RuneCountInString(s)
	if len(l.hidden) < maxHidden {
		l.hidden = append(l.hidden, golocal.Hidden{Why: why, Text: normal.Shorten(s, 200)})
		l.hiddenAt = append(l.hiddenAt, l.text.Len())
	}
}

// maxSections is how many blocks a document has. What follows is joined to the
// last of them: a text that is cut finer is no text of people.
const maxSections = 300_000

// add appends a block of one or more lines. Blocks without text are left out.
func (l *layout) add(kind golocal.Kind, level int, s string) {
	s = normal.NoPages(normal.Text(s))
	if len(l.sections) >= maxSections && kind == golocal.KindHeading {
		kind, level = golocal.KindParagraph, 0
	}
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
	l.append(section)
}

// append adds a section, or widens the last one where there are too many.
func (l *layout) append(s golocal.Section) {
	if n := len(l.sections); n >= maxSections && l.sections[n-1].Kind != golocal.KindHeading {
		l.sections[n-1].Span.End = s.Span.End
		return
	}
	l.sections = append(l.sections, s)
}

// document returns what was laid out.
func (l *layout) document(kind, title string) (golocal.Document, error) {
	doc := golocal.Document{Type: kind, Title: normal.Shorten(normal.OneLine(normal.Text(title)), 300), Text: l.text.String(), Sections: l.sections, Marks: l.marks, Hidden: l.hidden, Notes: l.notes, Meta: l.meta}
	if len(doc.Marks) == 0 {
		doc.Marks = []golocal.Mark{{Place: golocal.Place{Paragraph: 1}}}
	}
	if l.hiddenSize > 0 {
		doc.Notes = append(doc.Notes, "hidden text was left out ("+humanize.Comma(int64(l.hiddenSize))+" characters)")
	}
	if !normal.HasWords(doc.Text) {
		return doc, NoText(kind, 0)
	}
	if doc.Title == "" {
		doc.Title = firstHeading(doc)
	}
	setPlaces(&doc)
	r := place.NewRuler(doc.Marks, doc.Text)
	for i, at := range l.hiddenAt {
		if at >= 0 {
			doc.Hidden[i].Place = r.At(min(at, len(doc.Text)-1))
		}
	}
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
