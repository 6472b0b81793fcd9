package retrieve

import (
	"cmp"
	"slices"

	"golocal"
)

// fuse joins the two legs by the weighted sum of their min-max-normalised
// scores, best first. A chunk that a leg did not find counts 0 there. Equal
// scores are ordered by the better rank, then by id, so that results repeat.
//
// Wang et al., "BERT-based Dense Retrievers Require Interpolation with BM25"
// (2021), and Bruch et al., "An Analysis of Fusion Functions for Hybrid
// Retrieval" (2023), both find such sums above reciprocal rank fusion.
func fuse(keyword, dense []golocal.Match, weight float64) []scored {
	if len(dense) == 0 {
		weight = 1
	} else if len(keyword) == 0 {
		weight = 0
	}
	byChunk := make(map[int64]int, len(keyword)+len(dense))
	out := make([]scored, 0, len(keyword)+len(dense))
	at := func(id int64) *scored {
		i, ok := byChunk[id]
		if !ok {
			i = len(out)
			byChunk[id] = i
			out = append(out, scored{chunk: id})
		}
		return &out[i]
	}
	for i, v := range normalise(keyword) {
		s := at(keyword[i].Chunk)
		if s.parts.KeywordRank > 0 {
			continue // a leg that names a chunk twice is not believed twice
		}
		s.parts.Keyword, s.parts.KeywordRank = keyword[i].Score, i+1
		s.score += weight * v
	}
	for i, v := range normalise(dense) {
		s := at(dense[i].Chunk)
		if s.parts.DenseRank > 0 {
			continue
		}
		s.parts.Dense, s.parts.DenseRank = dense[i].Score, i+1
		s.score += (1 - weight) * v
	}
	slices.SortFunc(out, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.chunk, b.chunk))
	})
	return out
}

// scored is a chunk with its fused score, 0 to 1.
type scored struct {
	chunk int64
	score float64
	parts golocal.Parts
}

// rank is the better of the two ranks.
func (s scored) rank() int {
	switch k, d := s.parts.KeywordRank, s.parts.DenseRank; {
	case k == 0:
		return d
	case d == 0:
		return k
	default:
		return min(k, d)
	}
}

// normalise maps scores to 0 to 1 by the smallest and the largest of the leg.
// A leg whose scores are all equal, one hit say, counts fully: it found them.
func normalise(m []golocal.Match) []float64 {
	if len(m) == 0 {
		return nil
	}
	lo, hi := m[0].Score, m[0].Score
	for _, x := range m {
		lo, hi = min(lo, x.Score), max(hi, x.Score)
	}
	out := make([]float64, len(m))
	for i, x := range m {
		if out[i] = 1; hi > lo {
			out[i] = (x.Score - lo) / (hi - lo)
		}
	}
	return out
}
