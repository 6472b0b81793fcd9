//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestI1_IndexEqualsFolder is the promise of the watcher, for the built binary:
// after any operations, kills and restarts the index equals the folder. By what
// the system reports alone, and after a sync.
func TestI1_IndexEqualsFolder(t *testing.T) {
	seeds, operations := 2, 300
	if os.Getenv("GOLOCAL_LONG") != "" {
		seeds, operations = 50, 2000
	}
	for seed := range uint64(seeds) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) { ride(t, seed, operations) })
	}
}

func ride(t *testing.T, seed uint64, operations int) {
	p := newPipeline(t, "GOLOCAL_QUIET=50ms", "GOLOCAL_MAX_WAIT=1s")
	s := newStorm(t, seed, p.dir, p.away)
	s.commit(6)
	s.fill()
	p.start()
	kills, checks := 0, 0
	for range operations {
		s.do()
		switch s.rng.IntN(operations / 20) {
		case 0:
			time.Sleep(time.Duration(s.rng.IntN(200)) * time.Millisecond)
		case 1:
			s.check(p)
			checks++
		case 2:
			p.server.stop()
			p.ended()
			for range 5 {
				s.do()
			}
			p.start()
		case 3:
			p.server.kill()
			p.ended()
			kills++
			for range s.rng.IntN(3) {
				s.do()
			}
			p.start()
		}
	}
	s.check(p)
	s.economy(p)
	t.Logf("%d operations, %d kills, %d checks, %d versions", len(s.history), kills, checks+1, len(s.words))
	p.server.stop()
	p.home.run("check", "--deep").want(t, 0)
}

// check compares, first by events alone and then after a sync, and asks for
// every version's word.
func (s *storm) check(p *pipeline) {
	defer func() {
		if s.t.Failed() {
			last := s.history[max(0, len(s.history)-60):]
			s.t.Logf("the last operations:\n%s", strings.ReplaceAll(strings.Join(last, "\n"), s.dir, ""))
		}
	}()
	p.settle("the events", func(rel string) bool {
		fi, err := os.Lstat(filepath.Join(s.dir, rel))
		if err != nil {
			return false
		}
		return s.quiet[fi.Sys().(*syscall.Stat_t).Ino]
	})
	p.sync()
	p.equal("the sync")

	here := map[string]string{} // the file that each word stands in
	for rel, e := range walk(s.t, s.dir) {
		if e.fate != "read" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(s.dir, rel))
		if err != nil {
			s.t.Fatal(err)
		}
		for _, w := range versions(string(data)) {
			here[w] = rel
		}
	}
	var now, old []string
	for i, w := range s.words {
		switch {
		case here[w] != "":
			now = append(now, w)
		case i >= s.checked || s.rng.IntN(10) == 0: // those of earlier checks were gone then
			old = append(old, w)
		}
	}
	s.checked = len(s.words)
	for words := range slices.Chunk(now, 8) {
		text := texts(p, words)
		for _, w := range words {
			if !strings.Contains(text, w) {
				text, _ := os.ReadFile(filepath.Join(s.dir, here[w]))
				s.t.Errorf("%s stands in %q and is not found; its text is %q", w, here[w], text)
			}
		}
	}
	for words := range slices.Chunk(old, 16) {
		text := texts(p, words)
		for _, w := range words {
			if strings.Contains(text, w) {
				s.t.Errorf("%s is found and stands in no file any more", w)
			}
		}
	}
	if s.t.Failed() {
		s.t.FailNow()
	}
}

// versions are the words of a storm that stand whole in text.
func versions(text string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(text, func(r rune) bool { return r < '0' || r > '9' && r < 'a' || r > 'z' }),
		func(w string) bool {
			return len(w) != len("zq000000k") || !strings.HasPrefix(w, "zq") || !strings.HasSuffix(w, "k")
		})
}

func texts(p *pipeline, words []string) string {
	var b strings.Builder
	for _, hit := range p.found(words...) {
		b.WriteString(hit.Chunk.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

// economy holds that embedding costs no more than it must: needed is once for
// each passage that some file held whole, and once more where golocal's end came
// before the vector was stored. What is more was embedded twice, or was read in
// the middle of a write.
func (s *storm) economy(p *pipeline) {
	p.runner.mu.Lock()
	defer p.runner.mu.Unlock()
	needed, twice := 0, 0
	var torn []string
	for in, n := range p.runner.inputs {
		if !s.made[strings.TrimSpace(in)] {
			torn = append(torn, in)
			continue
		}
		must := 1 + min(p.runner.void[in], n-1)
		needed += must
		twice += n - must
	}
	s.t.Logf("%d passages embedded, %d needed, %d again, %d of files in the middle of a write", p.runner.total, needed, twice, len(torn))
	if 100*p.runner.total > 105*needed {
		s.t.Errorf("%d passages were embedded where %d were needed; of no file's whole content: %q", p.runner.total, needed, torn[:min(len(torn), 10)])
	}
}
