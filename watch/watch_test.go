package watch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"golocal"

	"github.com/fsnotify/fsnotify"
)

func TestWatch_Operations(t *testing.T) {
	h := open(t, testOptions(), nil)
	h.write("a.md", "one")
	h.write("d/e/f.md", "two")
	h.settle()
	steps := []struct {
		name string
		do   func()
	}{
		{"start", func() {}},
		{"create", func() { h.write("b.md", "three") }},
		{"append", func() {
			f, err := os.OpenFile(h.path("b.md"), os.O_APPEND|os.O_WRONLY, 0)
			h.must(err)
			_, err = f.WriteString(" more")
			h.must(err)
			h.must(f.Close())
		}},
		{"rename file", func() { h.must(os.Rename(h.path("b.md"), h.path("c.md"))) }},
		{"rename over", func() { h.must(os.Rename(h.path("c.md"), h.path("a.md"))) }},
		{"make folders and files at once", func() {
			for i := range 50 {
				h.write(fmt.Sprintf("p%d/q/r/s.md", i), fmt.Sprint("deep ", i))
			}
		}},
		{"rename folder", func() { h.must(os.Rename(h.path("d"), h.path("d2"))) }},
		{"write below a renamed folder", func() { h.write("d2/e/f.md", "changed after the rename") }},
		{"create below a renamed folder", func() { h.write("d2/e/g/h.md", "new after the rename") }},
		{"move folder into a new one", func() {
			h.must(os.Mkdir(h.path("n"), 0o755))
			h.must(os.Rename(h.path("d2"), h.path("n/d2")))
		}},
		{"write there", func() { h.write("n/d2/e/f.md", "changed again") }},
		{"swap two folders", func() {
			h.must(os.Rename(h.path("p1"), h.path("x")))
			h.must(os.Rename(h.path("p2"), h.path("p1")))
			h.must(os.Rename(h.path("x"), h.path("p2")))
		}},
		{"write in both", func() { h.write("p1/q/r/s.md", "in one"); h.write("p2/q/r/t.md", "in two") }},
		{"move out", func() { h.must(os.Rename(h.path("n"), h.dir+".away")) }},
		{"write outside", func() { write(h, h.dir+".away/d2/z.md", "outside") }},
		{"move in", func() { h.must(os.Rename(h.dir+".away", h.path("back"))) }},
		{"write in what came back", func() { h.write("back/d2/e/f.md", "inside") }},
		{"delete file", func() { h.must(os.Remove(h.path("a.md"))) }},
		{"delete folder", func() { h.must(os.RemoveAll(h.path("back"))) }},
		{"replace folder by file", func() {
			h.must(os.RemoveAll(h.path("p3")))
			h.write("p3", "a file")
		}},
		{"replace file by folder", func() {
			h.must(os.Remove(h.path("p3")))
			h.write("p3/in.md", "a folder")
		}},
		{"safe save", func() {
			h.write("p4/q/r/.s.md.tmp", "saved by renaming")
			h.must(os.Rename(h.path("p4/q/r/.s.md.tmp"), h.path("p4/q/r/s.md")))
		}},
		{"safe save with a backup", func() {
			h.must(os.Rename(h.path("p4/q/r/s.md"), h.path("p4/q/r/s.md~")))
			h.write("p4/q/r/s.md", "saved anew")
			h.must(os.Remove(h.path("p4/q/r/s.md~")))
		}},
		{"delete and make again", func() {
			for range 5 {
				h.must(os.RemoveAll(h.path("p5")))
				h.write("p5/q/new.md", "again")
			}
		}},
		{"write in it", func() { h.write("p5/q/new.md", "and again") }},
		{"ignore", func() {
			h.write(".gitignore", "*.log\ntmp-ignored/\n")
			h.write("x.log", "x")
			h.write("tmp-ignored/y.md", "y")
		}},
		{"do not ignore", func() { h.must(os.Remove(h.path(".gitignore"))) }},
		{"ignore again", func() { h.write(".gitignore", "*.log\ntmp-ignored/\n") }},
		{"secrets", func() { h.write("k/server.pem", "x"); h.write(".env", "x"); h.write(".ssh/id", "x") }},
	}
	for _, s := range steps {
		s.do()
		h.equal(s.name)
	}
	if d, ok := h.shelf.doc(1, "k/server.pem"); !ok || d.State != golocal.StateSkipped || d.Reason != "skipped as secret: its name matches *.pem" {
		t.Errorf("the key is %+v", d)
	}
	h.sync()
	if got := h.w.Status()[0]; got.State != Watching || got.Reason != "" || got.Secret != 1 || got.Skipped != 2 || got.Pending != 0 {
		t.Errorf("state %+v", got)
	}
}

func TestWatch_OtherNamesOfAFile(t *testing.T) {
	h := open(t, testOptions(), nil)
	h.write("d/a.md", "one")
	h.write("e/c.md", "other")
	h.must(os.Link(h.path("d/a.md"), h.path("e/b.md")))
	h.sync()
	h.write("d/a.md", "two") // the system tells of one name
	h.equal("a write under one of two names")
}

func TestWatch_MoveReadsNothingNew(t *testing.T) {
	h := open(t, testOptions(), nil)
	for i := range 300 {
		h.write(fmt.Sprintf("a/b/c%d/d/%d.md", i%10, i), fmt.Sprint("text ", i))
	}
	h.sync()
	h.equal("start")
	_, before := h.shelf.count()
	h.must(os.Rename(h.path("a"), h.path("z")))
	h.equal("the move") // all documents are gone at their old paths: no deletion to hold
	if _, after := h.shelf.count(); after != before {
		t.Errorf("%d new contents after a move", after-before)
	}
}

func TestWatch_Burst(t *testing.T) {
	h := open(t, testOptions(), nil)
	h.settle()
	n := 5000
	if os.Getenv("GOLOCAL_LONG") != "" {
		n = 50000
	}
	for d := range 50 {
		h.must(os.Mkdir(h.path(fmt.Sprint(d)), 0o755))
	}
	for i := range n {
		h.must(os.WriteFile(h.path(fmt.Sprintf("%d/%d.md", i%50, i)), []byte(fmt.Sprint(i)), 0o644))
	}
	h.until("all files", func() bool { return h.shelf.len() == n })
	h.equal("the burst")
}

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

func TestR17_MissingRootIsNoDeletion(t *testing.T) {
	h := open(t, testOptions(), nil)
	for i := range 30 {
		h.write(fmt.Sprintf("d/%d.md", i), fmt.Sprint(i))
	}
	h.sync()
	reads, _ := h.shelf.count()
	h.must(os.Rename(h.dir, h.dir+".away"))
	h.until("missing", func() bool { return h.w.Status()[0].State == Missing })
	if err := h.w.Sync(t.Context(), 1); !errors.Is(err, ErrMissing) {
		t.Errorf("Sync: %v", err)
	}
	if n := len(h.shelf.paths(1)); n != 30 {
		t.Errorf("%d documents are left", n)
	}
	if _, err := h.w.Open(golocal.Ref{Root: 1, Path: "d/1.md"}); err == nil {
		t.Error("a file of a missing root was opened")
	}

	// A mount point without its disk.
	h.must(os.Mkdir(h.dir, 0o755))
	time.Sleep(100 * time.Millisecond)
	if err := h.w.Sync(t.Context(), 1); !errors.Is(err, ErrMissing) {
		t.Errorf("Sync of the empty folder: %v", err)
	}
	if s := h.w.Status()[0]; s.State != Missing || !strings.Contains(s.Reason, "disk") {
		t.Errorf("state %+v", s)
	}
	h.must(os.Remove(h.dir))

	// Back again.
	write(t, h.dir+".away/d/new.md", "written meanwhile")
	h.must(os.Rename(h.dir+".away", h.dir))
	h.settle()
	h.equal("the return")
	h.write("d/1.md", "watched again")
	h.equal("a write after the return")
	if after, _ := h.shelf.count(); after > reads+30+2 {
		t.Errorf("%d files read after the return", after-reads)
	}

	// Another folder in its place, with other files in it.
	h.must(os.Rename(h.dir, h.dir+".away"))
	h.write("other.md", "another disk")
	h.settle()
	h.until("hold", func() bool { return h.w.Status()[0].Held == 31 })
	if _, ok := h.shelf.doc(1, "other.md"); !ok {
		t.Error("the new folder's file is not indexed")
	}
}

func TestR17_MassDeletionIsHeld(t *testing.T) {
	h := open(t, testOptions(), nil)
	for i := range 40 {
		h.write(fmt.Sprintf("d%d/%d.md", i%3, i), fmt.Sprint(i))
	}
	h.write("stays.md", "here")
	h.sync()
	h.must(os.Remove(h.path("d0/0.md")))
	h.equal("a small deletion")
	for i := range 3 {
		h.must(os.Rename(h.path(fmt.Sprintf("d%d", i)), fmt.Sprintf("%s.d%d", h.dir, i)))
	}
	h.until("hold", func() bool { return h.w.Status()[0].Held == 39 })
	h.settle()
	if n := len(h.shelf.paths(1)); n != 40 {
		t.Errorf("%d documents are left", n)
	}
	if r := h.w.Status()[0].Reason; !strings.Contains(r, "39 files vanished") || !strings.Contains(r, "golocal sync") {
		t.Errorf("reason %q", r)
	}

	// A new process sees the same and holds too.
	h.stop()
	h.start(testOptions(), nil)
	h.settle()
	if s := h.w.Status()[0]; s.Held != 39 {
		t.Errorf("after a restart %d are held", s.Held)
	}

	// Some come back, and are held no more.
	h.must(os.Rename(h.dir+".d1", h.path("d1")))
	h.must(os.Rename(h.dir+".d2", h.path("d2")))
	h.until("fewer held", func() bool { return h.w.Status()[0].Held == 13 })
	h.settle()
	h.equal("the return of most")

	for i := range 3 {
		h.must(os.RemoveAll(h.path(fmt.Sprintf("d%d", i))))
	}
	h.until("hold", func() bool { return h.w.Status()[0].Held == 26 })
	h.sync() // a person's word
	if diff := h.differs(); diff != "" {
		t.Errorf("after Sync:\n%s", diff)
	}
	if s := h.w.Status()[0]; s.Held != 0 || s.Reason != "" {
		t.Errorf("state %+v", s)
	}
}

func TestR22_SpecialFilesAreListedNotRead(t *testing.T) {
	h := open(t, testOptions(), nil)
	makeSpecial(h)
	h.write("large.txt", "x")
	h.must(os.Truncate(h.path("large.txt"), 300<<20))
	h.write("empty.md", "")
	h.write("real.md", "text")
	h.must(os.Symlink(h.path("real.md"), h.path("link.md")))
	h.must(os.Symlink("/", h.path("all")))
	h.must(os.Symlink("loop", h.path("loop")))
	h.must(os.Symlink("nowhere", h.path("dangling.md")))
	h.must(os.Mkdir(h.path("folder.pdf"), 0o755))
	h.sync()
	want := []string{"empty.md", "large.txt", "real.md"}
	for p := range specialFiles {
		want = append(want, p)
	}
	slices.Sort(want)
	if got := h.shelf.paths(1); !slices.Equal(got, want) {
		t.Errorf("listed %q, want %q", got, want)
	}
	for p, reason := range specialFiles {
		if d, _ := h.shelf.doc(1, p); d.State != golocal.StateSkipped || d.Reason != reason {
			t.Errorf("%s: %s, %q", p, d.State, d.Reason)
		}
	}
	if d, _ := h.shelf.doc(1, "large.txt"); d.State != golocal.StateSkipped || d.Reason != "too large: more than 200 MiB" {
		t.Errorf("large.txt: %s, %q", d.State, d.Reason)
	}
	n := len(h.shelf.log)
	h.settle()
	for _, c := range h.shelf.log[n:] {
		if c.Op == golocal.Skip {
			t.Errorf("%v again though nothing changed", c)
		}
	}
	if got := h.w.Status()[0].Links; got != 4 {
		t.Errorf("%d links counted, want 4", got)
	}
}

func TestR21_NamesNeverCollapse(t *testing.T) {
	h := open(t, testOptions(), nil)
	names := []string{"-rf", " lead", "trail ", "ünïcode 😀.md", strings.Repeat("n", 252) + ".md", "CON.md.x", "a.md", "[x]", "*", "?.md", "!a", "#b"}
	if posix && !foldsNames {
		names = append(names, "new\nline", "esc\x1b[31m", "\xff\xfe", "\xff\xfd", "A.md", "e\u0301.md", "\u00e9.md", "back\\slash", "trailing.", "q\"'`", ".a", "...")
	}
	for i, n := range names {
		h.write("start/"+n+"/"+n, fmt.Sprint(i))
	}
	h.equal("start")
	for i, n := range names {
		h.write("d/"+n, fmt.Sprint("later ", i))
	}
	h.equal("creation")
	for _, n := range names {
		h.must(os.Rename(h.path("start/"+n+"/"+n), h.path("start/"+n+"/moved")))
		h.write("start/"+n+"/x", "new")
	}
	h.equal("renames")
	h.sync()
	if want, got := 3*len(names), len(h.shelf.paths(1)); got != want {
		t.Errorf("%d documents for %d files", got, want)
	}
}

func TestR23_DeepAndWide(t *testing.T) {
	h := open(t, testOptions(), nil)
	depth, width := 250, 1500 // more than a path may be long, and a batch
	if os.Getenv("GOLOCAL_LONG") != "" {
		depth, width = 1000, 100000
	}
	if !posix {
		depth = 10
	}
	// Deeper than a path may be long, so made level by level.
	dir, err := os.OpenRoot(h.dir)
	h.must(err)
	deep := strings.TrimSuffix(strings.Repeat("deep-folder-name/", depth), "/")
	for range depth {
		h.must(dir.Mkdir("deep-folder-name", 0o755))
		sub, err := dir.OpenRoot("deep-folder-name")
		h.must(err)
		dir.Close()
		dir = sub
	}
	h.must(dir.WriteFile("bottom.md", []byte("deep"), 0o644))
	dir.Close()
	h.must(os.Mkdir(h.path("wide"), 0o755))
	for i := range width {
		h.must(os.WriteFile(h.path(fmt.Sprintf("wide/%d", i)), nil, 0o644))
	}
	h.settle()
	if got := len(h.shelf.paths(1)); got != width+1 {
		t.Errorf("%d documents, want %d", got, width+1)
	}
	if d, ok := h.shelf.doc(1, deep+"/bottom.md"); !ok || d.State != golocal.StateReady || d.Size != 4 {
		t.Errorf("the deepest file is %+v", d.State)
	}
}

func TestR20_SameSizeSameTimeIsFound(t *testing.T) {
	h := open(t, testOptions(), nil)
	h.write("a.md", "before")
	old := time.Now().Add(-time.Hour)
	h.must(os.Chtimes(h.path("a.md"), old, old))
	h.sync()
	h.stop()
	// As if the last look was long ago, so that only the rule for attributes
	// can find it.
	time.Sleep(10 * time.Millisecond)
	ref := golocal.Ref{Root: 1, Path: "a.md"}
	d := h.shelf.docs[ref]
	d.Indexed = time.Now().Add(-time.Minute)
	h.shelf.docs[ref] = d
	h.write("a.md", "after!")
	h.must(os.Chtimes(h.path("a.md"), old, old))
	if fi, err := os.Stat(h.path("a.md")); err != nil || statusChanged(fi).IsZero() {
		return // a system that cannot tell
	}
	h.start(testOptions(), nil)
	h.settle()
	h.equal("the start")
}

func TestWatch_UnchangedFilesAreNotReadAgain(t *testing.T) {
	h := open(t, testOptions(), nil)
	for i := range 20 {
		h.write(fmt.Sprintf("%d.md", i), fmt.Sprint(i))
	}
	h.settle()
	indexed := func(after time.Duration) {
		h.shelf.mu.Lock()
		defer h.shelf.mu.Unlock()
		for ref, d := range h.shelf.docs {
			d.Indexed = d.Modified.Add(after)
			h.shelf.docs[ref] = d
		}
	}
	reads, _ := h.shelf.count()
	indexed(time.Second)
	h.settle()
	second, _ := h.shelf.count()
	if second != reads+20 {
		t.Errorf("%d of 20 files as young as the last look were read again", second-reads)
	}
	indexed(time.Hour)
	h.settle()
	if third, _ := h.shelf.count(); third != second {
		t.Errorf("%d settled files were read again", third-second)
	}
}

func TestR36_NestedRoots(t *testing.T) {
	h := open(t, testOptions(), nil)
	h.write("a.md", "outer")
	h.write("in/b.md", "inner")
	h.write("in/c/d.md", "inner too")
	h.sync()
	h.must(h.w.Add(golocal.Root{ID: 2, Path: h.path("in")}))
	h.settle()
	h.until("the inner root owns its files", func() bool {
		return slices.Equal(h.shelf.paths(1), []string{"a.md"}) && slices.Equal(h.shelf.paths(2), []string{"b.md", "c/d.md"})
	})
	h.write("in/b.md", "changed")
	h.write("in/e.md", "new")
	h.until("the inner root's new file", func() bool { return len(h.shelf.paths(2)) == 3 })
	if got := h.shelf.paths(1); !slices.Equal(got, []string{"a.md"}) {
		t.Errorf("the outer root has %q", got)
	}
	h.w.Remove(2)
	h.until("the outer root has them back", func() bool { return len(h.shelf.paths(1)) == 4 })
	h.w.Remove(1)
	h.w.Remove(1)
	if h.w.Queue().Len() != 0 || len(h.w.Status()) != 0 {
		t.Error("a removed root left something")
	}
	if err := h.w.Sync(t.Context(), 1); err == nil {
		t.Error("a removed root was synced")
	}
}

func TestWatch_OwnDataIsLeftOut(t *testing.T) {
	dir := t.TempDir()
	o := testOptions()
	o.Exclude = []string{filepath.Join(dir, "link", "data")}
	h := open(t, o, func(w *Watcher) {})
	_ = h
	h.stop()
	h.write("golocal/index.db", "ours")
	h.write("golocal-notes.md", "theirs")
	h.must(os.Symlink(h.dir, filepath.Join(dir, "link")))
	o.Exclude = []string{filepath.Join(dir, "link", "golocal")}
	h.start(o, nil)
	h.sync()
	h.write("golocal/index.db-wal", "ours")
	h.write("golocal/sub/x", "ours")
	h.write("b.md", "theirs")
	h.until("the write", func() bool { return len(h.shelf.paths(1)) == 2 })
	h.sync()
	if got := h.shelf.paths(1); !slices.Equal(got, []string{"b.md", "golocal-notes.md"}) {
		t.Errorf("indexed %q", got)
	}
	if _, err := h.w.Open(golocal.Ref{Root: 1, Path: "golocal/index.db"}); err == nil {
		t.Error("golocal's own data was opened")
	}
}

func TestWatch_CatalogueFails(t *testing.T) {
	h := open(t, testOptions(), nil)
	h.write("a.md", "one")
	h.sync()
	h.shelf.mu.Lock()
	h.shelf.err = errors.New("disk on fire")
	h.shelf.mu.Unlock()
	if err := h.w.Sync(t.Context()); err == nil || !strings.Contains(err.Error(), "disk on fire") {
		t.Errorf("Sync: %v", err)
	}
	if s := h.w.Status()[0]; !strings.Contains(s.Reason, "disk on fire") {
		t.Errorf("state %+v", s)
	}
	h.shelf.mu.Lock()
	h.shelf.err = nil
	h.shelf.mu.Unlock()
	h.write("b.md", "two")
	h.sync()
	h.equal("the catalogue's return")
	if s := h.w.Status()[0]; s.Reason != "" {
		t.Errorf("state %+v", s)
	}
}

func TestI8_NothingIsWritten(t *testing.T) {
	h := open(t, testOptions(), nil)
	for i := range 20 {
		h.write(fmt.Sprintf("d%d/%d.md", i%4, i), fmt.Sprint(i))
	}
	before := stamps(t, h.dir)
	h.sync()
	h.sync()
	if after := stamps(t, h.dir); after != before {
		t.Errorf("the folder changed:\n%s\nbefore:\n%s", after, before)
	}
}

// stamps lists every file and folder with its size, mode and time.
func stamps(t *testing.T, dir string) string {
	var b strings.Builder
	err := filepath.Walk(dir, func(p string, fi os.FileInfo, err error) error {
		fmt.Fprintln(&b, p, fi.Size(), fi.Mode(), fi.ModTime().UnixNano())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWatch_EndsCleanly(t *testing.T) {
	h := open(t, testOptions(), nil)
	h.write("a.md", "one")
	h.sync()
	h.stop()
	if err := h.w.Sync(t.Context()); err == nil {
		t.Error("Sync works after the end")
	}
	if err := h.w.Run(t.Context()); err == nil {
		t.Error("Run works twice")
	}
	if err := h.w.Add(golocal.Root{ID: 9, Path: h.dir}); err == nil {
		t.Error("Add works after the end")
	}
	h.w.Remove(1)
}

func TestR24_UnreadableIsNoDeletion(t *testing.T) {
	if !posix || os.Geteuid() == 0 {
		t.Log("this user may read everything")
		return
	}
	h := open(t, testOptions(), nil)
	h.write("d/a.md", "one")
	h.write("d/e/b.md", "two")
	h.write("c.md", "three")
	h.sync()
	chmod := func(path string, mode os.FileMode) { h.must(os.Chmod(h.path(path), mode)) }
	t.Cleanup(func() { chmod("d", 0o755) })
	chmod("d", 0)
	chmod("c.md", 0)
	h.sync()
	if got := h.shelf.paths(1); len(got) != 3 {
		t.Errorf("after chmod %q is indexed", got)
	}
	if d, _ := h.shelf.doc(1, "c.md"); d.State != golocal.StateFailed || !strings.Contains(d.Reason, "permission denied") {
		t.Errorf("c.md is %s, %q", d.State, d.Reason)
	}
	if r := h.w.Status()[0].Reason; r != "1 folder cannot be read" {
		t.Errorf("reason %q", r)
	}
	chmod("c.md", 0o644)
	chmod("d", 0o755)
	h.equal("the permissions' return")
	h.write("d/e/new.md", "watched again")
	h.equal("a write after it")
	h.sync()
	if r := h.w.Status()[0].Reason; r != "" {
		t.Errorf("reason %q", r)
	}
	// May be listed, but not looked into.
	chmod("d", 0o444)
	h.sync()
	if got := h.shelf.paths(1); len(got) != 4 {
		t.Errorf("with a folder that may only be listed %q is indexed", got)
	}
}
