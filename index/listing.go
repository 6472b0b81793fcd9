package index

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"maps"
	"slices"

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
		all := x.Documents(ctx, 0)
		if least := smallest(in, with); least != nil && len(least) <= fewDocuments {
			ids := slices.Collect(maps.Keys(least))
			all = x.documentsOf(ctx, slices.DeleteFunc(ids, func(id int64) bool { return !holds(id) }))
		}
		for d, err := range all {
			if err == nil && !holds(d.ID) {
				continue
			}
			if !yield(d, err) {
				return
			}
		}
	}
}

// fewDocuments are looked up by their ids rather than among all.
const fewDocuments = 2000

// smallest is the smallest of the sets that a document must be in, nil where it may
// be any.
func smallest(in map[int64]bool, with []map[int64]bool) map[int64]bool {
	for _, set := range with {
		if in == nil || len(set) < len(in) {
			in = set
		}
	}
	return in
}

// documentsOf lists documents by their ids, ordered as Documents does.
func (x *Index) documentsOf(ctx context.Context, ids []int64) iter.Seq2[golocal.Document, error] {
	return func(yield func(golocal.Document, error) bool) {
		page, err := x.documentRows(ctx, `SELECT `+documentColumns+` FROM document d WHERE d.id IN (SELECT value FROM json_each(?)) ORDER BY d.path, d.root`, asJSON(ids))
		for _, r := range page {
			if !yield(r.document()) {
				return
			}
		}
		if err != nil {
			yield(golocal.Document{}, fmt.Errorf("list documents: %w", explain(err)))
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
