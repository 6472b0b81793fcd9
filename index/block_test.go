package index

import (
	"errors"
	"testing"

	"golocal"
)

func TestBlock_FindsWhereAByteStands(t *testing.T) {
	x := open(t, Options{})
	root, err := x.AddRoot(t.Context(), t.TempDir())
	must(t, err)
	doc, chunks := document(root.ID, "a.csv", "Prices of May", "City,Price", "Rome,12")
	doc.Sections = []golocal.Section{
		{Kind: golocal.KindParagraph, Span: golocal.Span{Start: 0, End: 13}},
		{Kind: golocal.KindTable, Span: golocal.Span{Start: 15, End: len(doc.Text)}},
	}
	must(t, x.Put(t.Context(), doc, chunks, nil))
	stored, ok, err := x.Document(t.Context(), doc.Ref)
	if must(t, err); !ok {
		t.Fatal("not there")
	}
	for at, want := range map[int]golocal.Kind{-1: "", 0: golocal.KindParagraph, 12: golocal.KindParagraph, 13: "", 15: golocal.KindTable, len(doc.Text): ""} {
		s, ok, err := x.Block(t.Context(), stored.ID, at)
		if must(t, err); s.Kind != want || ok != (want != "") {
			t.Errorf("byte %d: %q, %v, want %q", at, s.Kind, ok, want)
		}
	}
	if _, ok, err := x.Block(t.Context(), 4711, 0); ok || err != nil {
		t.Errorf("of no document: %v, %v", ok, err)
	}
	must(t, x.db.update(t.Context(), false, func(t *tx) error { return t.exec(`UPDATE section SET seal = seal + 1`) }))
	if _, _, err := x.Block(t.Context(), stored.ID, 0); !errors.Is(err, ErrDamaged) {
		t.Errorf("of a damaged row: %v", err)
	}
}

// Structures of the first version, and of documents without sections, are read too.
func TestSectionAt_ReadsEveryForm(t *testing.T) {
	for _, c := range []struct {
		data string
		want bool
	}{
		{`[{"kind":"table","span":{"start":0,"end":9}}]`, true},
		{`[]`, false},
		{`[{"kind":"table","span":{"start":4,"end":9}}]`, false},
	} {
		if _, ok, err := sectionAt([]byte(c.data), 3); ok != c.want || err != nil {
			t.Errorf("%s: %v, %v", c.data, ok, err)
		}
	}
	if _, _, err := sectionAt([]byte(`[{"kind"`), 3); err == nil {
		t.Error("half a row is read")
	}
}
