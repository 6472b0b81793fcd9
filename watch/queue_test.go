package watch

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golocal"
)

const (
	testQuiet = 300 * time.Millisecond
	testWait  = 10 * time.Second
)

func upsert(path string) golocal.Change {
	return golocal.Change{Ref: golocal.Ref{Root: 1, Path: path}, Op: golocal.Upsert}
}

func removal(path string) golocal.Change {
	return golocal.Change{Ref: golocal.Ref{Root: 1, Path: path}, Op: golocal.Remove}
}

func next(t *testing.T, q *Queue) golocal.Change {
	t.Helper()
	c, err := q.Next(t.Context())
	if err != nil {
		t.Fatalf("Next: %v", err)
	}
	return c
}

func TestQueue_SettlesAfterQuiet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, start := NewQueue(testQuiet, testWait), time.Now()
		q.Add(upsert("a"))
		time.Sleep(200 * time.Millisecond)
		q.Add(upsert("a"))
		if c := next(t, q); c != upsert("a") {
			t.Errorf("got %v", c)
		}
		if d := time.Since(start); d != 500*time.Millisecond {
			t.Errorf("given out after %v, want 200 ms + quiet", d)
		}
		if q.Len() != 1 {
			t.Errorf("Len = %d while a worker has it, want 1", q.Len())
		}
		if q.Done(upsert("a"), nil) {
			t.Error("Done says that it comes again")
		}
		if q.Len() != 0 {
			t.Errorf("Len = %d, want 0", q.Len())
		}
	})
}

func TestQueue_ConstantWritesOncePerMaxWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, start := NewQueue(testQuiet, testWait), time.Now()
		var wg sync.WaitGroup
		wg.Go(func() {
			for time.Since(start) < 60*time.Second {
				q.Add(upsert("log"))
				time.Sleep(10 * time.Millisecond)
			}
		})
		given := 0
		for time.Since(start) < 59*time.Second {
			c := next(t, q)
			given++
			q.Done(c, nil)
		}
		if given < 5 || given > 6 {
			t.Errorf("given out %d times in a minute, want once per 10 s", given)
		}
		wg.Wait()
	})
}

func TestQueue_LastOperationCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(testQuiet, testWait)
		q.Add(upsert("a"))
		q.Add(removal("a"))
		q.Add(removal("b"))
		q.Add(upsert("b"))
		got := map[string]golocal.Op{}
		for range 2 {
			c := next(t, q)
			got[c.Ref.Path] = c.Op
			q.Done(c, nil)
		}
		if got["a"] != golocal.Remove || got["b"] != golocal.Upsert {
			t.Errorf("got %v", got)
		}
	})
}

func TestQueue_NewNameComesBeforeRemoval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(testQuiet, testWait)
		q.Add(removal("old"))
		time.Sleep(100 * time.Millisecond)
		q.Add(upsert("new"))
		if c := next(t, q); c.Ref.Path != "new" {
			t.Errorf("first is %v", c)
		}
		if c := next(t, q); c.Ref.Path != "old" {
			t.Errorf("second is %v", c)
		}
	})
}

func TestQueue_SameFileOneWorker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(time.Millisecond, time.Second)
		ctx, cancel := context.WithCancel(t.Context())
		var (
			mu      sync.Mutex
			working = map[golocal.Ref]bool{}
			done    int
		)
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for {
					c, err := q.Next(ctx)
					if err != nil {
						return
					}
					mu.Lock()
					if working[c.Ref] {
						t.Errorf("%v is with two workers", c.Ref)
					}
					working[c.Ref] = true
					mu.Unlock()
					time.Sleep(5 * time.Millisecond)
					mu.Lock()
					delete(working, c.Ref)
					done++
					mu.Unlock()
					q.Done(c, nil)
				}
			})
		}
		for i := range 2000 {
			q.Add(upsert(fmt.Sprint(i % 7)))
			time.Sleep(time.Millisecond)
		}
		if err := q.Wait(ctx); err != nil {
			t.Error(err)
		}
		if done < 7*100 {
			t.Errorf("only %d pieces of work in 2 s of changes", done)
		}
		cancel()
		wg.Wait()
	})
}

func TestQueue_ChangeDuringWorkComesAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(testQuiet, testWait)
		q.Add(upsert("a"))
		c := next(t, q)
		q.Add(removal("a"))
		time.Sleep(time.Hour)
		if !q.Done(c, errors.New("broken")) {
			t.Error("Done says that nothing comes after")
		}
		if c := next(t, q); c != removal("a") {
			t.Errorf("got %v, want the change that came meanwhile", c)
		}
	})
}

func TestQueue_BacksOffThenGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(testQuiet, testWait)
		q.Add(upsert("a"))
		var pauses []time.Duration
		for last := time.Now(); ; {
			c := next(t, q)
			pauses = append(pauses, time.Since(last))
			last = time.Now()
			if !q.Done(c, errors.New("broken")) {
				break
			}
		}
		s := time.Second
		want := []time.Duration{testQuiet, s, 2 * s, 4 * s, 8 * s, 16 * s, 32 * s, 60 * s}
		if fmt.Sprint(pauses) != fmt.Sprint(want) {
			t.Errorf("pauses %v, want %v", pauses, want)
		}
		if q.Len() != 0 {
			t.Errorf("Len = %d after giving up", q.Len())
		}
	})
}

func TestQueue_UnavailableIsNeverGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(testQuiet, testWait)
		q.Add(upsert("a"))
		for range 100 {
			last := time.Now()
			c := next(t, q)
			if d := time.Since(last); d > time.Minute {
				t.Fatalf("waited %v", d)
			}
			if !q.Done(c, fmt.Errorf("embed: %w", golocal.ErrUnavailable)) {
				t.Fatal("given up")
			}
		}
	})
}

func TestQueue_SmallAndRecentFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, now := NewQueue(testQuiet, testWait), time.Now()
		add := func(path string, size int64, age time.Duration) {
			q.add(upsert(path), weight{size: size, modified: now.Add(-age)})
		}
		add("large", 80<<20, 0)
		add("old", 1<<10, 300*24*time.Hour)
		add("yesterday", 1<<10, 24*time.Hour)
		add("medium", 1<<20, time.Minute)
		add("small", 1<<10, time.Minute)
		time.Sleep(20 * time.Minute) // a backlog, longer than some penalties
		add("saved", 1<<10, -20*time.Minute)
		time.Sleep(time.Second)
		var order []string
		for range 6 {
			order = append(order, next(t, q).Ref.Path)
		}
		// Rank is a time, so what waited long goes before what was just saved.
		if got, want := fmt.Sprint(order), "[small medium yesterday saved large old]"; got != want {
			t.Errorf("order %s, want %s", got, want)
		}
	})
}

func TestQueue_ThroughWaitsForWhatWasThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(testQuiet, testWait)
		other := golocal.Change{Ref: golocal.Ref{Root: 2, Path: "x"}, Op: golocal.Upsert}
		q.Add(upsert("a"))
		q.Add(upsert("b"))
		q.Add(other)
		first := next(t, q)
		q.Add(first) // again, while a worker has it
		passed := make(chan error, 1)
		go func() { passed <- q.through(t.Context(), 1) }()
		synctest.Wait()
		q.Add(upsert("later"))
		seen := map[string]int{}
		q.Done(first, nil)
		for range 2 {
			select {
			case <-passed:
				t.Fatal("through returned early")
			default:
			}
			c := next(t, q)
			for c.Ref.Root == 2 || c.Ref.Path == "later" {
				defer q.Done(c, nil)
				c = next(t, q)
			}
			seen[c.Ref.Path]++
			q.Done(c, errors.New("broken")) // a failure counts as through
			synctest.Wait()
		}
		select {
		case err := <-passed:
			if err != nil {
				t.Error(err)
			}
		default:
			t.Error("through still waits")
		}
		if seen["a"] != 1 || seen["b"] != 1 {
			t.Errorf("worked on %v", seen)
		}
	})
}

func TestQueue_DropEndsWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(testQuiet, testWait)
		q.Add(upsert("a"))
		q.Add(upsert("b"))
		c := next(t, q)
		q.Add(c)
		passed := make(chan error, 1)
		go func() { passed <- q.Wait(t.Context()) }()
		synctest.Wait()
		q.drop(1)
		if err := <-passed; err != nil {
			t.Error(err)
		}
		if q.Done(c, errors.New("broken")) || q.Len() != 0 || q.pending(1) != 0 {
			t.Error("a dropped change came back")
		}
	})
}

func TestQueue_NextEndsWithContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(testQuiet, testWait)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if _, err := q.Next(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		q.Add(upsert("a"))
		if err := q.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
}

// A model of the queue: every file added is given out afterwards with its last
// operation, whatever workers do meanwhile.
func TestQueue_NothingIsLost(t *testing.T) {
	for seed := range uint64(20) {
		synctest.Test(t, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(seed, 1))
			q := NewQueue(10*time.Millisecond, 50*time.Millisecond)
			ctx, cancel := context.WithCancel(t.Context())
			want, got := map[string]golocal.Op{}, map[string]golocal.Op{}
			var mu sync.Mutex
			var wg sync.WaitGroup
			for w := range 3 {
				rng := rand.New(rand.NewPCG(seed, uint64(w)+2))
				wg.Go(func() {
					for {
						c, err := q.Next(ctx)
						if err != nil {
							return
						}
						mu.Lock()
						got[c.Ref.Path] = c.Op
						mu.Unlock()
						time.Sleep(time.Duration(rng.IntN(30)) * time.Millisecond)
						if rng.IntN(4) == 0 {
							mu.Lock()
							delete(got, c.Ref.Path)
							mu.Unlock()
							q.Done(c, golocal.ErrUnavailable)
						} else {
							q.Done(c, nil)
						}
					}
				})
			}
			for range 500 {
				c := upsert(fmt.Sprint(rng.IntN(40)))
				if rng.IntN(3) == 0 {
					c.Op = golocal.Remove
				}
				want[c.Ref.Path] = c.Op
				q.Add(c)
				if rng.IntN(2) == 0 {
					time.Sleep(time.Duration(rng.IntN(20)) * time.Millisecond)
				}
			}
			if err := q.Wait(ctx); err != nil {
				t.Error(err)
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("seed %d: got %v, want %v", seed, got, want)
			}
			if q.Len() != 0 || q.pending(1) != 0 {
				t.Errorf("seed %d: %d left, %d pending", seed, q.Len(), q.pending(1))
			}
			cancel()
			wg.Wait()
		})
	}
}

func TestQueue_AheadAndSize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(0, 0)
		q.add(upsert("worked on"), weight{size: 5})
		c := next(t, q)
		q.add(upsert("waits"), weight{size: 7})
		q.add(removal("gone"), weight{size: 9})
		q.add(golocal.Change{Ref: golocal.Ref{Root: 2, Path: "paused"}, Op: golocal.Upsert}, weight{size: 11})
		q.pause(2, true)
		ahead := func() map[string]int64 {
			got := map[string]int64{}
			q.Ahead(func(ref golocal.Ref, size int64) { got[ref.Path] = size })
			return got
		}
		if got, want := fmt.Sprint(ahead()), fmt.Sprint(map[string]int64{"gone": 0, "waits": 7}); got != want {
			t.Errorf("ahead: %s, want %s", got, want)
		}
		if got := q.Size(c.Ref); got != 5 {
			t.Errorf("size of what a worker has: %d", got)
		}
		q.add(upsert("worked on"), weight{size: 6}) // it comes once more
		if got := ahead(); got["worked on"] != 6 || len(got) != 3 {
			t.Errorf("ahead with a file that comes again: %v", got)
		}
		if got := q.Size(golocal.Ref{Root: 1, Path: "unknown"}); got != 0 {
			t.Errorf("size of an unknown file: %d", got)
		}
	})
}
