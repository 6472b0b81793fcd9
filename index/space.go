package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"golocal"
)

// Space returns the active space, which documents get their vectors in; false
// before the first Use.
func (x *Index) Space() (golocal.Space, bool) { return spaceOf(x.active.Load()) }

// Serving returns the space that searches compare in: the active one, or the
// one before it while the vectors of a new active one are loaded into memory.
func (x *Index) Serving() (golocal.Space, bool) { return spaceOf(x.serving.Load()) }

func spaceOf(s *serving) (golocal.Space, bool) {
	if s == nil {
		return golocal.Space{}, false
	}
	return s.space, true
}

// Wanted returns the space of the last Use: the one that is being built, or the
// active one.
func (x *Index) Wanted() (golocal.Space, bool) {
	if b := x.building.Load(); b != nil {
		return b.space, true
	}
	return x.Space()
}

// space is the active space's id, 0 when there is none.
func (x *Index) space() int64 {
	if s := x.active.Load(); s != nil {
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

// givenUp is how much longer than one that was active a space is kept that was
// being built when another was wanted: what it cost is there to go on from.
const givenUp = 24 * time.Hour

// Use makes space the one that is wanted. It becomes the active one at once
// where nothing is lost by that: no vector is in use yet, or every chunk has one
// in it from before. Else the active space stays, and the new one is built
// beside it (Building) until Finish. Using the active space gives up what is
// being built; its vectors stay for a day, so that going back goes on there.
//
// What makes a space is all that vectors depend on. Chunks do not belong to
// one: a vector's key is the sum of what was embedded, so chunks cut another way
// by another version of the parser or the chunker share the space and mix with
// nothing. Such an upgrade goes document by document, each replaced with its
// vectors in one transaction, and the old chunks answer until then.
//
// The caller must not let a Put or Attach with vectors of another model follow
// a change of Space.
func (x *Index) Use(ctx context.Context, space golocal.Space) error {
	if space.Dims <= 0 {
		return fmt.Errorf("use model %s: it has %d dimensions", space.Model, space.Dims)
	}
	x.write.Lock()
	defer x.write.Unlock()
	if now, ok := x.Wanted(); ok && now == space {
		return nil
	}
	var id int64
	var flips bool
	err := x.db.update(ctx, true, func(t *tx) (err error) {
		id, flips, err = x.want(t, space)
		return err
	})
	if err != nil {
		return fmt.Errorf("use model %s: %w", space.Model, explain(err))
	}
	switch old := x.active.Load(); {
	case flips:
		x.show(id, space)
	case id != old.id:
		x.building.Store(&Building{x: x, id: id, space: space})
	default:
		renamed := &serving{id: id, space: space, memory: old.memory}
		x.active.Store(renamed)
		x.serving.CompareAndSwap(old, renamed)
		x.building.Store(nil)
	}
	return nil
}

// want is the transaction of Use: it finds or makes the space's row, and tells
// whether it has made it the active one.
func (x *Index) want(t *tx, space golocal.Space) (id int64, flips bool, err error) {
	id, err = x.row(t, space)
	if err != nil {
		return 0, false, err
	}
	if err := t.exec(`UPDATE space SET retired = ? WHERE active = 0 AND retired = 0 AND id <> ?`, x.now().Add(givenUp).Unix(), id); err != nil {
		return 0, false, err
	}
	if id == x.space() {
		return id, false, nil
	}
	var used, lacking bool
	if err := t.one(`SELECT EXISTS (SELECT 1 FROM chunk WHERE vector IS NOT NULL), EXISTS (`+lackingIn+`)`, []any{id}, &used, &lacking); err != nil {
		return 0, false, err
	}
	if !used || !lacking {
		return id, true, x.flip(t, id)
	}
	return id, false, t.exec(`UPDATE space SET retired = 0 WHERE id = ?`, id)
}

// row finds or makes a space's row, which is as if left just now when it is new.
func (x *Index) row(t *tx, space golocal.Space) (int64, error) {
	id, err := findSpace(t.ctx, t.d.writer, space)
	switch {
	case err != nil:
		return 0, err
	case id == 0:
		return t.insert(`INSERT INTO space (model, digest, dims, query, document, tokens, active, retired, seal) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)`,
			space.Model, space.Digest, space.Dims, space.QueryPrefix, space.DocumentPrefix, space.MaxTokens, x.now().Unix(), sealSpace(space))
	}
	return id, t.exec(`UPDATE space SET model = ?, tokens = ?, seal = ? WHERE id = ?`, space.Model, space.MaxTokens, sealSpace(space), id)
}

// findSpace is the id of the row that is the same as space, 0 when there is none.
func findSpace(ctx context.Context, q rower, space golocal.Space) (id int64, err error) {
	key, value := `digest`, space.Digest
	if value == "" {
		key, value = `digest = '' AND model`, space.Model
	}
	err = q.QueryRowContext(ctx, `SELECT id FROM space WHERE `+key+` = ? AND dims = ? AND query = ? AND document = ?`,
		value, space.Dims, space.QueryPrefix, space.DocumentPrefix).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return id, err
}

// flip makes a space the active one and links every chunk to its vector there.
func (x *Index) flip(t *tx, id int64) error {
	if err := t.exec(`UPDATE space SET active = 0, retired = ? WHERE active = 1`, x.now().Unix()); err != nil {
		return err
	}
	if err := t.exec(`UPDATE space SET active = 1, retired = 0 WHERE id = ?`, id); err != nil {
		return err
	}
	return t.exec(`UPDATE chunk SET vector = (SELECT id FROM vector WHERE space = ? AND sum = chunk.sum)`, id)
}

// show makes memory follow a flip: the new space's vectors are loaded, and
// searches go on in the old one's until they are there.
func (x *Index) show(id int64, space golocal.Space) {
	next := &serving{id: id, space: space, memory: x.newMemory(space.Dims)}
	x.replaced.Store(x.space())
	x.active.Store(next)
	x.building.Store(nil)
	if before := x.serving.Load(); before == nil || !before.memory.answers() {
		x.serving.Store(next)
	}
	x.generation.Add(1)
	x.loads.Go(func() { x.load(next) })
}

// answers reports whether a search finds anything now.
func (m *memory) answers() bool {
	select {
	case <-m.ready:
		return m.err == nil && len(m.snap.Load().entries) > 0
	default:
		return false
	}
}

const spaceColumns = `id, model, digest, dims, query, document, tokens`

func scanSpace(r interface{ Scan(...any) error }, more ...any) (id int64, s golocal.Space, err error) {
	err = r.Scan(append([]any{&id, &s.Model, &s.Digest, &s.Dims, &s.QueryPrefix, &s.DocumentPrefix, &s.MaxTokens}, more...)...)
	return id, s, err
}

// only reads the one space for which a condition holds.
func (x *Index) only(ctx context.Context, where string) (int64, golocal.Space, bool, error) {
	id, s, err := scanSpace(x.db.readers.QueryRowContext(ctx, `SELECT `+spaceColumns+` FROM space WHERE `+where))
	if errors.Is(err, sql.ErrNoRows) {
		return 0, golocal.Space{}, false, nil
	}
	return id, s, err == nil, err
}
