package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"

	"golocal"
)

var errNoSpace = errors.New("no embedding model is in use yet")

// unit checks a vector and returns a copy of length 1. One that is so already
// keeps its bits; the tolerance is chromem-go's, so that it keeps them too.
func unit(vec []float32, dims int) ([]float32, error) {
	if len(vec) != dims {
		return nil, fmt.Errorf("vector has %d dimensions, the model in use %d", len(vec), dims)
	}
	var squares float64
	for _, f := range vec {
		squares += float64(f) * float64(f)
	}
	if math.IsNaN(squares) || math.IsInf(squares, 0) {
		return nil, errors.New("vector holds a number that is not finite")
	}
	if squares == 0 {
		return nil, errors.New("vector is all zeros")
	}
	out := slices.Clone(vec)
	if norm := math.Sqrt(squares); math.Abs(norm-1) >= 1e-6 {
		for i, f := range vec {
			out[i] = float32(float64(f) / norm)
		}
	}
	return out, nil
}

// units checks the vectors of a write, each of which may be nil, against the
// active space.
func (x *Index) units(vectors [][]float32) ([][]float32, error) {
	if s := x.active.Load(); s != nil {
		return units(vectors, s.space.Dims)
	}
	if slices.ContainsFunc(vectors, func(v []float32) bool { return v != nil }) {
		return nil, errNoSpace
	}
	return vectors, nil
}

// units is unit of each vector that is not nil.
func units(vectors [][]float32, dims int) ([][]float32, error) {
	if vectors == nil {
		return nil, nil
	}
	out := make([][]float32, len(vectors))
	for i, v := range vectors {
		if v == nil {
			continue
		}
		u, err := unit(v, dims)
		if err != nil {
			return nil, fmt.Errorf("chunk %d: %w", i, err)
		}
		out[i] = u
	}
	return out, nil
}

// Vectors returns the vectors that the active space has for sums, each of
// length 1 and the caller's own. Damaged ones are left out.
func (x *Index) Vectors(ctx context.Context, sums []golocal.Sum) (map[golocal.Sum][]float32, error) {
	s := x.active.Load()
	if s == nil {
		return map[golocal.Sum][]float32{}, nil
	}
	return x.vectors(ctx, s.id, s.space.Dims, sums)
}

func (x *Index) vectors(ctx context.Context, space int64, dims int, sums []golocal.Sum) (map[golocal.Sum][]float32, error) {
	found := map[golocal.Sum][]float32{}
	if len(sums) == 0 {
		return found, nil
	}
	err := x.db.view(ctx, func(t *sql.Tx) error {
		stmt, err := t.PrepareContext(ctx, `SELECT data, seal FROM vector WHERE space = ? AND sum = ?`)
		if err != nil {
			return err
		}
		defer stmt.Close()
		for _, sum := range sums {
			var data []byte
			var check uint32
			err := stmt.QueryRowContext(ctx, space, sum[:]).Scan(&data, &check)
			if errors.Is(err, sql.ErrNoRows) {
				continue
			}
			if err != nil {
				return err
			}
			if vec := make([]float32, dims); decode(vec, data, check) {
				found[sum] = vec
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read vectors: %w", explain(err))
	}
	return found, nil
}

// Missing returns up to limit chunks that have no vector in the active space,
// with ID, Doc, Input, Sum and Text set; chunks with the same input once. With
// no active space every chunk is missing.
func (x *Index) Missing(ctx context.Context, limit int) ([]golocal.Chunk, error) {
	return x.missing(ctx, `SELECT min(id) AS id FROM chunk INDEXED BY chunk_missing WHERE vector IS NULL GROUP BY sum LIMIT ?`, max(limit, 0))
}

// missing returns the chunks whose ids a query gives.
func (x *Index) missing(ctx context.Context, query string, args ...any) ([]golocal.Chunk, error) {
	var chunks []golocal.Chunk
	err := x.db.view(ctx, func(t *sql.Tx) error {
		rows, err := t.QueryContext(ctx, `SELECT `+chunkColumns+` FROM (`+query+`) m JOIN chunk c ON c.id = m.id JOIN document d ON d.id = c.doc ORDER BY c.id`, args...)
		if err != nil {
			return err
		}
		var found []chunkRow
		err = every(rows, func(r *sql.Rows) error {
			var c chunkRow
			err := r.Scan(c.dest()...)
			found = append(found, c)
			return err
		})
		if err != nil {
			return err
		}
		for i := range found {
			c, err := completeChunk(ctx, t, &found[i])
			if errors.Is(err, ErrDamaged) {
				x.damaged.Store(true)
				x.log.Error("chunk is damaged", "chunk", c.ID, "document", c.Doc)
				continue
			}
			if err != nil {
				return err
			}
			chunks = append(chunks, c)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list chunks without vectors: %w", explain(err))
	}
	return chunks, nil
}

// Attach stores vectors for inputs and gives them to every chunk that waits for
// one. Sums that nothing needs any more are kept as unused until Purge.
func (x *Index) Attach(ctx context.Context, sums []golocal.Sum, vectors [][]float32) error {
	if err := checkPairs(sums, vectors); err != nil {
		return fmt.Errorf("attach vectors: %w", err)
	}
	x.write.Lock()
	defer x.write.Unlock()
	units, err := x.units(vectors)
	if err != nil {
		return fmt.Errorf("attach vectors: %w", err)
	}
	keys := make([][]byte, len(sums))
	for i := range sums {
		keys[i] = sums[i][:]
	}
	var change change
	err = x.db.update(ctx, false, func(t *tx) error {
		change = newChange()
		if _, err := x.link(t, keys, units, &change); err != nil {
			return err
		}
		return x.unlink(t, keys...) // those that no chunk has
	})
	if err != nil {
		return fmt.Errorf("attach vectors: %w", explain(err))
	}
	x.apply(change)
	return nil
}

func checkPairs(sums []golocal.Sum, vectors [][]float32) error {
	if len(sums) != len(vectors) {
		return fmt.Errorf("%d for %d inputs", len(vectors), len(sums))
	}
	if i := slices.IndexFunc(vectors, func(v []float32) bool { return v == nil }); i >= 0 {
		return fmt.Errorf("the one of input %d is not there", i)
	}
	return nil
}
