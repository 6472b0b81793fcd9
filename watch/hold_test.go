package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"golocal"
)

func TestR17_MissingRootIsNoDeletion(t *testing.T) {
	h := open(t, testOptions(), nil)
	for i := range 30 {
		h.write(fmt.Sprintf("d/%d.md", i), fmt.Sprint(i))
	}
	h.sync()
	_, contents := h.shelf.count()
	h.must(os.Rename(h.dir, h.dir+".away"))
	h.until("missing", func() bool { return h.w.Status()[0].State == Missing })
	if err := h.w.Sync(t.Context(), 1); !errors.Is(err, ErrMissing) {
		t.Errorf("Sync: %v", err)
	}
	if n := len(h.shelf.paths(1)); n != 30 {
		t.Errorf("%d documents are left", n)
	}
	missing := func(when string) {
		t.Helper()
		if _, err := h.w.Open(golocal.Ref{Root: 1, Path: "d/1.md"}); !errors.Is(err, ErrMissing) || errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Open %s: %v, which is not that the root is missing", when, err)
		}
	}
	missing("without the folder")

	// A mount point without its disk.
	h.must(os.Mkdir(h.dir, 0o755))
	time.Sleep(100 * time.Millisecond)
	if err := h.w.Sync(t.Context(), 1); !errors.Is(err, ErrMissing) {
		t.Errorf("Sync of the empty folder: %v", err)
	}
	// A look that began before the folder was there may still tell of that.
	h.until("the disk named as missing", func() bool { s := h.w.Status()[0]; return s.State == Missing && strings.Contains(s.Reason, "disk") })
	missing("in a mount point without its disk")
	h.must(os.Remove(h.dir))

	// Back again.
	write(t, h.dir+".away/d/new.md", "written meanwhile")
	h.must(os.Rename(h.dir+".away", h.dir))
	h.settle()
	h.equal("the return")
	h.write("d/1.md", "watched again")
	h.equal("a write after the return")
	if _, after := h.shelf.count(); after != contents+2 { // those that were written since
		t.Errorf("%d new contents after the return, want 2", after-contents)
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

// A change may be worked on between the moment when the disk is unplugged and the
// watcher's next look: the file is not there, and that is no deletion.
func TestR17_UnpluggedBeforeItIsSeen(t *testing.T) {
	h := open(t, testOptions(), nil)
	h.write("a.md", "one")
	h.sync()
	h.stop() // the watcher looks no more
	h.must(os.Rename(h.dir, h.dir+".away"))
	h.must(os.Mkdir(h.dir, 0o755))
	h.must(os.Rename(h.dir+".away", h.dir+"/was"))
	if f, err := h.w.Open(golocal.Ref{Root: 1, Path: "a.md"}); !errors.Is(err, ErrMissing) || errors.Is(err, fs.ErrNotExist) {
		if f != nil {
			f.Close()
		}
		t.Errorf("Open in a mount point without its disk: %v", err)
	}
}

func TestR17_MassDeletionIsHeld(t *testing.T) {
	h := open(t, testOptions(), nil)
	for i := range 40 {
		h.write(fmt.Sprintf("all/d%d/%d.md", i%3, i), fmt.Sprint(i))
	}
	h.write("stays.md", "here")
	h.sync()
	h.must(os.Remove(h.path("all/d0/0.md")))
	h.equal("a small deletion")
	h.must(os.Rename(h.path("all"), h.dir+".all")) // in one step: what goes bit by bit is not held
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
	h.must(os.Mkdir(h.path("all"), 0o755))
	h.must(os.Rename(h.dir+".all/d1", h.path("all/d1")))
	h.must(os.Rename(h.dir+".all/d2", h.path("all/d2")))
	h.until("fewer held", func() bool { return h.w.Status()[0].Held == 13 })
	h.settle()
	h.equal("the return of most")

	h.must(os.Rename(h.path("all"), h.dir+".gone"))
	h.until("hold", func() bool { return h.w.Status()[0].Held == 26 })
	h.sync() // a person's word
	if diff := h.differs(); diff != "" {
		t.Errorf("after Sync:\n%s", diff)
	}
	if s := h.w.Status()[0]; s.Held != 0 || s.Reason != "" {
		t.Errorf("state %+v", s)
	}
}

// An event may come late, for a file that was removed and forgotten before the
// others vanished: it is not one of those that are kept.
func TestR17_LateEventIsNotHeld(t *testing.T) {
	o := testOptions()
	o.Log = slog.New(slog.DiscardHandler)
	tr := &tree{w: &Watcher{opt: o}, gone: map[string]bool{"late.md": true}, held: make(map[string]bool)}
	s := new(scan)
	for i := range few + 5 {
		rel := fmt.Sprintf("%d.md", i)
		tr.gone[rel] = true
		s.known.add(golocal.Document{Ref: golocal.Ref{Path: rel}})
	}
	s.known.sort()
	tr.flush(s)
	if len(tr.held) != few+5 || tr.held["late.md"] {
		t.Errorf("%d are held, late.md too: %v; %d are", len(tr.held), tr.held["late.md"], few+5)
	}
}
