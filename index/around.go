package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"golocal"
)

// Section returns a chunk with those beside it in its document that stand under
// the same heading, at most reach on either side, in order; none when the chunk
// is gone.
func (x *Index) Section(ctx context.Context, chunk int64, reach int) ([]golocal.Chunk, error) {
	var chunks []golocal.Chunk
	err := x.db.view(ctx, func(t *sql.Tx) error {
		rows, err := t.QueryContext(ctx, `SELECT `+chunkColumns+`, m.ordinal, m.heading FROM chunk m JOIN document d ON d.id = m.doc
			JOIN chunk c ON c.doc = m.doc AND c.ordinal BETWEEN m.ordinal - ?2 AND m.ordinal + ?2 WHERE m.id = ?1 ORDER BY c.ordinal`, chunk, reach)
		if err != nil {
			return err
		}
		type row struct {
			chunkRow
			middle  int
			section string
		}
		var found []row
		err = every(rows, func(r *sql.Rows) error {
			var c row
			err := r.Scan(append(c.dest(), &c.middle, &c.section)...)
			found = append(found, c)
			return err
		})
		if err != nil {
			return err
		}
		for i := range found {
			r := &found[i]
			if r.heading != r.section {
				if r.chunk.Ordinal > r.middle {
					break
				}
				chunks = nil // the section begins behind it
				continue
			}
			c, err := completeChunk(ctx, t, &r.chunkRow)
			if err != nil {
				return err
			}
			chunks = append(chunks, c)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read what stands around a passage: %w", explain(err))
	}
	return chunks, nil
}

// Passage returns the bytes of a span of a document's Text.
func (x *Index) Passage(ctx context.Context, doc int64, span golocal.Span) (string, error) {
	var text string
	err := x.db.view(ctx, func(t *sql.Tx) error {
		var length int
		err := t.QueryRowContext(ctx, `SELECT length FROM document WHERE id = ?`, doc).Scan(&length)
		if err == nil {
			text, err = readText(ctx, t, doc, span, length)
		}
		return err
	})
	if err != nil {
		return "", fmt.Errorf("read a passage of document %d: %w", doc, explain(err))
	}
	return text, nil
}

// CROSS JOIN keeps the order: SQLite would begin with every vector of the space.
const vectorsOfChunks = `SELECT c.id, v.data, v.seal FROM json_each(?) j
	CROSS JOIN chunk c ON c.id = j.value CROSS JOIN vector v ON v.space = ? AND v.sum = c.sum`

// ChunkVectors returns the vectors of chunks, of length 1, in the space that
// searches compare in, by chunk. One that has none, or a damaged one, is not among
// them.
func (x *Index) ChunkVectors(ctx context.Context, chunks []int64) (map[int64]golocal.Vector, error) {
	out := make(map[int64]golocal.Vector, len(chunks))
	s := x.serving.Load()
	if s == nil || len(chunks) == 0 {
		return out, nil
	}
	rows, err := x.db.readers.QueryContext(ctx, vectorsOfChunks, asJSON(chunks), s.id)
	if err != nil {
		return nil, fmt.Errorf("read passages' vectors: %w", explain(err))
	}
	values := make([]float32, len(chunks)*s.space.Dims)
	err = every(rows, func(r *sql.Rows) error {
		var id int64
		var data sql.RawBytes
		var sum uint32
		if err := r.Scan(&id, &data, &sum); err != nil {
			return err
		}
		if vec := values[:s.space.Dims:s.space.Dims]; decode(vec, data, sum) {
			out[id] = golocal.Vector{Space: s.space, Values: vec}
			values = values[s.space.Dims:]
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read passages' vectors: %w", explain(err))
	}
	return out, nil
}

// Texts lists the documents that have text, with it, as Documents does. Damaged
// ones are logged and left out.
func (x *Index) Texts(ctx context.Context) iter.Seq2[golocal.Document, error] {
	return func(yield func(golocal.Document, error) bool) {
		for d, err := range x.Documents(ctx, 0) {
			if err == nil && d.State == golocal.StateReady {
				d.Text, err = x.wholeText(ctx, d.ID)
			} else if err == nil {
				continue
			}
			if errors.Is(err, ErrDamaged) {
				x.damaged.Store(true)
				x.log.Error("damaged document left out", "document", d.ID)
				continue
			}
			if !yield(d, err) || err != nil {
				return
			}
		}
	}
}

func (x *Index) wholeText(ctx context.Context, doc int64) (string, error) {
	var text string
	err := x.db.view(ctx, func(t *sql.Tx) error {
		var length int
		err := t.QueryRowContext(ctx, `SELECT length FROM document WHERE id = ?`, doc).Scan(&length)
		if err == nil {
			text, err = readText(ctx, t, doc, golocal.Span{End: length}, length)
		}
		return err
	})
	if errors.Is(err, sql.ErrNoRows) { // gone meanwhile
		return "", nil
	}
	return text, explain(err)
}
