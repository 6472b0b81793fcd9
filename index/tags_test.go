package index

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal"
)

func TestTags(t *testing.T) {
	x, root := ready(t, Options{})
	for path, tags := range map[string][]string{"a.md": {"tax", "Übung", "work/legal"}, "b.md": {"Tax", "tax 2024"}, "c.md": {"tax"}, "plain.md": nil} {
		d, chunks := document(root.ID, path, "Passage of "+path)
		d.Meta.Tags = tags
		must(t, x.Put(t.Context(), d, chunks, vectors(chunks)))
	}
	for start, want := range map[string][]golocal.Tag{
		"":     {{Text: "tax", Files: 3}, {Text: "tax 2024", Files: 1}, {Text: "work/legal", Files: 1}, {Text: "Übung", Files: 1}},
		"TA":   {{Text: "tax", Files: 3}, {Text: "tax 2024", Files: 1}},
		"üb":   {{Text: "Übung", Files: 1}},
		"%":    nil,
		"none": nil,
	} {
		got, err := x.Tags(t.Context(), start)
		if d := cmp.Diff(want, got); err != nil || len(want)+len(got) > 0 && d != "" {
			t.Errorf("%q: %v %s", start, err, d)
		}
	}
	must(t, x.Remove(t.Context(), golocal.Ref{Root: root.ID, Path: "a.md"}))
	if got, err := x.Tags(t.Context(), "work"); err != nil || len(got) != 0 {
		t.Errorf("of a file that is gone: %v %v", got, err)
	}
}
