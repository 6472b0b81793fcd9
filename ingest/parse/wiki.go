package parse

import (
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

// wikiHeadings finds the headings of MediaWiki markup (== Title ==, Help:
// Formatting on mediawiki.org), which dumps and exports of wikis leave in plain
// text and Markdown, in a document that has no others. One alone is none: a
// ruler or a comparison looks alike.
func wikiHeadings(doc *golocal.Document) {
	found := 0
	for _, s := range doc.Sections {
		if s.Kind == golocal.KindHeading {
			return
		}
		if s.Kind == golocal.KindParagraph {
			for _, line := range normal.Lines(doc.Text, s.Span) {
				if level, _ := wikiHeading(doc.Text[line.Start:line.End]); level > 0 {
					found++
				}
			}
		}
	}
	if found < 2 {
		return
	}
	var o outline
	var out []golocal.Section
	var titles []string // of headings of level 1
	for _, s := range doc.Sections {
		if s.Kind != golocal.KindParagraph {
			s.Heading = o.path()
			out = append(out, s)
			continue
		}
		at := s.Span.Start
		text := func(end int) {
			if span := normal.Trim(doc.Text, golocal.Span{Start: at, End: end}, true); span.End > span.Start {
				out = append(out, golocal.Section{Kind: s.Kind, Heading: o.path(), Span: span})
			}
		}
		for _, line := range normal.Lines(doc.Text, s.Span) {
			level, title := wikiHeading(doc.Text[line.Start:line.End])
			if level == 0 {
				continue
			}
			text(line.Start)
			at = line.End
			if level == 1 {
				titles = append(titles, title)
			}
			out = append(out, golocal.Section{Kind: golocal.KindHeading, Level: level, Heading: o.heading(level, title), Span: normal.Trim(doc.Text, line, false)})
		}
		text(s.Span.End)
	}
	if doc.Title == "" && len(titles) == 1 { // of several articles none is the title
		doc.Title = normal.Shorten(titles[0], 300)
	}
	doc.Sections = out
}

// wikiHeading returns the level, 1 to 6, and title of a heading line; 0 for
// any other line. The marks may stand apart, as a tokenizer leaves them.
func wikiHeading(line string) (level int, title string) {
	s := strings.TrimSpace(line)
	if len(s) < 3 || len(s) > 300 || s[0] != '=' || s[len(s)-1] != '=' {
		return 0, ""
	}
	for strings.HasPrefix(s, "=") && strings.HasSuffix(s, "=") && len(s) > 2 {
		level++
		s = strings.TrimSpace(s[1 : len(s)-1])
	}
	if level > 6 || !normal.HasWords(s) || s[0] == '=' || s[len(s)-1] == '=' {
		return 0, ""
	}
	return level, normal.OneLine(s)
}
