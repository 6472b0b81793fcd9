package index

import (
	"context"
	"fmt"
	"slices"

	"golocal"
)

// Nearest returns the k chunks in scope whose vectors are nearest to question,
// best first; fewer when there are fewer. Score is the cosine. The search is
// exact: every vector in scope is compared. It waits while vectors are being
// loaded for the first time. A question of another space than Serving, as one
// that was embedded just before a new space took over, is a
// golocal.ErrUnavailable and worth embedding again.
func (x *Index) Nearest(ctx context.Context, question golocal.Vector, k int, scope golocal.Scope) ([]golocal.Match, error) {
	s := x.serving.Load()
	if s == nil {
		return nil, fmt.Errorf("search vectors: %w", errNoSpace)
	}
	if !same(s.space, question.Space) {
		return nil, fmt.Errorf("search vectors: %w", errRetired)
	}
	q, err := unit(question.Values, s.space.Dims)
	if err != nil {
		return nil, fmt.Errorf("search vectors: query: %w", err)
	}
	select {
	case <-s.memory.ready:
	case <-ctx.Done():
		return nil, fmt.Errorf("search vectors: %w", ctx.Err())
	}
	if s.memory.err != nil {
		return nil, fmt.Errorf("search vectors: %w", explain(s.memory.err))
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("search vectors: %w", err)
	}
	if k <= 0 {
		return nil, nil
	}
	in, err := x.inScope(ctx, x.db.readers, scope)
	if err != nil {
		return nil, fmt.Errorf("search vectors: %w", explain(err))
	}
	passes, err := x.passages(ctx, scope)
	if err != nil {
		return nil, fmt.Errorf("search vectors: %w", explain(err))
	}
	if err := x.gate.enter(ctx); err != nil {
		return nil, fmt.Errorf("search vectors: %w", err)
	}
	defer x.gate.leave()
	snap := s.memory.snap.Load()
	var found []golocal.Match
	for deep := min(k, len(snap.entries)); ; deep = min(8*deep, len(snap.entries)) {
		if found, err = snap.nearest(ctx, q, deep, in); err != nil || passes == nil {
			break
		}
		all := len(found) < deep || deep == len(snap.entries)
		found = slices.DeleteFunc(found, func(m golocal.Match) bool { return !passes(m.Chunk) })
		if len(found) >= k || all {
			found = found[:min(k, len(found))]
			break
		}
	}
	if err != nil {
		return nil, fmt.Errorf("search vectors: %w", explain(err))
	}
	if len(found) > 0 && x.searched.Load() != s.id && s.id == x.space() {
		x.searched.Store(s.id) // Purge may let the space before it go
		if x.replaced.Load() != 0 {
			select {
			case x.outgrown <- struct{}{}:
			default:
			}
		}
	}
	return found, nil
}
