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
	for i, w := range words {
		n, err := x.frequency(ctx, phrase(w))
		if err != nil {
			return nil, 0, fmt.Errorf("count words: %w", explain(err))
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

// frequency counts the chunks that match an FTS5 expression.
func (x *Index) frequency(ctx context.Context, match string) (int, error) {
	if match == "" {
		return 0, nil
	}
	match = strings.ToLower(match)
	now := known{generation: x.generation.Load(), total: int(x.chunks.Load())}
	x.freq.mu.Lock()
	k, ok := x.freq.known[match]
	x.freq.mu.Unlock()
	if ok {
		if k.generation == now.generation || now.total > manyChunks && max(k.total-now.total, now.total-k.total) <= now.total/50 {
			return k.count, nil
		}
	}
	if err := x.db.readers.QueryRowContext(ctx, `SELECT count(*) FROM posting WHERE posting MATCH ?`, match).Scan(&now.count); err != nil {
		return 0, err
	}
	x.freq.mu.Lock()
	defer x.freq.mu.Unlock()
	if x.freq.known == nil || len(x.freq.known) >= frequencyCache {
		x.freq.known = map[string]known{}
	}
	x.freq.known[match] = now
	return now.count, nil
}
