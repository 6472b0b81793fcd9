package index

import (
	"context"
	"database/sql"
)

// newMemory is a space's memory in the form that Options ask for.
func (x *Index) newMemory(dims int) *memory {
	if !x.small {
		return newMemory(dims, x.exact)
	}
	var m *memory
	m = newSmallMemory(dims, func(ctx context.Context, ids []int64, found func(id int64, vec []float32)) error {
		n, err := x.stored(ctx, dims, ids, found)
		if err != nil || n == len(ids) || x.active.Load().memory == m {
			return err
		}
		return x.takenOver(ctx)
	})
	return m
}

// stored is a reader of vectors of dims numbers, and tells how many it found.
// Damaged ones are left out; they are made again after a restart.
func (x *Index) stored(ctx context.Context, dims int, ids []int64, found func(id int64, vec []float32)) (n int, err error) {
	if len(ids) == 0 {
		return 0, nil
	}
	rows, err := x.db.readers.QueryContext(ctx, `SELECT id, data, seal FROM vector WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`, asJSON(ids))
	if err != nil {
		return 0, err
	}
	vec := make([]float32, dims)
	err = every(rows, func(r *sql.Rows) error {
		var id int64
		var data sql.RawBytes
		var sum uint32
		if err := r.Scan(&id, &data, &sum); err != nil {
			return err
		}
		if !decode(vec, data, sum) {
			x.damaged.Store(true)
			x.log.Error("vector is damaged", "vector", id)
			return nil
		}
		n++
		found(id, vec)
		return nil
	})
	return n, err
}

// takenOver meets a search in a space whose vectors are deleted already. It
// waits until another can answer.
func (x *Index) takenOver(ctx context.Context) error {
	select {
	case <-x.active.Load().memory.ready:
		return errRetired
	case <-ctx.Done():
		return ctx.Err()
	}
}
