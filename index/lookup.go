package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"golocal"
)

// Lookup returns the chunks with these ids, each with its document (without
// Text and Sections), in the order of ids. Ids that are gone are left out, and
// so are damaged rows, which are logged and found by Check. Score and Parts are
// for the caller to fill.
func (x *Index) Lookup(ctx context.Context, ids []int64) ([]golocal.Hit, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	hits := make([]golocal.Hit, 0, len(ids))
	err := x.db.view(ctx, func(t *sql.Tx) error {
		rows, err := t.QueryContext(ctx, `SELECT `+chunkColumns+`, `+documentColumns+` FROM chunk c JOIN document d ON d.id = c.doc
			WHERE c.id IN (SELECT value FROM json_each(?))`, asJSON(ids))
		if err != nil {
			return err
		}
		type row struct {
			chunk chunkRow
			doc   documentRow
		}
		found := make(map[int64]*row, len(ids))
		err = every(rows, func(r *sql.Rows) error {
			var h row
			err := r.Scan(append(h.chunk.dest(), h.doc.dest()...)...)
			found[h.chunk.chunk.ID] = &h
			return err
		})
		if err != nil {
			return err
		}
		text, err := t.PrepareContext(ctx, textQuery)
		if err != nil {
			return err
		}
		defer text.Close()
		for _, id := range ids {
			h := found[id]
			if h == nil {
				continue
			}
			doc, err := h.doc.document()
			var chunk golocal.Chunk
			if err == nil {
				chunk, err = completeChunk(ctx, prepared{text}, &h.chunk)
			}
			if errors.Is(err, ErrDamaged) {
				x.damaged.Store(true)
				x.log.Error("damaged passage left out", "chunk", id, "document", h.doc.doc.ID)
				continue
			}
			if err != nil {
				return err
			}
			hits = append(hits, golocal.Hit{Doc: doc, Chunk: chunk})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look up chunks: %w", explain(err))
	}
	return hits, nil
}
