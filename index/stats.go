package index

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"golocal"
)

// Stats is what the index holds and what that takes up. Sizes are in bytes.
type Stats struct {
	Roots     []RootStats           `json:"roots"`
	Documents map[golocal.State]int `json:"documents"` // by state, all roots
	Chunks    int                   `json:"chunks"`
	Vectors   int                   `json:"vectors"` // of the active space that chunks use
	Missing   int                   `json:"missing"` // chunks without a vector in the active space
	Loading   bool                  `json:"loading"` // vectors are on their way to memory

	TextBytes    int64 `json:"text_bytes"`
	VectorBytes  int64 `json:"vector_bytes"`  // on disk, all spaces
	PostingBytes int64 `json:"posting_bytes"` // keyword index
	DiskBytes    int64 `json:"disk_bytes"`    // files of the index
	MemoryBytes  int64 `json:"memory_bytes"`  // vectors in memory
}

// RootStats is the part of one root.
type RootStats struct {
	Root      golocal.Root          `json:"root"`
	Documents map[golocal.State]int `json:"documents"` // by state
	Partly    int                   `json:"partly"`    // ready ones with notes: something of them is not searchable
	Chunks    int                   `json:"chunks"`
}

// postingSize remembers the size of the postings of one generation: adding it up
// reads them.
type postingSize struct {
	mu         sync.Mutex // owns the rest
	known      bool
	generation int64
	bytes      int64
}

// Stats counts what the index holds.
func (x *Index) Stats(ctx context.Context) (Stats, error) {
	s := Stats{Documents: map[golocal.State]int{}, Roots: []RootStats{}}
	err := x.db.view(ctx, func(t *sql.Tx) error {
		if err := rootStats(ctx, t, &s); err != nil {
			return err
		}
		if err := t.QueryRowContext(ctx, `SELECT count(*) FROM chunk WHERE vector IS NULL`).Scan(&s.Missing); err != nil {
			return err
		}
		if err := t.QueryRowContext(ctx, `SELECT count(DISTINCT vector) FROM chunk`).Scan(&s.Vectors); err != nil {
			return err
		}
		if err := t.QueryRowContext(ctx, `SELECT coalesce(sum(4 * v.n * s.dims), 0) FROM (SELECT space, count(*) AS n FROM vector GROUP BY space) v JOIN space s ON s.id = v.space`).Scan(&s.VectorBytes); err != nil {
			return err
		}
		return x.postingBytes(ctx, t, &s.PostingBytes)
	})
	if err != nil {
		return Stats{}, fmt.Errorf("count what the index holds: %w", explain(err))
	}
	for _, name := range []string{fileName, fileName + "-wal", fileName + "-shm"} {
		if info, err := os.Stat(filepath.Join(x.dir, name)); err == nil {
			s.DiskBytes += info.Size()
		}
	}
	if v := x.active.Load(); v != nil {
		s.MemoryBytes = v.memory.bytes()
		if before := x.serving.Load(); before != v {
			s.MemoryBytes += before.memory.bytes()
		}
		select {
		case <-v.memory.ready:
		default:
			s.Loading = true
		}
	}
	return s, nil
}

func rootStats(ctx context.Context, t *sql.Tx, s *Stats) error {
	rows, err := t.QueryContext(ctx, `SELECT `+rootColumns+` FROM root ORDER BY id`)
	if err != nil {
		return err
	}
	at := map[int64]int{}
	err = every(rows, func(r *sql.Rows) error {
		root, err := scanRoot(r)
		at[root.ID] = len(s.Roots)
		s.Roots = append(s.Roots, RootStats{Root: root, Documents: map[golocal.State]int{}})
		return err
	})
	if err != nil {
		return err
	}
	rows, err = t.QueryContext(ctx, `SELECT root, state, count(*), sum(chunks), sum(length), sum(CASE WHEN json_valid(about) THEN json_array_length(about, '$.notes') > 0 END)
		FROM document GROUP BY root, state`)
	if err != nil {
		return err
	}
	return every(rows, func(r *sql.Rows) error {
		var root, length int64
		var state golocal.State
		var n, chunks int
		var noted sql.NullInt64
		if err := r.Scan(&root, &state, &n, &chunks, &length, &noted); err != nil {
			return err
		}
		part := &s.Roots[at[root]]
		part.Documents[state] += n
		part.Chunks += chunks
		if state == golocal.StateReady {
			part.Partly += int(noted.Int64)
		}
		s.Documents[state] += n
		s.Chunks += chunks
		s.TextBytes += length
		return nil
	})
}

func (x *Index) postingBytes(ctx context.Context, t *sql.Tx, out *int64) error {
	x.sizes.mu.Lock()
	defer x.sizes.mu.Unlock()
	if g := x.generation.Load(); !x.sizes.known || g != x.sizes.generation {
		err := t.QueryRowContext(ctx, `SELECT coalesce(sum(length(block)), 0) FROM posting_data`).Scan(&x.sizes.bytes)
		if err != nil {
			return err
		}
		x.sizes.known, x.sizes.generation = true, g
	}
	*out = x.sizes.bytes
	return nil
}
