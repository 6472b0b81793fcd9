package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/sample"
)

func TestJSON_OwnLines(t *testing.T) {
	long := strings.Repeat("words and words ", 40)
	source := "{\n  \"title\": \"Plan\",\n  \"by\": {\"name\": \"Ann\"},\n  \"steps\": [\n    {\"do\": \"" + long + "\"},\n    {\"do\": \"" + long + "\"},\n    {\"do\": \"" + long + "\"},\n    {\"do\": \"" + long + "\"}\n  ]\n}\n"
	doc, err := parseOne(t, "a.json", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	if doc.Text != source || doc.Title != "Plan" {
		t.Errorf("title %q; the text is not the file's: %s", doc.Title, cmp.Diff(source, doc.Text))
	}
	want := []shown{
		{golocal.KindCode, "", "{\n  \"title\": \"Plan\",\n  \"by\": {\"name\": \"Ann\"},", lineRange(1, 3)},
		{golocal.KindCode, "steps[0]", "\"steps\": [\n    {\"do\": \"" + long + "\"},", lineRange(4, 5)},
		{golocal.KindCode, "steps[1]", "{\"do\": \"" + long + "\"},", lineRange(6, 6)},
		{golocal.KindCode, "steps[2]", "{\"do\": \"" + long + "\"},", lineRange(7, 7)},
		{golocal.KindCode, "steps[3]", "{\"do\": \"" + long + "\"}\n  ]\n}", lineRange(8, 10)},
	}
	got := show(doc)
	for i := range got {
		got[i].Text = strings.TrimLeft(got[i].Text, " ")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestJSON_LaidOutAgain(t *testing.T) {
	for _, c := range []struct {
		source, want string
		first        golocal.Place
	}{
		{`{"a":"caf\u00e9","b":{"c":[1,2,3],"d":null},"e":[{"x":1,"y":"two\nlines"},{"x":2}],"f":[[1,2],[3]],"g":{},"h":"\"q\""}`,
			"a: café\nb:\n  c: 1, 2, 3\n  d: null\ne:\n  - x: 1\n    y: two\n      lines\n  - x: 2\nf:\n  - 1, 2\n  - 3\ng:\nh: \"q\"", paraRange(1, 13)},
		{"[\"a\\u0041\", true]\n", "- aA, true", lineRange(1, 1)},
		{"{\n\"a\": \"x\\ny\",\n\n\"b\": {\n\"c\": 1\n}\n}\n" + strings.Repeat(" ", 0), "a: x\n  y\nb:\n  c: 1", lineRange(2, 5)},
	} {
		doc, err := parseOne(t, "a.json", []byte(c.source))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, doc.Text); diff != "" {
			t.Errorf("%s:\n%s", c.source, diff)
		}
		if p := doc.Sections[0].Place; c.first.Paragraph == 0 && p != c.first || c.first.Paragraph > 0 && p.Paragraph != 1 {
			t.Errorf("%s: at %+v, want %+v", c.source, p, c.first)
		}
	}
}

func TestJSON_Broken(t *testing.T) {
	for source, note := range map[string]string{
		"{\n\"a\": 1,\n b\n}":          "it is not valid JSON (line 3: ",
		"{\"a\": [1, 2":                "it is not valid JSON (line 1: it ends too soon)",
		strings.Repeat("[", 600) + "1": "it is not valid JSON (line 1: nested deeper than 512)",
	} {
		doc, err := parseOne(t, "a.json", []byte(source))
		if err != nil || doc.Text != source || len(doc.Notes) != 1 || !strings.HasPrefix(doc.Notes[0], note) {
			t.Errorf("%.40q: %q, %v; want %q", source, doc.Notes, err, note)
		}
	}
}

func TestJSONL(t *testing.T) {
	doc, err := parseOne(t, "a.jsonl", []byte(sample.JSONL))
	if err != nil {
		t.Fatal(err)
	}
	want := []shown{
		{golocal.KindParagraph, "", "role: user; content: Hello \"you\" there; tags: a, b", lineRange(1, 1)},
		{golocal.KindParagraph, "", "role: model; meta: n: 1; x: null; content: Fine", lineRange(3, 3)},
		{golocal.KindParagraph, "", "not json", lineRange(4, 4)},
	}
	if diff := cmp.Diff(want, show(doc)); diff != "" {
		t.Error(diff)
	}
	if len(doc.Notes) != 1 || doc.Notes[0] != "1 line is not valid JSON and stands as in the file" {
		t.Errorf("notes %q", doc.Notes)
	}
	plain := "{\"a\": \"one\"}\n{\"a\": \"two\"}\n"
	if doc, err := parseOne(t, "a.jsonl", []byte(plain)); err != nil || doc.Text != plain || len(doc.Sections) != 2 {
		t.Errorf("%q, %d sections, %v", doc.Text, len(doc.Sections), err)
	}
	spread := "{\n\"a\": \"one\"\n}\n{\n\"a\": \"two\"\n}\n"
	if doc, err := parseOne(t, "a.jsonl", []byte(spread)); err != nil || doc.Text != spread || len(doc.Notes) != 0 || doc.Type != JSONL {
		t.Errorf("values over several lines: %q, %v", doc.Notes, err)
	}
}
