package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
)

func TestWikiHeading(t *testing.T) {
	for _, c := range []struct {
		line  string
		level int
		title string
	}{
		{"== History ==", 2, "History"},
		{"==History==", 2, "History"},
		{" = = = Early life = = = ", 3, "Early life"},
		{"= Boats of the north =", 1, "Boats of the north"},
		{"=== a = b ===", 3, "a = b"},
		{"====== Six ======", 6, "Six"},
		{"======= Seven =======", 0, ""},
		{"== open", 0, ""},
		{"== uneven =", 0, ""},
		{"=====", 0, ""},
		{"== -- ==", 0, ""},
		{"a == b", 0, ""},
		{"=", 0, ""},
		{"", 0, ""},
	} {
		if level, title := wikiHeading(c.line); level != c.level || title != c.title {
			t.Errorf("%q: %d %q, want %d %q", c.line, level, title, c.level, c.title)
		}
	}
}

func TestWikiHeadings(t *testing.T) {
	wiki := "Lead.\n\n== History ==\nOld times.\n\n=== Ships ===\n\nWood.\n== Today ==\n* a\n* b\n"
	want := []shown{
		{golocal.KindParagraph, "", "Lead.", lineRange(1, 1)},
		{golocal.KindHeading, "", "== History ==", lineRange(3, 3)},
		{golocal.KindParagraph, "History", "Old times.", lineRange(4, 4)},
		{golocal.KindHeading, "History", "=== Ships ===", lineRange(6, 6)},
		{golocal.KindParagraph, "History > Ships", "Wood.", lineRange(8, 8)},
		{golocal.KindHeading, "", "== Today ==", lineRange(9, 9)},
		{golocal.KindParagraph, "Today", "* a\n* b", lineRange(10, 11)},
	}
	doc, err := parseOne(t, "a.txt", []byte(wiki))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, show(doc)); diff != "" {
		t.Error(diff)
	}
	for name, c := range map[string]struct {
		text, title string
		headings    int
	}{
		"one article":            {"= Boats =\nText.\n== Old ==\nMore.\n", "Boats", 2},
		"several articles":       {"= Boats =\nText.\n= Keys =\nMore.\n", "", 2},
		"a single line is none":  {"= Boats =\nText.\n", "", 0},
		"headings of its own":    {"# Boats\n\n== Old ==\n\n== New ==\n", "Boats", 1},
		"front matter's title":   {"---\ntitle: Mine\n---\n\n== Old ==\nx\n== New ==\ny\n", "Mine", 2},
		"front matter, articles": {"---\ntitle: Mine\n---\n\n= Old =\nx\n= New =\ny\n", "Mine", 2},
	} {
		doc, err := parseOne(t, "a.md", []byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		headings := 0
		for _, s := range doc.Sections {
			if s.Kind == golocal.KindHeading {
				headings++
			}
		}
		if doc.Title != c.title || headings != c.headings {
			t.Errorf("%s: title %q, %d headings, want %q, %d", name, doc.Title, headings, c.title, c.headings)
		}
	}
}
