package index

import (
	"context"
	"fmt"
	"strings"
	"sync"
)

const (
	frequencyCache = 4096
	// manyChunks is from where on frequencies may be a little stale, and frequent
	// words are left out of queries. Below it the full query costs under 50 ms
	// and leaving words out would lose more than noise.
	manyChunks = 20_000
)

// frequency remembers in how many chunks words occur.
type frequency struct {
	mu    sync.Mutex // owns known
	known map[string]known
}

type known struct {
	count      int
	generation int64
	total      int
}

// Frequency returns in how many chunks each word occurs, in any field and in
// any of its inflected forms, and how many chunks there are. Words are taken as
// the postings hold them; one that is several (a name in camelCase, CJK) counts
// where all of them stand together. Above 20,000 chunks counts may lag behind
// by 2 % of the total.
func (x *Index) Frequency(ctx context.Context, words []string) ([]int, int, error) {
	counts := make([]int, len(words))
	inside := false
	for i, w := range words {
		match := phrase(w)
		n, ok := x.remembered(match)
		if !ok && !inside {
			if err := x.gate.enter(ctx); err != nil {
				return nil, 0, fmt.Errorf("count words: %w", err)
			}
			defer x.gate.leave()
			inside = true
		}
		if !ok {
			var err error
			if n, err = x.frequency(ctx, match); err != nil {
				return nil, 0, fmt.Errorf("count words: %w", explain(err))
			}
		}
		counts[i] = n
	}
	return counts, int(x.chunks.Load()), nil
}

// phrase is a word as an FTS5 expression, "" for none.
func phrase(word string) string {
	ts := terms(word)
	switch len(ts) {
	case 0:
		return ""
	case 1:
		return ts[0].fts5()
	}
	return quote(strings.Join(inOrder(word), " "))
}

// frequency counts the chunks that match an FTS5 expression, unless it remembers
// how many they are.
func (x *Index) frequency(ctx context.Context, match string) (int, error) {
	if n, ok := x.remembered(match); ok {
		return n, nil
	}
	now := known{generation: x.generation.Load(), total: int(x.chunks.Load())}
	if err := x.db.readers.QueryRowContext(ctx, `SELECT count(*) FROM posting WHERE posting MATCH ?`, match).Scan(&now.count); err != nil {
		return 0, err
	}
	x.freq.mu.Lock()
	defer x.freq.mu.Unlock()
	if x.freq.known == nil || len(x.freq.known) >= frequencyCache {
		x.freq.known = map[string]known{}
	}
	x.freq.known[strings.ToLower(match)] = now
	return now.count, nil
}

// remembered is what frequency has counted before, while that is near enough.
func (x *Index) remembered(match string) (int, bool) {
	if match == "" {
		return 0, true
	}
	total := int(x.chunks.Load())
	x.freq.mu.Lock()
	k, ok := x.freq.known[strings.ToLower(match)]
	x.freq.mu.Unlock()
	near := k.generation == x.generation.Load() || total > manyChunks && max(k.total-total, total-k.total) <= total/50
	return k.count, ok && near
}
