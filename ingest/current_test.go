package ingest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"golocal"
	"golocal/ingest/chunk"
)

// looking is an Embedder that looks at the store while it works.
type looking struct {
	Embedder
	look func()
}

func (w looking) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	w.look()
	return w.Embedder.Embed(ctx, texts)
}

// TestCurrent_UpgradeReplacesInOneStep reads a file again with a chunker that
// cuts otherwise: the old passages stand until the new ones come with their
// vectors, and what is cut as before is not embedded again.
func TestCurrent_UpgradeReplacesInOneStep(t *testing.T) {
	b := newBench(t, nil)
	b.write("a.md", "# One\n\nShort.\n\n# Two\n\n"+strings.Repeat("Many words stand here one after the other. ", 30))
	before := b.apply("a.md")
	if b.apply("a.md"); !b.Current(before) || b.parsed != 1 {
		t.Fatalf("parsed %d times by one version", b.parsed)
	}
	old := b.store.chunks[before.Ref]
	b.model.inputs = nil
	looks := 0
	next := New(Options{Store: b.store, Vectors: b.store, Opener: b.folder, Parser: b, Count: b.Count, Limit: chunk.Limit{Target: 60, Max: 80},
		Embedder: looking{b.model, func() {
			looks++
			if now := b.store.chunks[before.Ref]; len(now) != len(old) || b.store.puts != 1 {
				t.Errorf("%d passages while the new ones are embedded, want the %d old ones", len(now), len(old))
			}
		}}})
	if next.Current(before) || !next.Current(golocal.Document{State: golocal.StateFailed}) {
		t.Error("a document of another version counts as current, or one that nothing was made of does not")
	}
	if err := next.Apply(t.Context(), golocal.Change{Ref: before.Ref, Op: golocal.Upsert}); err != nil {
		t.Fatal(err)
	}
	now := b.store.chunks[before.Ref]
	if len(now) <= len(old) || looks == 0 || !next.Current(b.store.docs[before.Ref]) {
		t.Fatalf("%d passages after %d, embedder asked %d times", len(now), len(old), looks)
	}
	for _, c := range now {
		if b.store.vectors[c.Sum] == nil {
			t.Errorf("passage %d came without its vector", c.Ordinal)
		}
		if same := slices.ContainsFunc(old, func(o golocal.Chunk) bool { return o.Sum == c.Sum }); same && slices.Contains(b.model.inputs, c.Input) {
			t.Errorf("passage %d is cut as before and was embedded again", c.Ordinal)
		}
	}
}
