package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"golocal"
)

// Roots returns the watched folders, oldest first.
func (x *Index) Roots(ctx context.Context) ([]golocal.Root, error) {
	rows, err := x.db.readers.QueryContext(ctx, `SELECT `+rootColumns+` FROM root ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("list folders: %w", explain(err))
	}
	var roots []golocal.Root
	err = every(rows, func(r *sql.Rows) error {
		root, err := scanRoot(r)
		roots = append(roots, root)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list folders: %w", explain(err))
	}
	return roots, nil
}

// AddRoot makes the folder at path, absolute and clean, a root. Adding it again
// returns the same root. It survives a power cut.
func (x *Index) AddRoot(ctx context.Context, path string) (golocal.Root, error) {
	if path == "" {
		return golocal.Root{}, errors.New("add folder: its path is empty")
	}
	x.write.Lock()
	defer x.write.Unlock()
	var root golocal.Root
	err := x.db.update(ctx, true, func(t *tx) error {
		var err error
		root, err = insertRoot(t, path, nanos(x.now()))
		return err
	})
	if err != nil {
		return golocal.Root{}, fmt.Errorf("add folder %s: %w", path, explain(err))
	}
	return root, nil
}

// RemoveRoot takes a root and all that came from it out of the index: rows,
// text, postings and vectors, and their bytes out of the files; every Copy goes, as
// it may hold them too. Unknown ids are no error. It survives a power cut.
func (x *Index) RemoveRoot(ctx context.Context, id int64) error {
	x.write.Lock()
	defer x.write.Unlock()
	if err := x.dropAllCopies(ctx, id); err != nil { // first: a folder that is gone from the index is not removed again
		return fmt.Errorf("remove folder: remove old copies of the index: %w", explain(err))
	}
	var docs []int64
	var change change
	err := x.db.update(ctx, true, func(t *tx) error {
		docs, change = nil, newChange()
		err := t.each(`SELECT id FROM document WHERE root = ?`, []any{id}, func(r *sql.Rows) error {
			var doc int64
			err := r.Scan(&doc)
			docs = append(docs, doc)
			return err
		})
		if err != nil {
			return err
		}
		var others bool
		if err := t.one(`SELECT EXISTS (SELECT 1 FROM document WHERE root <> ?)`, []any{id}, &others); err != nil {
			return err
		}
		if !others { // faster, and leaves nothing for a merge to do
			if err := t.exec(`INSERT INTO posting(posting) VALUES ('delete-all')`); err != nil {
				return err
			}
		}
		for _, doc := range docs {
			if err := x.drop(t, doc, others, &change); err != nil {
				return err
			}
		}
		if err := t.exec(`DELETE FROM root WHERE id = ?`, id); err != nil {
			return err
		}
		_, err = purgeVectors(t, x.now().Add(time.Second))
		return err
	})
	if err != nil {
		return fmt.Errorf("remove folder: %w", explain(err))
	}
	x.apply(change)
	if err := x.erase(ctx); err != nil {
		return fmt.Errorf("remove folder: erase its bytes: %w", explain(err))
	}
	return nil
}
