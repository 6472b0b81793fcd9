package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golocal"
)

var errBroken = errors.New("broken")

// restarted is a queue that another process makes with what q kept.
func restarted(t *testing.T, q *Queue) *Queue {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tries")
	n := NewQueue(testQuiet, testWait)
	if err := errors.Join(q.save(path, []int64{1, 2}), n.load(path)); err != nil {
		t.Fatal(err)
	}
	return n
}

// failing works on what q gives out until it gives up, and returns how often and
// the pauses before.
func failing(t *testing.T, q *Queue, most int) (pauses []time.Duration, givenUp bool) {
	t.Helper()
	for last := time.Now(); len(pauses) < most; {
		c := next(t, q)
		pauses = append(pauses, time.Since(last))
		last = time.Now()
		if !q.Done(c, errBroken) {
			return pauses, true
		}
	}
	return pauses, false
}

// A file that fails goes on after a restart where it was, with its pauses, and is
// given up after eight tries in all.
func TestTries_GoOnAfterARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, w, s := NewQueue(testQuiet, testWait), weight{5, time.Now()}, time.Second
		q.add(upsert("\xff.md"), w)
		if got, _ := failing(t, q, 3); fmt.Sprint(got) != fmt.Sprint([]time.Duration{testQuiet, s, 2 * s}) {
			t.Errorf("pauses %v", got)
		}
		time.Sleep(s)
		q = restarted(t, q)
		q.add(upsert("\xff.md"), w)
		want := []time.Duration{3 * s, 8 * s, 16 * s, 32 * s, 60 * s} // of the first pause a second is over
		if got, gone := failing(t, q, 8); fmt.Sprint(got) != fmt.Sprint(want) || !gone {
			t.Errorf("pauses %v after a restart, given up: %v; want %v and true", got, gone, want)
		}
	})
}

// What was given up gets one try whenever it comes again as it was, and all when
// it has changed or somebody asks.
func TestTries_OfWhatWasGivenUp(t *testing.T) {
	w := weight{5, time.Unix(1e9, 0)}
	for _, c := range []struct {
		name  string
		then  func(t *testing.T, q *Queue)
		tries int
	}{
		{"the same", func(t *testing.T, q *Queue) { q.add(upsert("a"), w) }, 1},
		{"asked for by name", func(t *testing.T, q *Queue) { q.Add(upsert("a")) }, 1},
		{"another size", func(t *testing.T, q *Queue) { q.add(upsert("a"), weight{6, w.modified}) }, 8},
		{"another time", func(t *testing.T, q *Queue) { q.add(upsert("a"), weight{5, w.modified.Add(1)}) }, 8},
		{"a person's word", func(t *testing.T, q *Queue) { q.forgive(1); q.add(upsert("a"), w) }, 8},
		{"a person's word for all", func(t *testing.T, q *Queue) { q.forgive(); q.add(upsert("a"), w) }, 8},
		{"a person's word for another root", func(t *testing.T, q *Queue) { q.forgive(2); q.add(upsert("a"), w) }, 1},
		{"the root came anew", func(t *testing.T, q *Queue) { q.drop(1); q.add(upsert("a"), w) }, 8},
		{"gone and back", func(t *testing.T, q *Queue) {
			q.Add(removal("a"))
			c, err := q.Next(t.Context())
			if err != nil || c != removal("a") {
				t.Errorf("%v, %v", c, err)
			}
			q.Done(c, nil)
			q.add(upsert("a"), w)
		}, 8},
		{"read at last", func(t *testing.T, q *Queue) {
			q.add(upsert("a"), w)
			c, err := q.Next(t.Context())
			if err != nil {
				t.Error(err)
			}
			q.Done(c, nil)
			q.add(upsert("a"), w)
		}, 8},
	} {
		synctest.Test(t, func(t *testing.T) {
			q := NewQueue(testQuiet, testWait)
			q.add(upsert("a"), w)
			if _, gone := failing(t, q, maxTries); !gone {
				t.Fatal("not given up")
			}
			time.Sleep(time.Hour)
			q = restarted(t, q)
			c.then(t, q)
			if got, gone := failing(t, q, maxTries); len(got) != c.tries || !gone {
				t.Errorf("%s: tried %d times, given up: %v; want %d", c.name, len(got), gone, c.tries)
			}
		})
	}
}

// What changes while it is read is another whenever it comes: it is read at once,
// but its tries are not new ones.
func TestTries_OfWhatIsUnstable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(testQuiet, testWait)
		q.add(upsert("a"), weight{5, time.Now()})
		for range 4 {
			q.Done(next(t, q), fmt.Errorf("read a: %w", golocal.ErrUnstable))
		}
		q = restarted(t, q)
		q.add(upsert("a"), weight{6, time.Now()})
		start := time.Now()
		c := next(t, q)
		if d := time.Since(start); d != testQuiet {
			t.Errorf("given out after %v", d)
		}
		q.Done(c, golocal.ErrUnstable)
		start = time.Now()
		if next(t, q); time.Since(start) != 16*time.Second {
			t.Errorf("the fifth pause is %v", time.Since(start))
		}
	})
}

// What is written all the time is worked on again whenever a change comes, however
// often that failed; each failure counts for the next start.
func TestTries_OfWhatChangesMeanwhile(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		then golocal.Change
		want int
	}{
		{"written to while it is read", golocal.ErrUnstable, upsert("a"), 5},
		{"broken, and another now", errBroken, upsert("a"), 0},
		{"written to, and gone", golocal.ErrUnstable, removal("a"), 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			q := NewQueue(testQuiet, testWait)
			q.add(upsert("a"), weight{5, time.Now()})
			for range 5 {
				change := next(t, q)
				q.add(c.then, weight{6, time.Now()}) // while it is worked on
				if !q.Done(change, c.err) {
					t.Fatalf("%s: given up", c.name)
				}
				q.add(c.then, weight{7, time.Now()}) // and before it is again
			}
			if got := q.failures[upsert("a").Ref].tries; got != c.want {
				t.Errorf("%s: %d tries are kept, want %d", c.name, got, c.want)
			}
			for range maxTries {
				change := next(t, q)
				q.add(upsert("a"), weight{8, time.Now()})
				if !q.Done(change, golocal.ErrUnstable) {
					t.Fatalf("%s: given up while it changes", c.name)
				}
			}
			start := time.Now()
			if q.Done(next(t, q), golocal.ErrUnstable) || time.Since(start) > testWait {
				t.Errorf("%s: not given up at rest, or only after %v", c.name, time.Since(start))
			}
		})
	}
}

// A failure that is not the file's own leaves no trace for the next start.
func TestTries_WhatIsUnavailableIsTriedAtTheNextStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, w := NewQueue(testQuiet, testWait), weight{5, time.Now()}
		q.add(upsert("a"), w)
		q.add(upsert("b"), w)
		for range 6 {
			c := next(t, q)
			q.Done(c, map[string]error{"a": golocal.ErrUnavailable, "b": context.Canceled}[c.Ref.Path])
		}
		q = restarted(t, q)
		q.add(upsert("a"), w)
		start := time.Now()
		if next(t, q); time.Since(start) != testQuiet {
			t.Errorf("given out after %v", time.Since(start))
		}
	})
}

// Who waits for the queue does not wait for another try of what failed, unless it
// was a person's word to try it now.
func TestTries_KeepNobodyWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(testQuiet, testWait)
		q.add(upsert("a"), weight{5, time.Now()})
		failing(t, q, 5)
		start := time.Now()
		if err := q.through(t.Context()); err != nil || time.Since(start) != 0 {
			t.Errorf("waited %v, %v", time.Since(start), err)
		}
		all := make(chan error, 1)
		go func() { all <- q.Wait(t.Context()) }()
		q.forgive(1)
		passed := make(chan error, 1)
		go func() { passed <- q.through(t.Context(), 1) }()
		synctest.Wait()
		c := next(t, q)
		if d := time.Since(start); d != 0 {
			t.Errorf("given out %v after the word", d)
		}
		select {
		case <-passed:
			t.Error("did not wait for the try")
		default:
		}
		q.Done(c, nil)
		if err := errors.Join(<-passed, <-all); err != nil {
			t.Error(err)
		}
	})
}

// The clock of the machine is set back by a year: the file is tried all the same.
func TestTries_ClockSetBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, w := NewQueue(testQuiet, testWait), weight{5, time.Now()}
		q.failures[upsert("a").Ref] = failure{2, time.Now().AddDate(1, 0, 0), w, false}
		q = restarted(t, q)
		q.add(upsert("a"), w)
		start := time.Now()
		if next(t, q); time.Since(start) > lastRetry {
			t.Errorf("given out after %v", time.Since(start))
		}
	})
}

func TestTries_File(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tries")
	q := NewQueue(testQuiet, testWait)
	far := time.Date(12345, 1, 1, 0, 0, 0, 0, time.UTC) // no year for JSON
	now := time.Now()
	for path, f := range map[string]failure{
		"a": {tries: 1, next: now, weight: weight{1, now}}, "\xff": {3, now, weight{3, far}, true}, "old": {tries: 2, next: now.Add(-forgotten)},
	} {
		q.failures[golocal.Ref{Root: 1, Path: path}] = f
	}
	q.failures[golocal.Ref{Root: 2, Path: "of a root that went"}] = failure{tries: 1, next: now}
	load := func() *Queue {
		t.Helper()
		n := NewQueue(testQuiet, testWait)
		if err := n.load(path); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := load(); len(n.failures) != 0 {
		t.Errorf("from no file: %+v", n.failures)
	}
	if err := q.save(path, []int64{1}); err != nil {
		t.Fatal(err)
	}
	if fi, err := os.Stat(path); err != nil || posix && fi.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", fi.Mode(), err)
	}
	n := load()
	if f := n.failures[golocal.Ref{Root: 1, Path: "\xff"}]; len(n.failures) != 2 || f.tries != 3 || !f.unstable || !f.next.Equal(now) || !f.weight.same(weight{3, far}) {
		t.Errorf("%+v", n.failures)
	}
	if err := q.save(path, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file is left for no tries: %v", err)
	}
	write(t, path, `[{"root":`)
	if err := NewQueue(testQuiet, testWait).load(path); err == nil {
		t.Error("a damaged file is taken for whole")
	}
	write(t, path, "")
	New(Options{Tries: path}) // is no reason not to watch
}

// A watcher keeps the tries while it runs, and as it ends.
func TestTries_WatcherKeepsThem(t *testing.T) {
	t.Parallel()
	dir, path := t.TempDir(), filepath.Join(t.TempDir(), "tries")
	write(t, filepath.Join(dir, "a.md"), "a")
	o := testOptions()
	o.Tries = path
	tried := func(least int) {
		t.Helper()
		w := New(o)
		if err := w.Add(golocal.Root{ID: 1, Path: dir}); err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithTimeout(t.Context(), patience)
		defer stop()
		var running sync.WaitGroup
		running.Go(func() { w.Run(ctx) })
		c, err := w.Queue().Next(ctx)
		if err != nil {
			t.Fatal(err)
		}
		w.Queue().Done(c, errBroken)
		kept := NewQueue(testQuiet, testWait)
		for kept.failures[c.Ref].tries < least && ctx.Err() == nil {
			time.Sleep(5 * time.Millisecond)
			if err := kept.load(path); err != nil {
				t.Fatal(err)
			}
		}
		last := golocal.Ref{Root: 1, Path: fmt.Sprint("last", least)}
		w.queue.mu.Lock()
		w.queue.failures[last] = failure{tries: 1, next: time.Now()}
		w.queue.altered()
		w.queue.mu.Unlock()
		stop()
		running.Wait()
		if err := kept.load(path); err != nil || kept.failures[c.Ref].tries < least || kept.failures[last].tries != 1 {
			t.Fatalf("kept %+v, %v; want %d tries", kept.failures, err, least)
		}
	}
	tried(1)
	tried(2)
}
