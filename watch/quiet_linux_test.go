package watch

import (
	"os"
	"syscall"
	"testing"
	"time"
)

// TestI8_NothingIsTouched indexes files, folders and a checkout of git whose last
// access was long ago, where a file system that keeps such times would note each
// reading ("relatime" does after a day).
func TestI8_NothingIsTouched(t *testing.T) {
	h := open(t, testOptions(), nil)
	long := time.Now().Add(-72 * time.Hour).Truncate(time.Second)
	paths := []string{".git/config", ".git/objects/pack/p.idx", ".git/HEAD", ".gitignore", "a.md", "d/b.md", "d/e/c.md", "", "d", "d/e", ".git", ".git/objects"}
	for _, p := range paths[:7] {
		h.write(p, "text of "+p)
	}
	for _, p := range paths {
		h.must(os.Chtimes(h.path(p), long, time.Now().Add(-time.Hour)))
	}
	accessed := func(p string) time.Time {
		fi, err := os.Lstat(h.path(p))
		h.must(err)
		st := fi.Sys().(*syscall.Stat_t)
		return time.Unix(st.Atim.Unix())
	}
	h.sync()
	h.sync()
	if n := h.shelf.len(); n != 3 {
		t.Fatalf("%d documents: %q", n, h.shelf.paths(1))
	}
	for _, p := range paths {
		if at := accessed(p); !at.Equal(long) {
			t.Errorf("%q was accessed at %s", p, at)
		}
	}
	// That this proves something: a plain reading is noted here.
	if _, err := os.ReadFile(h.path("a.md")); err != nil {
		t.Fatal(err)
	}
	if accessed("a.md").Equal(long) {
		t.Log("this file system keeps no times of access, so nothing could be seen")
	}
}
