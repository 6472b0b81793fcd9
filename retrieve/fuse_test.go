package retrieve

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"golocal"

	"github.com/google/go-cmp/cmp"
)

func match(pairs ...float64) (m []golocal.Match) {
	for i := 0; i < len(pairs); i += 2 {
		m = append(m, golocal.Match{Chunk: int64(pairs[i]), Score: pairs[i+1]})
	}
	return m
}

func order(s []scored) (ids []int64) {
	for _, x := range s {
		ids = append(ids, x.chunk)
	}
	return ids
}

func TestFuse_Orders(t *testing.T) {
	for _, c := range []struct {
		name           string
		keyword, dense []golocal.Match
		weight         float64
		want           []int64
		first          float64 // score of the first
	}{
		{"nothing", nil, nil, .5, nil, 0},
		{"keyword only: full weight", match(7, 12, 8, 3), nil, .5, []int64{7, 8}, 1},
		{"dense only: full weight", nil, match(7, .9, 8, .3), .5, []int64{7, 8}, 1},
		{"one hit in each leg", match(1, 5), match(2, .4), .5, []int64{1, 2}, .5},
		{"both legs first", match(1, 9, 2, 5, 3, 1), match(1, .9, 3, .5, 2, .1), .5, []int64{1, 2, 3}, 1},
		// keyword: 1→1, 2→.5, 3→0; dense: 3→1, 2→.75, 1→0: 2 has .625, 1 and 3 have .5 and both a first rank, so the id decides
		{"good in both beats best in one", match(1, 10, 2, 6, 3, 2), match(3, .9, 2, .8, 1, .5), .5, []int64{2, 1, 3}, .625},
		{"weight decides", match(1, 10, 2, 6, 3, 2), match(3, .9, 2, .8, 1, .5), .9, []int64{1, 2, 3}, .9},
		{"negative scores", match(1, -1, 2, -3), nil, .5, []int64{1, 2}, 1},
		{"a chunk named twice counts once", match(1, 5, 1, 4, 2, 3), nil, .5, []int64{1, 2}, 1},
	} {
		got := fuse(c.keyword, c.dense, c.weight)
		if d := cmp.Diff(c.want, order(got)); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
		if len(got) > 0 && math.Abs(got[0].score-c.first) > 1e-12 {
			t.Errorf("%s: first scores %v, want %v", c.name, got[0].score, c.first)
		}
	}
}

func TestFuse_KeepsRanksAndRawScores(t *testing.T) {
	got := fuse(match(4, 8, 5, 2), match(5, .7), .5)
	want := map[int64]golocal.Parts{4: {Keyword: 8, KeywordRank: 1}, 5: {Keyword: 2, KeywordRank: 2, Dense: .7, DenseRank: 1}}
	for _, s := range got {
		if d := cmp.Diff(want[s.chunk], s.parts); d != "" {
			t.Errorf("chunk %d: %s", s.chunk, d)
		}
	}
}

// A chunk that is no worse in both legs is never ranked lower.
func TestFuse_NeverReversesAgreement(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		n := 2 + r.IntN(30)
		var k, d []golocal.Match
		ks, ds := map[int64]float64{}, map[int64]float64{}
		for i := range n {
			id := int64(i + 1)
			ks[id], ds[id] = r.Float64()*20, r.Float64()
			k = append(k, golocal.Match{Chunk: id, Score: ks[id]})
			d = append(d, golocal.Match{Chunk: id, Score: ds[id]})
		}
		got := fuse(k, d, .1+.8*r.Float64())
		for i := range got {
			if got[i].score < 0 || got[i].score > 1+1e-9 {
				t.Fatalf("score %v outside 0 to 1", got[i].score)
			}
			for j := range i {
				a, b := got[j].chunk, got[i].chunk
				if ks[b] > ks[a] && ds[b] > ds[a] {
					t.Fatalf("chunk %d is better than %d in both legs and stands behind it", b, a)
				}
			}
		}
	}
}

func TestCollapse_MovesBehindAndLosesNothing(t *testing.T) {
	hit := func(id, doc int64, text string) golocal.Hit {
		return golocal.Hit{Doc: golocal.Document{ID: doc}, Chunk: golocal.Chunk{ID: id, Doc: doc, Text: text}}
	}
	hits := []golocal.Hit{hit(1, 1, "a"), hit(2, 1, "b"), hit(4, 1, "c"), hit(5, 3, "d")}
	for _, c := range []struct {
		per  int
		want []int64
	}{
		{0, []int64{1, 2, 4, 5}},
		{1, []int64{1, 5, 2, 4}},
		{2, []int64{1, 2, 5, 4}},
	} {
		var got []int64
		for _, h := range collapse(hits, c.per) {
			got = append(got, h.Chunk.ID)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("per %d: %s", c.per, d)
		}
	}
}

func TestCollapse_LetsOnlyRivalsPass(t *testing.T) {
	hit := func(id, doc int64, score float64) golocal.Hit {
		return golocal.Hit{Doc: golocal.Document{ID: doc}, Chunk: golocal.Chunk{ID: id, Doc: doc, Text: fmt.Sprint(id)}, Score: score}
	}
	// Document 1 has the four best passages; 2 comes near, 3 does not.
	hits := []golocal.Hit{hit(1, 1, 1), hit(2, 1, .9), hit(3, 1, .8), hit(4, 1, .7), hit(5, 2, .5), hit(6, 3, .2), hit(7, 1, .1)}
	for _, c := range []struct {
		per  int
		want []int64
	}{
		{-1, []int64{1, 2, 3, 4, 5, 6, 7}},
		{3, []int64{1, 2, 3, 5, 4, 6, 7}},
		{1, []int64{1, 5, 2, 3, 4, 6, 7}},
	} {
		var got []int64
		for _, h := range collapse(hits, c.per) {
			got = append(got, h.Chunk.ID)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("per %d: %s", c.per, d)
		}
	}
}
