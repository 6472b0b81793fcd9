package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/sample"
)

func TestNotebook(t *testing.T) {
	doc, err := parseOne(t, "a.ipynb", []byte(sample.Notebook))
	if err != nil {
		t.Fatal(err)
	}
	cell := func(n, from, to int) golocal.Place { return golocal.Place{Cell: n, Line: from, LineEnd: to} }
	want := []shown{
		{golocal.KindHeading, "", "# Growth", cell(1, 1, 1)},
		{golocal.KindParagraph, "Growth", "How *fast*?", cell(1, 3, 3)},
		{golocal.KindCode, "Growth", "x = 1\n\nprint(x)", cell(2, 2, 4)},
		{golocal.KindCode, "Growth", "1\n2\nValueError: no such bed", golocal.Place{Cell: 2}},
		{golocal.KindHeading, "Growth", "## Next", cell(3, 1, 1)},
		{golocal.KindList, "Growth > Next", "- a\n- b", cell(3, 2, 3)},
	}
	if diff := cmp.Diff(want, show(doc)); diff != "" {
		t.Error(diff)
	}
	if doc.Title != "Growth" || len(doc.Notes) != 1 || doc.Notes[0] != "1 picture was left out" {
		t.Errorf("title %q, notes %q", doc.Title, doc.Notes)
	}
}

func TestNotebook_OldForm(t *testing.T) {
	old := `{"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "heading", "level": 2, "source": "Old"}, {"cell_type": "code", "input": ["y = ", "2"], "outputs": [{"output_type": "pyout", "text": ["` + strings.Repeat("long ", 1000) + `"]}]}]}]}`
	doc, err := parseOne(t, "a.ipynb", []byte(old))
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Sections) != 3 || !strings.HasPrefix(doc.Text, "Old\ny = 2\nlong long ") || !strings.HasSuffix(doc.Text, "long …\n") || len(doc.Text) > maxOutput+100 {
		t.Errorf("%.60q, %d bytes", doc.Text, len(doc.Text))
	}
	if doc, err := parseOne(t, "a.ipynb", []byte("no notebook")); err != nil || doc.Type != Notebook || doc.Text != "no notebook" || len(doc.Notes) == 0 {
		t.Errorf("%+v, %v", doc, err)
	}
}
