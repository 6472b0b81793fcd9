//go:build e2e

package e2e

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golocal/web"
)

// TestKill_FiftyTimesWhileIndexing ends golocal with SIGKILL at random moments
// while it indexes and the folder changes. It must open every time and settle
// to the truth.
func TestKill_FiftyTimesWhileIndexing(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir := t.TempDir()
	text := func(i, version int) string {
		return fmt.Sprintf("# Note %d\n\nVersion %d speaks of word%dv%d and of nothing else worth mention.\n", i, version, i, version)
	}
	const files, kills = 120, 50
	version := make([]int, files)
	for i := range files {
		write(t, filepath.Join(dir, fmt.Sprintf("d%d/n%d.md", i%7, i)), text(i, 0))
	}
	random := rand.New(rand.NewPCG(1, 2))
	for k := range kills {
		args := []string{"serve"}
		if k == 0 {
			args = []string{"up", "--no-open", dir}
		}
		s := h.serve(args...)
		for range 6 {
			i := random.IntN(files)
			version[i]++
			write(t, filepath.Join(dir, fmt.Sprintf("d%d/n%d.md", i%7, i)), text(i, version[i]))
		}
		time.Sleep(time.Duration(random.IntN(900)) * time.Millisecond)
		s.kill()
	}
	h.run("check", "--deep").want(t, 0)
	h.serve("serve")
	h.run("sync").want(t, 0)
	st := decode[web.Status](t, h.run("status", "--json").want(t, 0))
	if st.Index.Documents != files || st.Index.Missing != 0 || st.Index.Vectors == 0 {
		t.Errorf("settled at %+v, want %d documents and no missing vector", st.Index, files)
	}
	for i := 0; i < files; i += 5 {
		want := fmt.Sprintf("word%dv%d", i, version[i])
		r := decode[struct{ Hits []struct{ Path, Text string } }](t, h.run("search", "--json", "--limit", "3", want).want(t, 0))
		if filepath.Base(r.Hits[0].Path) != fmt.Sprintf("n%d.md", i) {
			t.Errorf("%s: first hit is %s", want, r.Hits[0].Path)
		}
		if r.Hits[0].Text == "" || !strings.Contains(r.Hits[0].Text, want+" ") {
			t.Errorf("%s: the first hit says %q", want, r.Hits[0].Text)
		}
	}
}
