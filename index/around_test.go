package index

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"golocal"
)

func TestSection_EndsWithItsHeading(t *testing.T) {
	x, root := ready(t, Options{})
	d, chunks := document(root.ID, "a.md", "zero", "one", "two", "three", "four", "five")
	for i, h := range []string{"A", "B", "B", "B", "B", "A"} {
		chunks[i].Heading = []string{h}
	}
	must(t, x.Put(t.Context(), d, chunks, vectors(chunks)))
	doc, _, err := x.Document(t.Context(), d.Ref)
	must(t, err)
	stored, err := x.Chunks(t.Context(), doc.ID)
	must(t, err)
	for _, c := range []struct {
		of, reach int
		want      []string
	}{
		{1, 5, []string{"one", "two", "three", "four"}},
		{3, 1, []string{"two", "three", "four"}},
		{0, 9, []string{"zero"}},
		{5, 9, []string{"five"}},
		{2, 0, []string{"two"}},
	} {
		got, err := x.Section(t.Context(), stored[c.of].ID, c.reach)
		must(t, err)
		var texts []string
		for _, g := range got {
			texts = append(texts, g.Text)
		}
		if !slices.Equal(texts, c.want) {
			t.Errorf("around %d within %d: %q, want %q", c.of, c.reach, texts, c.want)
		}
	}
	if got, err := x.Section(t.Context(), 9999, 2); err != nil || len(got) != 0 {
		t.Errorf("of no chunk: %v, %v", got, err)
	}
	text, err := x.Passage(t.Context(), doc.ID, golocal.Span{Start: stored[1].Span.Start, End: stored[2].Span.End})
	if err != nil || text != "one\n\ntwo" {
		t.Errorf("%q, %v", text, err)
	}
	vecs, err := x.ChunkVectors(t.Context(), []int64{stored[2].ID, 9999, stored[1].ID})
	if err != nil || len(vecs) != 2 || !slices.Equal(vecs[stored[2].ID].Values, vector("two")) || !slices.Equal(vecs[stored[1].ID].Values, vector("one")) {
		t.Errorf("vectors %v, %v", vecs, err)
	}
	put(t, x, root.ID, "b.md", "another")
	must(t, x.Put(t.Context(), golocal.Document{Ref: golocal.Ref{Root: root.ID, Path: "c.bin"}, State: golocal.StateUnsupported, Reason: "x"}, nil, nil))
	var all []string
	for d, err := range x.Texts(t.Context()) {
		must(t, err)
		all = append(all, d.Ref.Path+": "+d.Text)
	}
	if !slices.Equal(all, []string{"a.md: " + d.Text, "b.md: another"}) {
		t.Errorf("%q", all)
	}
}

func TestChunkVectors_LooksEachUp(t *testing.T) {
	x, _ := ready(t, Options{})
	rows, err := x.db.readers.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+vectorsOfChunks, "[1,2]", 1)
	must(t, err)
	var plan []string
	must(t, every(rows, func(r *sql.Rows) error {
		var id, parent, unused int
		var detail string
		err := r.Scan(&id, &parent, &unused, &detail)
		plan = append(plan, detail)
		return err
	}))
	if len(plan) != 3 || !strings.Contains(plan[1], "rowid=?") || !strings.Contains(plan[2], "space=? AND sum=?") {
		t.Errorf("the plan reads more than the passages asked for: %q", plan)
	}
}
