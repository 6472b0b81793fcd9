package models

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"golocal"
	"golocal/internal/remark"
)

const (
	atOnce       = 2                      // downloads that run side by side: a vector model does not wait for a large chat model
	followEvery  = 500 * time.Millisecond // between two looks of a watcher while something runs
	rememberDone = 10 * time.Minute       // how long a finished download is listed
	firstPause   = 2 * time.Second        // before a broken download is tried again, then twice as long each time
	longestPause = time.Minute
	mostNotes    = 16
)

// errHalted ends the work of a download that was paused or cancelled.
var errHalted = errors.New("halted")

// Downloads owns the downloads of models: whoever asks for one may leave. Its
// methods may be called from several goroutines at once. It remembers what is
// under way in a file of Options.State; what had come before a pause, a failure
// or a restart is kept by the runner, which goes on there.
type Downloads struct {
	file    string
	log     *slog.Logger
	offline bool
	fetch   func(ctx context.Context, d Download, progress func(Progress)) error
	choose  func(ctx context.Context, c Capability) (string, error)

	mu      sync.Mutex // guards the fields below
	list    []*transfer
	changed chan struct{} // closed at the next change of a state
	wake    chan struct{} // holds a token when Run should look
}

// transfer is a download and its work.
type transfer struct {
	Download
	speed  speed
	busy   bool      // a goroutine works on it
	halt   func()    // ends that work
	gone   bool      // cancelled while busy
	held   bool      // left by an earlier process, and not yet asked for again
	best   int64     // bytes that an attempt has reached
	tries  int       // broken attempts in a row
	notYet time.Time // of the next attempt
}

// NewDownloads reads what an earlier process left under way. Nothing is
// fetched before Run. A damaged file counts as none.
func NewDownloads(m *Models) *Downloads {
	d := &Downloads{
		file: filepath.Join(m.o.State, "downloads.json"), log: m.log, offline: m.o.Offline,
		choose: m.choice, changed: make(chan struct{}), wake: make(chan struct{}, 1),
		fetch: func(ctx context.Context, d Download, progress func(Progress)) error {
			want := Want{Capability: d.For, AllowPull: true}
			if d.For == "" || m.has(d.For) { // another model may do the job by now; this one was asked for
				want.Model = d.Name
			}
			return m.Ensure(ctx, want, progress)
		},
	}
	left, err := readDownloads(d.file)
	if err != nil {
		d.log.Warn("list of downloads not read", "err", err)
	}
	for _, one := range left {
		d.list = append(d.list, &transfer{Download: one, held: one.Active()})
	}
	return d
}

// say sets what goes on.
func (d *Download) say(what golocal.Remark) {
	d.Text, d.TextRemark = remark.Say("en", what), what
}

// Run does the downloads until ctx ends, and joins them. With resume it goes
// on with those that an earlier process left, and what ctx cuts off goes on at
// the next start: for a daemon. Without, they wait to be asked for again, and
// what ctx cuts off is paused: for one command.
func (d *Downloads) Run(ctx context.Context, resume bool) error {
	var work sync.WaitGroup
	defer func() {
		work.Wait()
		d.mu.Lock()
		defer d.mu.Unlock()
		for _, t := range d.list {
			if t.Active() && !t.held && !resume {
				d.become(t, DownloadPaused, golocal.Remark{})
			}
		}
		d.save()
	}()
	d.mu.Lock()
	for _, t := range d.list {
		t.held = t.held && !resume
		if t.State == DownloadRunning {
			t.State = DownloadWaiting
		}
	}
	d.mu.Unlock()
	for {
		next := d.launch(ctx, &work)
		timer := time.NewTimer(next)
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-d.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// launch starts the work that may start now and tells when to look again.
func (d *Downloads) launch(ctx context.Context, work *sync.WaitGroup) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	next := time.Hour
	running, started := 0, false
	for _, t := range d.list {
		if t.busy {
			running++
		}
	}
	for _, t := range d.list {
		if t.State != DownloadWaiting || t.busy || t.held {
			continue
		}
		if wait := time.Until(t.notYet); wait > 0 {
			next = min(next, wait)
			continue
		}
		if running >= atOnce {
			continue
		}
		running++
		own, halt := context.WithCancelCause(ctx)
		t.busy, t.halt, t.speed, t.notYet = true, func() { halt(errHalted) }, speed{}, time.Time{}
		t.say(golocal.Remark{})
		t.Notes, t.Remarks = nil, nil
		d.become(t, DownloadRunning, golocal.Remark{})
		started = true
		work.Go(func() {
			err := d.fetch(own, d.view(t), func(p Progress) { d.note(t, p) })
			halt(nil)
			d.ended(ctx, t, err)
		})
	}
	if started {
		d.save()
	}
	return next
}

// view is a copy of a transfer's download.
func (d *Downloads) view(t *transfer) Download {
	d.mu.Lock()
	defer d.mu.Unlock()
	return t.Download
}

// note takes up progress.
func (d *Downloads) note(t *transfer, p Progress) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if t.State != DownloadRunning {
		return
	}
	switch {
	case p.Text == "":
	case p.Stage == StagePlan || p.Stage == StageNote:
		t.Notes, t.Remarks = append(slices.Clip(t.Notes), p.Text), append(slices.Clip(t.Remarks), p.Remark)
		if len(t.Notes) > mostNotes {
			t.Notes, t.Remarks = t.Notes[1:], t.Remarks[1:]
		}
	default:
		t.Text, t.TextRemark = p.Text, p.Remark
	}
	if p.Total > 0 {
		t.Total = p.Total
	}
	if p.Stage == StageDownload {
		t.Done = p.Done
		t.speed.add(time.Now(), p.Done)
	}
}

// ended takes up how an attempt ended. One that got further than all before it
// is tried again, after a pause: a long download should not fail at every
// hiccup of the network.
func (d *Downloads) ended(ctx context.Context, t *transfer, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	defer d.nudge()
	t.busy, t.halt = false, nil
	further := t.Done > t.best
	t.best = max(t.best, t.Done)
	switch {
	case t.gone:
		d.drop(t)
	case t.State != DownloadRunning: // paused meanwhile, and perhaps resumed again
	case err == nil:
		t.Done = max(t.Done, t.Total)
		t.say(golocal.Remark{})
		d.become(t, DownloadDone, golocal.Remark{})
	case ctx.Err() != nil: // the program ends
	case further && !errors.Is(err, ErrRefused) && !errors.Is(err, ErrOffline):
		pause := min(firstPause<<min(t.tries, 8), longestPause)
		t.tries++
		t.notYet = time.Now().Add(pause)
		d.become(t, DownloadWaiting, remark.New(remark.TriedAgain, remark.Of(err), pause))
	default:
		d.log.Warn("model not downloaded", "model", t.Name, "err", err)
		d.become(t, DownloadFailed, remark.Of(err))
	}
	d.save()
}

// become changes a state and tells the watchers; d.mu is held.
func (d *Downloads) become(t *transfer, s DownloadState, reason golocal.Remark) {
	t.State, t.Reason, t.Remark, t.Changed = s, remark.Say("en", reason), reason, time.Now()
	d.tell()
}

func (d *Downloads) tell() {
	close(d.changed)
	d.changed = make(chan struct{})
}

func (d *Downloads) nudge() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

func (d *Downloads) drop(t *transfer) {
	d.list = slices.DeleteFunc(d.list, func(o *transfer) bool { return o == t })
	d.tell()
}

// save writes what the next process must know; d.mu is held.
func (d *Downloads) save() {
	var all []Download
	for _, t := range d.list {
		if t.State != DownloadDone && !t.gone {
			all = append(all, t.Download)
		}
	}
	if err := writeDownloads(d.file, all); err != nil {
		d.log.Warn("list of downloads not kept", "err", err)
	}
}

// now is a transfer as people see it; d.mu is held.
func (d *Downloads) now(t *transfer, now time.Time) Download {
	v := t.Download
	if t.held {
		v.State = DownloadPaused
		v.say(remark.New(remark.CutOff))
	}
	if v.State == DownloadRunning {
		if v.Rate = t.speed.perSecond(now); v.Rate > 0 && v.Total > v.Done {
			v.Left = float64(v.Total-v.Done) / v.Rate
		}
	}
	return v
}

// List is every download, oldest first. Finished ones stay in it for ten
// minutes.
func (d *Downloads) List() []Download {
	list, _ := d.look()
	return list
}

func (d *Downloads) look() ([]Download, <-chan struct{}) {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := time.Now()
	d.list = slices.DeleteFunc(d.list, func(t *transfer) bool {
		return t.State == DownloadDone && now.Sub(t.Changed) > rememberDone
	})
	list := []Download{}
	for _, t := range d.list {
		if !t.gone {
			list = append(list, d.now(t, now))
		}
	}
	return list, d.changed
}

// Follow gives the list now, after each change of a state, and twice a second
// while something runs, until ctx ends.
func (d *Downloads) Follow(ctx context.Context) iter.Seq[[]Download] {
	return func(yield func([]Download) bool) {
		for {
			list, changed := d.look()
			if !yield(list) {
				return
			}
			wait := time.Hour
			if slices.ContainsFunc(list, func(o Download) bool { return o.State == DownloadRunning }) {
				wait = followEvery
			}
			timer := time.NewTimer(wait)
			select {
			case <-ctx.Done():
				timer.Stop()
				return
			case <-changed:
				timer.Stop()
			case <-timer.C:
			}
		}
	}
}

// shortName is a name as people write it.
func shortName(name string) string {
	return strings.TrimSuffix(canonical(name), ":latest")
}
