package parse

import (
	"path"
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

// parseText reads plain text: its lines stay the file's own, paragraphs end at
// blank lines.
func parseText(name, text string) (golocal.Document, error) {
	doc := golocal.Document{Type: Text, Text: normal.NoPages(normal.Text(text))}
	if !normal.HasWords(doc.Text) {
		return doc, NoText(Text, 0)
	}
	ext := strings.ToLower(path.Ext(name))
	all := normal.Trim(doc.Text, golocal.Span{End: len(doc.Text)}, true)
	switch {
	case ext == ".csv" || ext == ".tsv":
		doc.Sections = []golocal.Section{{Kind: golocal.KindTable, Span: all}}
	case dataExt[ext]:
		doc.Sections = []golocal.Section{{Kind: golocal.KindCode, Span: all}}
	default:
		doc.Sections = paragraphs(doc.Text, all)
	}
	setPlaces(&doc)
	return doc, nil
}

// paragraphs cuts a span at blank lines. A paragraph whose lines begin with
// list marks is a list.
func paragraphs(text string, s golocal.Span) []golocal.Section {
	var out []golocal.Section
	start := s.Start
	add := func(end int) {
		one := normal.Trim(text, golocal.Span{Start: start, End: end}, true)
		if one.End <= one.Start {
			return
		}
		kind := golocal.KindParagraph
		first, rest, more := strings.Cut(text[one.Start:one.End], "\n")
		if second, _, _ := strings.Cut(rest, "\n"); more && normal.Item(first) && (normal.Item(second) || strings.HasPrefix(second, " ")) {
			kind = golocal.KindList
		}
		out = append(out, golocal.Section{Kind: kind, Span: one})
	}
	for i := s.Start; i < s.End; i++ {
		if text[i] == '\n' && normal.BlankAhead(text[i+1:s.End]) {
			add(i)
			start = i + 1
		}
	}
	add(s.End)
	return out
}
