package main

import (
	"slices"
	"strings"
	"testing"

	"golocal"
)

func TestPlainTitle(t *testing.T) {
	for in, want := range map[string]string{
		"## Opening hours": "Opening hours",
		"3.2 Lost keys":    "Lost keys",
		"§ 4 Haftung":      "Haftung",
		"2024 report":      "2024 report",
		"1. **Fees**":      "Fees",
		"“The Harbour”":    "The Harbour",
		"Costs: ":          "Costs",
		"A":                "",
		"12.5":             "",
		"":                 "",
		"one two three four five six seven eight nine": "",
		"see <b>this</b>":           "",
		"mail@example.org":          "",
		strings.Repeat("a", 61):     "",
		"Öffnungszeiten des Hafens": "Öffnungszeiten des Hafens",
		"First line\nof two":        "First line",
	} {
		if got := plainTitle(in); got != want {
			t.Errorf("%q: %q, not %q", in, got, want)
		}
	}
}

func TestHeadings_NamesWhatOthersDoNot(t *testing.T) {
	text := "# Handbook\n## Introduction\n## Opening hours\n## Opening Hours\n## Keys\n## Boats\n## More\n"
	d := golocal.Document{Text: text}
	at := 0
	for line := range strings.Lines(text) {
		d.Sections = append(d.Sections, golocal.Section{Kind: golocal.KindHeading, Level: 2, Span: golocal.Span{Start: at, End: at + len(line) - 1}})
		at += len(line)
	}
	d.Sections = append(d.Sections, golocal.Section{Kind: golocal.KindParagraph, Span: golocal.Span{Start: 2, End: 5}}, golocal.Section{Kind: golocal.KindHeading, Span: golocal.Span{Start: 2, End: 1 << 20}})
	if got := headings(d, "Handbook"); !slices.Equal(got, []string{"Opening hours", "Keys", "Boats"}) {
		t.Errorf("%q", got)
	}
}

func TestDocumentTitle(t *testing.T) {
	for _, c := range []struct{ title, path, want string }{
		{"The boat house", "a/x.md", "The boat house"}, {"", "a/annual report.pdf", "annual report"}, {"<?xml", "b.html", "b"}, {"", "no-ending", "no-ending"},
	} {
		if got := documentTitle(golocal.Document{Title: c.title, Ref: golocal.Ref{Path: c.path}}); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}
