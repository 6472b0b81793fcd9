package parse

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/place"
	"golocal/internal/remark"
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
	notes    []golocal.Remark
	meta     golocal.Meta
	cut      bool // MaxText is reached
	hidden   []golocal.Hidden
	unseen   int // characters of hidden text
}

// maxSections bounds the memory of a document of tiny paragraphs: beyond it a
// paragraph goes on in the section before.
const maxSections = 200_000

// note adds a line for the user about what is not in the text.
func (l *layout) note(code remark.Code, values ...any) {
	l.notes = append(l.notes, remark.New(code, values...))
}

// note adds a line for the user about what is not in a document's text; Notes are
// made of them when it is read.
func note(doc *golocal.Document, code remark.Code, values ...any) {
	doc.Remarks = append(doc.Remarks, remark.New(code, values...))
}

// putNotes says a document's remarks in English.
func putNotes(doc *golocal.Document) {
	doc.Notes = nil
	for _, r := range doc.Remarks {
		doc.Notes = append(doc.Notes, remark.Say("en", r))
	}
}

// hide sets text apart that a reader of the file does not see.
func (l *layout) hide(why, s string) {
	if s = normal.OneLine(normal.NoPages(normal.Text(s))); s == "" {
		return
	}
	l.unseen += utf8.RuneCountInString(s)
	if len(l.hidden) < 100 {
		ruler := place.NewRuler(l.marks, l.text.String())
		at := golocal.Place{Paragraph: 1}
		if len(l.marks) > 0 {
			at = ruler.At(l.text.Len())
		} else {
			at.Paragraph += strings.Count(l.text.String(), "\n")
		}
		l.hidden = append(l.hidden, golocal.Hidden{Why: why, Text: normal.Shorten(s, 200), Place: at})
	}
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
func (l *layout) end() {
	if !l.cut {
		l.text.WriteByte('\f')
	}
}

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
	if room := MaxText - 1<<10 - l.text.Len(); l.cut || len(s) > room {
		if l.cut {
			return
		}
		l.cut = true
		l.note(remark.NoteOnlyFirst, MaxText>>20)
		for room > 0 && !utf8.RuneStart(s[room]) {
			room--
		}
		if s = strings.TrimSpace(s[:max(room, 0)]); s == "" {
			return
		}
	}
	if n := len(l.sections); n >= maxSections && kind == golocal.KindParagraph && l.sections[n-1].Kind == kind && l.sections[n-1].Span.End+1 == l.text.Len() {
		l.text.WriteString(s)
		l.sections[n-1].Span.End = l.text.Len()
		l.text.WriteByte('\n')
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
	doc := golocal.Document{Type: kind, Title: normal.Shorten(normal.OneLine(normal.Text(title)), 300), Text: l.text.String(), Sections: l.sections, Marks: l.marks,
		Remarks: l.notes, Hidden: l.hidden, Meta: l.meta}
	if l.unseen > 0 {
		note(&doc, remark.NoteHidden, l.unseen)
	}
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
