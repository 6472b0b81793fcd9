package watch

import (
	"container/heap"
	"context"
	"time"

	"golocal"
)

// Rush puts c into the queue ahead of everything, without the quiet time that a
// change else waits for, and returns when it was worked on once, whatever came of
// it. It is for a file that somebody waits for. Errors: the context's, and
// ErrPaused where the root is paused.
func (q *Queue) Rush(ctx context.Context, c golocal.Change) error {
	q.add(c, weight{})
	q.mu.Lock()
	it := q.items[c.Ref]
	if it != nil && it.heap == nil && it.next != nil {
		it = it.next // a worker has what was there before
	}
	switch {
	case it == nil:
		q.mu.Unlock()
		return nil // it went through between the two
	case q.parked[c.Ref.Root] != nil:
		q.mu.Unlock()
		return ErrPaused
	}
	it.due = time.Now()
	if it.heap == &q.waiting {
		heap.Fix(it.heap, it.pos)
		q.rouse()
	}
	m := &mark{seq: it.seq, file: &c.Ref, left: 1, done: make(chan struct{})}
	if q.items[c.Ref] != it {
		m.left = 2 // and what the worker has
	}
	return q.await(ctx, m)
}
