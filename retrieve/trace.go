package retrieve

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"golocal"
	"golocal/internal/remark"
)

const (
	traced   = 5     // passages of a document that are followed, at most
	farthest = 5_000 // rank from which on a passage is not followed
)

// Trace searches as Retrieve does and tells what became of the document doc.
func (r *Retriever) Trace(ctx context.Context, query string, scope golocal.Scope, n int, doc int64) (golocal.Trace, error) {
	if n <= 0 {
		n = 10
	}
	t := golocal.Trace{Limit: n, Depth: r.o.Depth, Threshold: r.o.Threshold, Passages: []golocal.Traced{}}
	query = strings.TrimSpace(query)
	s, err := r.ask(ctx, query, scope, n)
	t.Asked, t.Remark = s.asked, s.legs.note
	if s.nothing.Code != "" {
		t.Remark = s.nothing
	}
	t.Note = remark.Say("en", t.Remark)
	if err != nil || s.nothing.Code != "" {
		return t, err
	}
	t.Evidence = Evidence(s.features)
	t.Found = golocal.Found{Query: query, Asked: s.asked, Hits: s.hits[:min(n, len(s.hits))], Note: t.Note, Remark: t.Remark, Evidence: t.Evidence, Enough: r.enough(s)}

	only := both(s.asked.Scope, golocal.Scope{Docs: []int64{doc}})
	meets, err := r.o.Searcher.Match(ctx, "", 1, only)
	if err != nil {
		return t, fmt.Errorf("trace: %w", err)
	}
	if t.InScope = len(meets) > 0; !t.InScope {
		return t, nil
	}
	own, err := r.search(ctx, s.asked.Text, only)
	if err != nil {
		return t, fmt.Errorf("trace: %w", err)
	}
	far, err := r.far(ctx, s.asked)
	if err != nil {
		return t, fmt.Errorf("trace: %w", err)
	}
	best := fuse(own.keyword, own.dense, r.o.Weight)
	if len(best) == 0 { // nothing of it matches: any passage tells whether it has a vector
		best = []scored{{chunk: meets[0].Chunk}}
	}
	hits, err := r.lookup(ctx, best[:min(traced, len(best))])
	if err != nil {
		return t, fmt.Errorf("trace: %w", err)
	}
	var vectors map[int64]golocal.Vector
	if r.o.Vectors != nil {
		ids := make([]int64, len(hits))
		for i, h := range hits {
			ids[i] = h.Chunk.ID
		}
		if vectors, err = r.o.Vectors.ChunkVectors(ctx, ids); err != nil {
			return t, fmt.Errorf("trace: %w", err)
		}
	}
	for _, h := range hits {
		p := golocal.Traced{Chunk: h.Chunk, Keyword: rankOf(far.keyword, h.Chunk.ID), Dense: rankOf(far.dense, h.Chunk.ID)}
		_, p.Vector = vectors[h.Chunk.ID]
		p.Fused = 1 + slices.IndexFunc(s.ranked, func(x scored) bool { return x.chunk == h.Chunk.ID })
		p.Rank = 1 + slices.IndexFunc(s.hits, func(x golocal.Hit) bool { return x.Chunk.ID == h.Chunk.ID })
		for _, x := range s.hits {
			if slices.ContainsFunc(x.Also, func(e golocal.Elsewhere) bool { return e.Chunk == h.Chunk.ID }) {
				p.Into = &golocal.Elsewhere{Doc: x.Doc.ID, Ref: x.Doc.Ref, Chunk: x.Chunk.ID, Place: x.Chunk.Place}
			}
		}
		t.Passages = append(t.Passages, p)
	}
	slices.SortStableFunc(t.Passages, func(a, b golocal.Traced) int { return last(a.Rank) - last(b.Rank) })
	return t, nil
}

// last puts rank 0, which is none, behind all others.
func last(rank int) int {
	if rank == 0 {
		return 1 << 30
	}
	return rank
}

func rankOf(found []golocal.Match, chunk int64) int {
	return 1 + slices.IndexFunc(found, func(m golocal.Match) bool { return m.Chunk == chunk })
}

// far runs the legs deeper than a search does.
func (r *Retriever) far(ctx context.Context, q golocal.Query) (legs, error) {
	deep := *r
	deep.o.Depth = farthest
	return deep.search(ctx, q.Text, q.Scope)
}
