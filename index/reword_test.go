package index

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"golocal"
)

// olden makes an index look as if other rules of words had made its postings:
// they hold other words, and no stamp says by which rules.
func olden(t *testing.T, x *Index) {
	t.Helper()
	x.write.Lock()
	must(t, x.db.update(t.Context(), false, func(t *tx) error {
		if err := t.exec(`DELETE FROM meta WHERE key = ?`, metaWords); err != nil {
			return err
		}
		if err := t.exec(`DELETE FROM posting WHERE rowid > ?`, 0); err != nil {
			return err
		}
		return t.exec(`INSERT INTO posting (rowid, text) SELECT id, 'oldrules' FROM chunk WHERE id > ?`, 0)
	}))
	x.write.release()
}

func TestOpen_MakesPostingsOfOtherRulesAnew(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	var all []string
	for i := range 2*rewordBatch/20 + 1 {
		var passages []string
		for k := range 20 {
			passages = append(passages, fmt.Sprintf("Straße Nummer%d in parseFile%d", i, k))
		}
		all = append(all, passages...)
		d, chunks := document(root.ID, fmt.Sprint(i, ".md"), passages...)
		d.Title, chunks[0].Heading = "Title", []string{"Heading"}
		must(t, x.Put(t.Context(), d, chunks, nil))
	}
	olden(t, x)
	must(t, x.Close())

	// Stopped halfway, it goes on.
	stop, steps := errors.New("stopped"), 0
	x, err := Open(dir, Options{fault: func(string) error {
		if steps++; steps > rewordBatch*5 {
			return stop
		}
		return nil
	}})
	must(t, err)
	if err := x.awaitWords(t.Context()); !errors.Is(err, stop) {
		t.Fatalf("stopped: %v", err)
	}
	if len(match(t, x, "strasse", golocal.Scope{})) == 0 || len(match(t, x, "oldrules", golocal.Scope{})) == 0 {
		t.Error("not halfway")
	}
	must(t, x.Close())
	x = open(t, Options{}, dir)
	put(t, x, root.ID, "new.md", "written meanwhile: Straße")
	must(t, x.Remove(t.Context(), golocal.Ref{Root: root.ID, Path: "0.md"}))
	must(t, x.awaitWords(t.Context()))
	found, err := x.Match(t.Context(), "strasse", 1000, golocal.Scope{})
	must(t, err)
	got := texts(t, x, found)
	slices.Sort(got)
	want := append(all[20:], "written meanwhile: Straße")
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("finds %d, want %d", len(got), len(want))
	}
	if got := match(t, x, "oldrules", golocal.Scope{}); len(got) != 0 {
		t.Errorf("old postings of %q", got)
	}
	if len(match(t, x, "heading:heading title:title", golocal.Scope{})) == 0 {
		t.Error("fields are lost")
	}
	sound(t, x)
	must(t, x.Close())

	// Once done, nothing is done again.
	x, err = Open(dir, Options{fault: func(string) error { return stop }})
	must(t, err)
	must(t, x.awaitWords(t.Context()))
	must(t, x.Close())
}

func TestOpen_ANewIndexFollowsTheRules(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	must(t, open(t, Options{}, dir).Close())
	x, err := Open(dir, Options{fault: func(string) error { return errors.New("nothing is to be written") }})
	must(t, err)
	must(t, x.awaitWords(t.Context()))
	must(t, x.Close())
}
