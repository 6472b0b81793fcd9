package index

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golocal"
)

func TestScope_Documents(t *testing.T) {
	x, root := ready(t, Options{})
	second, err := x.AddRoot(t.Context(), filepath.Join(root.Path, "deep", "er"))
	must(t, err)
	day := func(s string) time.Time {
		d, err := time.ParseInLocation("2006-01-02 15:04", s, time.Local)
		must(t, err)
		return d
	}
	add := func(root int64, path, kind string, modified time.Time, meta golocal.Meta) {
		d, chunks := document(root, path, "words of "+path)
		d.Type, d.Modified, d.Meta = kind, modified, meta
		must(t, x.Put(t.Context(), d, chunks, vectors(chunks)))
	}
	add(root.ID, "a.md", "markdown", day("2024-03-05 00:00"), golocal.Meta{})
	add(root.ID, "in/b.pdf", "pdf", day("2026-01-01 10:00"), golocal.Meta{Created: time.Date(2024, 3, 4, 23, 59, 0, 0, time.FixedZone("", -11*3600))})
	add(root.ID, "in/c.PY", "code", day("2024-03-04 23:59"), golocal.Meta{})
	add(root.ID, "in side/d.md", "markdown", day("2023-12-31 08:00"), golocal.Meta{Created: day("2021-05-01 00:00"), Edited: day("2024-03-31 23:00")})
	add(second.ID, "in/e.xlsx", "xlsx", day("2020-01-01 00:00"), golocal.Meta{})

	for _, c := range []struct {
		name  string
		scope golocal.Scope
		want  []string
	}{
		{"everything", golocal.Scope{}, []string{"a.md", "in/b.pdf", "in/c.PY", "in side/d.md", "in/e.xlsx"}},
		{"a root", golocal.Scope{Roots: []int64{second.ID}}, []string{"in/e.xlsx"}},
		{"a folder of any root", golocal.Scope{Folder: "in"}, []string{"in/b.pdf", "in/c.PY", "in/e.xlsx"}},
		{"a file", golocal.Scope{Paths: []string{"in/b.pdf"}}, []string{"in/b.pdf"}},
		{"a folder, absolute", golocal.Scope{Paths: []string{filepath.Join(root.Path, "in")}}, []string{"in/b.pdf", "in/c.PY"}},
		{"a root's path", golocal.Scope{Paths: []string{second.Path}}, []string{"in/e.xlsx"}},
		{"above the roots", golocal.Scope{Paths: []string{filepath.Dir(root.Path)}}, []string{"a.md", "in/b.pdf", "in/c.PY", "in side/d.md", "in/e.xlsx"}},
		{"two places", golocal.Scope{Paths: []string{"a.md", filepath.Join(second.Path, "in")}}, []string{"a.md", "in/e.xlsx"}},
		{"outside of the roots", golocal.Scope{Paths: []string{filepath.Join(filepath.Dir(root.Path), "elsewhere")}}, nil},
		{"a type", golocal.Scope{Types: []string{"PDF"}}, []string{"in/b.pdf"}},
		{"a name's end", golocal.Scope{Types: []string{".py", "xlsx"}}, []string{"in/c.PY", "in/e.xlsx"}},
		{"no wildcard in a type", golocal.Scope{Types: []string{"%", "p_"}}, nil},
		{"not of a type", golocal.Scope{Without: []golocal.Term{{Field: "type", Text: "markdown"}, {Field: "type", Text: "py"}}}, []string{"in/b.pdf", "in/e.xlsx"}},
		{"from a day on", golocal.Scope{After: "2024-03-05"}, []string{"a.md", "in side/d.md"}},
		{"before a day", golocal.Scope{Before: "2024-03-05"}, []string{"in/b.pdf", "in/c.PY", "in side/d.md", "in/e.xlsx"}},
		{"a month, by what a file says of itself and else its time", golocal.Scope{After: "2024-03-01", Before: "2024-04-01"}, []string{"a.md", "in/b.pdf", "in/c.PY", "in side/d.md"}},
		{"one day", golocal.Scope{After: "2024-03-04", Before: "2024-03-05"}, []string{"in/b.pdf", "in/c.PY"}},
		{"all at once", golocal.Scope{Paths: []string{"in"}, Types: []string{"pdf", "code"}, Before: "2024-03-05", Without: []golocal.Term{{Field: "path", Text: "C.py"}}}, []string{"in/b.pdf"}},
	} {
		var want []string
		for _, p := range c.want {
			want = append(want, "words of "+p)
		}
		slices.Sort(want)
		for leg, got := range map[string][]string{"by words": match(t, x, "words", c.scope), "by meaning": nearest(t, x, "words", 10, c.scope)} {
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s, %s: %q, want %q", c.name, leg, got, want)
			}
		}
	}
	if got := match(t, x, "", golocal.Scope{Types: []string{"markdown"}}); !slices.Equal(got, []string{"words of a.md", "words of in side/d.md"}) {
		t.Errorf("a scope without words lists %q, not the newest first", got)
	}
	if got := match(t, x, "", golocal.Scope{}); len(got) != 0 {
		t.Errorf("nothing asked finds %q", got)
	}
}

// Conditions that few passages meet must not lose hits behind many nearer ones.
func TestNearest_FindsWhatFewPassagesMeet(t *testing.T) {
	x, root := ready(t, Options{})
	var passages []string
	for i := range 900 {
		passages = append(passages, "filler number "+string(rune('a'+i%26))+" "+time.Duration(i).String())
	}
	passages[450] = "the one with a walrus"
	put(t, x, root.ID, "long.md", passages...)
	found, err := x.Nearest(t.Context(), of(vector(passages[3])), 2, golocal.Scope{With: []golocal.Term{{Text: "walrus"}}})
	must(t, err)
	if got := texts(t, x, found); len(got) != 1 || got[0] != passages[450] {
		t.Errorf("found %q", got)
	}
}
