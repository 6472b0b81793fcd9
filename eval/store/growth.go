package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"

	"golocal"
	"golocal/index"
)

// Size is how an index of one size does. Times are of one client with the vector
// of the question at hand.
type Size struct {
	Chunks   int     `json:"chunks"`
	Bytes    int64   `json:"bytes"`           // of all files of the index
	PerChunk float64 `json:"bytes_per_chunk"` // Bytes / Chunks
	Nearest  float64 `json:"nearest_ms"`      // nearest 10, processor time, mean
	Keyword  float64 `json:"keyword_ms"`      // 100 best by five words, mean
	Hybrid   float64 `json:"hybrid_p95_ms"`   // both at once, 100 best each, p95
	Words    float64 `json:"open_words_ms"`   // open to the first search by words
	Vectors  float64 `json:"open_vectors_ms"` // open to the first vector search
	Status   float64 `json:"status_ms"`       // counting what the index holds, after a write, processor time, mean
	Memory   float64 `json:"rss_mb"`          // of the process with the index open and nothing else; 0 unknown
}

// Growth is how an index does while it grows.
type Growth struct {
	Machine string   `json:"machine"`
	Load    float64  `json:"load"` // average of the last minute at the start; -1 unknown
	Notes   []string `json:"notes,omitempty"`
	Dims    int      `json:"dims"`
	Sizes   []Size   `json:"sizes"`
	// Linear is the time of a nearest per chunk at the largest size over that at
	// the smallest: at most 1 is linear or better.
	Linear float64 `json:"nearest_growth"`
}

// steps are the sizes that are measured on the way to the last one: each about
// three times the one before, in whole documents.
func steps(last int) []int {
	var sizes []int
	for _, part := range []int{30, 10, 3, 1} {
		if n := max(last/part, perDocument) / perDocument * perDocument; len(sizes) == 0 || n > sizes[len(sizes)-1] {
			sizes = append(sizes, n)
		}
	}
	return sizes
}

// Grow fills one index up to s.Chunks and measures it on the way, at a
// thirtieth, a tenth and a third of that, and at the end. done is told what is
// under way.
func Grow(ctx context.Context, s Settings, done func(what string)) (g Growth, err error) {
	first := s
	first.Chunks = 0
	t, err := fill(ctx, first, nil, func(int) {})
	if err != nil {
		return g, err
	}
	defer func() { err = errors.Join(err, t.index.Close()) }()
	g.Dims = s.Dims
	for _, size := range steps(s.Chunks) {
		for ; t.Chunks < size; t.Chunks += perDocument {
			if err := t.put(ctx, t.Chunks/perDocument); err != nil {
				return g, err
			}
			if t.Chunks%1000 == 0 {
				done(fmt.Sprintf("writing %d of %d", t.Chunks, s.Chunks))
			}
		}
		done(fmt.Sprintf("measuring %d", size))
		m, err := t.measure(ctx)
		if err != nil {
			return g, err
		}
		g.Sizes = append(g.Sizes, m)
	}
	small, large := g.Sizes[0], g.Sizes[len(g.Sizes)-1]
	if small.Nearest > 0 {
		g.Linear = large.Nearest / float64(large.Chunks) / (small.Nearest / float64(small.Chunks))
	}
	return g, nil
}

// measure times the index as it is now.
func (t *set) measure(ctx context.Context) (m Size, err error) {
	m.Chunks = t.Chunks
	near, _, err := t.nearest(ctx, func(q []float32) error {
		_, err := t.index.Nearest(ctx, golocal.Vector{Space: t.space(), Values: q}, 10, golocal.Scope{})
		return err
	})
	if err != nil {
		return m, err
	}
	m.Nearest = 1e3 * near
	began := time.Now()
	for range t.Rounds {
		if _, err := t.index.Match(ctx, t.words.query(t.random), 100, golocal.Scope{}); err != nil {
			return m, err
		}
	}
	m.Keyword = 1e3 * time.Since(began).Seconds() / float64(t.Rounds)
	both, err := t.hybrid(ctx, 1)
	if err != nil {
		return m, err
	}
	m.Hybrid = 1e3 * quantile(both.times, .95)
	var counting float64
	const counts = 5
	for n := range counts {
		if err := t.put(ctx, n); err != nil { // nothing is remembered then
			return m, err
		}
		cpu := processorSeconds()
		if _, err := t.index.Stats(ctx); err != nil {
			return m, err
		}
		counting += processorSeconds() - cpu
	}
	m.Status = 1e3 * counting / counts

	if err := t.index.Close(); err != nil {
		return m, err
	}
	if m.Bytes, err = diskBytes(t.home()); err != nil {
		return m, err
	}
	m.PerChunk = float64(m.Bytes) / float64(m.Chunks)
	runtime.GC()
	q, words := t.vector(), t.words.query(t.random)
	began = time.Now()
	if t.index, err = index.Open(t.home(), index.Options{}); err != nil {
		return m, err
	}
	if _, err = t.index.Match(ctx, words, 10, golocal.Scope{}); err != nil {
		return m, err
	}
	m.Words = 1e3 * time.Since(began).Seconds()
	if _, err = t.index.Nearest(ctx, golocal.Vector{Space: t.space(), Values: q}, 10, golocal.Scope{}); err != nil {
		return m, err
	}
	m.Vectors = 1e3 * time.Since(began).Seconds()
	m.Memory = float64(residentBytes()) / 1e6
	return m, nil
}

// Print writes the table for people.
func (g Growth) Print(w io.Writer) {
	fmt.Fprintf(w, "%s\n", g.Machine)
	for _, n := range g.Notes {
		fmt.Fprintf(w, "! %s\n", n)
	}
	fmt.Fprintf(w, "\n%9s %9s %9s %10s %10s %12s %12s %14s %9s %9s\n", "chunks", "disk MB", "B/chunk", "nearest ms", "keyword ms", "hybrid p95", "open, words", "open, vectors", "status ms", "RSS MB")
	for _, s := range g.Sizes {
		fmt.Fprintf(w, "%9d %9.0f %9.0f %10.2f %10.2f %9.1f ms %9.0f ms %11.0f ms %9.1f %9.0f\n",
			s.Chunks, float64(s.Bytes)/1e6, s.PerChunk, s.Nearest, s.Keyword, s.Hybrid, s.Words, s.Vectors, s.Status, s.Memory)
	}
	verdict := "linear or better"
	if g.Linear > 1.1 {
		verdict = "more than linear"
	}
	fmt.Fprintf(w, "\n%d dimensions; a nearest takes %.2f times as long per chunk at the largest size as at the smallest: %s\n", g.Dims, g.Linear, verdict)
}
