package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"golocal"
)

// loadBatch is how many chunks are read while a writer waits.
const loadBatch = 1000

// errRetired meets a question of another space than searches compare in.
var errRetired = fmt.Errorf("another embedding model is in use now: %w", golocal.ErrUnavailable)

// load fills a space's memory from the file, batch by batch, so that writes go
// on meanwhile. Damaged vectors are deleted: their chunks then count as missing
// and are embedded again.
func (x *Index) load(s *serving) {
	m := s.memory
	defer close(m.ready)
	start := time.Now()
	err := x.loadBound(m)
	for more := true; more && err == nil; {
		more, err = x.loadMore(s)
	}
	vectors := 0
	if err == nil {
		x.write.Lock()
		err, vectors = m.publish(x.alive), len(m.at)
		x.write.Unlock()
	}
	m.err = err
	if x.alive.Err() == nil {
		x.serve(m)
	}
	switch {
	case err == nil:
		x.log.Debug("vectors loaded", "vectors", vectors, "dur", time.Since(start))
	case x.alive.Err() == nil && !errors.Is(err, errRetired):
		x.log.Error("vectors cannot be loaded", "err", err)
	}
}

// serve lets searches compare in the active space, whose memory is m unless it
// was left meanwhile.
func (x *Index) serve(m *memory) {
	x.write.Lock()
	defer x.write.Unlock()
	if s := x.active.Load(); s.memory == m {
		x.serving.Store(s)
	}
}

func (x *Index) loadBound(m *memory) error {
	x.write.Lock()
	defer x.write.Unlock()
	var bound sql.NullInt64
	err := x.db.readers.QueryRowContext(x.alive, `SELECT max(id) FROM chunk`).Scan(&bound)
	m.bound = bound.Int64
	return err
}

// loadMore reads a batch and reports whether there may be more.
func (x *Index) loadMore(s *serving) (bool, error) {
	x.write.Lock()
	defer x.write.Unlock()
	m := s.memory
	if x.active.Load().memory != m {
		return false, errRetired
	}
	rows, err := x.db.readers.QueryContext(x.alive, `SELECT c.id, c.doc, c.vector, v.data, v.seal FROM chunk c JOIN vector v ON v.id = c.vector
		WHERE c.id > ? AND c.id <= ? ORDER BY c.id LIMIT ?`, m.cursor, m.bound, loadBatch)
	if err != nil {
		return false, err
	}
	n := 0
	vec := make([]float32, m.next.dims)
	var broken []int64
	err = every(rows, func(r *sql.Rows) error {
		n++
		var a addition
		var data sql.RawBytes
		var sum uint32
		if err := r.Scan(&a.chunk, &a.doc, &a.vector, &data, &sum); err != nil {
			return err
		}
		m.cursor = a.chunk
		if !m.has(a.vector) {
			if !decode(vec, data, sum) {
				broken = append(broken, a.vector)
				return nil
			}
			a.vec = vec
		}
		m.append(a)
		return nil
	})
	if err != nil {
		return false, err
	}
	if len(broken) > 0 && !x.db.reading {
		x.log.Warn("damaged vectors are made again", "vectors", len(broken))
		err = x.db.update(x.alive, false, func(t *tx) error {
			for _, id := range broken {
				if err := t.exec(`DELETE FROM vector WHERE id = ?`, id); err != nil {
					return err
				}
			}
			return nil
		})
	}
	if n < loadBatch {
		m.cursor = m.bound
	}
	return n == loadBatch, err
}

// apply shows a committed change to searches.
func (x *Index) apply(c change) {
	x.chunks.Add(int64(c.chunks))
	x.generation.Add(1)
	s := x.active.Load()
	if s == nil {
		return
	}
	err := s.memory.apply(context.Background(), c)
	if before := x.serving.Load(); before != s { // what it still answers with shrinks and does not grow
		err = errors.Join(err, before.memory.apply(context.Background(), change{gone: c.gone}))
	}
	if err != nil {
		x.log.Warn("chromem-go is left out, the scan answers", "err", err)
	}
}
