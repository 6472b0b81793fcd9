package watch

import (
	"container/heap"
	"errors"
)

// ErrPaused says that a root is paused, so that waiting for its changes would
// have no end.
var ErrPaused = errors.New("the folder is paused; golocal resume goes on with it")

// newParked returns a heap for the items of a paused root.
func newParked() *itemHeap {
	return &itemHeap{less: func(a, b *item) bool { return a.seq < b.seq }}
}

// pause keeps the changes of root from being given out, or gives them out again.
// Who waits for them waits no more; what a worker has goes on.
func (q *Queue) pause(root int64, paused bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	parked := q.parked[root]
	if paused == (parked != nil) {
		return
	}
	if paused {
		q.parked[root] = newParked()
	} else {
		delete(q.parked, root)
	}
	for ref, it := range q.items {
		if ref.Root != root {
			continue
		}
		if it.heap == nil { // a worker has it
			if paused && it.next != nil {
				q.letGo(it.next)
			}
			continue
		}
		heap.Remove(it.heap, it.pos)
		q.letGo(it)
		q.push(it)
	}
}

// letGo takes it out of the marks that wait for it; for later ones it counts as
// having come in now.
func (q *Queue) letGo(it *item) {
	q.pass(it)
	q.seq++
	it.seq = q.seq
}

// Paused tells whether the root is paused.
func (q *Queue) Paused(root int64) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.parked[root] != nil
}
