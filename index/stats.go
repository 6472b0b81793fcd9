package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

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
	VectorBytes  int64 `json:"vector_bytes"`  // on disk, all spaces, the numbers alone
	PostingBytes int64 `json:"posting_bytes"` // keyword index
	DiskBytes    int64 `json:"disk_bytes"`    // files of the index
	MemoryBytes  int64 `json:"memory_bytes"`  // vectors in memory

	Model       string         `json:"model,omitempty"`    // of the active space
	Dims        int            `json:"dims,omitempty"`     // of its vectors
	Building    *BuildingStats `json:"building,omitempty"` // nil when no space is being built
	WordsMillis float64        `json:"words_ms,omitempty"` // median of the last searches by words; 0 while there were too few
}

// BuildingStats is the space that is being built.
type BuildingStats struct {
	Model   string `json:"model"`
	Dims    int    `json:"dims"`
	Vectors int    `json:"vectors"` // stored so far
}

// RootStats is the part of one root.
type RootStats struct {
	Root      golocal.Root          `json:"root"`
	Documents map[golocal.State]int `json:"documents"` // by state
	Partly    int                   `json:"partly"`    // ready ones with notes: something of them is not searchable
	Chunks    int                   `json:"chunks"`
}

// Stats counts what the index holds. It reads rows of documents and of b-tree
// pages that SQLite counts by themselves, no postings and no vectors: 5 ms at
// 100,000 chunks.
func (x *Index) Stats(ctx context.Context) (Stats, error) {
	s := Stats{Documents: map[golocal.State]int{}, Roots: []RootStats{}, WordsMillis: x.pace.millis()}
	err := x.db.view(ctx, func(t *sql.Tx) error {
		if err := rootStats(ctx, t, &s); err != nil {
			return err
		}
		if err := t.QueryRowContext(ctx, `SELECT count(*) FROM chunk WHERE vector IS NULL`).Scan(&s.Missing); err != nil {
			return err
		}
		if err := vectorStats(ctx, t, &s); err != nil {
			return err
		}
		return postingStats(ctx, t, &s)
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
	rows, err = t.QueryContext(ctx, `SELECT root, state, count(*), sum(chunks), sum(length), sum(instr(about, '"notes":[') > 0)
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

// vectorStats counts the vectors of each space. Those of the active one that
// chunks use are all but the unused. SQLite counts a whole table by its pages
// alone; only the vectors of the smaller of two spaces are counted one by one.
func vectorStats(ctx context.Context, t *sql.Tx, s *Stats) error {
	type space struct {
		id, dims, active, retired int64
		model                     string
	}
	var spaces []space
	rows, err := t.QueryContext(ctx, `SELECT id, dims, active, retired, model FROM space ORDER BY active, retired = 0, id`)
	if err != nil {
		return err
	}
	err = every(rows, func(r *sql.Rows) error {
		var p space
		err := r.Scan(&p.id, &p.dims, &p.active, &p.retired, &p.model)
		spaces = append(spaces, p)
		return err
	})
	if err != nil {
		return err
	}
	var left int64
	if err := t.QueryRowContext(ctx, `SELECT count(*) FROM vector`).Scan(&left); err != nil {
		return err
	}
	for i, p := range spaces {
		n := left
		if i < len(spaces)-1 { // the active one is the last, and gets what is left
			if err := t.QueryRowContext(ctx, `SELECT count(*) FROM vector WHERE space = ?`, p.id).Scan(&n); err != nil {
				return err
			}
		}
		left -= n
		s.VectorBytes += 4 * n * p.dims
		switch {
		case p.active != 0:
			var unused int64
			if err := t.QueryRowContext(ctx, `SELECT count(*) FROM vector INDEXED BY vector_unused WHERE unused > 0 AND space = ?`, p.id).Scan(&unused); err != nil {
				return err
			}
			s.Model, s.Dims, s.Vectors = p.model, int(p.dims), int(n-unused)
		case p.retired == 0:
			s.Building = &BuildingStats{Model: p.model, Dims: int(p.dims), Vectors: int(n)}
		}
	}
	return nil
}

// postingStats tells how large the postings are: by their pages, or by adding
// them up where these cannot be told.
func postingStats(ctx context.Context, t *sql.Tx, s *Stats) error {
	pages, err := postingPages(ctx, t)
	if err == nil {
		size := int64(4050) // FTS5's default
		if err = t.QueryRowContext(ctx, `SELECT v FROM posting_config WHERE k = 'pgsz'`).Scan(&size); errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		s.PostingBytes = pages * size
	}
	if errors.Is(err, errSegments) || errors.Is(err, sql.ErrNoRows) {
		err = t.QueryRowContext(ctx, `SELECT coalesce(sum(length(block)), 0) FROM posting_data`).Scan(&s.PostingBytes)
	}
	return err
}
