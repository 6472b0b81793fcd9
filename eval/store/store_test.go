package store

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestRun_GivesEveryFigure(t *testing.T) {
	var told []string
	figures, err := Run(t.Context(), Settings{Chunks: 60, Dims: 16, Rounds: 3, Dir: t.TempDir()}, func(what string) { told = append(told, what) })
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, f := range figures {
		if f.Value == nil || math.IsNaN(*f.Value) || *f.Value < 0 || f.First <= 0 {
			t.Errorf("%+v", f)
		}
		keys = append(keys, f.Key)
	}
	for _, key := range []string{"nearest_chromem_ratio", "nearest_memory_ratio", "nearest_read_ratio", "hybrid_p95_ms", "clients8_chromem_ratio", "put_p95_ms", "search_busy_ratio", "bytes_per_chunk", "open_chromem_ratio", "open_words_ms", "small_chromem_ratio", "small_recall@10"} {
		if !slices.Contains(keys, key) {
			t.Errorf("no figure %s in %q", key, keys)
		}
	}
	if !slices.Contains(told, "opening") {
		t.Errorf("told %q", told)
	}
}

func TestWords_AreDistinctAndRareOnesRare(t *testing.T) {
	seen := map[string]bool{}
	for n := range vocabulary {
		if w := word(n); seen[w] {
			t.Fatalf("word %d is one of the others", n)
		} else {
			seen[w] = true
		}
	}
	var b strings.Builder
	newWords().write(&b, rand.New(rand.NewPCG(1, 2)), 200_000)
	first, hundredth := strings.Count(b.String(), word(0)+" "), strings.Count(b.String(), word(99)+" ")
	if first < 50*hundredth/2 || first > 50*hundredth*4 {
		t.Errorf("the first word %d times, the hundredth %d", first, hundredth)
	}
	if got := quantile([]float64{3, 1, 2}, .5); got != 2 {
		t.Errorf("median %v", got)
	}
}
