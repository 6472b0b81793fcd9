package watch

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

func TestWatch_Overflow(t *testing.T) {
	// The system's reports stop in the middle and an overflow is announced.
	real := make(chan *notifier, 8)
	events, errs := make(chan fsnotify.Event), make(chan error)
	first := true
	h := open(t, testOptions(), func(w *Watcher) {
		w.newNotifier = func() (*notifier, error) {
			n, err := newNotifier()
			if err != nil || !first {
				return n, err
			}
			first = false
			real <- n
			deaf := *n
			deaf.events, deaf.errors = events, errs
			deaf.close = func() error { close(events); close(errs); return n.close() }
			return &deaf, nil
		}
	})
	h.write("a.md", "one")
	h.write("d/b.md", "two")
	h.sync()
	n := <-real
	done := make(chan struct{})
	go func() { // swallow
		defer close(done)
		for range n.events {
		}
	}()
	h.write("a.md", "changed unseen")
	h.write("e/c.md", "new unseen")
	h.must(os.Rename(h.path("d"), h.path("f")))
	time.Sleep(100 * time.Millisecond)
	if h.differs() == "" {
		t.Fatal("the events were not lost, so this test shows nothing")
	}
	errs <- fsnotify.ErrEventOverflow
	h.equal("the overflow")
	h.write("f/b.md", "seen again")
	h.equal("a write after the overflow")
	<-done
}

// A folder moved into a new one may be met there before the event says that it
// left its old place. Its watch must survive that event.
func TestWatch_MoveMetBeforeItsEvent(t *testing.T) {
	release := make(chan struct{})
	h := open(t, testOptions(), func(w *Watcher) {
		w.newNotifier = func() (*notifier, error) {
			n, err := newNotifier()
			if err != nil {
				return nil, err
			}
			relay, events := *n, make(chan fsnotify.Event)
			relay.events = events
			go func() {
				defer close(events)
				var held []fsnotify.Event
				pass := release
				for {
					select {
					case ev, ok := <-n.events:
						if !ok {
							return
						}
						if pass != nil && ev.Has(fsnotify.Rename) {
							held = append(held, ev)
							continue
						}
						events <- ev
					case <-pass:
						pass = nil
						for _, ev := range held {
							events <- ev
						}
					}
				}
			}()
			return &relay, nil
		}
	})
	h.write("a/b/f.md", "one")
	h.sync()
	h.must(os.Mkdir(h.path("p"), 0o755))
	h.must(os.Rename(h.path("a"), h.path("p/a")))
	h.until("the new place", func() bool { _, ok := h.shelf.doc(1, "p/a/b/f.md"); return ok })
	close(release)
	h.equal("the move")
	time.Sleep(3 * gather) // the late event has done its worst
	h.write("p/a/b/f.md", "two")
	h.write("p/a/g.md", "three")
	h.equal("writes in the new place")
}

func TestBacklog_TooLongIsLoss(t *testing.T) {
	b := backlog{wake: make(chan struct{}, 1)}
	for range 3 * maxBacklog {
		b.push(fsnotify.Event{Name: "same", Op: fsnotify.Write})
	}
	if events, lost, _ := b.take(); lost || len(events) != 1 {
		t.Errorf("repeats: %d events, lost %v", len(events), lost)
	}
	for i := range maxBacklog + 1 {
		b.push(fsnotify.Event{Name: fmt.Sprint(i), Op: fsnotify.Write})
	}
	if events, lost, _ := b.take(); !lost || len(events) != 0 {
		t.Errorf("flood: %d events, lost %v", len(events), lost)
	}
}

func TestWatch_WatchLimit(t *testing.T) {
	if !posix {
		return
	}
	left := 3
	h := open(t, testOptions(), func(w *Watcher) {
		w.newNotifier = func() (*notifier, error) {
			n, err := newNotifier()
			if err != nil {
				return nil, err
			}
			add := n.add
			n.add = func(path string) error {
				if left == 0 {
					return syscall.EMFILE // ENOSPC on Linux; this one counts everywhere
				}
				left--
				return add(path)
			}
			return n, nil
		}
	})
	for i := range 10 {
		h.write(fmt.Sprintf("d%d/a.md", i), fmt.Sprint(i))
	}
	h.settle()
	h.equal("start")
	h.until("polling", func() bool { return h.w.Status()[0].State == Polling })
	if s := h.w.Status()[0]; !strings.Contains(s.Reason, "cannot be watched") || !strings.Contains(s.Reason, "limit") {
		t.Errorf("reason %q", s.Reason)
	}
	for i := range 10 {
		h.write(fmt.Sprintf("d%d/a.md", i), fmt.Sprint("changed ", i))
	}
	h.equal("changes in folders without a watch")
	if n := strings.Count(h.logs.String(), "the rest is polled"); n != 1 {
		t.Errorf("said %d times", n)
	}
}

func TestWatch_NoNotifierAtAll(t *testing.T) {
	h := open(t, testOptions(), func(w *Watcher) {
		w.newNotifier = func() (*notifier, error) { return nil, syscall.EMFILE }
	})
	h.write("d/a.md", "one")
	h.equal("start")
	h.write("d/a.md", "two")
	h.equal("a write")
	h.must(os.RemoveAll(h.path("d")))
	h.equal("a deletion")
}

// A file is written after a worker has read it and before the worker is done,
// without an event: a comparison that begins meanwhile must not take the file for
// one that is about to be read.
func TestWatch_WrittenWhileAWorkerHasIt(t *testing.T) {
	o := testOptions()
	o.Poll = time.Hour
	h := open(t, o, func(w *Watcher) {
		w.newNotifier = func() (*notifier, error) { return nil, syscall.EMFILE }
	})
	h.sync()
	read, store := make(chan struct{}), make(chan struct{})
	var first sync.Once
	h.shelf.mu.Lock()
	h.shelf.stop = func(path string) {
		if path == "a.md" {
			first.Do(func() { close(read); <-store })
		}
	}
	h.shelf.mu.Unlock()
	h.write("a.md", "one")
	settled := make(chan error, 2)
	settle := func() { settled <- h.w.Settle(t.Context()) }
	go settle()
	<-read
	h.write("a.md", "two")
	before := h.w.Status()[0].Compared
	go settle()
	h.until("a comparison", func() bool { return h.w.Status()[0].Compared.After(before) })
	close(store)
	for range 2 {
		h.must(<-settled)
	}
	h.equal("the work")
}

func TestWatch_RemoteIsPolled(t *testing.T) {
	h := open(t, testOptions(), func(w *Watcher) {
		w.remote = func(string) (string, bool) { return "NFS", true }
		w.newNotifier = func() (*notifier, error) {
			t.Error("a network mount was watched")
			return nil, errors.New("no")
		}
	})
	h.write("a.md", "one")
	h.equal("start")
	h.write("d/a.md", "two")
	h.equal("a write")
	h.until("polling", func() bool { return h.w.Status()[0].State == Polling })
	if r := h.w.Status()[0].Reason; !strings.Contains(r, "NFS") {
		t.Errorf("reason %q", r)
	}
}
