package parse

import (
	"context"
	"errors"
	"testing"

	"golocal"
	"golocal/ingest/chunk"
	"golocal/ingest/normal"
)

// checkFuzzed parses a file that a fuzzer made and checks the promises of
// golocal.Document.
func checkFuzzed(t *testing.T, name string, data []byte) {
	t.Helper()
	doc, err := (&Formats{}).Parse(context.Background(), name, data)
	var failure *Failure
	switch {
	case errors.As(err, &failure):
		if failure.Reason == "" || failure.State == "" {
			t.Fatalf("%+v", failure)
		}
		return
	case err != nil:
		t.Fatal(err)
	}
	if err := Verify(&doc); err != nil {
		t.Fatal(err)
	}
	if !normal.HasWords(doc.Text) || normal.Text(doc.Text) != doc.Text {
		t.Fatalf("%q", doc.Text)
	}
	for _, s := range doc.Sections {
		if s.Span.Start == s.Span.End || s.Place == (golocal.Place{}) || s.Kind == golocal.KindHeading && (s.Level < 1 || s.Level > 6) {
			t.Fatalf("%+v", s)
		}
	}
	for _, c := range chunk.Cut(doc, chunk.Estimate, chunk.Limit{Target: 20, Max: 30, Small: 5}) {
		if c.Text != doc.Text[c.Span.Start:c.Span.End] || c.Place == (golocal.Place{}) {
			t.Fatalf("chunk %+v", c)
		}
	}
}
