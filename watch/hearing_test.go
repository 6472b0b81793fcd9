package watch

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
	"golocal"
)

// mute is a notifier that takes every watch and reports nothing, as one on a
// file system whose changes are made elsewhere.
func mute() (*notifier, error) {
	events, errs := make(chan fsnotify.Event), make(chan error)
	return &notifier{
		add: func(string) error { return nil }, remove: func(string) error { return nil },
		close:  func() error { close(events); close(errs); return nil },
		events: events, errors: errs,
	}, nil
}

// TestHearing_RootWithoutEventsIsPolled changes files where no event comes. The
// comparisons find that out, and the root is polled from then on.
func TestHearing_RootWithoutEventsIsPolled(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // it does not tell when a file's attributes were changed
	}
	o := testOptions()
	o.Rescan, o.Poll = 300*time.Millisecond, 50*time.Millisecond
	h := open(t, o, func(w *Watcher) { w.newNotifier, w.late = mute, time.Millisecond })
	h.write("a.md", "one")
	h.write("d/b.md", "two")
	h.sync()
	for i := 0; h.w.Status()[0].State != Polling; i++ {
		if i > 200 {
			t.Fatalf("never polled: %+v", h.w.Status()[0])
		}
		h.write(fmt.Sprintf("d/new%d.md", i), "new")
		h.write("a.md", strings.Repeat("longer ", i+1))
		time.Sleep(100 * time.Millisecond)
	}
	h.equal("the changes")
	if r := h.w.Status()[0].Reason; !strings.Contains(r, "bring no events") {
		t.Errorf("reason %q", r)
	}
	h.write("d/b.md", "changed")
	h.equal("a change while it is polled")
	if n := strings.Count(h.logs.String(), "changes bring no events here"); n != 1 {
		t.Errorf("said %d times", n)
	}
}

// TestHearing_WorkingEventsAreBelieved does what a comparison may find first
// though events come, over many comparisons.
func TestHearing_WorkingEventsAreBelieved(t *testing.T) {
	o := testOptions()
	o.Rescan = 50 * time.Millisecond
	h := open(t, o, func(w *Watcher) { w.late = 2 * time.Second })
	for i := range 200 {
		h.write(fmt.Sprintf("d%d/new%d.md", i%7, i), "new")
		h.write("a.md", strings.Repeat("longer ", i+1))
		h.write("rules/.gitignore", strings.Repeat("#", i)+"\n"+[]string{"*.log", ""}[i%2]+"\n")
		h.write(fmt.Sprintf("rules/%d.log", i), "log")
		if i%5 == 4 {
			h.must(os.Rename(h.path("d2"), h.path(fmt.Sprintf("moved%d", i))))
			h.must(os.MkdirAll(h.path("d2"), 0o755))
		}
		time.Sleep(15 * time.Millisecond)
	}
	h.sync()
	if s := h.w.Status()[0]; s.State == Polling || strings.Contains(h.logs.String(), "no events") {
		t.Errorf("%+v\n%s", s, h.logs)
	}
}

// TestHearing_UnknownFileSystemIsProbed compares a root whose file system is not
// known to report changes sooner than others, and ever less often.
func TestHearing_UnknownFileSystemIsProbed(t *testing.T) {
	tr := newTree(New(Options{}), rulesRoot(&house{dir: "/nowhere"}, golocal.Rules{}))
	want := []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 16 * time.Minute, 32 * time.Minute, time.Hour, time.Hour}
	for i, w := range want {
		if got := tr.listenWell(time.Hour); got != w {
			t.Errorf("pause %d: %s, want %s", i, got, w)
		}
	}
	tr.trusted = true
	if got := tr.listenWell(time.Hour); got != time.Hour {
		t.Errorf("a trusted one: %s", got)
	}
	tr.unheard = enough
	if got := tr.listenWell(time.Hour); got != tr.pollEvery() || !tr.deaf {
		t.Errorf("a deaf one: %s", got)
	}
}
