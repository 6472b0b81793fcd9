package place

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
)

func TestRuler(t *testing.T) {
	text := "one\ntwo\n\fhead\nrow\n\frest"
	marks := []golocal.Mark{{Place: golocal.Place{Slide: 1, Paragraph: 1}}, {At: 9, Place: golocal.Place{Sheet: "S", Columns: "A:C", Row: 5}}, {At: 19, Place: golocal.Place{Time: 1.5, TimeEnd: 3}}}
	r := NewRuler(marks, text)
	for _, c := range []struct {
		from, to int
		want     golocal.Place
	}{
		{0, 3, golocal.Place{Slide: 1, Paragraph: 1, ParagraphEnd: 1}},
		{4, 7, golocal.Place{Slide: 1, Paragraph: 2, ParagraphEnd: 2}},
		{0, 7, golocal.Place{Slide: 1, Paragraph: 1, ParagraphEnd: 2}},
		{9, 17, golocal.Place{Sheet: "S", Columns: "A:C", Row: 5, RowEnd: 6}},
		{14, 17, golocal.Place{Sheet: "S", Columns: "A:C", Row: 6, RowEnd: 6}},
		{4, 17, golocal.Place{Slide: 1, Paragraph: 2, ParagraphEnd: 2}}, // into another unit: where it begins
		{19, 23, golocal.Place{Time: 1.5, TimeEnd: 3}},
	} {
		if got := r.Of(golocal.Span{Start: c.from, End: c.to}); got != c.want {
			t.Errorf("%d to %d: %s", c.from, c.to, cmp.Diff(c.want, got))
		}
	}
	want := []golocal.Mark{{At: 5, Place: marks[1].Place}}
	if d := cmp.Diff(want, r.Inside(golocal.Span{Start: 4, End: 19})); d != "" {
		t.Error(d)
	}
	if p := NewRuler(nil, text).At(3); p != (golocal.Place{}) {
		t.Errorf("without marks: %+v", p)
	}
}

func TestNameIn_German(t *testing.T) {
	for want, p := range map[string]golocal.Place{
		"Zeilen 4-6":                        {Line: 4, LineEnd: 6},
		"Absatz 2":                          {Paragraph: 2, ParagraphEnd: 2},
		"Seite iv (4)":                      {Page: 4, PageEnd: 4, Label: "iv"},
		"Folie 3":                           {Slide: 3, Paragraph: 1, ParagraphEnd: 2},
		"Budget!A5:D20":                     {Sheet: "Budget", Columns: "A:D", Row: 5, RowEnd: 20},
		"Kapitel Das Meer, Absätze 8-9":     {Chapter: "Das Meer", Paragraph: 8, ParagraphEnd: 9},
		"Nachricht 7, Bericht.pdf, Seite 2": {Message: 7, Part: "Bericht.pdf", Page: 2, PageEnd: 2},
		"Zelle 4, Zeilen 2-3":               {Cell: 4, Line: 2, LineEnd: 3},
	} {
		if got := NameIn("de", p); got != want {
			t.Errorf("%+v: %q, want %q", p, got, want)
		}
	}
}

func TestName(t *testing.T) {
	for want, p := range map[string]golocal.Place{
		"":                                {},
		"lines 4-6":                       {Line: 4, LineEnd: 6},
		"line 4":                          {Line: 4, LineEnd: 4},
		"paragraph 2":                     {Paragraph: 2, ParagraphEnd: 2},
		"page iv (4)":                     {Page: 4, PageEnd: 4, Label: "iv"},
		"pages 4-5":                       {Page: 4, PageEnd: 5, Label: "iv"},
		"slide 3":                         {Slide: 3, Paragraph: 1, ParagraphEnd: 2},
		"Budget!A5:D20":                   {Sheet: "Budget", Columns: "A:D", Row: 5, RowEnd: 20},
		"Budget!B5":                       {Sheet: "Budget", Columns: "B", Row: 5, RowEnd: 5},
		"Budget":                          {Sheet: "Budget"},
		"00:01:05-01:00:09":               {Time: 65.2, TimeEnd: 3609},
		"chapter The Sea, paragraphs 8-9": {Chapter: "The Sea", Paragraph: 8, ParagraphEnd: 9},
		"message 7, report.pdf, page 2":   {Message: 7, Part: "report.pdf", Page: 2, PageEnd: 2},
		"cell 4, lines 2-3":               {Cell: 4, Line: 2, LineEnd: 3},
	} {
		if got := Name(p); got != want {
			t.Errorf("%+v: %q, want %q", p, got, want)
		}
	}
}
