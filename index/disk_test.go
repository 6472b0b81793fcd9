package index

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golocal"
)

// points yields which operations fail: all in the long form, fewer and fewer
// else, until one passes.
func points(yield func(n int) bool) {
	for n := 1; yield(n); {
		if os.Getenv("GOLOCAL_LONG") != "" {
			n++
		} else {
			n += 1 + n/3
		}
	}
}

// work changes one document, removes another and has their bytes erased.
func work(x *Index, root int64) error {
	ctx := context.Background()
	d, chunks := document(root, "a.md", "one two", "changed", "five six", "added")
	err := x.Put(ctx, d, chunks, vectors(chunks))
	if err == nil {
		err = x.Remove(ctx, golocal.Ref{Root: root, Path: "b.md"})
	}
	if err == nil {
		_, err = x.Purge(ctx, 0)
	}
	return err
}

// beforeOrAfter fails the test unless each document is as before work or after.
func beforeOrAfter(t *testing.T, x *Index) {
	t.Helper()
	if got := match(t, x, "changed three", golocal.Scope{}); len(got) != 1 || got[0] != "changed" && got[0] != "three four" {
		t.Errorf("a.md: %q", got)
	} else if more := match(t, x, "added", golocal.Scope{}); len(more) != map[string]int{"changed": 1}[got[0]] {
		t.Errorf("a.md is a mix: %q and %q", got, more)
	}
	if got := match(t, x, "seven", golocal.Scope{}); len(got) > 1 || len(got) == 1 && got[0] != "seven eight" {
		t.Errorf("b.md: %q", got)
	}
	loaded(t, x)
	if got := nearest(t, x, "one two", 10, golocal.Scope{}); len(got) < 3 || got[0] != "one two" {
		t.Errorf("nearest: %q", got)
	}
	sound(t, x)
}

// TestIndex_DiskFailsAtEveryOperation has the n-th write, sync, truncation or
// deletion fail once, n = 1, 2, …: reads go on, and the same work passes next
// time without a restart.
func TestIndex_DiskFailsAtEveryOperation(t *testing.T) {
	useFaultyDisk(t)
	for _, how := range []fault{full, broken} {
		x, root := ready(t, Options{})
		for n := range points {
			put(t, x, root.ID, "a.md", "one two", "three four", "five six")
			put(t, x, root.ID, "b.md", "seven eight")
			fail(n, how)
			err := work(x, root.ID)
			met := mended()
			if how == full && err != nil && !errors.Is(err, ErrFull) || how == broken && errors.Is(err, ErrFull) {
				t.Errorf("operation %d: %v", n, err)
			}
			beforeOrAfter(t, x)
			if err := work(x, root.ID); err != nil {
				t.Errorf("after operation %d: %v", n, err)
			}
			if got := match(t, x, "added seven", golocal.Scope{}); len(got) != 1 || got[0] != "added" {
				t.Errorf("done again after operation %d: %q", n, got)
			}
			if t.Failed() {
				t.Fatalf("operation %d, %v", n, how)
			}
			if !met {
				if n < 20 {
					t.Fatalf("only %d operations seen", n)
				}
				break
			}
		}
		must(t, x.Close())
	}
}

// TestIndex_KilledAtEveryOperation stops the disk at the n-th operation, also in
// the middle of a write, and opens what is there then.
func TestIndex_KilledAtEveryOperation(t *testing.T) {
	useFaultyDisk(t)
	start := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, start)
	put(t, x, root.ID, "a.md", "one two", "three four", "five six")
	put(t, x, root.ID, "b.md", "seven eight")
	must(t, x.Close())
	for _, how := range []fault{killed, torn} {
		for n := range points {
			dir := copyFolder(t, start)
			fail(n, how)
			x, err := Open(dir, Options{})
			if err == nil {
				err = work(x, root.ID)
			}
			left := copyFolder(t, dir) // with the log and the process id of who died
			met := mended()
			if x != nil {
				must(t, x.Close())
			}
			y := open(t, Options{}, left)
			beforeOrAfter(t, y)
			must(t, y.Close())
			if t.Failed() {
				t.Fatalf("operation %d, %v: %v", n, how, err)
			}
			if !met {
				if n < 20 || err != nil {
					t.Fatalf("only %d operations seen: %v", n, err)
				}
				break
			}
		}
	}
}
