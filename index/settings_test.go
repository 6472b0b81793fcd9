package index

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
)

func TestPutRoot_KeepsRulesAndPause(t *testing.T) {
	x, root := ready(t, Options{})
	doc, chunks := document(root.ID, "a.md", "Twelve boats lie in the harbour.")
	must(t, x.Put(t.Context(), doc, chunks, vectors(chunks)))

	root.Rules = golocal.Rules{Include: []string{"*.md"}, Exclude: []string{"/old/"}, Types: []string{"pdf"}, MaxMB: 3, Allow: []string{"keys.md"}}
	root.Paused = true
	got, err := x.PutRoot(t.Context(), root)
	must(t, err)
	if !cmp.Equal(got, root) {
		t.Errorf("put: %s", cmp.Diff(root, got))
	}
	odd, err := x.PutRoot(t.Context(), golocal.Root{Path: "/home/me/caf\xe9", Rules: golocal.Rules{MaxMB: 1}})
	must(t, err)
	if string(odd.Bytes) != odd.Path || odd.ID == root.ID {
		t.Errorf("a path that is no UTF-8: %+v", odd)
	}
	roots, err := x.Roots(t.Context())
	must(t, err)
	if !cmp.Equal(roots, []golocal.Root{root, odd}) {
		t.Errorf("list: %s", cmp.Diff([]golocal.Root{root, odd}, roots))
	}
	if again, err := x.AddRoot(t.Context(), root.Path); err != nil || !cmp.Equal(again, root) {
		t.Errorf("adding it again: %+v, %v", again, err)
	}
	report, err := x.Check(t.Context(), CheckOptions{Deep: true})
	must(t, err)
	if len(report.Problems) > 0 {
		t.Errorf("check: %v", report.Problems)
	}

	root.Rules, root.Paused = golocal.Rules{}, false
	if got, err = x.PutRoot(t.Context(), root); err != nil || !cmp.Equal(got, root) {
		t.Errorf("back to none: %+v, %v", got, err)
	}
	if _, err := x.PutRoot(t.Context(), golocal.Root{}); err == nil {
		t.Error("a root without a path was taken")
	}
}

func TestCheck_FindsChangedSettings(t *testing.T) {
	x, root := ready(t, Options{})
	root.Rules.Exclude = []string{"private/"}
	_, err := x.PutRoot(t.Context(), root)
	must(t, err)
	x.write.Lock()
	must(t, x.db.update(t.Context(), false, func(t *tx) error {
		return t.exec(`UPDATE root SET settings = replace(settings, 'private', 'privata')`)
	}))
	x.write.release()
	report, err := x.Check(t.Context(), CheckOptions{})
	must(t, err)
	if len(report.Problems) != 1 {
		t.Errorf("problems: %v", report.Problems)
	}
}

// TestAddRules opens an index that the version before this step wrote.
func TestAddRules(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	must(t, os.Mkdir(dir, 0o700))
	old, err := openDatabase(filepath.Join(dir, fileName), migrations[:3])
	must(t, err)
	must(t, old.update(t.Context(), false, func(t *tx) error {
		path := []byte("/home/me/notes")
		return t.exec(`INSERT INTO root (id, path, added, seal) VALUES (7, ?, 5, ?)`, path, sealRoot(path, 5, ""))
	}))
	must(t, old.close(t.Context()))

	x := open(t, Options{}, dir)
	roots, err := x.Roots(t.Context())
	must(t, err)
	if want := []golocal.Root{{ID: 7, Path: "/home/me/notes", Added: moment(5)}}; !cmp.Equal(roots, want) {
		t.Error(cmp.Diff(want, roots))
	}
	report, err := x.Check(t.Context(), CheckOptions{Deep: true})
	must(t, err)
	if len(report.Problems) > 0 {
		t.Errorf("check: %v", report.Problems)
	}
}
