package chat

import (
	"context"
	"testing"

	"golocal"
)

func TestConfidence_GrowsWithWhatSpeaksForIt(t *testing.T) {
	best := func(score, rival, similar float64) []ranked {
		a, b := ranked{score: score, compared: true}, ranked{score: rival, compared: true, candidate: candidate{hit: 1}}
		a.signs[signSimilar] = similar
		return []ranked{a, b}
	}
	weak := confidence(.5, best(8, 7.9, .3))
	for name, c := range map[string]struct {
		evidence float64
		best     []ranked
	}{
		"evidence":           {.9, best(8, 7.9, .3)},
		"a lead":             {.5, best(8, 6, .3)},
		"meaning":            {.5, best(8, 7.9, .7)},
		"no other passage":   {.5, best(8, 7.9, .3)[:1]},
		"the second is near": {.5, []ranked{best(8, 7.9, .3)[0], best(8, 7.9, .7)[0], best(8, 7.9, .3)[1]}},
	} {
		if got := confidence(c.evidence, c.best); got <= weak || got >= 1 {
			t.Errorf("%s: %v is not over %v", name, got, weak)
		}
	}
	// A sentence of the same passage is no rival, and beyond maxLead nothing grows.
	near := best(8, 7.9, .3)
	near[1].hit = 0
	if got, far := confidence(.5, near), confidence(.5, best(8, 1, .3)); got != far {
		t.Errorf("no rival gives %v, a far one %v", got, far)
	}
	for _, e := range []float64{0, 1} {
		if got := confidence(e, nil); got != e {
			t.Errorf("without quotes: %v of %v", got, e)
		}
		if got := confidence(e, near); !(got > 0 && got < 1) {
			t.Errorf("evidence %v: %v", e, got)
		}
	}
	if words := confidence(.9, []ranked{{score: 9}}); words <= Threshold {
		t.Errorf("by words alone: %v", words)
	}
}

// The quotes have the last word: what the search thinks too little may answer, and
// what it thinks enough may not.
func TestAnswer_QuotesDecideWhetherItIsEnough(t *testing.T) {
	hit := func(id int64, text string, score float64) golocal.Hit {
		h := hitOf(text)
		h.Doc.ID, h.Chunk.ID, h.Chunk.Doc, h.Score = id, id, id, score
		return h
	}
	for _, c := range []struct {
		name     string
		evidence float64
		hits     []golocal.Hit
		near     float32
		want     Kind
	}{
		{"a sentence that answers", .35, []golocal.Hit{hit(1, "The mill at Brno was built by Ada Moreau in 1912.", 1), hit(2, "Grain is dear this year.", .5)}, .9, KindQuotes},
		{"alike ones that don't", .45, []golocal.Hit{hit(1, "Mills need a river.", 1), hit(2, "Mills need the wind.", .99)}, .2, KindNone},
	} {
		found := golocal.Found{Hits: c.hits, Evidence: c.evidence, Enough: c.evidence >= Threshold}
		_, a, err := ask(t, Options{Retriever: finder{found: found}, Embedder: alike(c.near)}, Request{Question: "Who built the mill at Brno?"})
		if err != nil || a.Kind != c.want || a.Ledger.Enough != (c.want == KindQuotes) || len(a.Quotes) == 0 {
			t.Errorf("%s: %s, evidence %v, %v", c.name, a.Kind, a.Ledger.Evidence, err)
		}
	}
}

// alike finds every sentence as near to the question as it says.
type alike float32

func (a alike) EmbedQuery(context.Context, string) ([]float32, error) { return []float32{1, 0}, nil }

func (a alike) EmbedSentences(_ context.Context, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i := range out {
		out[i] = []float32{float32(a), 1 - float32(a)}
	}
	return out, nil
}
