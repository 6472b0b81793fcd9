package engine

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"math"
	"sync"
	"time"

	"golocal/engine/runner"
)

// runnerProcess is a *runner.Process, or a test's stand-in.
type runnerProcess interface {
	Info() runner.Info
	Embed(context.Context, runner.EmbedRequest) (runner.EmbedResponse, error)
	Complete(context.Context, runner.CompletionRequest) iter.Seq2[runner.CompletionEvent, error]
	Close() error
	Done() <-chan struct{}
	governed
}

// pool holds the loaded models, one runner each, and decides which stay.
type pool struct {
	ctx    context.Context // ends all loading
	log    *slog.Logger
	keep   time.Duration
	memory func() uint64 // bytes that a runner may still take; 0 is unknown
	govern *governor
	start  func(ctx context.Context, model string, numCtx int) (runnerProcess, error)

	closers sync.WaitGroup // unloadings by timer

	mu      sync.Mutex // owns all below, and the fields of each loaded
	closed  bool
	loaded  map[string]*loaded // by digest of the weights
	changed chan struct{}      // closed and replaced when a runner was freed, loaded or dropped
	build   string             // of the engine, once a runner has told
	counts  counts
}

// counts are what happened since the start, for "ps".
type counts struct {
	Loads   int `json:"loads"`
	Crashes int `json:"crashes"` // runners that ended by themselves
	Swaps   int `json:"swaps"`   // models unloaded to make room for others
}

var errClosed = errors.New("the engine is stopping")

// use loads m with at least numCtx tokens of context, unless it is, and calls
// work with its runner. A runner that ends by itself is replaced, and work
// called once more, unless final says that it can't be. loading is how long the
// caller waited for the model.
func (p *pool) use(ctx context.Context, m *installed, numCtx int, keep *time.Duration,
	final func() bool, work func(proc runnerProcess, loading time.Duration) error) error {
	for attempt := 0; ; attempt++ {
		began := time.Now()
		l, err := p.take(ctx, m, numCtx, keep)
		if err != nil {
			return err
		}
		err = work(l.proc, time.Since(began))
		ended := errors.Is(err, runner.ErrEnded)
		p.free(l, ended)
		if !ended || attempt > 0 || final() || ctx.Err() != nil {
			return err
		}
		p.log.Warn("request tried again with a new runner", "model", m.shown(), "err", err)
	}
}

// take returns m's runner with one more user.
func (p *pool) take(ctx context.Context, m *installed, numCtx int, keep *time.Duration) (*loaded, error) {
	if err := checkArchitecture(m.kv); err != nil {
		return nil, fmt.Errorf("load %s: %w", m.shown(), err)
	}
	for {
		l, wait, idle, err := p.step(m, numCtx, keep)
		switch {
		case err != nil:
			return nil, err
		case idle != nil:
			if err := idle.Close(); err != nil {
				p.log.Warn("runner did not end cleanly", "err", err)
			}
		case wait != nil:
			select {
			case <-wait:
			case <-ctx.Done():
				return nil, context.Cause(ctx)
			}
		case l.proc == nil:
			return p.load(ctx, l)
		default:
			return l, nil
		}
	}
}

// step looks once and returns one of: the runner, or its place for the caller to
// load; something to wait for; an idle runner to close first.
func (p *pool) step(m *installed, numCtx int, keep *time.Duration) (_ *loaded, wait <-chan struct{}, idle runnerProcess, _ error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, nil, nil, errClosed
	}
	key := m.weights.Digest
	if l := p.loaded[key]; l != nil {
		switch {
		case l.proc == nil:
			return nil, p.changed, nil, nil
		case ended(l.proc):
			p.crashed(l)
			return nil, nil, l.proc, nil
		case l.numCtx >= numCtx:
			p.hold(l, m, keep)
			return l, nil, nil, nil
		case l.users > 0:
			return nil, p.changed, nil, nil
		default: // loaded with too small a context
			p.drop(l)
			return nil, nil, l.proc, nil
		}
	}
	need := footprint(m.kv, m.weights.Size, numCtx)
	if available := p.memory(); available > 0 && need > available {
		var oldest *loaded
		var others uint64
		for _, l := range p.loaded {
			others += l.bytes()
			if l.users == 0 && l.proc != nil && (oldest == nil || l.expires.Before(oldest.expires)) {
				oldest = l
			}
		}
		switch {
		case need > available+others:
			return nil, nil, nil, refusal(m.shown(), need, available+others, numCtx)
		case oldest != nil:
			p.counts.Swaps++
			p.log.Info("model unloaded to make room", "model", oldest.model.shown(), "for", m.shown())
			p.drop(oldest)
			return nil, nil, oldest.proc, nil
		default:
			return nil, p.changed, nil, nil
		}
	}
	l := &loaded{numCtx: numCtx, size: need}
	p.loaded[key] = l
	p.hold(l, m, keep)
	return l, nil, nil, nil
}

// load starts the runner of a place that step gave.
func (p *pool) load(ctx context.Context, l *loaded) (*loaded, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	defer context.AfterFunc(p.ctx, func() { stop(errClosed) })()
	proc, err := p.start(ctx, l.model.path, l.numCtx)

	p.mu.Lock()
	defer p.mu.Unlock()
	defer p.signal()
	if err != nil {
		delete(p.loaded, l.model.weights.Digest)
		return nil, fmt.Errorf("load %s: %w", l.model.shown(), err)
	}
	if p.closed {
		delete(p.loaded, l.model.weights.Digest)
		return nil, errors.Join(errClosed, proc.Close())
	}
	l.proc = proc
	p.counts.Loads++
	p.build = proc.Info().Build
	return l, nil
}

// free takes a user away, and unloads what is due.
func (p *pool) free(l *loaded, crashed bool) {
	var idle runnerProcess
	p.mu.Lock()
	l.users--
	switch {
	case crashed || ended(l.proc):
		if p.crashed(l) {
			idle = l.proc
		}
	case p.loaded[l.model.weights.Digest] != l || l.users > 0:
	case l.keep == 0:
		p.drop(l)
		idle = l.proc
	default:
		l.expires = expiry(l.keep)
		if l.keep > 0 && l.keep < math.MaxInt64 {
			l.timer = time.AfterFunc(l.keep, func() { p.expire(l) })
		}
	}
	p.signal()
	p.mu.Unlock()
	if idle != nil {
		_ = idle.Close() // the model is let go either way
	}
}

// expire unloads a runner that nobody has used for as long as it was to be kept.
func (p *pool) expire(l *loaded) {
	p.mu.Lock()
	if p.closed || l.users > 0 || p.loaded[l.model.weights.Digest] != l || time.Now().Before(l.expires) {
		p.mu.Unlock()
		return
	}
	p.drop(l)
	p.closers.Add(1)
	p.mu.Unlock()
	defer p.closers.Done()
	p.log.Info("unused model unloaded", "model", l.model.shown())
	_ = l.proc.Close()
}

// unload lets a model go now, or as soon as nobody uses it.
func (p *pool) unload(digest string) {
	p.mu.Lock()
	l := p.loaded[digest]
	if l == nil || l.users > 0 {
		if l != nil {
			l.keep = 0
		}
		p.mu.Unlock()
		return
	}
	p.drop(l)
	p.mu.Unlock()
	_ = l.proc.Close()
}

// crashed drops a runner that ended by itself; false if that was done before.
// p.mu is held.
func (p *pool) crashed(l *loaded) bool {
	if p.loaded[l.model.weights.Digest] != l {
		return false
	}
	if !p.closed {
		p.counts.Crashes++
		p.log.Warn("runner ended by itself", "model", l.model.shown())
	}
	p.drop(l)
	return true
}

// lost counts a runner beside a model's first that ended by itself.
func (p *pool) lost() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		p.counts.Crashes++
		p.log.Warn("a further runner ended by itself")
	}
}

func (p *pool) signal() {
	close(p.changed)
	p.changed = make(chan struct{})
}

// close unloads all and waits for the runners to end.
func (p *pool) close() error {
	p.mu.Lock()
	p.closed = true
	var procs []runnerProcess
	for _, l := range p.loaded {
		if l.proc != nil { // a place that is loading sees p.ctx end
			p.drop(l)
			procs = append(procs, l.proc)
		}
	}
	p.mu.Unlock()
	var errs []error
	for _, proc := range procs {
		errs = append(errs, proc.Close())
	}
	p.closers.Wait()
	return errors.Join(errs...)
}
