package parse

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/sample"
)

func TestData(t *testing.T) {
	block := func(path, text string, a, b int) shown { return shown{golocal.KindCode, path, text, lineRange(a, b)} }
	for _, c := range []struct {
		name, data string
		want       []shown
	}{
		{"a.yaml", sample.YAML, []shown{
			block("", "# who it is\nname: Ann\nage: 5", 1, 3),
			block("address", "address:\n  street: Main\n  # nested\n  no: 1", 5, 8),
			block("", "note: last", 9, 9),
			block("list", "list:\n- a\n- b", 10, 12),
			block("", "---\nother: document", 13, 14),
		}},
		{"a.toml", "title = \"x\"\n\n# the server\n[server.main]\nport = 1\n[[users]]\nname = \"a\"\n", []shown{
			block("", "title = \"x\"", 1, 1),
			block("server.main", "# the server\n[server.main]\nport = 1", 3, 5),
			block("users", "[[users]]\nname = \"a\"", 6, 7),
		}},
		{"a.properties", "a=1\nb=2\n\n# second\nc=3\n", []shown{block("", "a=1\nb=2", 1, 2), block("", "# second\nc=3", 4, 5)}},
		{"a.ics", sample.Calendar, []shown{
			{golocal.KindHeading, "", "Board meeting", lineRange(6, 6)},
			{golocal.KindList, "Board meeting", "Start: 2024-05-02 09:00 UTC\nBoard meeting\nLocation: Room 1, upstairs\nDescription: Bring the plan; and a pen.\nOrganizer: Ann Lee <ann@example.org>", lineRange(5, 10)},
		}},
		{"a.xml", sample.DocBook, []shown{
			{golocal.KindHeading, "", "The manual", lineRange(2, 2)},
			{golocal.KindHeading, "The manual", "First & foremost", lineRange(3, 3)},
			{golocal.KindParagraph, "The manual > First & foremost", "Press the red button twice, café.", lineRange(4, 4)},
			{golocal.KindList, "The manual > First & foremost", "one thing", lineRange(6, 6)},
			{golocal.KindTable, "The manual > First & foremost", "Name | Age\nAnn | 5", lineRange(7, 8)},
		}},
		{"a.xml", "<config>\n <server name=\"a\">\n  <port>1</port>\n </server>\n</config>\n", []shown{
			block("", "<config>\n <server name=\"a\">\n  <port>1</port>\n </server>\n</config>", 1, 5)}},
		{"a.xml", "<list><name>Caf&#233;</name><size unit='m'>1</size></list>", []shown{
			{golocal.KindList, "", "list:\n  name: Café\n  size unit=m: 1", paraRange(1, 3)}}},
		{"a.rss", `<rss><channel><title>News</title><item><title>One</title><description>&lt;p&gt;Hello &lt;b&gt;all&lt;/b&gt;&lt;/p&gt;</description></item></channel></rss>`, []shown{
			{golocal.KindHeading, "", "News", lineRange(1, 1)},
			{golocal.KindHeading, "News", "One", lineRange(1, 1)},
			{golocal.KindParagraph, "News > One", "Hello all", lineRange(1, 1)},
		}},
		{"a.svg", `<svg xmlns="http://www.w3.org/2000/svg"><style>x{}</style><path d="M1 2"/><text>Go <tspan>home</tspan></text></svg>`, []shown{{golocal.KindParagraph, "", "Go home", lineRange(1, 1)}}},
	} {
		doc, err := parseOne(t, c.name, []byte(c.data))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if diff := cmp.Diff(c.want, show(doc)); diff != "" {
			t.Errorf("%s:\n%s", c.data, diff)
		}
	}
	_, err := parseOne(t, "a.svg", []byte(`<svg><path id="words" d="M1 2"/></svg>`))
	var failure *Failure
	if !errors.As(err, &failure) || failure.Reason != "a drawing without words" {
		t.Errorf("%v", err)
	}
	broken := "<a>\n<b>words &undeclared; <c\n"
	if doc, err := parseOne(t, "a.xml", []byte(broken)); err != nil || doc.Text != broken || len(doc.Notes) != 1 {
		t.Errorf("broken XML: %q, %q, %v", doc.Text, doc.Notes, err)
	}
	deep := strings.Repeat("<a>", 600) + "x"
	if doc, err := parseOne(t, "a.xml", []byte(deep)); err != nil || len(doc.Notes) != 1 || !strings.Contains(doc.Notes[0], "nested deeper than 512") {
		t.Errorf("deep XML: %q, %v", doc.Notes, err)
	}
	if doc, err := parseOne(t, "a.xml", []byte("<?xml version='1.0' encoding='iso-8859-2'?>\n<a>\xb1</a>")); err != nil || !strings.Contains(doc.Text, "ą") {
		t.Errorf("declared charset: %q, %v", doc.Text, err)
	}
}
