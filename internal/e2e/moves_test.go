//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// Moves of folders cost no embedding, and what is written afterwards is seen.
func TestR16_DirectoryMoves(t *testing.T) {
	n := 200
	if os.Getenv("GOLOCAL_LONG") != "" {
		n = 5000
	}
	p := newPipeline(t, "GOLOCAL_QUIET=50ms", "GOLOCAL_MAX_WAIT=1s")
	for i := range n {
		write(t, filepath.Join(p.dir, fmt.Sprintf("a/b%d/c/d/e%d/%d.md", i%3, i%7, i)), fmt.Sprintf("The tree's leaf %d is leaf%dx.\n", i, i))
		if i%2 == 0 {
			write(t, filepath.Join(p.dir, fmt.Sprintf("stays/%d.md", i)), fmt.Sprintf("The stone %d stays.\n", i))
		}
	}
	p.start()
	p.settle("the start", nil)
	p.sync()
	rename := func(from, to string) {
		t.Helper()
		if err := unix.Rename(from, to); err != nil { // os.Rename refuses what is there
			t.Fatal(err)
		}
	}
	in := func(rel string) string { return filepath.Join(p.dir, rel) }
	for _, step := range []struct {
		name string
		do   func()
	}{
		{"five levels", func() { rename(in("a"), in("z")) }},
		{"into a new folder", func() {
			if err := os.Mkdir(in("new"), 0o755); err != nil {
				t.Fatal(err)
			}
			rename(in("z"), in("new/z"))
		}},
		{"case only", func() { rename(in("new"), in("NEW")) }},
		{"a swap", func() {
			rename(in("NEW/z/b0"), in("NEW/z/t"))
			rename(in("NEW/z/b1"), in("NEW/z/b0"))
			rename(in("NEW/z/t"), in("NEW/z/b1"))
		}},
		{"out and in", func() {
			rename(in("NEW/z/b2"), filepath.Join(p.away, "b2"))
			p.settle("out", nil)
			rename(filepath.Join(p.away, "b2"), in("back"))
		}},
		{"over an empty folder", func() {
			if err := os.Mkdir(in("empty"), 0o755); err != nil {
				t.Fatal(err)
			}
			rename(in("back"), in("empty"))
		}},
		{"the folder itself, away and back", func() { rename(p.dir, p.dir+".x"); rename(p.dir+".x", p.dir) }},
	} {
		before := p.runner.embedded()
		step.do()
		p.settle(step.name, nil)
		p.sync()
		p.equal(step.name)
		if after := p.runner.embedded(); after != before {
			t.Errorf("%s: %d passages embedded", step.name, after-before)
		}
	}
	write(t, in("empty/c/d/late.md"), "Written below moved folders: quuxwort.\n")
	p.settle("a write below moved folders", nil)
	if !strings.Contains(texts(p, []string{"quuxwort"}), "quuxwort") {
		t.Error("what was written below moved folders is not found")
	}
}

// Another folder in a root's place: most of what was indexed is held until a
// person says so.
func TestR16_RootReplaced(t *testing.T) {
	p := newPipeline(t, "GOLOCAL_QUIET=50ms", "GOLOCAL_MAX_WAIT=1s")
	for i := range 40 {
		write(t, filepath.Join(p.dir, fmt.Sprintf("%d.md", i)), fmt.Sprintf("The old house had room%dx.\n", i))
	}
	p.start()
	p.sync()
	if err := os.Rename(p.dir, p.dir+".old"); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(p.dir, "new.md"), "The new house has a cellarquux.\n")
	within(t, patience, "the new folder's file is found", func() bool {
		return strings.Contains(texts(p, []string{"cellarquux"}), "cellarquux")
	})
	within(t, patience, "the deletion is held", p.held)
	if !strings.Contains(texts(p, []string{"room7x"}), "room7x") {
		t.Error("what was indexed is gone without a person's word")
	}
	p.sync()
	p.equal("a person's word")
}

// Each editor's way to save gives one new version, and its files beside are
// never indexed.
func TestR18_SafeSaves(t *testing.T) {
	for kind := range 7 {
		t.Run(fmt.Sprint(kind), func(t *testing.T) {
			p := newPipeline(t)
			s := newStorm(t, uint64(kind), p.dir, p.away)
			path := filepath.Join(p.dir, "Report 2026.md")
			s.save(path)
			p.start()
			p.sync()
			before := p.runner.embedded()
			for range 5 { // as when somebody saves again and again
				s.editor(kind, path)
			}
			p.settle("the saves", nil)
			p.sync()
			p.equal("the saves")
			p.runner.mu.Lock()
			defer p.runner.mu.Unlock()
			for in := range p.runner.inputs {
				if !s.made[strings.TrimSpace(in)] {
					t.Errorf("of a file beside it was embedded: %q", in)
				}
			}
			// The quiet time may pass between two saves on a slow machine.
			if got := p.runner.total - before; got < 1 || got > 5 {
				t.Errorf("%d passages embedded for five saves", got)
			}
		})
	}
}
