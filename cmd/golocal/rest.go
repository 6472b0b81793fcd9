package main

import (
	"context"
	"slices"
	"sync"

	"golocal"
)

// rest breaks off the work on files of roots that are paused.
type rest struct {
	mu     sync.Mutex // guards the field below
	paused map[int64]bool
	works  map[*restingWork]bool // under way
}

type restingWork struct {
	root int64
	stop context.CancelFunc
}

// set pauses a root, which breaks off what is worked on of it, or lets it go on.
func (r *rest) set(root int64, paused bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.paused == nil {
		r.paused = map[int64]bool{}
	}
	r.paused[root] = paused
	if !paused {
		return
	}
	for w := range r.works {
		if w.root == root {
			w.stop()
		}
	}
}

// during does work on a file of root, broken off when the root is paused.
func (r *rest) during(ctx context.Context, root int64, work func(context.Context) error) (cut bool, err error) {
	own, stop := context.WithCancel(ctx)
	defer stop()
	w := &restingWork{root, stop}
	r.mu.Lock()
	if r.works == nil {
		r.works = map[*restingWork]bool{}
	}
	r.works[w] = true
	if r.paused[root] {
		stop()
	}
	r.mu.Unlock()
	defer func() {
		r.mu.Lock()
		delete(r.works, w)
		r.mu.Unlock()
	}()
	if own.Err() == nil {
		err = work(own)
	}
	return own.Err() != nil && ctx.Err() == nil, err
}

// all tells whether every root is paused, so that nothing is to be embedded.
func (r *rest) all(roots []golocal.Root, err error) bool {
	return err == nil && len(roots) > 0 && !slices.ContainsFunc(roots, func(r golocal.Root) bool { return !r.Paused })
}
