package index

import (
	"context"
	"database/sql"
	"strings"

	"golocal"
)

// columns of the postings by the fields of a golocal.Term that are about
// passages.
var columns = map[string]string{
	"": worded, "text": "{text heading title}", "title": "title", "heading": "heading", "author": "author", "to": "recipient", "tag": "tag", "language": "language",
}

// narrow adds what a scope asks of passages to a query.
func (e *expression) narrow(s golocal.Scope) {
	for _, t := range s.With {
		if c := condition(t); c != "" {
			e.with = append(e.with, c)
		}
	}
	for _, t := range s.Without {
		if c := condition(t); c != "" {
			e.without = append(e.without, c)
		}
	}
}

// condition is a term in FTS5's language, "" where it is not about passages or
// has no words. In the postings a phrase stands as segment writes it.
func condition(t golocal.Term) string {
	column := columns[t.Field]
	text, prefix := strings.CutSuffix(strings.TrimSpace(t.Text), "*")
	words := phrase(text)
	if column == "" || words == "" {
		return ""
	}
	if prefix {
		words += " *"
	}
	return column + " : " + words
}

// passages tells of a chunk whether it meets what a scope asks of passages; nil
// where it asks nothing.
func (x *Index) passages(ctx context.Context, s golocal.Scope) (func(chunk int64) bool, error) {
	var e expression
	e.narrow(s)
	var sets []map[int64]bool
	for _, match := range []string{strings.Join(e.with, " AND "), strings.Join(e.without, " OR ")} {
		var set map[int64]bool
		if match != "" {
			var err error
			if set, err = idSet(ctx, x.db.readers, `SELECT rowid FROM posting WHERE posting MATCH ?`, match); err != nil {
				return nil, err
			}
		}
		sets = append(sets, set)
	}
	with, without := sets[0], sets[1]
	if with == nil && without == nil {
		return nil, nil
	}
	return func(chunk int64) bool { return (with == nil || with[chunk]) && !without[chunk] }, nil
}

// newest are the first chunks of the documents that chunks are of, nil for all,
// those modified last first.
func newest(ctx context.Context, t *sql.Tx, k int, chunks map[int64]bool, without []string) ([]golocal.Match, error) {
	var left map[int64]bool
	if len(without) > 0 {
		var err error
		if left, err = idSet(ctx, t, `SELECT rowid FROM posting WHERE posting MATCH ?`, strings.Join(without, " OR ")); err != nil {
			return nil, err
		}
	}
	rows, err := t.QueryContext(ctx, `SELECT c.id FROM document d JOIN chunk c ON c.doc = d.id AND c.ordinal = 0 ORDER BY d.modified DESC, d.id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []golocal.Match
	for len(found) < k && rows.Next() {
		var m golocal.Match
		if err := rows.Scan(&m.Chunk); err != nil {
			return nil, err
		}
		if (chunks == nil || chunks[m.Chunk]) && !left[m.Chunk] {
			found = append(found, m)
		}
	}
	return found, rows.Err()
}
