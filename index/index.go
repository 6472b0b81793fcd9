// Package index is the store: documents, chunks, keyword postings and vectors
// of every watched folder, in one SQLite file that is the truth, and the
// vectors once more in memory, where searches read them.
//
// A document is replaced in one transaction; memory follows after the commit,
// so a crash at any moment leaves the state before or after. Memory is rebuilt
// from the file at Open, in the background; keyword search does not wait for it.
//
// Layout: vector memory is an append-only arena of float32 rows shared by
// chromem-go (small indexes) and a SIMD scan (large ones), seen through
// immutable snapshots, so that a writer never makes a search wait.
package index

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"golocal"
)

// Options of Open. The zero value works.
type Options struct {
	Logger *slog.Logger     // nil discards
	Now    func() time.Time // nil is time.Now
	// Exact is how many vectors chromem-go answers for; above it the scan
	// does. Both are exact. 0 means 20,000.
	Exact int

	fault func(step string) error // tests: called before each statement of a transaction
}

const (
	fileName      = "index.db"
	lockName      = "index.lock"
	ownerName     = "index.pid"
	exactLimit    = 20_000
	closeDeadline = 5 * time.Second
)

// Index is an open store. Its methods may be called from many goroutines at
// once: writes run one after another, reads never wait for them.
type Index struct {
	dir  string
	log  *slog.Logger
	now  func() time.Time
	lock *lock
	db   *database
	freq frequency

	exact      int
	generation atomic.Int64 // counts commits that changed chunks
	chunks     atomic.Int64

	write sync.Mutex      // owns db's writer and every memory's builder side
	alive context.Context // ends with Close
	stop  context.CancelFunc
	loads sync.WaitGroup
	pace  pace // of searches by words

	reworded rewording

	// active is the space that writes go to, serving the one that searches
	// compare in: the one before, until the vectors of a new active one are in
	// memory. Both are nil before the first Use.
	active, serving atomic.Pointer[serving]
	building        atomic.Pointer[Building] // nil when no space is being built
	replaced        int64                    // the space that was active before; owned by who holds write
	searched        atomic.Int64             // the space in which a search has succeeded
}

// serving is a space and its vectors.
type serving struct {
	id     int64
	space  golocal.Space
	memory *memory
}

// Open opens the index in dir, creating both if they are not there: the folder
// with mode 0700, its files 0600. Errors wrap ErrLocked, ErrDamaged, ErrNewer,
// ErrFull or ErrReadOnly where they apply.
func Open(dir string, o Options) (*Index, error) {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Exact == 0 {
		o.Exact = exactLimit
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	if err := private(dir); err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, explain(err))
	}
	held, err := take(dir)
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, explain(err))
	}
	db, err := openDatabase(filepath.Join(dir, fileName), migrations)
	if err != nil {
		held.release()
		return nil, fmt.Errorf("open index %s: %w", dir, explain(err))
	}
	db.fault = o.fault
	x := &Index{dir: dir, log: o.Logger, now: o.Now, exact: o.Exact, lock: held, db: db}
	x.alive, x.stop = context.WithCancel(context.Background())
	if err := x.resume(); err != nil {
		x.Close()
		return nil, fmt.Errorf("open index %s: %w", dir, explain(err))
	}
	return x, nil
}

// resume reads the counters, finds the space that is being built and starts
// loading the active one.
func (x *Index) resume() error {
	ctx := x.alive
	var chunks int64
	if err := x.db.readers.QueryRowContext(ctx, `SELECT count(*) FROM chunk`).Scan(&chunks); err != nil {
		return err
	}
	x.chunks.Store(chunks)
	if err := x.beginRewording(); err != nil {
		return err
	}
	id, space, ok, err := x.only(ctx, `active = 0 AND retired = 0`)
	if err != nil {
		return err
	}
	if ok {
		x.building.Store(&Building{x: x, id: id, space: space})
	}
	id, space, ok, err = x.only(ctx, `active = 1`)
	if err != nil || !ok {
		return err
	}
	s := &serving{id: id, space: space, memory: newMemory(space.Dims, x.exact)}
	x.active.Store(s)
	x.serving.Store(s)
	x.loads.Go(func() { x.load(s) })
	return nil
}

// Close ends the background loading, folds the write-ahead log into the file
// and lets the folder go. The index must not be used after it.
func (x *Index) Close() error {
	x.stop()
	x.loads.Wait()
	x.write.Lock()
	defer x.write.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), closeDeadline)
	defer cancel()
	err := x.db.close(ctx)
	x.lock.release()
	if err != nil {
		return fmt.Errorf("close index %s: %w", x.dir, explain(err))
	}
	return nil
}

// private makes dir and gives it to its owner alone, and the same for the
// store's files in it, however they got there.
func private(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if info, err := os.Stat(dir); err != nil {
		return err
	} else if info.Mode().Perm() != 0o700 {
		if err := os.Chmod(dir, 0o700); err != nil {
			return err
		}
	}
	// SQLite gives its -wal and -shm files the mode of the database file.
	f, err := os.OpenFile(filepath.Join(dir, fileName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	for _, name := range []string{fileName, fileName + "-wal", fileName + "-shm"} {
		path := filepath.Join(dir, name)
		if info, err := os.Stat(path); err == nil && info.Mode().Perm() != 0o600 {
			if err := os.Chmod(path, 0o600); err != nil {
				return err
			}
		}
	}
	return nil
}
