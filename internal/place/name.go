package place

import (
	"fmt"
	"strings"

	"golocal"
)

// names are what the parts of a place are called, in one language: formats of package
// fmt, of those that may be a range one and several.
type names struct {
	message, chapter, slide, cell, label string
	page, line, paragraph                [2]string
}

var (
	english = names{message: "message %d", chapter: "chapter %s", slide: "slide %d", cell: "cell %d", label: "page %s (%d)",
		page: [2]string{"page %d", "pages %d-%d"}, line: [2]string{"line %d", "lines %d-%d"}, paragraph: [2]string{"paragraph %d", "paragraphs %d-%d"}}
	german = names{message: "Nachricht %d", chapter: "Kapitel %s", slide: "Folie %d", cell: "Zelle %d", label: "Seite %s (%d)",
		page: [2]string{"Seite %d", "Seiten %d-%d"}, line: [2]string{"Zeile %d", "Zeilen %d-%d"}, paragraph: [2]string{"Absatz %d", "Absätze %d-%d"}}
)

// Name writes a place for people: "page iv (4)", "slide 3", "Budget!A5:D20",
// "report.pdf, pages 2-3", "00:01:05-00:01:09", "lines 4-6"; "" for nowhere.
func Name(p golocal.Place) string { return NameIn("en", p) }

// NameIn is Name in a language, a BCP 47 code: German for "de", else English.
func NameIn(language string, p golocal.Place) string {
	n := &english
	if language == "de" {
		n = &german
	}
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	span := func(formats [2]string, from, to int) {
		if to > from {
			add(formats[1], from, to)
		} else {
			add(formats[0], from)
		}
	}
	if p.Message > 0 {
		add(n.message, p.Message)
	}
	if p.Part != "" {
		add("%s", p.Part)
	}
	if p.Chapter != "" {
		add(n.chapter, p.Chapter)
	}
	if p.Page > 0 {
		if p.Label != "" && p.PageEnd <= p.Page {
			add(n.label, p.Label, p.Page)
		} else {
			span(n.page, p.Page, p.PageEnd)
		}
	}
	if p.Slide > 0 {
		add(n.slide, p.Slide)
	}
	if p.Cell > 0 {
		add(n.cell, p.Cell)
	}
	switch {
	case p.Sheet != "":
		add("%s", sheet(p))
	case p.TimeEnd > 0:
		add("%s-%s", clock(p.Time), clock(p.TimeEnd))
	case p.Line > 0 && p.Page == 0:
		span(n.line, p.Line, p.LineEnd)
	case p.Paragraph > 0 && p.Slide == 0 && p.Page == 0:
		span(n.paragraph, p.Paragraph, p.ParagraphEnd)
	}
	return strings.Join(parts, ", ")
}

// sheet writes a range as spreadsheets do.
func sheet(p golocal.Place) string {
	from, to, _ := strings.Cut(p.Columns, ":")
	if to == "" {
		to = from
	}
	switch {
	case p.Row == 0:
		return p.Sheet
	case p.RowEnd <= p.Row && from == to:
		return fmt.Sprintf("%s!%s%d", p.Sheet, from, p.Row)
	}
	return fmt.Sprintf("%s!%s%d:%s%d", p.Sheet, from, p.Row, to, max(p.Row, p.RowEnd))
}

// clock writes seconds as 00:01:05.
func clock(seconds float64) string {
	n := int(seconds)
	return fmt.Sprintf("%02d:%02d:%02d", n/3600, n/60%60, n%60)
}
