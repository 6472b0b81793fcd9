package parse

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"golocal"
	"golocal/internal/remark"
	"golocal/internal/sample"
)

// TestPDF_Scans gives OCR the pages without text, and those alone.
func TestPDF_Scans(t *testing.T) {
	program := fake(t, `cat >/dev/null; printf x >>"$0.runs"; cat "$0.tsv"`)
	// A page of 612 by 792 points is 2125 by 2750 pixels.
	table := tsv([]string{"1 1 1 250 250 100 50 95 Total", "1 1 1 400 250 100 50 95 due", "1 1 2 250 310 100 50 95 today", "1 2 1 250 500 100 50 95 Thanks"})
	if err := os.WriteFile(program+".tsv", []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	f := &Formats{Cache: cacheDir(t), OCR: &OCR{Program: program, Languages: "eng"}}
	defer f.Close()
	data := sample.PDF([][]sample.PDFLine{sample.Column(700, "These are words that the page has itself."), nil, nil}, "", "", nil, "")
	doc, err := f.Parse(context.Background(), "a.pdf", data)
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(&doc); err != nil {
		t.Fatal(err)
	}
	if runs, _ := os.ReadFile(program + ".runs"); len(runs) != 2 {
		t.Errorf("OCR ran %d times", len(runs))
	}
	if n := strings.Count(doc.Text, "Total due"); n != 2 || doc.Pages != 3 || doc.Blank != 0 || !strings.Contains(doc.Text, "has itself") {
		t.Errorf("%d pages, %d blank, %q", doc.Pages, doc.Blank, doc.Text)
	}
	if d := cmp.Diff([]string{"2 of 3 pages were read by OCR; words may be wrong"}, doc.Notes); d != "" {
		t.Error(d)
	}
	at := strings.Index(doc.Text, "Total due")
	i := slices.IndexFunc(doc.Lines, func(l golocal.Line) bool { return l.Span.Start == at })
	if i < 0 {
		t.Fatalf("no line at %d: %v", at, doc.Lines)
	}
	box := doc.Lines[i].Box
	for side, want := range [4]float32{72, 792 - 86.4, 144, 792 - 72} { // a pixel is 0.288 points
		if box[side] < want-0.5 || box[side] > want+0.5 {
			t.Errorf("side %d of the box is at %v, want %v", side, box[side], want)
		}
	}
	if s := doc.Sections[len(doc.Sections)-1]; doc.Lines[i].Page != 2 || doc.Text[s.Span.Start:s.Span.End] != "Thanks" || s.Place.Page != 3 {
		t.Errorf("page %d; the last section is %+v", doc.Lines[i].Page, s)
	}
	if !Aided(doc) {
		t.Error("the document does not depend on OCR")
	}
}

func TestPDF_ScansWithoutText(t *testing.T) {
	data := sample.PDF([][]sample.PDFLine{nil, nil}, "", "", nil, "")
	for _, c := range []struct {
		name, script, reason string
		time                 time.Duration
	}{
		{"OCR is off", "", remark.Text(remark.Scan), 0},
		{"nothing there", "true", "its pages hold no text, as scans do, and OCR finds none", 0},
		{"no sense", "printf '" + tsv([]string{"1 1 1 1 1 9 9 20 zhong"}) + "'", "its pages hold no text, as scans do; 2 of 2 pages make no sense to OCR: ocr-languages may not name the language", 0},
		{"it fails", "echo no such language >&2; exit 1", "its pages hold no text, as scans do; OCR of page 1: no such language", 0},
		{"no time", "true", "its pages hold no text, as scans do; OCR stopped after 0 of 1 pages without text: it takes too long; read up to page 1 of 2: the rest takes too long", time.Nanosecond},
	} {
		f := &Formats{Cache: cacheDir(t), Time: c.time}
		if c.script != "" {
			f.OCR = &OCR{Program: fake(t, "cat >/dev/null\n"+c.script)}
		}
		_, err := f.Parse(context.Background(), "a.pdf", data)
		f.Close()
		var failure *Failure
		if !errors.As(err, &failure) || failure.Reason != c.reason || failure.State != golocal.StateNoText || failure.Pages != 2 {
			t.Errorf("%s: %+v, %v", c.name, failure, err)
		}
	}
}
