package index

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"golocal"
)

// addBuilding is the step to version 3: a space may be built beside the active
// one. It is the one that is neither active nor left, so there is one at most;
// what it lacks follows from the sums of chunks and vectors, which needs an
// index of chunks by their sum. Since vectors of several spaces are in use at
// once, a vector counts as unused when no chunk has its input, whatever its space.
var addBuilding = statements(`
UPDATE space SET retired = 1 WHERE active = 0 AND retired = 0;
CREATE UNIQUE INDEX space_building ON space(retired) WHERE active = 0 AND retired = 0;
CREATE INDEX chunk_sum ON chunk(sum);
UPDATE vector SET unused = 0 WHERE unused > 0 AND sum IN (SELECT sum FROM chunk);`)

// lackingIn selects the chunks without a vector in a space.
const lackingIn = `SELECT 1 FROM chunk c INDEXED BY chunk_sum WHERE NOT EXISTS (SELECT 1 FROM vector v WHERE v.space = ? AND v.sum = c.sum)`

// errGivenUp says that a Building is not the one that is wanted any more.
var errGivenUp = errors.New("another embedding model is wanted by now")

// Building is a space that is filled while the active one answers. Vectors come
// into it by Attach alone: documents that change meanwhile get those of the
// active space, as always, and show up in Missing here.
type Building struct {
	x        *Index
	id       int64
	space    golocal.Space
	attached atomic.Int64 // calls of Attach

	mu     sync.Mutex // owns the rest
	cursor []byte     // sums up to here were given out by Missing
	known  progress
}

// progress is how many chunks have their vector, as of one moment.
type progress struct {
	generation, attached int64
	done, total          int
	at                   time.Time
	took                 time.Duration
}

// fresh reports whether the counts are as good as new ones: nothing has changed,
// or counting takes so long (50 ms at 100,000 chunks) that somebody who looks all
// the time would cost more than a twentieth of a processor.
func (p progress) fresh(generation, attached int64, now time.Time) bool {
	return p.generation == generation && p.attached == attached || p.took > 5*time.Millisecond && now.Sub(p.at) < 20*p.took
}

// Building returns the space that is being built, if there is one.
func (x *Index) Building() (*Building, bool) {
	b := x.building.Load()
	return b, b != nil
}

// Space describes the vectors that are wanted.
func (b *Building) Space() golocal.Space { return b.space }

// Vectors returns the vectors that the space has for sums, as Index.Vectors.
func (b *Building) Vectors(ctx context.Context, sums []golocal.Sum) (map[golocal.Sum][]float32, error) {
	return b.x.vectors(ctx, b.id, b.space.Dims, sums)
}

// Missing returns up to limit chunks that have no vector in the space, as
// Index.Missing. It goes on behind those that it gave out last and begins anew
// at the end, so that it looks at each chunk about once while all are filled.
func (b *Building) Missing(ctx context.Context, limit int) ([]golocal.Chunk, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	part := func(compare string, limit int) ([]golocal.Chunk, error) {
		return b.x.missing(ctx, `SELECT min(id) AS id FROM chunk c INDEXED BY chunk_sum WHERE sum `+compare+` ?
			AND NOT EXISTS (SELECT 1 FROM vector v WHERE v.space = ? AND v.sum = c.sum) GROUP BY sum LIMIT ?`, append([]byte{}, b.cursor...), b.id, max(limit, 0))
	}
	chunks, err := part(`>`, limit)
	last := chunks
	if err == nil && len(chunks) < limit {
		var before []golocal.Chunk
		before, err = part(`<=`, limit-len(chunks))
		chunks, last = append(chunks, before...), before
	}
	if err != nil {
		return nil, err
	}
	b.cursor = nil
	for _, c := range last {
		if bytes.Compare(c.Sum[:], b.cursor) > 0 {
			b.cursor = bytes.Clone(c.Sum[:])
		}
	}
	return chunks, nil
}

// Attach stores vectors for inputs. It fails once another space is wanted.
func (b *Building) Attach(ctx context.Context, sums []golocal.Sum, vectors [][]float32) error {
	if err := checkPairs(sums, vectors); err != nil {
		return fmt.Errorf("attach vectors: %w", err)
	}
	made, err := units(vectors, b.space.Dims)
	if err != nil {
		return fmt.Errorf("attach vectors: %w", err)
	}
	x := b.x
	x.write.Lock()
	defer x.write.Unlock()
	if err := b.wanted(); err != nil {
		return fmt.Errorf("attach vectors: %w", err)
	}
	err = x.db.update(ctx, false, func(t *tx) error {
		for i, sum := range sums {
			data := encode(made[i])
			if err := t.exec(`INSERT INTO vector (space, sum, data, seal, unused) VALUES (?, ?, ?, ?, 0) ON CONFLICT (space, sum) DO NOTHING`, b.id, sum[:], data, seal(data)); err != nil {
				return err
			}
			if err := x.unlink(t, sum[:]); err != nil { // if no chunk has it any more
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("attach vectors: %w", explain(err))
	}
	b.attached.Add(1)
	return nil
}

// wanted returns an error unless b is what is being built; the caller holds write.
func (b *Building) wanted() error {
	if now := b.x.building.Load(); now == nil || now.id != b.id {
		return errGivenUp
	}
	return nil
}

// Finish makes the space the active one, in one transaction. Chunks that have
// no vector by then, because the model refuses them or they came just now, show
// up in Index.Missing. Searches compare in the space before until the new one's
// vectors are in memory. It fails once another space is wanted.
func (b *Building) Finish(ctx context.Context) error {
	x := b.x
	x.write.Lock()
	defer x.write.Unlock()
	if err := b.wanted(); err != nil {
		return fmt.Errorf("finish the index for %s: %w", b.space.Model, err)
	}
	if err := x.db.update(ctx, true, func(t *tx) error { return x.flip(t, b.id) }); err != nil {
		return fmt.Errorf("finish the index for %s: %w", b.space.Model, explain(err))
	}
	x.show(b.id, x.building.Load().space)
	return nil
}

// Progress returns how many of all chunks have their vector in the space; in a
// large index as of some seconds ago.
func (b *Building) Progress(ctx context.Context) (done, total int, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := progress{generation: b.x.generation.Load() + 1, attached: b.attached.Load(), at: time.Now()}
	if b.known.fresh(now.generation, now.attached, now.at) {
		return b.known.done, b.known.total, nil
	}
	err = b.x.db.readers.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM chunk), (SELECT count(*) FROM (`+lackingIn+`))`, b.id).Scan(&now.total, &now.done)
	if err != nil {
		return 0, 0, fmt.Errorf("count vectors: %w", explain(err))
	}
	now.done, now.took = now.total-now.done, time.Since(now.at)
	b.known = now
	return now.done, now.total, nil
}

// Lacking returns how many chunks have no vector in a space, which need not be
// known yet: what Use would have to be followed by.
func (x *Index) Lacking(ctx context.Context, space golocal.Space) (int, error) {
	id, err := findSpace(ctx, x.db.readers, space)
	var n int
	if err == nil {
		err = x.db.readers.QueryRowContext(ctx, `SELECT count(*) FROM (`+lackingIn+`)`, id).Scan(&n)
	}
	if err != nil {
		return 0, fmt.Errorf("count chunks without vectors: %w", explain(err))
	}
	return n, nil
}
