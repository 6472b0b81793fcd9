package parse

import (
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

// run is a piece of text that stands at a place of the source.
type run struct {
	text  string
	place golocal.Place
}

// addRuns appends a block made of pieces from different places, with sep ("\n"
// for items and rows, " " for what reads on) between them. Every piece is one
// line, except those of code.
func (l *layout) addRuns(kind golocal.Kind, level int, sep string, runs ...run) {
	section := golocal.Section{Kind: kind, Level: level}
	start, line := -1, 0
	for _, r := range runs {
		s := normal.NoPages(normal.Text(r.text))
		if kind == golocal.KindCode {
			n := len(s) - len(strings.TrimLeft(s, "\n"))
			if strings.TrimSpace(s[:min(len(s), n)]) == "" {
				s = s[n:]
				if r.place.Line > 0 {
					r.place.Line += n
				}
			}
			s = strings.TrimRight(s, " \t\n")
		} else {
			s = normal.OneLine(s)
		}
		if strings.TrimSpace(s) == "" {
			continue
		}
		if start >= 0 {
			l.text.WriteString(sep)
			line += strings.Count(sep, "\n")
		} else {
			start = l.text.Len()
		}
		// A line that counts on from the last mark needs none of its own.
		if n := len(l.marks); n == 0 || l.text.Len() == start || r.place.Line == 0 || r.place.Line != line || sep != "\n" {
			if p := r.place; n == 0 || !l.stands(p) {
				l.mark(p)
			}
			line = r.place.Line
		}
		l.text.WriteString(s)
		line += strings.Count(s, "\n")
	}
	if start < 0 {
		return
	}
	section.Span = golocal.Span{Start: start, End: l.text.Len()}
	if kind == golocal.KindHeading {
		section.Level = max(1, min(level, 6))
		section.Heading = l.outline.heading(section.Level, l.text.String()[start:])
	} else {
		section.Heading = l.outline.path()
	}
	l.text.WriteByte('\n')
	l.sections = append(l.sections, section)
}

// stands reports that the last mark already says p for what comes next.
func (l *layout) stands(p golocal.Place) bool {
	last := l.marks[len(l.marks)-1]
	if l.text.Len()-last.At > 64<<10 {
		return false // counting from there would take longer than another mark
	}
	q := last.Place
	if q.Line > 0 {
		q.Line += strings.Count(l.text.String()[last.At:], "\n")
	}
	return p == q
}
