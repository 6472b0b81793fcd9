package retrieve

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"golocal"
	"golocal/retrieve/alike"
)

// Duplicates groups the documents that hold the same or nearly the same: same
// bytes, same words (in another format, say), or at least the share least of their
// runs of four words in common. docs come with Text, which is not kept. The first
// of a group is the longest, and the others say how they stand to it; larger
// groups come first. One that is like a member but not like the first is in the
// group, too.
func Duplicates(docs iter.Seq2[golocal.Document, error], least float64) ([]golocal.Twins, error) {
	var all []golocal.Document
	var sketches []alike.Sketch
	lengths := map[int64]int{}
	for d, err := range docs {
		if err != nil {
			return nil, fmt.Errorf("compare the files: %w", err)
		}
		sketches = append(sketches, alike.NewSketch(d.Text))
		lengths[d.ID] = len(d.Text)
		d.Text = ""
		all = append(all, d)
	}
	group := make([]int, len(all))
	for i := range group {
		group[i] = i
	}
	find := func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	bySum := map[golocal.Sum]int{}
	for i, d := range all {
		if d.Sum == (golocal.Sum{}) {
			continue
		}
		if first, ok := bySum[d.Sum]; ok {
			group[find(i)] = find(first)
		} else {
			bySum[d.Sum] = i
		}
	}
	alike.Pairs(sketches, func(i, j int) {
		if find(i) != find(j) && sketches[i].Like(&sketches[j]) >= least {
			group[find(j)] = find(i)
		}
	})
	members := map[int][]int{}
	for i := range all {
		members[find(i)] = append(members[find(i)], i)
	}
	var out []golocal.Twins
	for _, m := range members {
		if len(m) < 2 {
			continue
		}
		slices.SortFunc(m, func(i, j int) int {
			a, b := all[i], all[j]
			return cmp.Or(lengths[b.ID]-lengths[a.ID], a.Modified.Compare(b.Modified), cmp.Compare(a.Ref.Path, b.Ref.Path), cmp.Compare(a.ID, b.ID))
		})
		first := m[0]
		var t golocal.Twins
		for _, i := range m {
			twin := golocal.Twin{Doc: all[i], Kind: golocal.NearText, Share: sketches[first].Like(&sketches[i])}
			switch {
			case all[i].Sum != (golocal.Sum{}) && all[i].Sum == all[first].Sum:
				twin.Kind, twin.Share = golocal.SameBytes, 1
			case sketches[first].SameText(&sketches[i]):
				twin.Kind = golocal.SameText
			}
			t.Documents = append(t.Documents, twin)
		}
		slices.SortStableFunc(t.Documents[1:], func(a, b golocal.Twin) int { return cmp.Compare(b.Share, a.Share) })
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b golocal.Twins) int {
		return cmp.Or(len(b.Documents)-len(a.Documents), cmp.Compare(a.Documents[0].Doc.Ref.Path, b.Documents[0].Doc.Ref.Path), cmp.Compare(a.Documents[0].Doc.ID, b.Documents[0].Doc.ID))
	})
	return out, nil
}
