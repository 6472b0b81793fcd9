package index

import (
	"context"
	"database/sql"
	"fmt"
	"iter"

	"golocal"
)

// Listing lists the documents in scope as Documents does. What a scope asks of
// passages holds for a document where any of its passages meets it, each term for
// itself; Without leaves out a document of which any passage does.
func (x *Index) Listing(ctx context.Context, scope golocal.Scope) iter.Seq2[golocal.Document, error] {
	return func(yield func(golocal.Document, error) bool) {
		var in map[int64]bool
		var with, without []map[int64]bool
		err := x.db.view(ctx, func(t *sql.Tx) (err error) {
			if in, err = x.inScope(ctx, t, scope); err != nil {
				return err
			}
			if with, err = mentioning(ctx, t, scope.With); err != nil {
				return err
			}
			without, err = mentioning(ctx, t, scope.Without)
			return err
		})
		if err != nil {
			yield(golocal.Document{}, fmt.Errorf("list documents: %w", explain(err)))
			return
		}
		holds := func(id int64) bool {
			if in != nil && !in[id] {
				return false
			}
			for _, set := range with {
				if !set[id] {
					return false
				}
			}
			for _, set := range without {
				if set[id] {
					return false
				}
			}
			return true
		}
		for d, err := range x.Documents(ctx, 0) {
			if err == nil && !holds(d.ID) {
				continue
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

// mentioning are the documents with a passage that meets a term, for each of the
// terms that are about passages.
func mentioning(ctx context.Context, t *sql.Tx, terms []golocal.Term) ([]map[int64]bool, error) {
	var out []map[int64]bool
	for _, term := range terms {
		match := condition(term)
		if match == "" {
			continue
		}
		set, err := idSet(ctx, t, `SELECT DISTINCT c.doc FROM chunk c WHERE c.id IN (SELECT rowid FROM posting WHERE posting MATCH ?)`, match)
		if err != nil {
			return nil, err
		}
		out = append(out, set)
	}
	return out, nil
}
