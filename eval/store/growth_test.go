package store

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func TestSteps(t *testing.T) {
	for last, want := range map[int][]int{300_000: {10_000, 30_000, 100_000, 300_000}, 1000: {20, 100, 320, 1000}, 20: {20}, 60: {20, 60}} {
		if got := steps(last); !slices.Equal(got, want) {
			t.Errorf("steps(%d) = %v, want %v", last, got, want)
		}
	}
}

func TestGrow_MeasuresEachSize(t *testing.T) {
	var told []string
	g, err := Grow(t.Context(), Settings{Chunks: 200, Dims: 16, Rounds: 3, Dir: t.TempDir()}, func(what string) { told = append(told, what) })
	if err != nil {
		t.Fatal(err)
	}
	var sizes []int
	for _, s := range g.Sizes {
		sizes = append(sizes, s.Chunks)
		for _, v := range []float64{s.PerChunk, s.Keyword, s.Hybrid, s.Words, s.Vectors} {
			if v <= 0 || math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("%+v", s)
			}
		}
		if s.Bytes < int64(s.Chunks)*letters {
			t.Errorf("%d chunks of %d letters in %d bytes", s.Chunks, letters, s.Bytes)
		}
	}
	if want := []int{20, 60, 200}; !slices.Equal(sizes, want) {
		t.Errorf("sizes %v, want %v", sizes, want)
	}
	if !slices.Contains(told, "measuring 200") {
		t.Errorf("told %q", told)
	}
	var b strings.Builder
	g.Print(&b)
	if n := strings.Count(b.String(), "\n"); n != 2+1+3+1+1 {
		t.Errorf("%d lines:\n%s", n, b.String())
	}
}
