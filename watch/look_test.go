package watch

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golocal"
)

func TestR22_SpecialFilesAreListedNotRead(t *testing.T) {
	h := open(t, testOptions(), nil)
	makeSpecial(h)
	write(h, h.dir+".large", "x") // outside, so that nobody reads it while it grows
	h.must(os.Truncate(h.dir+".large", 300<<20))
	h.must(os.Rename(h.dir+".large", h.path("large.txt")))
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
	h.settle() // late events may name them once more
	n := len(h.shelf.changes())
	h.sync()
	for _, c := range h.shelf.changes()[n:] {
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

func TestR24_UnreadableIsNoDeletion(t *testing.T) {
	if !posix {
		t.Log("no permissions of this kind here")
		return
	}
	if asNobody(t) {
		return
	}
	h := open(t, testOptions(), nil)
	h.write("d/a.md", "one")
	h.write("d/e/b.md", "two")
	h.write("c.md", "three")
	h.sync()
	if got := h.shelf.paths(1); len(got) != 3 {
		t.Fatalf("after a sync %q is indexed", got)
	}
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
