package watch

import (
	"context"
	"io/fs"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"golocal"
	"golocal/internal/remark"
)

const (
	gather     = 50 * time.Millisecond // dirty folders are gathered for so long before they are compared
	retry      = 30 * time.Second      // after the catalogue failed
	checkEvery = 15 * time.Second      // is a quiet root still the same folder?
	seekEvery  = 2 * time.Second       // is a missing root back?
)

// tree watches one root. All but the fields under mu belong to the goroutine
// of run.
type tree struct {
	w      *Watcher
	root   golocal.Root // ID and Path, which never change
	choice atomic.Pointer[choice]
	ctx    context.Context // of run

	dir       *os.Root       // nil while the root is missing; closed while resting
	resting   bool           // run waits, and nothing keeps the root's disk busy
	self      fs.FileInfo    // of the root when it was last there
	stranger  bool           // the root is another folder than before, and was not compared since
	absent    golocal.Remark // why dir is nil
	folders   *folder        // what was visited
	inodes    map[inode]*folder
	inner     []string // other roots in this one
	notify    *notifier
	events    backlog
	pumping   sync.WaitGroup
	visits    int
	unwatched int // folders without a watch though events would come

	remoteKind string // of a root where events do not come
	remedy     string // for unwatched
	warned     bool   // of unwatched
	unreadable int
	trouble    golocal.Remark // of the catalogue
	hearing

	dirty     map[string]bool        // folders to compare; "" is the whole root
	dirtyFrom time.Time              // not before
	waiting   []*request             // asked for since the running comparison began
	owed      []*request             // of a comparison meanwhile which folders became dirty
	scan      *scan                  // under way
	loading   map[bool]time.Duration // what reading the catalogue took last, of all of it or of folders
	least     int                    // as many documents the catalogue has, or more

	gone      map[string]bool // files seen to be gone, not given to the queue yet
	goneFirst time.Time
	goneLast  time.Time
	held      map[string]bool // files that vanished with most of the root

	counted  tally
	compared time.Time
	took     time.Duration
	nextFull time.Time
	checked  time.Time

	stop context.CancelFunc // nil until run is started; under Watcher.mu
	done chan struct{}      // closed when run has ended

	mu      sync.Mutex // guards all below
	shown   RootState
	shownAs fs.FileInfo // self, as of the last publish
	asked   []*request
	innerIn *[]string // a new value for inner
	chosen  bool      // choice is new
}

// request asks for a comparison of the whole root.
type request struct {
	release bool
	put     int        // how often its answer was put off
	done    chan error // gets one value
}

func newTree(w *Watcher, r golocal.Root) *tree {
	t := &tree{
		w: w, root: r, absent: remark.New(remark.RootNew),
		events: backlog{wake: make(chan struct{}, 1)},
		dirty:  make(map[string]bool), gone: make(map[string]bool), held: make(map[string]bool),
		loading: make(map[bool]time.Duration), done: make(chan struct{}),
	}
	t.choice.Store(newChoice(r, w.opt))
	t.shown = RootState{Root: r, State: Scanning}
	return t
}

// ask asks the tree for a comparison that starts after now.
func (t *tree) ask(release bool) *request {
	r := &request{release: release, done: make(chan error, 1)}
	t.mu.Lock()
	t.asked = append(t.asked, r)
	t.mu.Unlock()
	t.events.signal()
	return r
}

// setInner tells the tree which folders in it are roots of their own.
func (t *tree) setInner(inner []string) {
	t.mu.Lock()
	t.innerIn = &inner
	t.mu.Unlock()
	t.events.signal()
}

// choose gives the root other rules. What they change is found by a comparison,
// which begins at once.
func (t *tree) choose(r golocal.Root) {
	t.mu.Lock()
	t.choice.Store(newChoice(r, t.w.opt))
	t.chosen = true
	t.mu.Unlock()
	t.events.signal()
}

// run watches the root until ctx ends.
func (t *tree) run(ctx context.Context) {
	t.ctx = ctx
	defer t.detach(remark.New(remark.RootEnded), errEnded)
	t.attach()
	timer := time.NewTimer(0)
	defer timer.Stop()
	for ctx.Err() == nil {
		t.serve()
		t.handle()
		pause := t.advance(time.Now())
		t.publish()
		if pause <= 0 {
			continue
		}
		t.rest()
		timer.Reset(pause)
		select {
		case <-ctx.Done():
		case <-t.events.wake:
		case <-timer.C:
		}
		t.resume()
	}
}

// rest closes the root between two pieces of work: a disk with an open folder
// cannot be unmounted.
func (t *tree) rest() {
	if t.dir != nil && t.scan == nil {
		t.dir.Close()
		t.resting = true
	}
}

// resume opens the root again if it is the same; if not, the tree is detached.
func (t *tree) resume() {
	if !t.resting {
		return
	}
	t.resting = false
	why := remark.New(remark.RootOther)
	dir, err := os.OpenRoot(t.root.Path)
	if err == nil {
		var fi fs.FileInfo
		if fi, err = dir.Stat("."); err == nil && os.SameFile(fi, t.self) {
			t.dir = dir
			return
		}
		dir.Close()
	}
	if err != nil {
		why = missingRemark(err)
	}
	closed := t.dir
	if t.check() && t.dir == closed { // it may not be entered any more, or is back this moment
		t.detach(why, ErrMissing)
	}
}

// serve takes in what other goroutines asked for.
func (t *tree) serve() {
	t.mu.Lock()
	asked, inner, chosen := t.asked, t.innerIn, t.chosen
	t.asked, t.innerIn, t.chosen = nil, nil, false
	t.mu.Unlock()
	if chosen {
		t.excused = true
		t.soil("")
		t.dirtyFrom = time.Time{}
	}
	if inner != nil {
		for _, p := range append(*inner, t.inner...) {
			t.soil(p)
		}
		t.inner = *inner
	}
	if len(asked) == 0 {
		return
	}
	if !t.check() {
		answer(asked, ErrMissing)
		return
	}
	t.waiting = append(t.waiting, asked...)
	t.soil("")
	t.dirtyFrom = time.Time{}
}

func answer(rs []*request, err error) {
	for _, r := range rs {
		r.done <- err
	}
}

// advance does the next piece of work that is due and returns how long there
// is nothing to do.
func (t *tree) advance(now time.Time) time.Duration {
	if t.dir == nil {
		if now.Sub(t.checked) >= seekEvery {
			t.attach()
		}
		if t.dir == nil {
			return max(seekEvery-time.Since(t.checked), time.Millisecond)
		}
	}
	if t.scan != nil {
		t.step()
		return 0
	}
	if now.Sub(t.checked) >= checkEvery && !t.check() {
		return 0
	}
	if now.After(t.nextFull) {
		t.soil("")
		t.nextFull = now.Add(t.w.opt.Rescan)
	}
	if len(t.dirty) > 0 && !now.Before(t.dirtyFrom) {
		t.begin()
		return 0
	}
	if len(t.gone) > 0 && len(t.dirty) == 0 && !now.Before(t.goneDue()) {
		t.flush(nil)
		return 0
	}
	next := t.checked.Add(checkEvery)
	if t.nextFull.Before(next) {
		next = t.nextFull
	}
	if len(t.dirty) > 0 && t.dirtyFrom.Before(next) {
		next = t.dirtyFrom
	}
	if len(t.gone) > 0 && t.goneDue().Before(next) {
		next = t.goneDue()
	}
	return max(next.Sub(now), time.Millisecond)
}

// soil says that anything in the folder at path may have changed.
func (t *tree) soil(path string) {
	if len(t.dirty) == 0 {
		t.dirtyFrom = time.Now().Add(max(gather, min(5*t.loading[path == ""], 2*time.Second)))
	}
	t.dirty[path] = true
}

// polled tells whether the root or part of it must be compared often.
func (t *tree) polled() bool { return t.remoteKind != "" || t.unwatched > 0 || t.deaf }

// pollEvery is the pause between two comparisons of a polled root: they may
// take a twentieth of the time.
func (t *tree) pollEvery() time.Duration { return max(t.w.opt.Poll, 20*t.took) }
