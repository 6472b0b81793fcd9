package watch

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golocal"
)

// empty fails unless Next has nothing to give now.
func empty(t *testing.T, q *Queue) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if c, err := q.Next(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("%v was given out, %v", c, err)
	}
}

func TestQueue_SmallDoNotWaitForLarge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(testQuiet, testWait)
		q.lanes = Lanes{Large: 1000, SmallFiles: 3, LargeFiles: 2}
		for i := range 5 {
			q.add(upsert(fmt.Sprint("large", i)), weight{size: 1000, modified: time.Now().Add(-time.Hour)})
		}
		time.Sleep(time.Hour) // by now the large ones come first
		for i := range 5 {
			q.add(upsert(fmt.Sprint("small", i)), weight{size: 999})
		}
		q.add(golocal.Change{Ref: golocal.Ref{Root: 1, Path: "locked"}, Op: golocal.Skip}, weight{size: 5000})
		var given []golocal.Change
		var paths []string
		for range 5 {
			given = append(given, next(t, q))
			paths = append(paths, given[len(given)-1].Ref.Path)
		}
		if got := fmt.Sprint(paths); got != "[large0 large1 small0 small1 small2]" {
			t.Errorf("given out: %s", got)
		}
		empty(t, q)
		// Whoever sleeps is woken when there is room.
		got := make(chan golocal.Change)
		go func() { got <- next(t, q) }()
		synctest.Wait()
		q.Done(given[3], nil)
		if c := <-got; c.Ref.Path != "small3" {
			t.Errorf("%v after a small file", c)
		}
		empty(t, q)
		q.Done(given[0], errors.New("broken")) // room, but it waits itself
		if c := next(t, q); c.Ref.Path != "large2" {
			t.Errorf("%v after a large file", c)
		}
		empty(t, q)
	})
}

// A root whose files block keeps what it has and holds up no other.
func TestR31_BlockedRootHoldsUpNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := NewQueue(testQuiet, testWait)
		q.lanes = Lanes{Large: 1 << 20, SmallFiles: 4, LargeFiles: 2}
		for i := range 100 {
			q.Add(upsert(fmt.Sprint("blocked", i)))
		}
		var blocked []golocal.Change
		for range 4 {
			blocked = append(blocked, next(t, q))
		}
		empty(t, q)
		for i := range 50 {
			q.Add(golocal.Change{Ref: golocal.Ref{Root: 2, Path: fmt.Sprint(i)}, Op: golocal.Upsert})
		}
		for range 50 {
			c := next(t, q)
			if c.Ref.Root != 2 {
				t.Fatalf("%v was given out", c)
			}
			q.Done(c, nil)
		}
		if err := q.through(t.Context(), 2); err != nil {
			t.Error(err)
		}
		empty(t, q)
		q.drop(1) // it is removed while its files block
		for _, c := range blocked {
			q.Done(c, nil)
		}
		if q.Len() != 0 || len(q.ready) != 0 || len(q.given) != 0 {
			t.Errorf("%d files, %d lanes and %d given out are left", q.Len(), len(q.ready), len(q.given))
		}
	})
}

// A root whose file system does not answer, seen from the watcher.
func TestR31_BlockedRootIsWatchedAlone(t *testing.T) {
	release := make(chan struct{})
	blocked := make(chan struct{})
	h := open(t, testOptions(), func(w *Watcher) {
		real := w.remote
		w.remote = func(path string) (string, bool) {
			if strings.HasSuffix(path, "/blocked") {
				close(blocked)
				<-release
			}
			return real(path)
		}
	})
	other := h.dir + ".away/blocked"
	write(t, other+"/far.md", "far away")
	h.write("near.md", "near")
	h.sync()
	h.must(h.w.Add(golocal.Root{ID: 2, Path: other}))
	<-blocked
	h.write("near.md", "near again")
	h.write("new/file.md", "new")
	h.equal("a write beside a blocked root")
	if err := h.w.Sync(t.Context(), 1); err != nil {
		t.Error(err)
	}
	if s := h.w.Status(); len(s) != 2 || s[1].State == Watching {
		t.Errorf("states %+v", s)
	}
	close(release)
	h.until("the root that answers again", func() bool { return len(h.shelf.paths(2)) == 1 })
}
