package index

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golocal"
)

func newGate(places int) *gate { return &gate{places: func() int { return places }} }

// count is how many searches are in and how many wait.
func (g *gate) count() (in, wait int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.running, len(g.waiting)
}

func TestGate_LetsInAsManyAsThereArePlaces(t *testing.T) {
	for _, c := range []struct{ places, writers, want int }{{1, 0, 1}, {1, 1, 1}, {2, 0, 2}, {2, 1, 1}, {8, 0, 8}, {8, 1, 7}} {
		synctest.Test(t, func(t *testing.T) {
			g := newGate(c.places)
			for range c.writers {
				g.begin() // never waits, or this would be a deadlock
			}
			var in atomic.Int64
			done := make(chan struct{})
			for range 20 {
				go func() {
					must(t, g.enter(t.Context()))
					in.Add(1)
					<-done
					g.leave()
				}()
			}
			synctest.Wait()
			if int(in.Load()) != c.want {
				t.Errorf("%d places, %d writers: %d are in, want %d", c.places, c.writers, in.Load(), c.want)
			}
			for range c.writers {
				g.end()
			}
			synctest.Wait()
			if int(in.Load()) != c.places {
				t.Errorf("%d places, after writing: %d are in", c.places, in.Load())
			}
			close(done)
			synctest.Wait()
			if still, wait := g.count(); in.Load() != 20 || still != 0 || wait != 0 {
				t.Errorf("%d were in, %d still are, %d wait", in.Load(), still, wait)
			}
		})
	}
}

// TestGate_WriterIsNext has searches come all the time: a writer that begins is
// alone with one of them as soon as one has ended.
func TestGate_WriterIsNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate(2)
		ctx, stop := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		for i := range 6 {
			wg.Go(func() {
				time.Sleep(time.Duration(i) * time.Millisecond)
				for g.enter(ctx) == nil {
					time.Sleep(10 * time.Millisecond)
					g.leave()
				}
			})
		}
		time.Sleep(105 * time.Millisecond)
		g.begin()
		time.Sleep(10 * time.Millisecond) // one search
		for range 20 {
			synctest.Wait()
			if in, _ := g.count(); in != 1 {
				t.Errorf("%d searches beside the writer", in)
			}
			time.Sleep(time.Millisecond)
		}
		g.end()
		synctest.Wait()
		if in, _ := g.count(); in != 2 {
			t.Errorf("%d searches after the writer", in)
		}
		stop()
		wg.Wait()
	})
}

func TestGate_FirstComeFirstServed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGate(1)
		must(t, g.enter(t.Context()))
		var order []int
		var wg sync.WaitGroup
		given, giveUp := context.WithCancel(t.Context())
		for i := range 6 {
			wg.Go(func() {
				ctx := t.Context()
				if i == 2 {
					ctx = given
				}
				if err := g.enter(ctx); err != nil {
					if i != 2 || !errors.Is(err, context.Canceled) {
						t.Errorf("search %d: %v", i, err)
					}
					return
				}
				order = append(order, i)
				g.leave()
			})
			synctest.Wait()
		}
		giveUp()
		synctest.Wait()
		if _, wait := g.count(); len(order) != 0 || wait != 5 {
			t.Errorf("%v ran and %d wait while the place is taken", order, wait)
		}
		g.leave()
		wg.Wait()
		if !slices.Equal(order, []int{0, 1, 3, 4, 5}) {
			t.Errorf("order %v", order)
		}
		if err := g.enter(given); !errors.Is(err, context.Canceled) {
			t.Errorf("entered with a context that is done: %v", err)
		}
		if in, _ := g.count(); in != 0 {
			t.Errorf("%d places are lost", in)
		}
	})
}

// TestGate_LosesNoPlace gives up at random, often in the moment of being let in.
func TestGate_LosesNoPlace(t *testing.T) {
	g := newGate(3)
	var in atomic.Int64
	var wg sync.WaitGroup
	for i := range 16 {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(uint64(i), 5))
			for range 2000 {
				ctx, stop := context.WithCancel(context.Background())
				if r.IntN(2) == 0 {
					go stop()
				}
				if g.enter(ctx) == nil {
					if n := in.Add(1); n > 3 {
						t.Errorf("%d in 3 places", n)
					}
					in.Add(-1)
					g.leave()
				}
				stop()
				if r.IntN(8) == 0 {
					g.begin()
					g.end()
				}
			}
		})
	}
	wg.Wait()
	if in, wait := g.count(); in != 0 || g.writers != 0 || wait != 0 {
		t.Errorf("%d are in, %d write, %d wait", in, g.writers, wait)
	}
}

// TestNearest_LeavesTheGate has searches of every kind end, well or not.
func TestNearest_LeavesTheGate(t *testing.T) {
	x, root := ready(t, Options{})
	put(t, x, root.ID, "a.md", "one two", "three")
	loaded(t, x)
	done, stop := context.WithCancel(t.Context())
	stop()
	for _, ctx := range []context.Context{t.Context(), done} {
		_, _ = x.Match(ctx, "one", 3, golocal.Scope{Roots: []int64{root.ID}})
		_, _ = x.Nearest(ctx, of(vector("one two")), 3, golocal.Scope{Roots: []int64{root.ID}})
		_, _, _ = x.Frequency(ctx, []string{"one", "none", "two"})
	}
	if _, _, err := x.Frequency(t.Context(), []string{"one", "neither", "nor"}); err != nil {
		t.Error(err)
	}
	if in, wait := x.gate.count(); in != 0 || wait != 0 {
		t.Errorf("%d are in, %d wait", in, wait)
	}
}
