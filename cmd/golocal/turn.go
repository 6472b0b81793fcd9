package main

import (
	"context"
	"sync"
)

// turn keeps a space from changing while vectors are made for it: vectors of two
// models must never meet in one. A change cuts off the work that runs, which
// then begins anew with the new space.
type turn struct {
	mu       sync.Mutex // guards the fields below
	cond     *sync.Cond // one of them has changed
	running  int        // pieces of work
	changing bool
	now      context.Context // ends when a change wants to begin
	stop     context.CancelFunc
}

func newTurn() *turn {
	t := &turn{}
	t.cond = sync.NewCond(&t.mu)
	t.now, t.stop = context.WithCancel(context.Background())
	return t
}

// run does work that makes vectors, again from the start when a change cut it off.
func (t *turn) run(ctx context.Context, work func(context.Context) error) error {
	for {
		cut, err := t.once(ctx, work)
		if !cut || err == nil || ctx.Err() != nil {
			return err
		}
	}
}

func (t *turn) once(ctx context.Context, work func(context.Context) error) (cut bool, err error) {
	t.mu.Lock()
	for t.changing {
		t.cond.Wait()
	}
	t.running++
	now := t.now
	t.mu.Unlock()
	defer func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.running--
		t.cond.Broadcast()
	}()
	own, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(now, cancel)()
	err = work(own)
	return now.Err() != nil, err
}

// change does f while no vectors are made.
func (t *turn) change(f func() error) error {
	t.mu.Lock()
	for t.changing {
		t.cond.Wait()
	}
	t.changing = true
	t.stop()
	for t.running > 0 {
		t.cond.Wait()
	}
	t.mu.Unlock()
	defer func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.changing = false
		t.now, t.stop = context.WithCancel(context.Background())
		t.cond.Broadcast()
	}()
	return f()
}
