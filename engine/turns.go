package engine

import (
	"context"
	"slices"
	"sync"
	"time"
)

// lane is what a computation is for; a smaller one goes first.
type lane int

const (
	laneQuery lane = iota // the embedding of a question: someone waits for a few tokens
	laneChat
	laneIndex
	lanes
)

// laneOf reads a LaneHeader; anything else is fallback.
func laneOf(header string, fallback lane) lane {
	switch header {
	case "query":
		return laneQuery
	case "chat":
		return laneChat
	case "index":
		return laneIndex
	}
	return fallback
}

// queryPatience is how long a query waits for a chat that is being written
// before it computes beside it.
const queryPatience = 250 * time.Millisecond

// turns is the compute token of a server. One runner computes at a time,
// because the threads of ggml spin at their barriers and two runners on the
// same cores slow each other down many times over. Waiters go by lane, then by
// arrival.
//
// There is one exception. A chat holds the token until its last word, which can
// be minutes, and a runner cannot be paused between tokens. So a query that has
// waited queryPatience for a chat computes beside it; its few tokens cost both
// less than the wait would cost the one who asked. The governor halves the
// threads of both for that time.
type turns struct {
	mu      sync.Mutex // owns all below
	held    bool
	holder  lane
	beside  bool // a query computes beside a chat
	waiting [lanes][]*waiter
}

type waiter struct {
	ready   chan struct{} // closed when the turn is given
	beside  bool          // the turn is beside a chat
	patient bool          // has waited queryPatience
}

func newTurns() *turns { return &turns{} }

// take waits for the turn and returns the function that ends it, to be called
// once. The error is ctx's.
func (t *turns) take(ctx context.Context, l lane) (done func(), err error) {
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	w := &waiter{ready: make(chan struct{})}
	t.mu.Lock()
	t.waiting[l] = append(t.waiting[l], w)
	t.give()
	t.mu.Unlock()

	var patience <-chan time.Time
	if l == laneQuery {
		timer := time.NewTimer(queryPatience)
		defer timer.Stop()
		patience = timer.C
	}
	for {
		select {
		case <-w.ready:
			return func() { t.end(w) }, nil
		case <-patience:
			t.mu.Lock()
			w.patient = true
			t.give()
			t.mu.Unlock()
			patience = nil
		case <-ctx.Done():
			t.mu.Lock()
			i := slices.Index(t.waiting[l], w)
			if i >= 0 {
				t.waiting[l] = slices.Delete(t.waiting[l], i, i+1)
			}
			t.mu.Unlock()
			if i < 0 { // given in the same moment
				t.end(w)
			}
			return nil, context.Cause(ctx)
		}
	}
}

// urgent tells whether someone of a lane that goes before l waits.
func (t *turns) urgent(l lane) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for before := range t.waiting[:l] {
		if len(t.waiting[before]) > 0 {
			return true
		}
	}
	return false
}

// end gives a turn back.
func (t *turns) end(w *waiter) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if w.beside {
		t.beside = false
	} else {
		t.held = false
	}
	t.give()
}

// give hands out the turn if it is free. t.mu is held.
func (t *turns) give() {
	if !t.held && !t.beside {
		for l := range t.waiting {
			if len(t.waiting[l]) > 0 {
				w := t.waiting[l][0]
				t.waiting[l] = t.waiting[l][1:]
				t.held, t.holder = true, lane(l)
				close(w.ready)
				return
			}
		}
	}
	if t.held && t.holder == laneChat && !t.beside && len(t.waiting[laneQuery]) > 0 && t.waiting[laneQuery][0].patient {
		w := t.waiting[laneQuery][0]
		t.waiting[laneQuery] = t.waiting[laneQuery][1:]
		t.beside, w.beside = true, true
		close(w.ready)
	}
}
