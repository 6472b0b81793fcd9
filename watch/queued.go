package watch

import "golocal"

// Len returns how many files are in the queue, those being worked on included.
func (q *Queue) Len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.items)
}

// Has tells whether a change of the file is in the queue or worked on.
func (q *Queue) Has(ref golocal.Ref) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.items[ref] != nil
}

// Awake returns how many files are in the queue, those of paused roots left aside.
func (q *Queue) Awake() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := len(q.items)
	for _, parked := range q.parked {
		n -= parked.Len()
	}
	return n
}

// Ahead yields every file that waits to be given out and its size in bytes, 0
// where nothing of it is to be read; files of paused roots are left aside. The
// queue stands still meanwhile, so yield must be quick and not call it.
func (q *Queue) Ahead(yield func(ref golocal.Ref, size int64)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for ref, it := range q.items {
		if it.heap == nil { // a worker has it
			it = it.next
		}
		if it != nil && q.parked[ref.Root] == nil {
			yield(ref, it.reads())
		}
	}
}

// Size is how many bytes there are to read of a file that Next gave out, as far
// as the queue was told.
func (q *Queue) Size(ref golocal.Ref) int64 {
	q.mu.Lock()
	defer q.mu.Unlock()
	if it := q.items[ref]; it != nil {
		return it.reads()
	}
	return 0
}

// each yields the last change of every file of root in the queue.
func (q *Queue) each(root int64, yield func(golocal.Change)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for ref, it := range q.items {
		switch {
		case ref.Root != root:
		case it.next != nil:
			yield(it.next.change)
		default:
			yield(it.change)
		}
	}
}

// waits tells whether the file is in the queue and will be read from now on: no
// worker has it, or it is to be given out once more.
func (q *Queue) waits(ref golocal.Ref) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	it := q.items[ref]
	return it != nil && (it.heap != nil || it.next != nil)
}

// pending returns how many changes of root are in the queue.
func (q *Queue) pending(root int64) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.count[root]
}
