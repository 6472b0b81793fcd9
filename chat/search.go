package chat

import (
	"context"
	"fmt"
	"iter"

	"golocal"
)

// Refresher has files that changed since they were indexed read before they are
// answered from.
type Refresher interface {
	// Refresh reads those of the hits' files that changed, for a moment at most. It
	// yields how many are left of how many: first all of them, then after each that
	// was read. Where none changed it yields nothing.
	Refresh(ctx context.Context, hits []golocal.Hit) iter.Seq2[int, int]
}

// retrieve searches; where files of what was found are read anew it tells how many
// are left, and searches again.
func (r *run) retrieve(question string, scope golocal.Scope) (golocal.Found, error) {
	found, err := r.o.Retriever.Retrieve(r.ctx, question, scope, r.o.Passages)
	if err != nil || r.o.Refresher == nil {
		return found, err
	}
	read := false
	for left, of := range r.o.Refresher.Refresh(r.ctx, found.Hits) {
		read = read || left < of
		text := fmt.Sprintf(r.words.fresh, of, left)
		if left == of {
			text = fmt.Sprintf(r.words.freshFirst, of)
		}
		if err := r.emit(Status{Phase: PhaseFresh, Text: text, Done: of - left, Of: of}); err != nil {
			return found, err
		}
	}
	if !read {
		return found, nil
	}
	return r.o.Retriever.Retrieve(r.ctx, question, scope, r.o.Passages)
}
