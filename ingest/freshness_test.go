package ingest

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"golocal"
)

func TestCheck(t *testing.T) {
	b := newBench(t, nil)
	b.write("a.txt", "The door is red. The roof is blue.")
	doc := b.apply("a.txt")
	check := func(quote string, want golocal.Freshness) {
		t.Helper()
		if got, err := b.Check(context.Background(), doc, quote); err != nil || got != want {
			t.Errorf("%q: %s, %v, want %s", quote, got, err, want)
		}
	}
	check("The door is red.", golocal.Current)
	b.write("a.txt", "New words. The door is red. The roof is green.")
	check("The door is red.", golocal.Current)
	check("The roof is blue.", golocal.Changed)
	b.write("a.txt", "")
	check("The door is red.", golocal.Changed)
	if err := os.Remove(filepath.Join(b.folder.dir, "a.txt")); err != nil {
		t.Fatal(err)
	}
	check("The door is red.", golocal.Gone)
}
