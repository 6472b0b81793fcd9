package watch

import (
	"container/heap"
	"context"
	"errors"
	"math"
	"sync"
	"time"

	"golocal"
)

const (
	maxTries   = 8                // a change that failed so often is given up
	firstRetry = time.Second      // doubles with each failure
	lastRetry  = 60 * time.Second // the longest pause between two tries
)

// Lanes bound how many files of one root are given out at once, so that a root
// whose files block, as on a server that does not answer, holds up no other, and
// large files no small ones. Zero numbers bound nothing.
type Lanes struct {
	Large      int64 // bytes from which on a file is large
	SmallFiles int   // of a root, at once
	LargeFiles int
}

// Queue is the settling set between the watcher and the workers: at most one
// entry per file, which becomes ready when its file was quiet for a while, or
// has been changing for too long to wait. It is safe for concurrent use.
type Queue struct {
	quiet, maxWait time.Duration
	lanes          Lanes

	mu      sync.Mutex // guards all below
	items   map[golocal.Ref]*item
	count   map[int64]int // items of each root
	waiting itemHeap      // not settled yet, by due
	ready   map[lane]*readyLane
	given   map[golocal.Ref]lane // what workers have
	parked  map[int64]*itemHeap  // of the paused roots
	seq     uint64
	wake    chan struct{} // closed and replaced when a sleeping Next must look again
	sleep   int           // how many sleep on wake
	marks   []*mark

	failures map[golocal.Ref]failure // of files that are tried again, and of those given up
	unsaved  chan struct{}           // holds one token when failures changed
}

// NewQueue returns an empty queue. A change is given out when its file was
// quiet for quiet, or maxWait after the first unanswered change, so that a file
// that is written all the time is worked on once per maxWait. Removals wait
// twice as long as the rest, after the quiet moment for which the watcher holds
// them, so that a renamed file's new name comes first.
func NewQueue(quiet, maxWait time.Duration) *Queue {
	return &Queue{
		quiet:    quiet,
		maxWait:  max(maxWait, quiet),
		items:    make(map[golocal.Ref]*item),
		count:    make(map[int64]int),
		parked:   make(map[int64]*itemHeap),
		failures: make(map[golocal.Ref]failure), unsaved: make(chan struct{}, 1),
		waiting: itemHeap{less: func(a, b *item) bool { return a.due.Before(b.due) }},
		ready:   make(map[lane]*readyLane),
		given:   make(map[golocal.Ref]lane),
		wake:    make(chan struct{}),
	}
}

// Add puts c into the queue and never blocks. A change of a file that is in it
// already replaces the earlier one; of a file that a worker has, it comes after.
func (q *Queue) Add(c golocal.Change) { q.add(c, weight{}) }

func (q *Queue) add(c golocal.Change, w weight) {
	now := time.Now()
	q.mu.Lock()
	defer q.mu.Unlock()
	it := q.items[c.Ref]
	switch {
	case it == nil:
		q.seq++
		it = &item{seq: q.seq, first: now}
		q.items[c.Ref] = it
		q.count[c.Ref.Root]++
	case it.heap == nil: // a worker has it
		if it.next == nil {
			q.seq++
			it.next = &item{seq: q.seq, first: now}
		}
		it.next.change, it.next.weight = c, w
		it.next.due = q.settled(it.next, now)
		return
	default:
		heap.Remove(it.heap, it.pos)
		it.failed = false
		if c.Op != golocal.Upsert || !q.failures[c.Ref].unstable {
			it.tries = 0
		}
	}
	fresh := it.heap == nil
	it.change, it.weight = c, w
	it.due = q.settled(it, now)
	if fresh {
		q.recall(it, now)
	}
	q.push(it)
}

// settled returns when it may be given out if nothing more happens to it.
func (q *Queue) settled(it *item, now time.Time) time.Time {
	quiet, longest := q.quiet, q.maxWait
	if it.change.Op == golocal.Remove {
		quiet, longest = 2*quiet, max(longest, 2*quiet)
	}
	due, last := now.Add(quiet), it.first.Add(longest)
	if last.Before(due) {
		return last
	}
	return due
}

// push puts it into the heap where it belongs and wakes a Next.
func (q *Queue) push(it *item) {
	it.heap = q.parked[it.change.Ref.Root]
	if it.heap != nil {
		heap.Push(it.heap, it)
		return
	}
	it.heap = &q.waiting
	if !it.due.After(time.Now()) {
		q.settle(it)
	}
	heap.Push(it.heap, it)
	if it.pos == 0 {
		q.rouse()
	}
}

// rouse has a sleeping Next look again.
func (q *Queue) rouse() {
	if q.sleep > 0 {
		close(q.wake)
		q.wake = make(chan struct{})
	}
}

func (q *Queue) settle(it *item) {
	it.rank = it.due.Add(it.weight.penalty(it.due))
	it.heap = &q.lane(it).heap
}

// Next waits for a settled change and gives it to the caller, who must call
// Done with it. No other Next gives out the same file until then. The only
// error is the context's.
func (q *Queue) Next(ctx context.Context) (golocal.Change, error) {
	var timer *time.Timer
	for {
		if err := ctx.Err(); err != nil {
			return golocal.Change{}, err
		}
		q.mu.Lock()
		now := time.Now()
		for q.waiting.Len() > 0 && !q.waiting.items[0].due.After(now) {
			it := heap.Pop(&q.waiting).(*item)
			q.settle(it)
			heap.Push(it.heap, it)
		}
		if it := q.give(); it != nil {
			q.mu.Unlock()
			return it.change, nil
		}
		pause := time.Duration(math.MaxInt64)
		if q.waiting.Len() > 0 {
			pause = q.waiting.items[0].due.Sub(now)
		}
		wake := q.wake
		q.sleep++
		q.mu.Unlock()

		if timer == nil {
			timer = time.NewTimer(pause)
			defer timer.Stop()
		} else {
			timer.Reset(pause)
		}
		select {
		case <-ctx.Done():
		case <-wake:
		case <-timer.C:
		}
		q.mu.Lock()
		q.sleep--
		q.mu.Unlock()
	}
}

// Done ends the work on c. With a nil error the file leaves the queue, unless
// it changed again meanwhile. With an error it is tried again after a pause
// that doubles up to a minute; after 8 failures it is given up, and Done
// returns false: the caller records why. Should the file come again as it was, also
// after a restart, it is tried once more and not eight times. An error that wraps
// [golocal.ErrUnavailable] or [context.Canceled] never leads to that: what
// waits for a model runner is done when there is one.
func (q *Queue) Done(c golocal.Change, err error) (again bool) {
	now := time.Now()
	q.mu.Lock()
	defer q.mu.Unlock()
	q.takeBack(c.Ref)
	it := q.items[c.Ref]
	if it == nil || it.heap != nil { // dropped meanwhile
		return false
	}
	q.pass(it)
	if next := it.next; next != nil {
		q.succeed(it, next, now, err)
		q.items[c.Ref] = next
		q.push(next)
		return true
	}
	if err == nil {
		q.pardon(c.Ref)
		q.forget(c.Ref)
		return false
	}
	if q.parked[c.Ref.Root] != nil { // broken off by the pause
		q.letGo(it)
		it.first, it.due = now, now
		q.push(it)
		return true
	}
	pause := min(firstRetry<<min(it.tries, 16), lastRetry)
	if it.failed = !lasting(err); it.failed {
		q.remember(it, now.Add(pause), err)
		if it.tries+1 >= maxTries {
			q.forget(c.Ref)
			return false
		}
	}
	q.seq++
	it.seq, it.first, it.due, it.tries = q.seq, now, now.Add(pause), it.tries+1
	q.push(it)
	return true
}

// lasting tells whether err ends by itself, however long that takes.
func lasting(err error) bool {
	return errors.Is(err, golocal.ErrUnavailable) || errors.Is(err, context.Canceled)
}

// forget takes the file out of the queue.
func (q *Queue) forget(ref golocal.Ref) {
	delete(q.items, ref)
	if q.count[ref.Root]--; q.count[ref.Root] == 0 {
		delete(q.count, ref.Root)
	}
}

// drop takes every change of root out of the queue. A worker that has one may
// finish it; its Done is ignored.
func (q *Queue) drop(root int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for ref, it := range q.items {
		if ref.Root != root {
			continue
		}
		if it.heap != nil {
			heap.Remove(it.heap, it.pos)
		}
		q.forget(ref)
		q.pass(it)
		if it.next != nil {
			q.pass(it.next)
		}
	}
	for ref := range q.failures {
		if ref.Root == root {
			q.pardon(ref)
		}
	}
	for key, l := range q.ready {
		if key.root == root && l.busy == 0 {
			delete(q.ready, key)
		}
	}
	delete(q.parked, root)
}
