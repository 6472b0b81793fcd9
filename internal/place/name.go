package place

import (
	"fmt"
	"strings"

	"golocal"
)

// Name writes a place for people: "page iv (4)", "slide 3", "Budget!A5:D20",
// "report.pdf, pages 2-3", "00:01:05-00:01:09", "lines 4-6"; "" for nowhere.
func Name(p golocal.Place) string {
	var parts []string
	add := func(format string, args ...any) { parts = append(parts, fmt.Sprintf(format, args...)) }
	if p.Message > 0 {
		add("message %d", p.Message)
	}
	if p.Part != "" {
		add("%s", p.Part)
	}
	if p.Chapter != "" {
		add("chapter %s", p.Chapter)
	}
	if p.Page > 0 {
		if p.Label != "" && p.PageEnd <= p.Page {
			add("page %s (%d)", p.Label, p.Page)
		} else {
			add("%s", span("page", p.Page, p.PageEnd))
		}
	}
	if p.Slide > 0 {
		add("slide %d", p.Slide)
	}
	if p.Cell > 0 {
		add("cell %d", p.Cell)
	}
	switch {
	case p.Sheet != "":
		add("%s", sheet(p))
	case p.TimeEnd > 0:
		add("%s-%s", clock(p.Time), clock(p.TimeEnd))
	case p.Line > 0 && p.Page == 0:
		add("%s", span("line", p.Line, p.LineEnd))
	case p.Paragraph > 0 && p.Slide == 0 && p.Page == 0:
		add("%s", span("paragraph", p.Paragraph, p.ParagraphEnd))
	}
	return strings.Join(parts, ", ")
}

func span(word string, from, to int) string {
	if to > from {
		return fmt.Sprintf("%ss %d-%d", word, from, to)
	}
	return fmt.Sprintf("%s %d", word, from)
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
