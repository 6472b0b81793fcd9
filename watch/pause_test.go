package watch

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"golocal"
)

func TestQueue_PausedRootIsNotGivenOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(testQuiet, testWait)
		other := golocal.Change{Ref: golocal.Ref{Root: 2, Path: "b"}, Op: golocal.Upsert}
		q.Add(upsert("a"))
		q.Add(upsert("worked"))
		time.Sleep(time.Minute)
		held := next(t, q)
		q.pause(1, true)
		q.pause(1, true)
		q.Add(upsert("later"))
		q.Add(other)
		time.Sleep(time.Minute)
		if c := next(t, q); c != other {
			t.Fatalf("%v was given out of a paused root", c)
		}
		q.Done(other, nil)
		// What the pause broke off waits as well, and does not count as a failure.
		if !q.Done(held, context.Canceled) {
			t.Error("the change that was broken off is lost")
		}
		if n := q.pending(1); n != 3 || q.Awake() != 0 {
			t.Errorf("%d changes wait, %d can be given out; want 3 and 0", n, q.Awake())
		}
		if err := q.Wait(t.Context()); err != nil { // does not wait for what is paused
			t.Error(err)
		}
		if err := q.through(t.Context()); err != nil {
			t.Error(err)
		}
		q.pause(1, false)
		var got []string
		for range 3 {
			c := next(t, q)
			got = append(got, c.Ref.Path)
			q.Done(c, nil)
		}
		slices.Sort(got)
		if !slices.Equal(got, []string{"a", "later", "worked"}) || q.Len() != 0 {
			t.Errorf("resumed: %q, %d left", got, q.Len())
		}
	})
}

// TestQueue_PauseLetsWaitersGo pauses a root while somebody waits for two roots,
// and resumes it: the waiter waits for the other root alone, and exactly so long.
func TestQueue_PauseLetsWaitersGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(testQuiet, testWait)
		other := golocal.Change{Ref: golocal.Ref{Root: 2, Path: "b"}, Op: golocal.Upsert}
		q.Add(upsert("a"))
		time.Sleep(time.Second)
		c := next(t, q)
		q.Add(upsert("a")) // comes after
		q.Add(other)
		done := make(chan error, 1)
		go func() { done <- q.through(t.Context()) }()
		synctest.Wait()
		q.pause(1, true)
		q.Done(c, nil)
		synctest.Wait()
		select {
		case <-done:
			t.Fatal("through returned before the other root's change was worked on")
		default:
		}
		q.pause(1, false)
		time.Sleep(time.Second)
		for range 2 { // the resumed root's change must not count for the waiter
			c := next(t, q)
			if c == other {
				defer q.Done(c, nil)
				continue
			}
			q.Done(c, nil)
			synctest.Wait()
			select {
			case <-done:
				t.Error("a change that came back from the pause counted for an earlier waiter")
			default:
			}
		}
	})
}

func TestSet_PausesAndResumes(t *testing.T) {
	h := open(t, testOptions(), nil)
	h.write("a.md", "a")
	h.sync()
	root := rulesRoot(h, golocal.Rules{})
	root.Paused = true
	h.must(h.w.Set(root))
	h.write("b.md", "b")
	h.until("the change waits", func() bool { return h.w.Status()[0].Pending > 0 })
	if err := h.w.Sync(t.Context(), 1); !errors.Is(err, ErrPaused) {
		t.Errorf("sync of a paused root: %v", err)
	}
	h.sync() // of all: leaves the paused one aside and returns
	if got := h.shelf.paths(1); !slices.Equal(got, []string{"a.md"}) {
		t.Errorf("indexed while paused: %q", got)
	}
	h.until("the state tells", func() bool { return h.w.Status()[0].Root.Paused })

	// A watcher that starts with a paused root finds the change again and keeps it.
	h.stop()
	before := h.w
	h.start(testOptions(), func(w *Watcher) {
		if err := w.Add(root); err != nil {
			t.Fatal(err)
		}
	})
	if h.w == before {
		t.Fatal("the same watcher")
	}
	h.until("the change is found again", func() bool { return h.w.Status()[0].Pending > 0 })
	if got := h.shelf.paths(1); !slices.Equal(got, []string{"a.md"}) {
		t.Errorf("indexed while paused, after a restart: %q", got)
	}
	root.Paused = false
	h.must(h.w.Set(root))
	h.until("it is read when resumed", func() bool { return len(h.shelf.paths(1)) == 2 })
}
