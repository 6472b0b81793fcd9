package index

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"golocal"
)

// bm25 weights of text, heading, title, path, author, recipient, tag, date and language.
const postingRank = `bm25(1.0, 1.0, 1.0, 0.5, 0.5, 0.25, 1.0, 0.0, 0.0)`

// Match returns the k chunks in scope that match the query best, best first, by
// BM25 over text, heading path, title, file path, authors, recipients and tags:
// any of its words, in any inflected form (English) and without regard to
// accents; prefix* is any word that begins so. Without words the scope's terms
// rank, and where it has none either, the newest documents come, by their first
// chunks and with a score of 0. Whatever else a query holds is ignored: no query
// is an error, and an empty one in the whole index has no matches.
//
// Above 20,000 chunks the words that stand in more than a tenth of them are left
// out, unless no other remains.
func (x *Index) Match(ctx context.Context, query string, k int, scope golocal.Scope) ([]golocal.Match, error) {
	e := parse(query)
	if k <= 0 {
		return nil, ctx.Err()
	}
	if err := x.gate.enter(ctx); err != nil {
		return nil, fmt.Errorf("search words: %w", err)
	}
	defer x.gate.leave()
	if err := x.thin(ctx, &e); err != nil {
		return nil, fmt.Errorf("search words: %w", explain(err))
	}
	e.narrow(scope)
	defer x.pace.took(time.Now())
	var found []golocal.Match
	err := x.db.view(ctx, func(t *sql.Tx) (err error) {
		in, err := x.chunksInScope(ctx, t, scope)
		if err != nil {
			return err
		}
		match := e.fts5()
		if match == "" {
			if strings.TrimSpace(query) == "" && (in != nil || len(e.without) > 0) {
				found, err = newest(ctx, t, k, in, e.without)
			}
			return err
		}
		limit := k
		if in != nil {
			limit = -1 // ranked rows come until enough are in scope
		}
		rows, err := t.QueryContext(ctx, `SELECT rowid, rank FROM posting WHERE posting MATCH ? AND rank MATCH '`+postingRank+`' ORDER BY rank LIMIT ?`, match, limit)
		if err != nil {
			return err
		}
		defer rows.Close()
		for len(found) < k && rows.Next() {
			var m golocal.Match
			if err := rows.Scan(&m.Chunk, &m.Score); err != nil {
				return err
			}
			if in == nil || in[m.Chunk] {
				m.Score = -m.Score // FTS5's better is smaller
				found = append(found, m)
			}
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("search words: %w", explain(err))
	}
	return found, nil
}

// thin leaves out words that cost more than they tell: the frequent ones of a
// large index, and all but the rarest of a very long query.
func (x *Index) thin(ctx context.Context, e *expression) error {
	total := int(x.chunks.Load())
	if total <= manyChunks && len(e.words) <= maxTerms || len(e.words) == 0 {
		return nil
	}
	type counted struct {
		term
		count, at int
	}
	all := make([]counted, len(e.words))
	for i, w := range e.words {
		n, err := x.frequency(ctx, w.fts5())
		if err != nil {
			return err
		}
		all[i] = counted{w, n, i}
	}
	slices.SortStableFunc(all, func(a, b counted) int { return a.count - b.count })
	all = all[:min(len(all), maxTerms)]
	if total > manyChunks {
		if rare, _ := slices.BinarySearchFunc(all, total/10+1, func(c counted, n int) int { return c.count - n }); rare > 0 {
			all = all[:rare]
		}
	}
	slices.SortFunc(all, func(a, b counted) int { return a.at - b.at })
	e.words = e.words[:0]
	for _, c := range all {
		e.words = append(e.words, c.term)
	}
	return nil
}
