package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A folder's documents are listed whole, over several pages, and nothing far
// from it is.
func TestStandings_AreTheFolder(t *testing.T) {
	x, root := ready(t, Options{})
	other, err := x.AddRoot(t.Context(), t.TempDir())
	must(t, err)
	want := []string{"d"}
	for i := range standingPage + 3 {
		want = append(want, fmt.Sprintf("d/%04d", i))
	}
	want = append(want, "d/z/\xff")
	for _, p := range append([]string{"a", "c/d/x", "d!", "d0", "da/x", "e"}, want...) {
		put(t, x, root.ID, p, "a passage")
	}
	put(t, x, other.ID, "d/other", "a passage")
	var got []string
	for d, err := range x.Standings(t.Context(), root.ID, "d") {
		must(t, err)
		if d.Ref.Root != root.ID || d.Ref.Path == "d0" || strings.HasPrefix(d.Ref.Path, "da") {
			t.Errorf("%v lies elsewhere", d.Ref)
		}
		if d.Ref.Path == "d" || strings.HasPrefix(d.Ref.Path, "d/") {
			got = append(got, d.Ref.Path)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%d documents are listed, want %d: %q", len(got), len(want), got)
	}
	n := 0
	for _, err := range x.Standings(t.Context(), root.ID, "") {
		must(t, err)
		n++
	}
	if n != len(want)+6 {
		t.Errorf("%d of all are listed, want %d", n, len(want)+6)
	}
}
