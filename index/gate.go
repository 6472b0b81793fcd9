package index

import (
	"context"
	"slices"
	"sync"
)

// gate lets no more searches compute at once than there are processors, in the
// order in which they came. A writer never waits at it: while one works there is
// a place less for searches, but always one.
//
// Neither SQLite nor the scan ever waits for anything, so every search that runs
// takes its whole time slice (10 ms) of a processor. Without the gate a writer
// that was interrupted stands behind all of them, several times in one write.
type gate struct {
	places func() int // how many processors there are

	mu      sync.Mutex // owns the rest
	running int        // searches
	writers int
	waiting []chan struct{} // closed when its search may run
}

// enter waits for a place, which leave gives back.
func (g *gate) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	g.mu.Lock()
	if len(g.waiting) == 0 && g.free() {
		g.running++
		g.mu.Unlock()
		return nil
	}
	turn := make(chan struct{})
	g.waiting = append(g.waiting, turn)
	g.mu.Unlock()
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if i := slices.Index(g.waiting, turn); i >= 0 {
		g.waiting = slices.Delete(g.waiting, i, i+1)
	} else { // its turn came just now
		g.running--
		g.admit()
	}
	return ctx.Err()
}

func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.running--
	g.admit()
}

// begin says that a writer works from now on, end that it has ended.
func (g *gate) begin() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.writers++
}

func (g *gate) end() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.writers--
	g.admit()
}

func (g *gate) free() bool { return g.running < max(1, g.places()-g.writers) }

// admit lets those who wait in as far as there are places.
func (g *gate) admit() {
	for len(g.waiting) > 0 && g.free() {
		close(g.waiting[0])
		g.waiting = slices.Delete(g.waiting, 0, 1)
		g.running++
	}
}

// writing is the right to write, which one has at a time. Whoever has it counts
// as a writer at the gate.
type writing struct {
	mu   sync.Mutex
	gate *gate
	done chan struct{} // holds one: told after each write
}

func (w *writing) Lock() {
	w.mu.Lock()
	w.gate.begin()
}

func (w *writing) Unlock() {
	w.release()
	select {
	case w.done <- struct{}{}:
	default: // upkeep has not looked since the last one
	}
}

// release is Unlock for upkeep, which need not be told of its own writes.
func (w *writing) release() {
	w.gate.end()
	w.mu.Unlock()
}
