package index

import (
	"context"
	"database/sql"

	"golocal"
)

// named checks the seals of folders and models.
func (c *checker) named(ctx context.Context, t *sql.Tx) error {
	roots, spaces, err := brokenNames(ctx, t)
	for range roots {
		c.problem(golocal.Ref{}, "the row of a folder is damaged")
	}
	for range spaces {
		c.problem(golocal.Ref{}, "the row of a model is damaged")
	}
	return err
}

// brokenNames returns the ids of folders and spaces whose rows are damaged.
func brokenNames(ctx context.Context, q querier) (roots, spaces []int64, err error) {
	rows, err := q.QueryContext(ctx, `SELECT `+rootColumns+`, seal FROM root`)
	if err != nil {
		return nil, nil, err
	}
	err = every(rows, func(r *sql.Rows) error {
		var sum uint32
		root, err := scanRoot(r, &sum)
		if err != nil || sealRoot([]byte(root.Path), nanos(root.Added), settingsText(root)) != sum {
			roots = append(roots, root.ID)
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	if rows, err = q.QueryContext(ctx, `SELECT `+spaceColumns+`, seal FROM space`); err != nil {
		return nil, nil, err
	}
	err = every(rows, func(r *sql.Rows) error {
		var sum uint32
		if id, space, err := scanSpace(r, &sum); err != nil || sealSpace(space) != sum {
			spaces = append(spaces, id)
		}
		return nil
	})
	return roots, spaces, err
}
