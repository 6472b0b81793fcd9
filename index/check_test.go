package index

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golocal"
)

// source is the files of an index, by path.
type source map[string]Reading

func (s source) read(_ context.Context, root golocal.Root, doc golocal.Document) (Reading, error) {
	if root.Path != "/home/me/notes" {
		return Reading{}, errors.New("of no folder")
	}
	r, ok := s[doc.Ref.Path]
	if !ok {
		return Reading{Changed: true, Reason: "gone"}, nil
	}
	return r, nil
}

func TestCheck_ComparesWithTheFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	disk := source{}
	for _, name := range []string{"same.md", "other.md", "changed.md", "unread.md", "gone.md"} {
		put(t, x, root.ID, name, "text of "+name, "and more")
		disk[name] = Reading{Text: "text of " + name + "\n\nand more"}
	}
	must(t, x.Put(t.Context(), golocal.Document{Ref: golocal.Ref{Root: root.ID, Path: "failed.pdf"}, State: golocal.StateFailed, Reason: "broken"}, nil, nil))
	deep := CheckOptions{Deep: true, Reread: disk.read}
	r, err := x.Check(t.Context(), deep)
	if err != nil || !r.OK() || r.Compared != 5 || len(r.Changed)+len(r.Uncompared) > 0 || r.Searched != 6 || r.Searchable != 6 {
		t.Fatalf("%+v, %v", r, err)
	}
	disk["other.md"] = Reading{Text: "quite another text"}
	disk["changed.md"] = Reading{Changed: true, Reason: "written to"}
	disk["unread.md"] = Reading{Reason: "its folder is missing"}
	delete(disk, "gone.md")
	r, err = x.Check(t.Context(), deep)
	if err != nil || len(r.Problems) != 1 || r.Problems[0].Ref.Path != "other.md" || r.Compared != 2 ||
		!slices.Equal(r.Uncompared, []Uncompared{{"its folder is missing", 1}}) || len(r.Changed) != 2 || r.Changed[0].Path != "changed.md" || r.Changed[1].Path != "gone.md" {
		t.Errorf("%+v, %v", r, err)
	}
	must(t, x.Close())

	// Repair takes out that one document, and nothing else.
	done, err := Repair(t.Context(), dir, Options{}, deep)
	if err != nil || !done.Damaged || done.Lost != 1 || done.Documents != 5 || done.Old != "" || done.Folders != 1 {
		t.Errorf("%+v, %v", done, err)
	}
	x = open(t, Options{}, dir)
	if _, known, err := x.Document(t.Context(), golocal.Ref{Root: root.ID, Path: "other.md"}); err != nil || known {
		t.Errorf("other.md is known: %v, %v", known, err)
	}
	if r, err := x.Check(t.Context(), deep); err != nil || !r.OK() {
		t.Errorf("after repair: %+v, %v", r, err)
	}
	// A reading that fails ends the check.
	deep.Reread = func(context.Context, golocal.Root, golocal.Document) (Reading, error) {
		return Reading{}, errors.New("no parser")
	}
	if _, err := x.Check(t.Context(), deep); err == nil || !strings.Contains(err.Error(), "no parser") {
		t.Errorf("without a parser: %v", err)
	}
}

// TestRepair_DifferingTextBesideDamage takes both out.
func TestRepair_DifferingTextBesideDamage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	disk := source{}
	for _, name := range []string{"a.md", "b.md", "c.md"} {
		put(t, x, root.ID, name, "text of "+name)
		disk[name] = Reading{Text: "text of " + name}
	}
	disk["a.md"] = Reading{Text: "another"}
	_, err := raw(t, x, `UPDATE text SET data = CAST('text of x.md' AS BLOB) WHERE doc = (SELECT id FROM document WHERE path = CAST('b.md' AS BLOB))`)
	must(t, err)
	must(t, x.Close())
	done, err := Repair(t.Context(), dir, Options{}, CheckOptions{Reread: disk.read})
	if err != nil || done.Documents != 1 || done.Lost != 2 || done.Old == "" {
		t.Errorf("%+v, %v", done, err)
	}
}

// TestCheck_EveryVectorIsSearchedFor damages memory alone, in the ways that it
// could be wrong.
func TestCheck_EveryVectorIsSearchedFor(t *testing.T) {
	for name, damage := range map[string]func(m *memory){
		"a dead entry":     func(m *memory) { m.kill(0) },
		"another number":   func(m *memory) { m.next.row(1)[0] += 1e-3 },
		"another document": func(m *memory) { m.next.entries[0].doc++ },
		"one entry twice":  func(m *memory) { m.put(m.next.entries[0]) },
		"an unknown one":   func(m *memory) { m.put(entry{chunk: 999, doc: 1}) },
		"two rows swapped": func(m *memory) {
			a, b := m.next.row(0), m.next.row(1)
			for i := range a {
				a[i], b[i] = b[i], a[i]
			}
		},
		"nothing, in truth": func(*memory) {},
	} {
		for _, exact := range []int{1, 1000} { // the scan, and chromem-go
			x, root := ready(t, Options{Exact: exact})
			for _, path := range []string{"a.md", "b.md", "c.md"} {
				put(t, x, root.ID, path, "passage of "+path, "shared", "shared", "shared")
			}
			loaded(t, x)
			m := x.active.Load().memory
			damage(m)
			must(t, m.publish(t.Context()))
			r, err := x.Check(t.Context(), CheckOptions{Deep: true})
			must(t, err)
			if want := name == "nothing, in truth"; r.OK() != want {
				t.Errorf("%s, exact %d: %v", name, exact, r.Problems)
			}
			if r.Searchable != 4 || r.Searched != 4 {
				t.Errorf("%s: %d of %d searched for", name, r.Searched, r.Searchable)
			}
		}
	}
}

func TestCheck_TellsHowItGoesOn(t *testing.T) {
	x, root := ready(t, Options{})
	for _, path := range []string{"a.md", "b.md"} {
		put(t, x, root.ID, path, "text of "+path)
	}
	seen := map[string]bool{}
	_, err := x.Check(t.Context(), CheckOptions{Deep: true,
		Reread: func(context.Context, golocal.Root, golocal.Document) (Reading, error) {
			return Reading{Reason: "no"}, nil
		},
		Progress: func(what string, done, total int) {
			if done > total && total > 0 {
				t.Errorf("%s: %d of %d", what, done, total)
			}
			seen[what] = true
		}})
	must(t, err)
	for _, what := range []string{"examining the file's pages", "proving texts", "proving vectors", "making the keyword index again to compare", "comparing memory with the file", "reading the files again to compare"} {
		if !seen[what] {
			t.Errorf("nothing says %q, only %q", what, slices.Sorted(maps.Keys(seen)))
		}
	}
}
