package parse

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/sample"
)

func TestFrontMatter(t *testing.T) {
	for _, c := range []struct {
		text  string
		n     int
		title string
	}{
		{"no front matter", 0, ""},
		{"---\ntitle: x\n---\nbody", 17, "x"},
		{"---\ntitle: x\n", 0, ""},
		{"---\njust a rule\n---\n", 0, ""},
		{"---\ntitle: [1, 2]\n...\n", 22, "1"},
		{"---\n: : broken: [\n---\n", 22, ""},
		{"---\ntitle: {{ name }} rules\n---\n", 32, "{{ name }} rules"},
		{"---\ntitle: x\n---", 16, "x"},
		{"+++\ntitle = \"x\"\n+++\nb", 20, "x"},
		{"+++\ntitle = x y\n+++\n", 20, "x y"},
		{"{\"title\": \"x\"}\nb", 14, "x"},
		{"{ braces }", 0, ""},
		{"% The title\n% Ann; Bob\n\nb", 23, "The title"},
		{"% a\n% b\n% c\n% d\n", 0, ""},
	} {
		n, head := frontMatter(c.text)
		if title, _ := describe(head); n != c.n || title != c.title {
			t.Errorf("frontMatter(%q) = %d, %q, want %d, %q", c.text, n, title, c.n, c.title)
		}
	}
}

func TestDescribe(t *testing.T) {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		front string
		want  golocal.Meta
	}{
		{"author: Ann\ndate: 2024-03-05\ntags: [a, B]", golocal.Meta{Authors: []string{"Ann"}, Created: day(2024, 3, 5), Tags: []string{"a", "B"}}},
		{"authors:\n  - name: Ann\n  - given: Bob\n    family: Lee\n", golocal.Meta{Authors: []string{"Ann", "Bob Lee"}}},
		{"tags: '#one, two'\naliases: [Other name]\nTag: ONE", golocal.Meta{Tags: []string{"one", "two", "Other name"}}},
		{"tags: one two", golocal.Meta{Tags: []string{"one", "two"}}},
		{"keywords: machine learning, x", golocal.Meta{Tags: []string{"machine learning", "x"}}},
		{"last-modified: 5 March 2024\nlang: de_AT", golocal.Meta{Edited: day(2024, 3, 5), Language: "de-AT"}},
		{"created: 2024-03-05T10:00:00+02:00\nlang: no tag", golocal.Meta{Created: time.Date(2024, 3, 5, 8, 0, 0, 0, time.UTC)}},
		{"date: 05/03/2024", golocal.Meta{}}, // May or March
		{"tags:\n  - 2024\n  - null", golocal.Meta{Tags: []string{"2024"}}},
	} {
		_, head := frontMatter("---\n" + c.front + "\n---\n")
		if _, meta := describe(head); cmp.Diff(c.want, meta) != "" {
			t.Errorf("%q:\n%s", c.front, cmp.Diff(c.want, meta))
		}
	}
}

func TestInlineTags(t *testing.T) {
	body := "# Heading\n\n#one text (#two/deep) a#no #123 #fff000 `#code` https://x.org/#no\n```\n#fenced\n```\n- #zwölf, #one\n> #quoted\n## #\n#4x %% #hidden %% <!--\n#no -->"
	want := []string{"one", "two/deep", "zwölf", "quoted", "4x"}
	if diff := cmp.Diff(want, inlineTags(body)); diff != "" {
		t.Error(diff)
	}
}

func TestMarkdownNote(t *testing.T) {
	doc, err := parseOne(t, "note.md", []byte(sample.Note))
	if err != nil {
		t.Fatal(err)
	}
	if doc.Text != sample.Note {
		t.Errorf("the text is not the file's:\n%s", cmp.Diff(sample.Note, doc.Text))
	}
	want := golocal.Meta{Authors: []string{"Ann Lee"}, Created: time.Date(2024, 5, 2, 0, 0, 0, 0, time.UTC), Tags: []string{"garden", "spring", "Bed plan", "todo/soon"}, Language: "en"}
	if doc.Title != "Garden plan" || cmp.Diff(want, doc.Meta) != "" {
		t.Errorf("title %q, %s", doc.Title, cmp.Diff(want, doc.Meta))
	}
	var got []shown
	for _, s := range show(doc) {
		if s.Kind == golocal.KindHeading || s.Path == "Beds > Roses" {
			got = append(got, s)
		}
	}
	expect := []shown{
		{golocal.KindHeading, "", "# [[Plan of beds|Beds]] {#beds}", lineRange(10, 10)},
		{golocal.KindHeading, "Beds", "## Roses ^r1", lineRange(16, 16)},
		{golocal.KindParagraph, "Beds > Roses", "> [!warning] Thorns\n> Wear gloves. #todo/soon", lineRange(18, 19)},
		{golocal.KindCode, "Beds > Roses", "```mermaid\ngraph TD\n```", lineRange(21, 23)},
		{golocal.KindHeading, "", "<h1 align=\"center\">In <b>short</b></h1>", lineRange(25, 25)},
	}
	if diff := cmp.Diff(expect, got); diff != "" {
		t.Error(diff)
	}
}
