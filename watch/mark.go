package watch

import (
	"context"
	"slices"

	"golocal"
)

// mark waits until the changes that were in the queue when it was made are
// through.
type mark struct {
	seq   uint64
	roots []int64      // none is every root
	file  *golocal.Ref // nil is every file
	left  int
	done  chan struct{}
}

// pass tells the marks that it was worked on or dropped.
func (q *Queue) pass(it *item) {
	q.marks = slices.DeleteFunc(q.marks, func(m *mark) bool {
		if it.seq <= m.seq && m.covers(it.change.Ref) {
			m.left--
		}
		if m.left == 0 {
			close(m.done)
		}
		return m.left == 0
	})
}

func (m *mark) covers(ref golocal.Ref) bool {
	return (len(m.roots) == 0 || slices.Contains(m.roots, ref.Root)) && (m.file == nil || *m.file == ref)
}

// Wait returns when the queue is empty and no worker has a file, paused roots
// left aside, or with the context's error.
func (q *Queue) Wait(ctx context.Context) error {
	for q.Awake() > 0 {
		if err := q.tried(ctx, true, nil); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// through waits until every change of the roots that is in the queue now was
// worked on once, whatever came of it, but for those of paused roots. What failed
// and waits for another try has been. No root is every root.
func (q *Queue) through(ctx context.Context, roots ...int64) error {
	return q.tried(ctx, false, roots)
}

// tried is through, with retries for what waits for another try too.
func (q *Queue) tried(ctx context.Context, retries bool, roots []int64) error {
	q.mu.Lock()
	m := &mark{seq: q.seq, roots: roots, done: make(chan struct{})}
	for ref, it := range q.items {
		if !m.covers(ref) {
			continue
		}
		if it.failed && it.heap == &q.waiting && !retries {
			q.letGo(it)
			continue
		}
		paused := q.parked[ref.Root] != nil
		if !paused || it.heap == nil {
			m.left++
		}
		if !paused && it.next != nil {
			m.left++
		}
	}
	if m.left == 0 {
		q.mu.Unlock()
		return ctx.Err()
	}
	return q.await(ctx, m)
}

// await waits until what m counts is done. The caller holds mu, which is let go.
func (q *Queue) await(ctx context.Context, m *mark) error {
	q.marks = append(q.marks, m)
	q.mu.Unlock()
	select {
	case <-m.done:
		return nil
	case <-ctx.Done():
		q.mu.Lock()
		q.marks = slices.DeleteFunc(q.marks, func(o *mark) bool { return o == m })
		q.mu.Unlock()
		return ctx.Err()
	}
}
