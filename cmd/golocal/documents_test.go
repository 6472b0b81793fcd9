package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"golocal/web"
)

// Documents by their ids come without their texts, and what is not there is left
// out; the other filters hold too.
func TestLibrary_DocumentsByTheirIDs(t *testing.T) {
	dir := libraryOf(t, map[string]string{"garden.md": "# Garden\n\nTulips are planted in October.\n", "lease.md": "The rent is 900 euros.\n", "other.md": "Boats.\n"})
	c, s, _ := atHome(t, nil)
	root, err := c.addFolder(t.Context(), s, dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.freshen(t.Context(), s, nil); err != nil {
		t.Fatal(err)
	}
	all, err := s.Documents(t.Context(), web.Filter{Limit: 10})
	if err != nil || all.Total != 3 {
		t.Fatalf("%+v, %v", all, err)
	}
	ids := map[string]int64{}
	for _, d := range all.Documents {
		ids[d.Ref.Path] = d.ID
	}
	for _, row := range []struct {
		filter web.Filter
		want   []string
	}{
		{web.Filter{IDs: []int64{ids["lease.md"], 1 << 40, ids["garden.md"]}}, []string{"lease.md", "garden.md"}},
		{web.Filter{IDs: []int64{ids["lease.md"], ids["garden.md"]}, Query: "gard"}, []string{"garden.md"}},
		{web.Filter{IDs: []int64{ids["lease.md"]}, Root: root.ID + 1}, nil},
		{web.Filter{IDs: []int64{1 << 40}}, nil},
	} {
		page, err := s.Documents(t.Context(), row.filter)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range page.Documents {
			got = append(got, d.Ref.Path)
			if d.Text != "" || len(d.Sections)+len(d.Marks)+len(d.Lines) > 0 {
				t.Errorf("%s comes with its text", d.Ref.Path)
			}
		}
		if d := cmp.Diff(row.want, got); d != "" || page.Total != len(row.want) {
			t.Errorf("%+v: total %d, %s", row.filter, page.Total, d)
		}
	}
}
