package retrieve

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"golocal"
)

// fixed is an index of any size whose legs take no time: what a search costs
// beside them is left.
type fixed struct {
	keyword, dense []golocal.Match
	hits           map[int64]golocal.Hit
}

func (f *fixed) Match(_ context.Context, _ string, k int, _ golocal.Scope) ([]golocal.Match, error) {
	return f.keyword[:min(k, len(f.keyword))], nil
}
func (f *fixed) Nearest(_ context.Context, _ golocal.Vector, k int, _ golocal.Scope) ([]golocal.Match, error) {
	return f.dense[:min(k, len(f.dense))], nil
}
func (f *fixed) Lookup(_ context.Context, ids []int64) ([]golocal.Hit, error) {
	out := make([]golocal.Hit, len(ids))
	for i, id := range ids {
		out[i] = f.hits[id]
	}
	return out, nil
}
func (f *fixed) Frequency(_ context.Context, ws []string) ([]int, int, error) {
	counts := make([]int, len(ws))
	for i, w := range ws {
		counts[i] = 10 * len(w)
	}
	return counts, 100_000, nil
}

// BenchmarkRetrieve is what a search over 100,000 passages costs beside its legs:
// analysis, fusion, folding, collapse, gate and packing, with passages of 160
// words.
func BenchmarkRetrieve(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 9))
	f := &fixed{hits: map[int64]golocal.Hit{}}
	leg := func(scale float64) (out []golocal.Match) {
		for i := range 100 {
			id := int64(r.IntN(160) + 1)
			out = append(out, golocal.Match{Chunk: id, Score: scale * float64(100-i)})
		}
		return out
	}
	f.keyword, f.dense = leg(.2), leg(.008)
	for id := range int64(161) {
		var text strings.Builder
		for i := range 160 {
			fmt.Fprintf(&text, "word%d ", r.IntN(4000))
			if i%14 == 13 {
				text.WriteString("paid vacation days. ")
			}
		}
		doc := id / 3
		f.hits[id] = golocal.Hit{Doc: golocal.Document{ID: doc, Title: "A title", Ref: golocal.Ref{Root: 1, Path: fmt.Sprint(doc)}},
			Chunk: golocal.Chunk{ID: id, Doc: doc, Text: text.String(), Span: golocal.Span{End: text.Len()}, Heading: []string{"One", "Two"}}}
	}
	rt := New(Options{Searcher: f, Rarity: f, Embedder: embed{at: 1}})
	for b.Loop() {
		found, err := rt.Retrieve(b.Context(), `how many paid vacation days does INV-2024-0031 mean -draft type:md notes from last week`, golocal.Scope{}, 10)
		if err != nil || len(found.Hits) == 0 {
			b.Fatal(found, err)
		}
		rt.Pack(b.Context(), found.Query, found.Hits, 3000, func(s string) int { return len(s) / 4 })
	}
}
