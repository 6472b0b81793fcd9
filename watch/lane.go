package watch

import (
	"container/heap"

	"golocal"
)

// lane is what a bound of [Lanes] holds for: the small or the large files of a
// root.
type lane struct {
	root  int64
	large bool
}

// readyLane holds the settled files of a lane.
type readyLane struct {
	heap itemHeap // by rank
	busy int      // files that workers have
}

// lane returns the lane that it belongs to.
func (q *Queue) lane(it *item) *readyLane {
	key := lane{it.change.Ref.Root, q.lanes.Large > 0 && it.change.Op == golocal.Upsert && it.weight.size >= q.lanes.Large}
	l := q.ready[key]
	if l == nil {
		l = &readyLane{heap: itemHeap{less: earlierRank}}
		q.ready[key] = l
	}
	it.lane = key
	return l
}

func earlierRank(a, b *item) bool {
	if c := a.rank.Compare(b.rank); c != 0 {
		return c < 0
	}
	return a.seq < b.seq
}

// full tells whether workers have as many files of the lane as they may.
func (q *Queue) full(key lane, l *readyLane) bool {
	most := q.lanes.SmallFiles
	if key.large {
		most = q.lanes.LargeFiles
	}
	return most > 0 && l.busy >= most
}

// give takes out the settled item whose turn it is, nil if there is none.
func (q *Queue) give() *item {
	var best *readyLane
	for key, l := range q.ready {
		if l.heap.Len() == 0 || q.full(key, l) {
			continue
		}
		if best == nil || earlierRank(l.heap.items[0], best.heap.items[0]) {
			best = l
		}
	}
	if best == nil {
		return nil
	}
	it := heap.Pop(&best.heap).(*item)
	it.heap = nil
	best.busy++
	q.given[it.change.Ref] = it.lane
	return it
}

// takeBack makes room in the lane of a file that a worker is done with.
func (q *Queue) takeBack(ref golocal.Ref) {
	key, ok := q.given[ref]
	if !ok {
		return
	}
	delete(q.given, ref)
	l := q.ready[key]
	wasFull := q.full(key, l)
	l.busy--
	switch {
	case l.heap.Len() > 0 && wasFull:
		q.rouse()
	case l.heap.Len() == 0 && l.busy == 0:
		delete(q.ready, key)
	}
}
