package watch

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"golocal"

	"github.com/fsnotify/fsnotify"
)

// byHand is a tree over dir whose steps the test takes itself.
func byHand(t *testing.T, dir string) *tree {
	w := New(Options{})
	tr := newTree(w, golocal.Root{ID: 1, Path: dir})
	tr.ctx = t.Context()
	tr.attach()
	if tr.dir == nil {
		t.Fatal(tr.absent)
	}
	t.Cleanup(func() { tr.detach(golocal.Remark{}, errEnded) })
	return tr
}

// TestFinish_AnswersAfterFoldersLetGoOf has a late event let go of a folder while
// it is compared: what lies below is compared before the answer.
func TestFinish_AnswersAfterFoldersLetGoOf(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "d", "e"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "d", "e", "b.md"), []byte("two"), 0o600); err != nil {
		t.Fatal(err)
	}
	tr := byHand(t, dir)
	asked := tr.ask(false)
	tr.serve()
	tr.begin()
	for len(tr.scan.stack) == 0 || tr.scan.stack[0] != "d/e" {
		tr.step()
	}
	tr.events.push(fsnotify.Event{Name: filepath.Join(dir, "d"), Op: fsnotify.Create})
	tr.handle()
	for i := 0; len(asked.done) == 0; i++ {
		if i > 1000 {
			t.Fatal("no answer")
		}
		tr.advance(time.Now())
	}
	if err := <-asked.done; err != nil {
		t.Fatal(err)
	}
	if !tr.w.queue.waits(golocal.Ref{Root: 1, Path: "d/e/b.md"}) {
		t.Error("answered without what lies in the folder that was let go of")
	}
}

// TestFinish_AnswersThoughFoldersComeAndGo: nobody waits for ever.
func TestFinish_AnswersThoughFoldersComeAndGo(t *testing.T) {
	tr := byHand(t, t.TempDir())
	asked := tr.ask(false)
	tr.serve()
	for i := 0; len(asked.done) == 0; i++ {
		if i > 1000 {
			t.Fatal("no answer")
		}
		tr.advance(time.Now())
		if tr.scan != nil {
			tr.soil("comes and goes")
		}
	}
}

// TestFolder_Troubled counts a folder once, however often it was looked at.
func TestFolder_Troubled(t *testing.T) {
	top := &folder{}
	a := top.add("a")
	a.unreadable = true
	a.add("b").unreadable = true // nobody can tell
	top.add("c").unheard = true
	top.add("c").add("d").unreadable = true
	if unheard, unreadable := top.troubled(); unheard != 1 || unreadable != 2 {
		t.Errorf("%d unheard, %d unreadable", unheard, unreadable)
	}
}
