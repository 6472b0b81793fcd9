package index

import (
	"context"
	"database/sql"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golocal"
)

// ownDate is the SQL of a day that a document's file says of itself, NULL where it
// says none.
func ownDate(name string) string {
	return `iif(d.about = '', NULL, substr(json_extract(d.about, '$.meta.` + name + `'), 1, 10))`
}

// documents is the condition on document d that a scope stands for, what is
// asked of passages left out; "" for everything. A folder takes in all below it;
// one that is a file's path, that file.
func documents(s golocal.Scope, roots []golocal.Root) (string, []any) {
	var all []string
	var args []any
	and := func(sql string, values ...any) {
		all, args = append(all, sql), append(args, values...)
	}
	if len(s.Roots) > 0 {
		and(`d.root IN (SELECT value FROM json_each(?))`, asJSON(s.Roots))
	}
	if len(s.Docs) > 0 {
		and(`d.id IN (SELECT value FROM json_each(?))`, asJSON(s.Docs))
	}
	if folder := strings.TrimPrefix(path.Clean("/"+s.Folder), "/"); folder != "" {
		sql, values := below(folder)
		and(sql, values...)
	}
	if len(s.Paths) > 0 {
		sql, values := underAny(s.Paths, roots)
		and(sql, values...)
	}
	if len(s.Types) > 0 {
		sql, values := typed(s.Types)
		and(sql, values...)
	}
	if s.After != "" || s.Before != "" {
		sql, values := dated(s.After, s.Before)
		and(sql, values...)
	}
	for _, t := range s.With {
		if sql, values := named(t, roots); sql != "" {
			and(sql, values...)
		}
	}
	for _, t := range s.Without {
		if sql, values := named(t, roots); sql != "" {
			and(`NOT `+sql, values...)
		}
	}
	return strings.Join(all, " AND "), args
}

// below is the file or folder at a path below a root, and all in it.
func below(path string) (string, []any) {
	// '0' is the byte after '/'.
	return `(d.path = ? OR d.path > ? AND d.path < ?)`, []any{blob(path), blob(path + "/"), blob(path + "0")}
}

// underAny is any of paths, absolute ones as the roots lie.
func underAny(paths []string, roots []golocal.Root) (string, []any) {
	var either []string
	var args []any
	for _, p := range paths {
		if !filepath.IsAbs(p) {
			if p = strings.TrimPrefix(path.Clean("/"+filepath.ToSlash(p)), "/"); p == "" {
				return `1`, nil
			}
			sql, values := below(p)
			either, args = append(either, sql), append(args, values...)
			continue
		}
		for _, r := range roots {
			rel, err := filepath.Rel(r.Path, p)
			up, errUp := filepath.Rel(p, r.Path)
			switch {
			case errUp == nil && filepath.IsLocal(up): // the root lies in it
				either, args = append(either, `d.root = ?`), append(args, r.ID)
			case err == nil && filepath.IsLocal(rel):
				sql, values := below(filepath.ToSlash(rel))
				either, args = append(either, `(d.root = ? AND `+sql+`)`), append(append(args, r.ID), values...)
			}
		}
	}
	if len(either) == 0 {
		return `0`, nil
	}
	return `(` + strings.Join(either, " OR ") + `)`, args
}

// typed is a document of any of the types, by its type or its file's name.
func typed(types []string) (string, []any) {
	names := make([]string, len(types))
	var ends []string
	args := []any{nil}
	for i, t := range types {
		names[i] = strings.ToLower(strings.TrimPrefix(t, "."))
		ends = append(ends, ` OR CAST(d.path AS TEXT) LIKE ? ESCAPE '\'`)
		args = append(args, `%.`+likeText(names[i]))
	}
	args[0] = asJSON(names)
	return `(d.type IN (SELECT value FROM json_each(?))` + strings.Join(ends, "") + `)`, args
}

// dated is a document of a day from after on and before before, each "" for no
// bound. What a file says of itself is a day where it was written; when it was
// modified, one of this machine's zone.
func dated(after, before string) (string, []any) {
	if before == "" {
		before = "9999-12-31"
	}
	created, edited := ownDate("created"), ownDate("edited")
	in := func(what string) string { return what + ` >= ? AND ` + what + ` < ?` }
	return `(` + in(created) + ` OR ` + in(edited) + ` OR coalesce(` + created + `, ` + edited + `) IS NULL AND ` + in(`d.modified`) + `)`,
		[]any{after, before, after, before, midnight(after), midnight(before)}
}

// midnight is when a day begins here, in nanoseconds since 1970.
func midnight(day string) int64 {
	if day == "" {
		return never
	}
	t, err := time.ParseInLocation(time.DateOnly, day, time.Local)
	if err != nil {
		return never
	}
	return nanos(t)
}

// named is a term about a document's path, folder or type, "" for one about
// passages.
func named(t golocal.Term, roots []golocal.Root) (string, []any) {
	switch t.Field {
	case "folder":
		return underAny([]string{t.Text}, roots)
	case "type":
		return typed([]string{t.Text})
	case "path":
		// By letters, and by whole words without regard to accents and case.
		sql, args := `CAST(d.path AS TEXT) LIKE ? ESCAPE '\'`, []any{`%` + likeText(t.Text) + `%`}
		if phrase := phrase(t.Text); phrase != "" {
			sql += ` OR d.id IN (SELECT c.doc FROM chunk c WHERE c.id IN (SELECT rowid FROM posting WHERE posting MATCH ?))`
			args = append(args, `path : `+phrase)
		}
		return `(` + sql + `)`, args
	}
	return "", nil
}

// likeText is s for LIKE with \ as its escape.
func likeText(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}

// inScope resolves what a scope asks of documents; nil is all of them.
func (x *Index) inScope(ctx context.Context, q querier, s golocal.Scope) (map[int64]bool, error) {
	return x.scoped(ctx, q, s, `SELECT d.id FROM document d WHERE `)
}

// chunksInScope is the set of chunks of the documents of a scope, nil for all.
// It is looked up apart from the postings: in one statement SQLite may choose to
// search the postings once per chunk.
func (x *Index) chunksInScope(ctx context.Context, q querier, s golocal.Scope) (map[int64]bool, error) {
	return x.scoped(ctx, q, s, `SELECT c.id FROM document d JOIN chunk c ON c.doc = d.id WHERE `)
}

func (x *Index) scoped(ctx context.Context, q querier, s golocal.Scope, from string) (map[int64]bool, error) {
	roots, err := rootsOf(ctx, q, s)
	if err != nil {
		return nil, err
	}
	where, args := documents(s, roots)
	if where == "" {
		return nil, nil
	}
	return idSet(ctx, q, from+where, args...)
}

// rootsOf are the roots, where a scope cannot be told without them.
func rootsOf(ctx context.Context, q querier, s golocal.Scope) ([]golocal.Root, error) {
	folder := func(t golocal.Term) bool { return t.Field == "folder" }
	if len(s.Paths) == 0 && !slices.ContainsFunc(s.With, folder) && !slices.ContainsFunc(s.Without, folder) {
		return nil, nil
	}
	rows, err := q.QueryContext(ctx, `SELECT `+rootColumns+` FROM root`)
	if err != nil {
		return nil, err
	}
	var roots []golocal.Root
	err = every(rows, func(r *sql.Rows) error {
		root, err := scanRoot(r)
		roots = append(roots, root)
		return err
	})
	return roots, err
}

func idSet(ctx context.Context, q querier, query string, args ...any) (map[int64]bool, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	set := map[int64]bool{}
	err = every(rows, func(r *sql.Rows) error {
		var id int64
		err := r.Scan(&id)
		set[id] = true
		return err
	})
	return set, err
}
