package child

import (
	"bufio"
	"bytes"
	"context"
	"strings"
	"testing"

	"golocal"
	"golocal/ingest/parse"
	"golocal/internal/remark"
)

// longDocument holds a little more text than a document may, in lines of 64
// bytes, one section, mark and page line each.
func longDocument() golocal.Document {
	line := strings.Repeat("x", 63) + "\n"
	n := parse.MaxText/len(line) + 100
	doc := golocal.Document{Type: "text", Text: strings.Repeat(line, n)}
	for i := range n / 1000 {
		span := golocal.Span{Start: i * 1000 * len(line), End: (i + 1) * 1000 * len(line)}
		doc.Sections = append(doc.Sections, golocal.Section{Kind: golocal.KindParagraph, Span: span})
		doc.Marks = append(doc.Marks, golocal.Mark{At: span.Start, Place: golocal.Place{Page: i + 1}})
	}
	return doc
}

// TestParser_LongText sends more text through a process than a document may hold.
func TestParser_LongText(t *testing.T) {
	if raced {
		return // the race detector takes several times the memory that this process may have; ./check runs it without
	}
	c := start(t, "parse-trouble", Options{})
	doc, err := c.Parse(context.Background(), "long", nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Text) > parse.MaxText || len(doc.Text) < parse.MaxText-64 || !strings.HasSuffix(doc.Text, "x\n") {
		t.Errorf("%d bytes", len(doc.Text))
	}
	if len(doc.Notes) != 1 || doc.Notes[0] != "too long: the first 67 MB of its 67 MB of text are read" {
		t.Errorf("notes: %q", doc.Notes)
	}
}

func TestCut(t *testing.T) {
	doc := func() golocal.Document {
		return golocal.Document{
			Text:     "one\ntwo\nthree\fföur",
			Sections: []golocal.Section{{Span: golocal.Span{Start: 0, End: 7}}, {Span: golocal.Span{Start: 8, End: 13}}, {Span: golocal.Span{Start: 14, End: 19}}},
			Marks:    []golocal.Mark{{At: 0}, {At: 8}, {At: 14}},
			Lines:    []golocal.Line{{Span: golocal.Span{Start: 0, End: 3}}, {Span: golocal.Span{Start: 8, End: 13}}, {Span: golocal.Span{Start: 14, End: 19}}},
		}
	}
	for _, c := range []struct {
		most                   int
		text                   string
		sections, marks, lines int
		end                    int // of the last section
	}{
		{100, "one\ntwo\nthree\fföur", 3, 3, 3, 19},
		{19, "one\ntwo\nthree\fföur", 3, 3, 3, 19},
		{16, "one\ntwo\nthree\f", 2, 2, 2, 13},
		{13, "one\ntwo\n", 1, 1, 1, 7},
		{6, "one\n", 1, 1, 1, 4},
		{2, "on", 1, 1, 0, 2},
	} {
		d := doc()
		cut(&d, c.most)
		if d.Text != c.text || len(d.Sections) != c.sections || len(d.Marks) != c.marks || len(d.Lines) != c.lines || d.Sections[len(d.Sections)-1].Span.End != c.end {
			t.Errorf("at %d: %q, %d sections, %d marks, %d lines", c.most, d.Text, len(d.Sections), len(d.Marks), len(d.Lines))
		}
		if err := parse.Verify(&d); err != nil {
			t.Errorf("at %d: %v", c.most, err)
		}
		if (len(d.Notes) > 0) != (c.most < 19) {
			t.Errorf("at %d: notes %q", c.most, d.Notes)
		}
	}
	d := golocal.Document{Text: "éé"} // no line to end at: never inside a letter
	if cut(&d, 3); d.Text != "é" {
		t.Errorf("%q", d.Text)
	}
}

func TestReply_RoundTrip(t *testing.T) {
	var b bytes.Buffer
	want := golocal.Document{Type: "text", Text: "line\n\"quoted\" é\n", Notes: []string{"a note"}}
	if err := writeReply(&b, reply{Document: &want}); err != nil {
		t.Fatal(err)
	}
	if want.Text == "" {
		t.Error("writing changed the document")
	}
	got, err := readReply(&b)
	if err != nil || got.Document.Text != want.Text || len(got.Document.Notes) != 1 {
		t.Errorf("%+v, %v", got.Document, err)
	}
	if err := writeReply(&b, reply{Failure: parse.Failed("pdf", remark.Encrypted)}); err != nil {
		t.Fatal(err)
	}
	if got, err = readReply(&b); err != nil || got.Document != nil || got.Failure.Reason != "needs a password" || got.Failure.Why.Code != string(remark.Encrypted) {
		t.Errorf("%+v, %v", got, err)
	}
}

// FuzzReadReply reads what a hijacked parser process may answer.
func FuzzReadReply(f *testing.F) {
	for _, r := range []reply{{}, {Document: &golocal.Document{Text: "words"}}, {Failure: parse.Failed("pdf", remark.Encrypted)}} {
		var b bytes.Buffer
		if err := writeReply(&b, r); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Add([]byte("\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x05{}words"))
	f.Add([]byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := readReply(bufio.NewReader(bytes.NewReader(b)))
		if err == nil && got.Document != nil && len(got.Document.Text) > len(b) {
			t.Errorf("%d bytes of text from %d", len(got.Document.Text), len(b))
		}
	})
}
