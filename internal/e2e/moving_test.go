//go:build e2e

package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"golocal/internal/fakeollama"
)

// Files that change while they are read: what is indexed is one moment of
// them, each is retried, and the others do not wait.
func TestR19_ModifiedWhileRead(t *testing.T) {
	last := 4 * time.Second
	if os.Getenv("GOLOCAL_LONG") != "" {
		last = time.Minute
	}
	p := newPipeline(t, "GOLOCAL_QUIET=100ms", "GOLOCAL_MAX_WAIT=1s")
	in := func(name string) string { return filepath.Join(p.dir, name) }
	for i := range 20 {
		write(t, in(fmt.Sprintf("calm%d.md", i)), fmt.Sprintf("The calm file %d says calmquux%d.\n", i, i))
	}
	f, err := os.Create(in("sparse.txt"))
	if err != nil {
		t.Fatal(err)
	}
	err = f.Truncate(1 << 40)
	f.Close()
	if err != nil {
		t.Logf("this file system holds no file of 1 TiB, so one of 1 GiB does: %v", err)
		if err := os.Truncate(in("sparse.txt"), 1<<30); err != nil {
			t.Fatal(err)
		}
	}

	long := strings.Repeat("A long paragraph goes on and on, and on. ", 25_000) // 1 MB
	ctx, stop := context.WithTimeout(t.Context(), last)
	defer stop()
	var writers sync.WaitGroup
	busy := func(every time.Duration, step func(i int)) {
		writers.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				step(i)
				time.Sleep(every)
			}
		})
	}
	busy(50*time.Millisecond, func(i int) {
		os.WriteFile(in("rewritten.md"), fmt.Appendf(nil, "Version %d.\n\n%s", i, long), 0o644)
	})
	busy(5*time.Millisecond, func(i int) {
		os.WriteFile(in("cut.md"), []byte("Before the cut.\n\n"+long), 0o644)
		os.Truncate(in("cut.md"), 1000)
	})
	busy(time.Millisecond, func(i int) {
		if f, err := os.OpenFile(in("growing.txt"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644); err == nil {
			fmt.Fprintf(f, "Entry %d of the log.\n", i)
			f.Close()
		}
	})
	busy(time.Millisecond, func(i int) {
		unix.Truncate(in("empty and full.md"), 0)
		os.WriteFile(in("empty and full.md"), []byte("Full again.\n"), 0o644)
	})
	p.start()
	for i := range 20 {
		within(t, patience, "a calm file is found beside busy ones", func() bool {
			word := fmt.Sprintf("calmquux%d", i)
			return strings.Contains(texts(p, []string{word}), word+".")
		})
	}
	writers.Wait()
	p.settle("the writers' end", nil)
	p.sync()
	p.equal("the writers' end")
	if got := p.indexed()["sparse.txt"]; got.fate != "skipped" {
		t.Errorf("the sparse file is %+v", got)
	}
}

// The same size and time, and writes through a mapping, are found: by the sync
// where no event tells.
func TestR20_SameSizeSameTime(t *testing.T) {
	p := newPipeline(t)
	s := newStorm(t, 20, p.dir, p.away)
	old := time.Now().Add(-time.Hour)
	paths := []string{"running.md", "stopped.md", "mapped.md", "mapped while stopped.md", "copied.md"}
	for i, name := range paths {
		paths[i] = filepath.Join(p.dir, name)
		s.save(paths[i])
		os.Chtimes(paths[i], old, old)
	}
	again := func(path string) {
		t.Helper()
		if !s.sameSize(path, os.WriteFile) || os.Chtimes(path, old, old) != nil {
			t.Fatalf("%s was not written", path)
		}
	}
	p.start()
	p.sync()
	p.equal("the start")
	again(paths[0])
	p.settle("same size and time", nil)
	if !s.sameSize(paths[2], mapped) {
		t.Fatal("nothing was mapped")
	}
	p.sync()
	p.equal("a write through a mapping")
	p.server.stop()
	again(paths[1])
	if !s.sameSize(paths[3], mapped) {
		t.Fatal("nothing was mapped")
	}
	// cp -p of another file over it
	beside := filepath.Join(p.away, "beside")
	s.save(beside)
	again(beside)
	if err := os.Rename(beside, paths[4]); err != nil {
		t.Fatal(err)
	}
	p.start()
	p.settle("the restart", nil)
	s.check(p)
}

// A folder that is removed while it is indexed leaves nothing.
func TestR37_RemovedWhileIndexing(t *testing.T) {
	rounds := 2
	if os.Getenv("GOLOCAL_LONG") != "" {
		rounds = 20
	}
	p := newPipeline(t, "GOLOCAL_QUIET=10ms")
	for i := range 400 {
		write(t, filepath.Join(p.dir, fmt.Sprintf("flimflamfolder%d/flimflamname%d.md", i%7, i)), fmt.Sprintf("# Flimflamwort %d\n\nThe flimflamwort %d is a secret of the house.\n", i, i))
	}
	p.runner.Set(func(b *fakeollama.Behaviour) { b.EmbedDelay = 20 })
	for round := range rounds {
		p.start()
		within(t, patience, "indexing is under way", func() bool { return p.status().Index.Chunks > 20*round })
		root := p.status().Roots[0]
		if err := p.client.RemoveRoot(t.Context(), root.ID); err != nil {
			t.Fatal(err)
		}
		// A worker may still have had one of its files.
		within(t, patience, "the work's end", func() bool { q := p.status().Queue; return q.Waiting+q.Working == 0 })
		if st := p.status(); st.Index.Documents+st.Index.Chunks != 0 {
			t.Errorf("round %d: %+v is left", round, st.Index)
		}
		for _, word := range []string{"flimflam", "Flimflam"} {
			if n := holding(t, p.home.dir, word); n > 0 {
				t.Errorf("round %d: %d files of golocal's still hold %q", round, n, word)
			}
		}
		p.server.stop()
		for _, word := range []string{"flimflam", "Flimflam"} {
			if n := holding(t, p.home.dir, word); n > 0 {
				t.Errorf("round %d: after the end %d files of golocal's still hold %q", round, n, word)
			}
		}
	}
}
