package index

import (
	"context"
	"database/sql"
	"math/rand/v2"
	"runtime"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

const (
	// Up to searchAll vectors each is searched for, of more as many as searchTime
	// allows: all against all would take hours at 300,000.
	searchAll  = 20_000
	searchTime = time.Minute
	// itself is the least score of a vector with itself: float32 sums of up to
	// 4,096 products of a unit vector stay within it.
	itself = 1 - 1e-5
)

// memory compares the vectors in memory with the file while no write changes
// either, and deep has FTS5 examine itself and asks searches for the vectors.
func (c *checker) memory(ctx context.Context) error {
	s := c.x.active.Load()
	if s == nil {
		return nil
	}
	c.doing("comparing memory with the file", 0, 0)
	select {
	case <-s.memory.ready:
	case <-ctx.Done():
		return ctx.Err()
	}
	if s.memory.err != nil {
		return s.memory.err
	}
	snap, all, err := c.compare(ctx, s.memory)
	if err != nil || snap == nil || !c.Deep {
		return err
	}
	return c.search(ctx, snap, all)
}

// fellows are the chunks that have one vector.
type fellows struct {
	vector int64
	chunks []int64
}

// compare holds every entry of memory against the file's, bit by bit.
func (c *checker) compare(ctx context.Context, m *memory) (*snapshot, []fellows, error) {
	c.x.write.Lock()
	defer c.x.write.Unlock()
	if c.x.active.Load().memory != m {
		return nil, nil, nil // another space took over: nothing refers to these vectors now
	}
	if c.Deep && !c.x.db.reading { // it writes nothing, but takes the way of writes
		if _, err := c.x.db.writer.ExecContext(ctx, `INSERT INTO posting (posting) VALUES ('integrity-check')`); err != nil {
			return nil, nil, err
		}
	}
	snap := m.snap.Load()
	at := make(map[int64]entry, len(snap.entries))
	twice := 0
	for i, e := range snap.entries {
		if snap.isDead(i) {
			continue
		}
		if _, ok := at[e.chunk]; ok {
			twice++
		}
		at[e.chunk] = e
	}
	vec := make([]float32, snap.dims)
	var found []fellows
	lacking, other := 0, 0
	rows, err := c.x.db.readers.QueryContext(ctx, `SELECT c.id, c.doc, v.id, v.data, v.seal FROM chunk c JOIN vector v ON v.id = c.vector ORDER BY c.vector`)
	if err != nil {
		return nil, nil, err
	}
	err = every(rows, func(r *sql.Rows) error {
		var id, doc, vector int64
		var data sql.RawBytes
		var sum uint32
		if err := r.Scan(&id, &doc, &vector, &data, &sum); err != nil {
			return err
		}
		if n := len(found); n > 0 && found[n-1].vector == vector {
			found[n-1].chunks = append(found[n-1].chunks, id)
		} else {
			found = append(found, fellows{vector, []int64{id}})
		}
		e, ok := at[id]
		delete(at, id)
		if !ok {
			lacking++
		} else if decode(vec, data, sum) && (e.doc != doc || !snap.holds(e.row, vec)) {
			other++
		}
		return nil
	})
	if len(at)+twice > 0 || lacking > 0 || other > 0 {
		c.problem(none, "memory: %d vectors are not there, %d are others, and %d are too many: restart golocal", lacking, other, len(at)+twice)
	}
	return snap, found, err
}

// search asks for the vectors, in any order, and expects of each the chunks that
// have it. Problems are counted: each would look the same.
func (c *checker) search(ctx context.Context, snap *snapshot, all []fellows) error {
	c.report.Searchable = len(all)
	rand.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	ends := time.Now().Add(searchTime)
	var next, done, lost atomic.Int64
	g, group := errgroup.WithContext(ctx)
	for range runtime.GOMAXPROCS(0) {
		g.Go(func() error {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(all) || len(all) > searchAll && time.Now().After(ends) {
					return nil
				}
				ok, err := c.finds(group, snap, all[i])
				if err != nil {
					return err
				}
				if !ok {
					lost.Add(1)
				}
				done.Add(1)
			}
		})
	}
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	ended := make(chan error, 1)
	go func() { ended <- g.Wait() }()
	for {
		select {
		case err := <-ended:
			c.report.Searched = int(done.Load())
			if n := lost.Load(); n > 0 {
				c.problem(none, "of %d vectors that were searched for %d are not found: restart golocal", done.Load(), n)
			}
			return err
		case <-tick.C:
			c.doing("searching for every vector", int(done.Load()), len(all))
		}
	}
}

// finds reports whether a search for a vector returns the chunks that have it
// among those whose score is that of a vector with itself.
func (c *checker) finds(ctx context.Context, snap *snapshot, want fellows) (bool, error) {
	var data []byte
	var sum uint32
	if err := c.x.db.readers.QueryRowContext(ctx, `SELECT data, seal FROM vector WHERE id = ?`, want.vector).Scan(&data, &sum); err != nil {
		if err == sql.ErrNoRows { // gone meanwhile
			return true, nil
		}
		return false, err
	}
	vec := make([]float32, snap.dims)
	if !decode(vec, data, sum) {
		return true, nil // said already
	}
	missing := make(map[int64]bool, len(want.chunks))
	for _, id := range want.chunks {
		missing[id] = true
	}
	for k := len(want.chunks) + 1; ; k *= 4 {
		found, err := snap.nearest(ctx, vec, k, nil)
		if err != nil {
			return false, err
		}
		for _, f := range found {
			if f.Score >= itself {
				delete(missing, f.Chunk)
			}
		}
		if len(missing) == 0 {
			return true, nil
		}
		if len(found) < k || found[k-1].Score < itself {
			return false, nil
		}
	}
}
