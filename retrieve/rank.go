package retrieve

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"golocal"
	"golocal/internal/prose"
)

// reranked is how many of the best passages of both legs are looked at whole.
const reranked = 50

// signs are what tells that a passage is the right one.
type signs struct {
	keyword float64 // the leg's score, 0 to 1 from its last hit to its first
	cosine  float64 // above that of the vector leg's last hit, in units of the space's spread
	pairs   float64 // share of the question's neighbouring words that stand together in it, by idf
	kin     float64 // cosine to the best other passage
}

// ranking was chosen on scifact's train split, squad2_dev_half's first four
// articles and nq_oracle's first half, all-MiniLM-L6-v2, by the mean nDCG@10 of
// the three: .834 for the best fixed sum of the legs' min-max-normalised scores,
// .841 with the cosine as it is, .844 with pairs, .845 with kin, .847 since the
// keyword leg is asked for Keywords. Each step gained on what was left out, too
// (ARCHITECTURE.md, Searching).
var ranking = signs{keyword: 1, cosine: 1.35, pairs: 1.05, kin: 1.1}

func (s signs) score() float64 {
	return ranking.keyword*s.keyword + ranking.cosine*s.cosine + ranking.pairs*s.pairs + ranking.kin*s.kin
}

// usualCosine is the cosine sign of the vector leg's first hit in the mean of
// questions. It stands in where the spread of a space is not known.
const usualCosine = 1.3

// rank orders the best passages of both legs anew by what only the passages
// themselves tell. hits are in the order of fuse; those behind the first reranked
// ones stay behind them. A Score is a share of the best one's afterwards.
//
// The cosine counts as it is and not normalised for each question, so that the
// vector leg weighs more where its first hits stand out, and nothing where all
// passages are equally far.
func (r *Retriever) rank(ctx context.Context, s *searched, weights prose.Weights) error {
	head := s.hits[:min(reranked, len(s.hits))]
	if len(head) == 0 {
		return nil
	}
	vectors, err := r.vectors(ctx, head)
	if err != nil {
		return err
	}
	spread := 0.0
	if r.o.Spread != nil {
		spread = r.o.Spread(s.legs.question.Space)
	}
	top := 0.0
	for i, x := range read(s.asked.Text, weights, s.legs, spread, head, vectors) {
		head[i].Score = x.score()
		head[i].Parts.Pairs, head[i].Parts.Kin = x.pairs, x.kin
		top = max(top, head[i].Score)
	}
	slices.SortStableFunc(head, func(a, b golocal.Hit) int { return cmp.Compare(b.Score, a.Score) })
	last := 1.0
	for i := range s.hits {
		h := &s.hits[i]
		if i < len(head) && top > 0 {
			h.Score = max(0, h.Score/top)
		}
		h.Score = min(h.Score, last)
		last = h.Score
	}
	return nil
}

// vectors are those of hits, by chunk, where they are known.
func (r *Retriever) vectors(ctx context.Context, hits []golocal.Hit) (map[int64]golocal.Vector, error) {
	if r.o.Vectors == nil {
		return nil, nil
	}
	ids := make([]int64, len(hits))
	for i, h := range hits {
		ids[i] = h.Chunk.ID
	}
	found, err := r.o.Vectors.ChunkVectors(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("look vectors up: %w", err)
	}
	return found, nil
}

// read takes the signs of hits. spread is how many units of cosine count as one
// of the sign; 0 takes it from the hits.
func read(question string, weights prose.Weights, l legs, spread float64, hits []golocal.Hit, vectors map[int64]golocal.Vector) []signs {
	keyword, near := map[int64]float64{}, map[int64]float64{}
	for i, v := range normalise(l.keyword) {
		keyword[l.keyword[i].Chunk] = max(v, keyword[l.keyword[i].Chunk])
	}
	first, last := 0.0, 0.0
	for i, m := range l.dense {
		if i == 0 {
			first, last = m.Score, m.Score
		}
		first, last = max(first, m.Score), min(last, m.Score)
		near[m.Chunk] = m.Score
	}
	if spread == 0 {
		spread = (first - last) / usualCosine
	}
	pairs := pairsOf(question, weights)
	out := make([]signs, len(hits))
	for i, h := range hits {
		id := h.Chunk.ID
		c, found := near[id]
		if !found && len(l.dense) > 0 { // the words found it alone
			c, found = cosine(vectors[id].Values, l.question.Values)
		}
		if found && spread > 0 {
			out[i].cosine = (c - last) / spread
		} else if found {
			out[i].cosine = usualCosine // all are equally near: one hit, say
		}
		out[i].keyword, out[i].pairs = keyword[id], pairs.in(h.Chunk.Text)
	}
	best, second := leaders(out)
	for i := range out {
		other := best
		if i == best {
			other = second
		}
		if other >= 0 {
			out[i].kin, _ = cosine(vectors[hits[i].Chunk.ID].Values, vectors[hits[other].Chunk.ID].Values)
		}
	}
	return out
}

// leaders are the places of the two best; -1 where there is none.
func leaders(all []signs) (best, second int) {
	best, second = -1, -1
	for i := range all {
		switch score := all[i].score(); {
		case best < 0 || score > all[best].score():
			best, second = i, best
		case second < 0 || score > all[second].score():
			second = i
		}
	}
	return best, second
}

// cosine of two vectors; false where they cannot be compared.
func cosine(a, b []float32) (float64, bool) {
	if len(a) != len(b) {
		return 0, false
	}
	var both, one, other float64
	for i, v := range a {
		w := float64(b[i])
		both += float64(v) * w
		one += float64(v) * float64(v)
		other += w * w
	}
	if one == 0 || other == 0 {
		return 0, false
	}
	return both / math.Sqrt(one*other), true
}
