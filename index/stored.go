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
	return newSmallMemory(dims, func(ctx context.Context, ids []int64, found func(id int64, vec []float32)) error {
		return x.stored(ctx, dims, ids, found)
	})
}

// stored is a reader of vectors of dims numbers. Damaged ones are left out; they
// are made again after a restart.
func (x *Index) stored(ctx context.Context, dims int, ids []int64, found func(id int64, vec []float32)) error {
	if len(ids) == 0 {
		return nil
	}
	rows, err := x.db.readers.QueryContext(ctx, `SELECT id, data, seal FROM vector WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`, asJSON(ids))
	if err != nil {
		return err
	}
	vec := make([]float32, dims)
	return every(rows, func(r *sql.Rows) error {
		var id int64
		var data sql.RawBytes
		var sum uint32
		if err := r.Scan(&id, &data, &sum); err != nil {
			return err
		}
		if !decode(vec, data, sum) {
			x.log.Error("vector is damaged", "vector", id)
			return nil
		}
		found(id, vec)
		return nil
	})
}
