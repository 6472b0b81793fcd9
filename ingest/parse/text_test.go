package parse

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/remark"
	"golocal/internal/sample"
)

func TestText_Headings(t *testing.T) {
	doc, err := parseOne(t, "a.txt", []byte(sample.Text))
	if err != nil {
		t.Fatal(err)
	}
	want := []shown{
		{golocal.KindHeading, "", "The Rules\n=========", lineRange(1, 2)},
		{golocal.KindParagraph, "The Rules", "Rules are\nfor all.", lineRange(3, 4)},
		{golocal.KindHeading, "", "1. Terms", lineRange(6, 6)},
		{golocal.KindParagraph, "1. Terms", "A word is a word.", lineRange(8, 8)},
		{golocal.KindHeading, "1. Terms", "1.1 Names", lineRange(10, 10)},
		{golocal.KindParagraph, "1. Terms > 1.1 Names", "A name is a name.", lineRange(12, 12)},
		{golocal.KindHeading, "", "2. Fees", lineRange(14, 14)},
		{golocal.KindList, "2. Fees", "- one\n- two", lineRange(16, 17)},
		{golocal.KindHeading, "2. Fees", "LATE PAYMENT", lineRange(19, 19)},
		{golocal.KindParagraph, "2. Fees > LATE PAYMENT", "It costs more.", lineRange(21, 21)},
	}
	if diff := cmp.Diff(want, show(doc)); diff != "" {
		t.Error(diff)
	}
	if doc.Title != "The Rules" {
		t.Errorf("title %q", doc.Title)
	}
}

// TestText_NoHeadings has lines that only look like headings.
func TestText_NoHeadings(t *testing.T) {
	for _, text := range []string{
		"1. Buy milk\n\n2. Call Ann\n\n3. Sleep\n",
		"Total\n--\n5\n",
		"SHOUT\n\nSHOUT AGAIN\n\nAND AGAIN\n",
		"a  b  c\n-------\n1  2  3\n",
		"2024 Was a good year\n\nwe thought.\n",
		"1. Introduction ........ 3\n\n2. Terms ........ 4\n\n3. Fees ........ 5\n\ntext\n",
	} {
		doc, err := parseOne(t, "a.txt", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range doc.Sections {
			if s.Kind == golocal.KindHeading {
				t.Errorf("%q: %q is a heading", text, doc.Text[s.Span.Start:s.Span.End])
			}
		}
	}
}

func TestText_TooLargeForStructure(t *testing.T) {
	source := strings.Repeat("# A\n\nwords and words\n\n", maxStructured/20)
	doc, err := parseOne(t, "a.md", []byte(source))
	if err != nil || doc.Type != Markdown || len(doc.Notes) != 1 || doc.Text != source {
		t.Fatalf("type %q, notes %q, %v", doc.Type, doc.Notes, err)
	}
	if n := len(doc.Sections); n < 1000 || n > maxStructured/4096*2 {
		t.Errorf("%d sections", n)
	}
}

func TestCutText(t *testing.T) {
	if raced {
		return // one goroutine, byte by byte; ./check runs it without the race detector
	}
	text := strings.Repeat("a line of text é\n", MaxText/17)
	got, note := cutText(text + text[:1<<20])
	if len(got) > MaxText || len(got) < MaxText-100 || !strings.HasSuffix(got, "é\n") || remark.Say("en", note) != "the text was cut off after 67 MB" {
		t.Errorf("%d bytes, %q", len(got), note)
	}
}
