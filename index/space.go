package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"golocal"
)

// Space returns the active space; false before the first Use.
func (x *Index) Space() (golocal.Space, bool) {
	if s := x.serving.Load(); s != nil {
		return s.space, true
	}
	return golocal.Space{}, false
}

// space is the active space's id, 0 when there is none.
func (x *Index) space() int64 {
	if s := x.serving.Load(); s != nil {
		return s.id
	}
	return 0
}

// same reports whether vectors of a and b may meet: the same weights (the name
// stands in where no digest is known), dimensions and prefixes. The name and
// MaxTokens may change within a space.
func same(a, b golocal.Space) bool {
	if a.Digest != b.Digest || a.Digest == "" && a.Model != b.Model {
		return false
	}
	return a.Dims == b.Dims && a.QueryPrefix == b.QueryPrefix && a.DocumentPrefix == b.DocumentPrefix
}

// Use makes space the active one. Vectors that it has from before serve at
// once (after loading, in the background); the other chunks show up in Missing.
// The old space's vectors stay for a while, so that going back costs nothing:
// Purge drops them once the new space is complete.
//
// The caller must not let a Put or Attach with vectors of another model follow.
func (x *Index) Use(ctx context.Context, space golocal.Space) error {
	if space.Dims <= 0 {
		return fmt.Errorf("use model %s: it has %d dimensions", space.Model, space.Dims)
	}
	x.write.Lock()
	defer x.write.Unlock()
	old := x.serving.Load()
	if old != nil && old.space == space {
		return nil
	}
	if old != nil && same(old.space, space) {
		err := x.db.update(ctx, true, func(t *tx) error {
			return t.exec(`UPDATE space SET model = ?, tokens = ?, seal = ? WHERE id = ?`, space.Model, space.MaxTokens, sealSpace(space), old.id)
		})
		if err != nil {
			return fmt.Errorf("use model %s: %w", space.Model, explain(err))
		}
		x.serving.Store(&serving{id: old.id, space: space, memory: old.memory})
		return nil
	}
	var id int64
	err := x.db.update(ctx, true, func(t *tx) (err error) {
		id, err = x.flip(t, space)
		return err
	})
	if err != nil {
		return fmt.Errorf("use model %s: %w", space.Model, explain(err))
	}
	next := &serving{id: id, space: space, memory: newMemory(space.Dims, x.exact)}
	x.serving.Store(next)
	x.generation.Add(1)
	x.loads.Go(func() { x.load(next) })
	return nil
}

// flip activates space, made if need be, and links every chunk to its vector there.
func (x *Index) flip(t *tx, space golocal.Space) (int64, error) {
	now := x.now().Unix()
	var id int64
	var err error
	if space.Digest != "" {
		err = t.one(`SELECT id FROM space WHERE digest = ? AND dims = ? AND query = ? AND document = ?`,
			[]any{space.Digest, space.Dims, space.QueryPrefix, space.DocumentPrefix}, &id)
	} else {
		err = t.one(`SELECT id FROM space WHERE digest = '' AND model = ? AND dims = ? AND query = ? AND document = ?`,
			[]any{space.Model, space.Dims, space.QueryPrefix, space.DocumentPrefix}, &id)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, err
	}
	if err := t.exec(`UPDATE vector SET unused = ? WHERE unused = 0`, now); err != nil {
		return 0, err
	}
	if err := t.exec(`UPDATE space SET active = 0, retired = ? WHERE active = 1`, now); err != nil {
		return 0, err
	}
	if id == 0 {
		id, err = t.insert(`INSERT INTO space (model, digest, dims, query, document, tokens, active, retired, seal) VALUES (?, ?, ?, ?, ?, ?, 1, 0, ?)`,
			space.Model, space.Digest, space.Dims, space.QueryPrefix, space.DocumentPrefix, space.MaxTokens, sealSpace(space))
	} else {
		err = t.exec(`UPDATE space SET model = ?, tokens = ?, active = 1, retired = 0, seal = ? WHERE id = ?`, space.Model, space.MaxTokens, sealSpace(space), id)
	}
	if err != nil {
		return 0, err
	}
	if err := t.exec(`UPDATE chunk SET vector = (SELECT id FROM vector WHERE space = ? AND sum = chunk.sum)`, id); err != nil {
		return 0, err
	}
	return id, t.exec(`UPDATE vector SET unused = 0 WHERE space = ? AND id IN (SELECT vector FROM chunk)`, id)
}

const spaceColumns = `id, model, digest, dims, query, document, tokens`

func scanSpace(r interface{ Scan(...any) error }, more ...any) (id int64, s golocal.Space, err error) {
	err = r.Scan(append([]any{&id, &s.Model, &s.Digest, &s.Dims, &s.QueryPrefix, &s.DocumentPrefix, &s.MaxTokens}, more...)...)
	return id, s, err
}

// activeSpace reads which space is in use.
func activeSpace(ctx context.Context, db *sql.DB) (int64, golocal.Space, bool, error) {
	id, s, err := scanSpace(db.QueryRowContext(ctx, `SELECT `+spaceColumns+` FROM space WHERE active = 1`))
	if errors.Is(err, sql.ErrNoRows) {
		return 0, golocal.Space{}, false, nil
	}
	return id, s, err == nil, err
}
