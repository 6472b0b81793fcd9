package watch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golocal"
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
