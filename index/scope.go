package index

import (
	"context"
	"database/sql"
	"path"
	"strings"

	"golocal"
)

// inScope resolves a scope to documents; nil is all of them.
func (x *Index) inScope(ctx context.Context, q querier, s golocal.Scope) (map[int64]bool, error) {
	where, args := scopeSQL(s)
	if where == "" {
		return nil, nil
	}
	rows, err := q.QueryContext(ctx, `SELECT id FROM document d WHERE `+where, args...)
	if err != nil {
		return nil, err
	}
	in := map[int64]bool{}
	err = every(rows, func(r *sql.Rows) error {
		var id int64
		err := r.Scan(&id)
		in[id] = true
		return err
	})
	return in, err
}

// scopeSQL is the condition on document d that s stands for, "" for everything.
// A folder takes in all below it; one that is a file's path, that file.
func scopeSQL(s golocal.Scope) (string, []any) {
	var all []string
	var args []any
	if len(s.Roots) > 0 {
		all = append(all, `d.root IN (SELECT value FROM json_each(?))`)
		args = append(args, asJSON(s.Roots))
	}
	if len(s.Docs) > 0 {
		all = append(all, `d.id IN (SELECT value FROM json_each(?))`)
		args = append(args, asJSON(s.Docs))
	}
	if folder := strings.TrimPrefix(path.Clean("/"+s.Folder), "/"); folder != "" {
		// '0' is the byte after '/'.
		all = append(all, `(d.path = ? OR d.path > ? AND d.path < ?)`)
		args = append(args, blob(folder), blob(folder+"/"), blob(folder+"0"))
	}
	return strings.Join(all, " AND "), args
}

// chunksInScope is the set of chunks of a scope, nil for all. It is looked up
// apart from the postings: in one statement SQLite may choose to search the
// postings once per chunk.
func chunksInScope(ctx context.Context, q querier, scope golocal.Scope) (map[int64]bool, error) {
	where, args := scopeSQL(scope)
	if where == "" {
		return nil, nil
	}
	rows, err := q.QueryContext(ctx, `SELECT c.id FROM document d JOIN chunk c ON c.doc = d.id WHERE `+where, args...)
	if err != nil {
		return nil, err
	}
	in := map[int64]bool{}
	err = every(rows, func(r *sql.Rows) error {
		var id int64
		err := r.Scan(&id)
		in[id] = true
		return err
	})
	return in, err
}
