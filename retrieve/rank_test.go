package retrieve

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"golocal"
	"golocal/internal/prose"
)

func TestPairs_StandTogether(t *testing.T) {
	weights := prose.Weigh(prose.Words("harbour boats licence"), []int{1, 1, 1}, 100)
	for _, c := range []struct {
		question, text string
		want           float64
	}{
		{"harbour boats", "All harbour boats are blue.", 1},
		{"harbour boats", "The harbours of boats.", 1}, // stems, one word between
		{"harbour boats", "Boats in the harbour.", 0},  // the other way round
		{"harbour boats", "The harbour has many small boats.", 0},
		{"harbour boats licence", "Every harbour boat pays; a boat licence is dear.", 1},
		{"harbour boats licence", "Every harbour boat pays.", .5},
		{"harbour", "The harbour.", 0},
		{"harbour harbour", "harbour harbour", 0},
		{"the of", "of the", 0},
		{"", "harbour boats", 0},
	} {
		if got := pairsOf(c.question, weights).in(c.text); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%q in %q: %v, want %v", c.question, c.text, got, c.want)
		}
	}
}

func TestTogether(t *testing.T) {
	for _, c := range []struct {
		first, second []int
		want          bool
	}{
		{nil, nil, false}, {[]int{1}, nil, false}, {[]int{1}, []int{1}, false}, {[]int{1}, []int{2}, true}, {[]int{1}, []int{3}, true}, {[]int{1}, []int{4}, false},
		{[]int{5}, []int{1, 4, 7}, true}, {[]int{1, 9}, []int{5, 12}, false}, {[]int{1, 9}, []int{5, 11}, true},
	} {
		if got := together(c.first, c.second); got != c.want {
			t.Errorf("%v then %v: %v", c.first, c.second, got)
		}
	}
}

func TestCosine(t *testing.T) {
	for _, c := range []struct {
		a, b []float32
		want float64
		ok   bool
	}{
		{[]float32{1, 0}, []float32{0, 1}, 0, true}, {[]float32{2, 0}, []float32{3, 0}, 1, true}, {[]float32{1, 1}, []float32{-1, -1}, -1, true},
		{nil, nil, 0, false}, {[]float32{1}, nil, 0, false}, {[]float32{0, 0}, []float32{1, 0}, 0, false},
	} {
		if got, ok := cosine(c.a, c.b); ok != c.ok || math.Abs(got-c.want) > 1e-6 {
			t.Errorf("%v, %v: %v, %v", c.a, c.b, got, ok)
		}
	}
}

func hitsOf(texts ...string) (hits []golocal.Hit) {
	for i, text := range texts {
		hits = append(hits, golocal.Hit{Chunk: golocal.Chunk{ID: int64(i + 1), Text: text}})
	}
	return hits
}

func at(values ...float32) golocal.Vector { return golocal.Vector{Values: values} }

// TestRead_Signs reads each sign where it is known and where it is not.
func TestRead_Signs(t *testing.T) {
	hits := hitsOf("red boats", "boats", "red and blue")
	vectors := map[int64]golocal.Vector{1: at(1, 0), 2: at(.6, .8), 3: at(0, 1)}
	l := legs{keyword: match(1, 8, 2, 2), dense: match(2, .9, 1, .5), question: at(1, 0)}
	weights := prose.Weigh(prose.Words("red boats"), nil, 0)
	got := read("red boats", weights, l, .2, hits, vectors)
	want := []signs{
		{keyword: 1, cosine: 0, pairs: 1, kin: .6},    // 2 is best
		{keyword: 0, cosine: 2, pairs: 0, kin: .6},    // 1 is the best other
		{keyword: 0, cosine: -2.5, pairs: 0, kin: .8}, // its own cosine, 0, is .5 below the last
	}
	for i := range want {
		g, w := got[i], want[i]
		if math.Abs(g.keyword-w.keyword) > 1e-6 || math.Abs(g.cosine-w.cosine) > 1e-6 || g.pairs != w.pairs || math.Abs(g.kin-w.kin) > 1e-6 {
			t.Errorf("passage %d: %+v, want %+v", i+1, g, w)
		}
	}
	// A space of unknown spread: the leg's own range is the usual one.
	got = read("red boats", weights, l, 0, hits, vectors)
	if math.Abs(got[1].cosine-usualCosine) > 1e-6 || got[0].cosine != 0 {
		t.Errorf("by its own spread: %+v", got)
	}
	// Words only: no cosine, no kin.
	got = read("red boats", weights, legs{keyword: l.keyword}, .2, hits, nil)
	if got[0] != (signs{keyword: 1, pairs: 1}) || got[1] != (signs{}) {
		t.Errorf("by words only: %+v", got)
	}
	// One hit by meaning counts fully.
	if got = read("x", nil, legs{dense: match(1, .4), question: at(1, 0)}, 0, hits[:1], vectors); got[0].cosine != usualCosine {
		t.Errorf("one hit: %+v", got)
	}
}

// TestRank_Orders has a passage that holds the asked words side by side pass one
// that both legs find as good, keeps scores falling, and all passages.
func TestRank_Orders(t *testing.T) {
	s := searched{asked: golocal.Query{Text: "blue boats"}}
	var k, d []float64
	for i := range 60 {
		text := fmt.Sprintf("passage %d about boats that are blue", i)
		if i == 7 {
			text = "the blue boats"
		}
		s.hits = append(s.hits, golocal.Hit{Chunk: golocal.Chunk{ID: int64(i + 1), Text: text}, Score: 1 - float64(i)/60})
		k = append(k, float64(i+1), 9-float64(i)*.01)
		d = append(d, float64(i+1), .9-float64(i)*.001)
	}
	s.legs = legs{keyword: match(k...), dense: match(d...)}
	r := New(Options{})
	if err := r.rank(t.Context(), &s, prose.Weigh(prose.Words(s.asked.Text), nil, 0)); err != nil {
		t.Fatal(err)
	}
	if s.hits[0].Chunk.ID != 8 || s.hits[0].Score != 1 || s.hits[0].Parts.Pairs != 1 {
		t.Errorf("first: %+v", s.hits[0])
	}
	ids := map[int64]bool{}
	for i, h := range s.hits {
		ids[h.Chunk.ID] = true
		if i > 0 && h.Score > s.hits[i-1].Score || h.Score < 0 {
			t.Errorf("%d. scores %v after %v", i, h.Score, s.hits[i-1].Score)
		}
	}
	if len(ids) != 60 || s.hits[59].Chunk.ID != 60 {
		t.Errorf("%d passages, last %d", len(ids), s.hits[59].Chunk.ID)
	}
}

func TestRank_Leaders(t *testing.T) {
	for _, c := range []struct {
		scores []float64
		want   []int
	}{{nil, []int{-1, -1}}, {[]float64{1}, []int{0, -1}}, {[]float64{1, 2, 3}, []int{2, 1}}, {[]float64{3, 1, 2}, []int{0, 2}}, {[]float64{1, 1}, []int{0, 1}}} {
		var all []signs
		for _, v := range c.scores {
			all = append(all, signs{keyword: v})
		}
		if a, b := leaders(all); !slices.Equal([]int{a, b}, c.want) {
			t.Errorf("%v: %d, %d", c.scores, a, b)
		}
	}
}

// BenchmarkRank reads the signs of 50 passages of 1,000 characters.
func BenchmarkRank(b *testing.B) {
	var hits []golocal.Hit
	vectors := map[int64]golocal.Vector{}
	var l legs
	for i := range reranked {
		var text strings.Builder
		for j := range 160 {
			fmt.Fprintf(&text, "word%c%c ", 'a'+(i*7+j)%26, 'a'+j%26)
		}
		id := int64(i + 1)
		hits = append(hits, golocal.Hit{Chunk: golocal.Chunk{ID: id, Text: text.String()}})
		v := make([]float32, 768)
		v[i] = 1
		vectors[id] = golocal.Vector{Values: v}
		l.keyword = append(l.keyword, golocal.Match{Chunk: id, Score: float64(60 - i)})
		l.dense = append(l.dense, golocal.Match{Chunk: id, Score: float64(60-i) / 60})
	}
	l.question = vectors[1]
	question := "wordab wordcd wordef wordgh"
	weights := prose.Weigh(prose.Words(question), nil, 0)
	for b.Loop() {
		read(question, weights, l, .3, hits, vectors)
	}
}
