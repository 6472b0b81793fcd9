// Package index is the store: documents, chunks, keyword postings and vectors
// of every watched folder, in one SQLite file that is the truth, and the
// vectors once more in memory, where searches read them.
//
// A document is replaced in one transaction; memory follows after the commit,
// so a crash at any moment leaves the state before or after. Memory is rebuilt
// from the file at Open, in the background; keyword search does not wait for it.
//
// Layout: vector memory is an append-only arena of float32 rows, shared by
// chromem-go (small indexes) and a scan (large ones), seen through immutable
// snapshots, so that a writer never makes a search wait. The scan reads 8-bit
// sketches of the rows, at the speed of memory, and compares whole only what
// they cannot rule out: it is exact.
package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"golocal"
)

// DefaultExact is the value of Options.Exact that 0 stands for.
const DefaultExact = 20_000

// Options of Open. The zero value works.
type Options struct {
	Logger *slog.Logger     // nil discards
	Now    func() time.Time // nil is time.Now
	// Exact is how many vectors chromem-go answers for; above it the scan
	// does. Both are exact. 0 means DefaultExact.
	Exact int
	// Small keeps only sketches of the vectors in memory, about a quarter of what
	// they take up, and reads from the file those few that a search has to compare
	// whole. Results are the same; Exact has no meaning then.
	Small bool
	// ReadOnly opens an index whose folder cannot be written, as it is: what was
	// indexed can be searched, every write is ErrReadOnly. Several processes may
	// have it open so.
	ReadOnly bool

	fault func(step string) error // tests: called before each statement of a transaction; nothing is done in the background then
}

const (
	fileName      = "index.db"
	lockName      = "index.lock"
	ownerName     = "index.pid"
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
	small      bool
	generation atomic.Int64 // counts commits that changed chunks
	chunks     atomic.Int64

	gate  gate            // of what computes
	write writing         // owns db's writer and every memory's builder side
	alive context.Context // ends with Close
	stop  context.CancelFunc
	loads sync.WaitGroup // and upkeep
	pace  pace           // of searches by words

	reworded rewording

	// active is the space that writes go to, serving the one that searches
	// compare in: the one before, until the vectors of a new active one are in
	// memory. Both are nil before the first Use.
	active, serving atomic.Pointer[serving]
	building        atomic.Pointer[Building] // nil when no space is being built
	replaced        atomic.Int64             // the space that was active before, 0 if that was none
	searched        atomic.Int64             // the space in which a search has succeeded
	outgrown        chan struct{}            // holds one when replaced may go
	damaged         atomic.Bool              // something was left out because it is damaged
	expires         time.Time                // when the next copy goes, zero if there is none; owned by who holds write
}

// serving is a space and its vectors.
type serving struct {
	id     int64
	space  golocal.Space
	memory *memory
}

// Open opens the index in dir, creating both if they are not there: the folder
// with mode 0700, its files 0600. Errors wrap ErrLocked, ErrDamaged, ErrNewer,
// ErrFull or ErrReadOnly where they apply. What a killed process left half done
// is finished or undone first.
func Open(dir string, o Options) (*Index, error) {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Exact == 0 {
		o.Exact = DefaultExact
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	openDir := openWriting
	if o.ReadOnly {
		openDir = openReading
	}
	held, db, err := openDir(dir)
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, explain(err))
	}
	db.fault = o.fault
	x := &Index{dir: dir, log: o.Logger, now: o.Now, exact: o.Exact, small: o.Small, lock: held, db: db, outgrown: make(chan struct{}, 1)}
	x.gate.places = func() int { return runtime.GOMAXPROCS(0) }
	x.write = writing{gate: &x.gate, done: make(chan struct{}, 1)}
	x.alive, x.stop = context.WithCancel(context.Background())
	if err := x.resume(); err != nil {
		x.Close()
		return nil, fmt.Errorf("open index %s: %w", dir, explain(err))
	}
	if !o.ReadOnly {
		x.expire()
	}
	return x, nil
}

// Damaged reports whether anything was left out of a result, since the index was
// opened, because it is damaged. Errors that wrap ErrDamaged are not counted.
func (x *Index) Damaged() bool { return x.damaged.Load() }

// ReadOnly reports whether the index was opened so.
func (x *Index) ReadOnly() bool { return x.db.reading }

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
	if err := x.startUpkeep(ctx); err != nil {
		return err
	}
	id, space, ok, err = x.only(ctx, `active = 1`)
	if err != nil || !ok {
		return err
	}
	s := &serving{id: id, space: space, memory: x.newMemory(space.Dims)}
	x.active.Store(s)
	x.serving.Store(s)
	x.loads.Go(func() { x.load(s) })
	return nil
}

// startUpkeep has upkeep do, from here on, what SQLite would do inside of writes.
func (x *Index) startUpkeep(ctx context.Context) error {
	if x.db.reading {
		return nil
	}
	_, err := x.db.writer.ExecContext(ctx, `PRAGMA wal_autocheckpoint = 0`)
	if err == nil && x.db.fault == nil {
		select {
		case x.write.done <- struct{}{}:
		default: // rewording has written already
		}
		x.loads.Go(x.upkeep)
	}
	return err
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

// private makes dir and gives it to its owner alone.
func private(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return owned(dir, 0o700)
}

// owned gives what is at path, if there is something, to its owner alone,
// however it got there.
func owned(path string, mode os.FileMode) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil || info.Mode().Perm() == mode {
		return err
	}
	return os.Chmod(path, mode)
}
