package watch

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golocal"
)

// Catalogue tells what is indexed.
type Catalogue interface {
	// Documents yields every document of root at path folder or below it, "" for
	// all, whatever its state, best in the order of their paths. It may yield others
	// too. Ref, Size, Modified, Indexed, State and Reason are looked at, and whether
	// Sum is zero. Indexed is when the file's bytes were last read, also where they
	// proved the same; Sum is zero if they never were.
	Documents(ctx context.Context, root int64, folder string) iter.Seq2[golocal.Document, error]
}

// Options configure a Watcher. Zero values stand for the defaults.
type Options struct {
	Quiet   time.Duration // how long a file must be unchanged to be given out; 300 ms
	MaxWait time.Duration // how long a file that keeps changing waits; 10 s
	Rescan  time.Duration // between two full comparisons of a watched root; 1 h
	Poll    time.Duration // between two of a polled root, at least; 10 s
	MaxSize int64         // of a file, bytes; 200 MiB
	Lanes   Lanes         // how many files are given out at once

	Kind func(name string) string // type of a document by its file's name, "" where that does not tell; for Rules.Types

	Exclude   []string  // absolute folders never indexed: golocal's own data
	Catalogue Catalogue // nil is an empty one
	Tries     string    // file that keeps the failed tries of files over a restart; "" keeps none
	Log       *slog.Logger
}

// ErrMissing says that a root is not there now. Its index is kept.
var ErrMissing = golocal.ErrMissing

var (
	errUnknown = errors.New("no such root is watched")
	errEnded   = errors.New("watching has ended")
)

// Watcher watches roots and feeds a Queue. Its methods are safe for concurrent
// use.
type Watcher struct {
	opt   Options
	queue *Queue

	newNotifier func() (*notifier, error)
	remote      func(path string) (kind string, ok bool)
	trusted     func(path string) bool
	late        time.Duration // an event that has not come by then never comes

	mu      sync.Mutex // guards trees, running and each tree's stop
	trees   map[int64]*tree
	running bool
	changed chan struct{} // holds one token when trees has one to start
	ended   chan struct{} // closed when Run returns
}

// New returns a Watcher without roots.
func New(o Options) *Watcher {
	if o.Quiet <= 0 {
		o.Quiet = 300 * time.Millisecond
	}
	if o.MaxWait <= 0 {
		o.MaxWait = 10 * time.Second
	}
	if o.Rescan <= 0 {
		o.Rescan = time.Hour
	}
	if o.Poll <= 0 {
		o.Poll = 10 * time.Second
	}
	if o.MaxSize <= 0 {
		o.MaxSize = 200 << 20
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	own := o.Exclude
	o.Exclude = nil
	for _, p := range own {
		o.Exclude = append(o.Exclude, filepath.Clean(p))
		if real, err := filepath.EvalSymlinks(p); err == nil {
			o.Exclude = append(o.Exclude, real)
		}
	}
	queue := NewQueue(o.Quiet, o.MaxWait)
	queue.lanes = o.Lanes
	if o.Tries != "" {
		if err := queue.load(o.Tries); err != nil {
			o.Log.Warn("failed tries of before are forgotten", "err", err)
		}
	}
	return &Watcher{
		opt:         o,
		queue:       queue,
		newNotifier: newNotifier,
		remote:      remote,
		trusted:     trusted,
		late:        5 * time.Second,
		trees:       make(map[int64]*tree),
		changed:     make(chan struct{}, 1),
		ended:       make(chan struct{}),
	}
}

// Queue returns the queue that the watcher feeds with Upsert, Remove and Skip;
// it handles rescans itself.
func (w *Watcher) Queue() *Queue { return w.queue }

// Run watches until ctx ends and returns nil then. It can run once.
func (w *Watcher) Run(ctx context.Context) error {
	w.mu.Lock()
	if w.running {
		w.mu.Unlock()
		return errors.New("watch: started twice")
	}
	w.running = true
	w.mu.Unlock()

	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer func() {
		cancel()
		close(w.ended)
		wg.Wait()
	}()
	wg.Go(func() { w.keepTries(ctx) })
	for {
		w.mu.Lock()
		for _, t := range w.trees {
			if t.stop != nil {
				continue
			}
			tctx, stop := context.WithCancel(ctx)
			t.stop = stop
			wg.Go(func() {
				defer close(t.done)
				t.run(tctx)
			})
		}
		w.mu.Unlock()
		select {
		case <-ctx.Done():
			return nil
		case <-w.changed:
		}
	}
}

// Add starts to watch r, or does nothing if it is watched already. A root that
// is not there now is watched for. Where roots lie in each other, a file
// belongs to the innermost.
func (w *Watcher) Add(r golocal.Root) error {
	if !filepath.IsAbs(r.Path) || filepath.Clean(r.Path) != r.Path {
		return fmt.Errorf("watch %q: the path is not absolute and clean", r.Path)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if t, ok := w.trees[r.ID]; ok {
		if t.root.Path != r.Path {
			return fmt.Errorf("watch %q: root %d is %q already", r.Path, r.ID, t.root.Path)
		}
		return nil
	}
	select {
	case <-w.ended:
		return errEnded
	default:
	}
	w.trees[r.ID] = newTree(w, r)
	w.queue.pause(r.ID, r.Paused)
	w.nest()
	select {
	case w.changed <- struct{}{}:
	default:
	}
	return nil
}

// Set gives a watched root other Rules, which are in force at once: what they
// leave out leaves the index, what they let in comes. It also pauses the root or
// resumes it, as r.Paused says: while a root is paused none of its changes is
// given out, and none is forgotten.
func (w *Watcher) Set(r golocal.Root) error {
	w.mu.Lock()
	t, ok := w.trees[r.ID]
	w.mu.Unlock()
	if !ok || t.root.Path != r.Path {
		return fmt.Errorf("set up root %d: %w", r.ID, errUnknown)
	}
	t.choose(r)
	w.queue.pause(r.ID, r.Paused)
	return nil
}

// Remove stops watching the root and takes its changes out of the queue. A
// worker may still have one; the index refuses what belongs to no root.
func (w *Watcher) Remove(id int64) {
	w.mu.Lock()
	t, ok := w.trees[id]
	if !ok {
		w.mu.Unlock()
		return
	}
	delete(w.trees, id)
	stop := t.stop
	w.nest()
	w.mu.Unlock()
	if stop != nil {
		stop()
		<-t.done
	}
	w.queue.drop(id)
}

// nest tells each tree which other roots lie in it. w.mu is held.
func (w *Watcher) nest() {
	for _, t := range w.trees {
		var inner []string
		for _, o := range w.trees {
			if rel, ok := below(t.root.Path, o.root.Path); ok && rel != "" {
				inner = append(inner, rel)
			}
		}
		slices.Sort(inner)
		t.setInner(inner)
	}
}

// choice returns the rules of the watched root with that ID.
func (w *Watcher) choice(id int64) (*choice, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, ok := w.trees[id]
	if !ok {
		return nil, false
	}
	return t.choice.Load(), true
}

// Allowed tells whether the root's rules allow the file at ref although it holds
// secrets.
func (w *Watcher) Allowed(ref golocal.Ref) bool {
	c, ok := w.choice(ref.Root)
	return ok && c.allow[ref.Path]
}

// missing tells whether the root is known not to be there now.
func (w *Watcher) missing(id int64) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, ok := w.trees[id]
	return ok && t.state().State == Missing
}

// replaced tells whether dir is another folder than the root was when it was
// last looked at, such as the mount point that an unplugged disk leaves behind.
func (w *Watcher) replaced(id int64, dir *os.Root) bool {
	w.mu.Lock()
	t, ok := w.trees[id]
	w.mu.Unlock()
	if !ok {
		return false
	}
	self := t.identity()
	if self == nil {
		return false
	}
	fi, err := dir.Stat(".")
	return err != nil || !os.SameFile(fi, self)
}

// own tells whether the folder at the absolute path is golocal's own.
func (w *Watcher) own(path string) bool {
	for _, p := range w.opt.Exclude {
		if _, ok := below(p, path); ok {
			return true
		}
	}
	return false
}

// below returns path relative to the folder at base, with forward slashes, ""
// for base itself.
func below(base, path string) (rel string, ok bool) {
	if len(path) < len(base) || !samePath(path[:len(base)], base) {
		return "", false
	}
	rel = path[len(base):]
	if rel == "" {
		return "", true
	}
	if !strings.HasSuffix(base, string(filepath.Separator)) {
		if rel[0] != filepath.Separator {
			return "", false
		}
		rel = rel[1:]
	}
	return filepath.ToSlash(rel), true
}

// samePath compares two absolute paths as the usual file system here would.
func samePath(a, b string) bool {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return strings.EqualFold(a, b)
	}
	return a == b
}
