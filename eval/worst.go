package eval

import (
	"cmp"
	"slices"
)

// Worst are the n questions whose final ranking lost most nDCG@10: those below
// the ideal of 1, the largest loss first. Of equal losses the one comes first
// that a single leg answers better, because there the fusion is to blame, then
// the one whose gold stands farther down.
func (r Run) Worst(n int) []Question {
	final := r.Final()
	var lost []Question
	for _, q := range r.Questions {
		if q.Legs[final].NDCG10 < 1-1e-9 {
			lost = append(lost, q)
		}
	}
	blame := func(q Question) float64 { // by how much the best single leg is better
		best := 0.0
		for _, m := range q.Legs {
			best = max(best, m.NDCG10)
		}
		return best - q.Legs[final].NDCG10
	}
	farthest := func(q Question) int {
		best := Deepest + 1
		for _, g := range q.Gold {
			if rank := g.Ranks[final]; rank > 0 {
				best = min(best, rank)
			}
		}
		return best
	}
	slices.SortStableFunc(lost, func(a, b Question) int {
		return cmp.Or(cmp.Compare(a.Legs[final].NDCG10, b.Legs[final].NDCG10), cmp.Compare(blame(b), blame(a)), cmp.Compare(farthest(b), farthest(a)))
	})
	return lost[:max(0, min(n, len(lost)))]
}
