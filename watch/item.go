package watch

import (
	"time"

	"golocal"
)

// item is a file in the queue.
type item struct {
	change golocal.Change
	weight weight
	seq    uint64    // of the change that brought it in
	first  time.Time // when that was
	due    time.Time // when it is settled
	rank   time.Time // order among the settled
	tries  int
	failed bool // at the last try, for a reason of its own

	lane lane      // since it is settled
	heap *itemHeap // the heap it lies in, nil while a worker has it
	pos  int

	next *item // what came in while a worker had it
}

// reads is how many bytes of the file there are to read.
func (it *item) reads() int64 {
	if it.change.Op != golocal.Upsert {
		return 0
	}
	return it.weight.size
}

// weight decides a file's place in the queue.
type weight struct {
	size     int64     // bytes
	modified time.Time // zero counts as just now
}

// penalty is how much later than a small file that was just saved a file is
// worked on: a second per 16 KiB, a minute per 100 minutes of age, each half an
// hour and an hour at most. As ranks are points in time, nothing starves.
func (w weight) penalty(now time.Time) time.Duration {
	p := min(time.Duration(w.size/(16<<10))*time.Second, 30*time.Minute)
	if !w.modified.IsZero() {
		p += min(max(now.Sub(w.modified), 0)/100, time.Hour)
	}
	return p
}

// itemHeap is a heap of items that know where they lie.
type itemHeap struct {
	items []*item
	less  func(a, b *item) bool
}

func (h *itemHeap) Len() int           { return len(h.items) }
func (h *itemHeap) Less(i, j int) bool { return h.less(h.items[i], h.items[j]) }
func (h *itemHeap) Swap(i, j int) {
	h.items[i], h.items[j] = h.items[j], h.items[i]
	h.items[i].pos, h.items[j].pos = i, j
}
func (h *itemHeap) Push(x any) {
	it := x.(*item)
	it.pos = len(h.items)
	h.items = append(h.items, it)
}
func (h *itemHeap) Pop() any {
	last := len(h.items) - 1
	it := h.items[last]
	h.items[last] = nil
	h.items = h.items[:last]
	return it
}
