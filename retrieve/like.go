package retrieve

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"golocal"
	"golocal/internal/prose"
	"golocal/internal/remark"
)

// telling is how many words of a passage others like it are looked for by.
const telling = 24

// Vectors gives stored vectors of passages, of length 1, by their ids, in the space
// that searches compare in; one that has none is not among them.
type Vectors interface {
	ChunkVectors(ctx context.Context, chunks []int64) (map[int64]golocal.Vector, error)
}

// Like returns the n passages most like the one with the id chunk, by its rarest
// words and its vector, without itself. An unknown id is fs.ErrNotExist.
func (r *Retriever) Like(ctx context.Context, chunk int64, scope golocal.Scope, n int) (golocal.Found, error) {
	start := time.Now()
	found := golocal.Found{Hits: []golocal.Hit{}, Asked: golocal.Query{Scope: scope}}
	if n <= 0 {
		n = 10
	}
	scope, _, err := r.saved(scope)
	if err != nil {
		return found, err
	}
	self, err := r.o.Searcher.Lookup(ctx, []int64{chunk})
	if err == nil && len(self) == 0 {
		err = fmt.Errorf("passage %d: %w", chunk, fs.ErrNotExist)
	}
	if err != nil {
		return found, err
	}
	found.Query = self[0].Doc.Ref.Path
	if found.Asked.Text, err = r.tellingWords(ctx, self[0].Chunk.Text); err != nil {
		return found, err
	}
	var l legs
	if l.keyword, err = r.o.Searcher.Match(ctx, found.Asked.Text, r.o.Depth, scope); err != nil {
		return found, fmt.Errorf("search: %w", err)
	}
	if r.o.Vectors != nil {
		known, err := r.o.Vectors.ChunkVectors(ctx, []int64{chunk})
		if err != nil {
			return found, err
		}
		if v, ok := known[chunk]; ok {
			if l.dense, err = r.o.Searcher.Nearest(ctx, v, r.o.Depth, scope); err != nil {
				return found, fmt.Errorf("search: %w", err)
			}
		} else {
			found.Remark = remark.New(remark.PassageNoVector)
			found.Note = remark.Say("en", found.Remark)
		}
	}
	other := func(m golocal.Match) bool { return m.Chunk == chunk }
	ranked := fuse(slices.DeleteFunc(l.keyword, other), slices.DeleteFunc(l.dense, other), r.o.Weight)
	hits, err := r.lookup(ctx, ranked[:min(len(ranked), max(4*n, depth))])
	if err != nil {
		return found, fmt.Errorf("look passages up: %w", err)
	}
	hits = collapse(fold(hits), r.o.PerDoc)
	found.Hits = append(found.Hits, hits[:min(n, len(hits))]...)
	found.Enough = len(found.Hits) > 0
	found.Seconds = time.Since(start).Seconds()
	return found, nil
}

// tellingWords are the words of a text that tell most about it.
func (r *Retriever) tellingWords(ctx context.Context, text string) (string, error) {
	var folds []string
	seen := map[string]bool{}
	for _, w := range prose.Content(prose.Words(text)) {
		if !seen[w.Fold] {
			seen[w.Fold] = true
			folds = append(folds, w.Fold)
		}
	}
	counts, total := make([]int, len(folds)), 0
	if r.o.Rarity != nil {
		var err error
		if counts, total, err = r.o.Rarity.Frequency(ctx, folds); err != nil {
			return "", fmt.Errorf("weigh the passage's words: %w", err)
		}
	}
	type weighed struct {
		word   string
		weight float64
	}
	var all []weighed
	for i, w := range folds {
		if counts[i] != 1 || total == 0 { // only this passage has it
			all = append(all, weighed{w, prose.Idf(counts[i], total)})
		}
	}
	slices.SortStableFunc(all, func(a, b weighed) int { return cmp.Compare(b.weight, a.weight) })
	var out []string
	for _, w := range all[:min(telling, len(all))] {
		out = append(out, w.word)
	}
	return strings.Join(out, " "), nil
}
