package watch

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Sync compares the roots, or all, with the catalogue now and returns when
// every change made before the call has been through the queue. It is also the
// word of a person who looked: deletions that were held are let through, and files
// that failed are tried again at once. Paused
// roots are left aside. Run must be running. The error is the context's, the
// catalogue's, wraps [ErrMissing], or is [ErrPaused] where a paused root is named.
func (w *Watcher) Sync(ctx context.Context, roots ...int64) error { return w.compare(ctx, true, roots) }

// Settle is Sync without a person's word: a deletion of most of a root stays
// held, as [RootState] tells. Commands that only want a fresh index use it.
func (w *Watcher) Settle(ctx context.Context, roots ...int64) error {
	return w.compare(ctx, false, roots)
}

func (w *Watcher) compare(ctx context.Context, release bool, roots []int64) error {
	w.mu.Lock()
	var trees []*tree
	for id, t := range w.trees {
		if slices.Contains(roots, id) || len(roots) == 0 && !w.queue.Paused(id) {
			trees = append(trees, t)
		}
	}
	w.mu.Unlock()
	for _, id := range roots {
		if !slices.ContainsFunc(trees, func(t *tree) bool { return t.root.ID == id }) {
			return fmt.Errorf("sync root %d: %w", id, errUnknown)
		}
		if w.queue.Paused(id) {
			return ErrPaused
		}
	}
	if release {
		w.queue.forgive(roots...)
	}
	var asked []*request
	for _, t := range trees {
		asked = append(asked, t.ask(release))
	}
	var errs []error
	for i, r := range asked {
		t := trees[i]
		var err error
		select {
		case err = <-r.done:
		case <-t.done:
			err = errUnknown
		case <-w.ended:
			err = errEnded
		case <-ctx.Done():
			return ctx.Err()
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("sync %s: %w", t.root.Path, err))
		}
	}
	if err := w.queue.through(ctx, roots...); err != nil {
		return err
	}
	return errors.Join(errs...)
}

// Status tells how each root stands, in the order of their IDs.
func (w *Watcher) Status() []RootState {
	w.mu.Lock()
	var states []RootState
	for _, t := range w.trees {
		states = append(states, t.state())
	}
	w.mu.Unlock()
	slices.SortFunc(states, func(a, b RootState) int { return int(a.Root.ID - b.Root.ID) })
	return states
}
