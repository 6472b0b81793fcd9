package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/sample"
)

func TestCSV(t *testing.T) {
	for _, c := range []struct {
		name, data string
		want       []shown
	}{
		{"a.csv", "Name,Age\nAnn,5\nBob,6\n", []shown{{golocal.KindTable, "", "Name,Age\nAnn,5\nBob,6", lineRange(1, 3)}}},
		{"a.csv", "sep=;\nName;Age\nAnn;5\n", []shown{{golocal.KindParagraph, "", "sep=;", lineRange(1, 1)}, {golocal.KindTable, "", "Name;Age\nAnn;5", lineRange(2, 3)}}},
		{"a.tsv", "Name\tAge\nAnn\t5\n", []shown{{golocal.KindTable, "", "Name\tAge\nAnn\t5", lineRange(1, 2)}}},
		{"a.csv", "2024-01-01,5\n2024-01-02,7\n2024-01-03,9\n", []shown{{golocal.KindList, "", "2024-01-01,5\n2024-01-02,7\n2024-01-03,9", lineRange(1, 3)}}},
		{"a.csv", "Sales of 2024\n\nName,Sum,Note\nAnn,5,\nBob,6,x\nEve,7,\n", []shown{
			{golocal.KindParagraph, "", "Sales of 2024", lineRange(1, 1)},
			{golocal.KindTable, "", "Name,Sum,Note\nAnn,5,\nBob,6,x\nEve,7,", lineRange(3, 6)}}},
		{"a.csv", "One column\nof words\n", []shown{{golocal.KindTable, "", "One column\nof words", lineRange(1, 2)}}},
	} {
		doc, err := parseOne(t, c.name, []byte(c.data))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, show(doc)); diff != "" {
			t.Errorf("%q:\n%s", c.data, diff)
		}
	}
}

func TestCSV_RecordOfSeveralLinesIsOneLine(t *testing.T) {
	doc, err := parseOne(t, "a.csv", []byte(sample.CSV))
	if err != nil {
		t.Fatal(err)
	}
	want := "Name,Address,Since\nAnn Lee,\"1 Main Street Springfield\",2019\n\nBob \"Bo\" Ray,\"2 High Street, flat 3\",2020\nEve,,2021\n"
	if doc.Text != want {
		t.Errorf("%q", doc.Text)
	}
	for text, line := range map[string]int{"Ann": 2, "Bob": 5, "Eve": 6} {
		r := rulerOf(doc)
		if p := r.At(strings.Index(doc.Text, text)); p.Line != line {
			t.Errorf("%s on line %d, want %d", text, p.Line, line)
		}
	}
}

func TestCSV_UnclosedQuote(t *testing.T) {
	data := "a,b\n\"x,1\n" + strings.Repeat("some,row\n", 10_000)
	doc, err := parseOne(t, "a.csv", []byte(data))
	if err != nil || doc.Text != data {
		t.Errorf("an unclosed quote changed the lines: %v", err)
	}
}

func TestDelimiter(t *testing.T) {
	for text, want := range map[string]rune{
		"a,b\n1,2": ',', "a;b\n1,5;2,5": ';', "a\tb, c\n1\t2": '\t', "a|b|c\n1|2|3": '|', "a b": ',', "\"a;b\",c\n\"d;e\",f": ',',
	} {
		if got := delimiter(text, false); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
