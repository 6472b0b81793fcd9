//go:build e2e

package e2e

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golocal"
	"golocal/index"
)

// timeLimit is for what a loaded machine takes long for.
const timeLimit = 2 * time.Minute

// notes is a folder of n files with a word of its own each.
func notes(t *testing.T, n int) string {
	t.Helper()
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("d%d/n%03d.md", i%5, i)] = fmt.Sprintf("# Note %d\n\nThis one speaks of quokka%d, and of nothing else worth mention.\n\n## More\n\n%s\n",
			i, i, strings.Repeat(fmt.Sprintf("A sentence about number %d that fills the page. ", i), 10+i%40))
	}
	return folder(t, files)
}

// finds is what a home finds, path and text, in the order found.
func (h *home) finds(query string) string {
	h.t.Helper()
	r := decode[struct{ Hits []struct{ Path, Text string } }](h.t, h.run("search", "--json", "--limit", "5", query).want(h.t, 0))
	return fmt.Sprint(r.Hits)
}

// TestRepair_EqualsAFreshIndex overwrites pages of the index's file. The repaired
// one answers as one does that was made anew.
func TestRepair_EqualsAFreshIndex(t *testing.T) {
	t.Parallel()
	const n = 60
	dir := notes(t, n)
	h, fresh := newHome(t), newHome(t)
	h.run("add", dir).want(t, 0)
	fresh.run("add", dir).want(t, 0)
	info, err := os.Stat(h.indexFile())
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(4, 7))
	for round := range 2 {
		for range 4 {
			noise := make([]byte, 8192)
			for i := range noise {
				noise[i] = byte(random.Uint32())
			}
			h.overwrite(8192*(2+random.Int64N(info.Size()/8192-2)), noise)
		}
		if r := h.run("check", "--deep"); r.code != 12 {
			t.Fatalf("round %d: check --deep of a damaged index: exit %d\n%s%s", round, r.code, r.out, r.err)
		}
		said := h.run("repair").want(t, 0).out
		contains(t, "repair", said, []string{"✗ ", "repaired: ", "read again", "index.db.damaged"})
		report := decode[index.Report](t, h.run("check", "--deep", "--json").want(t, 0))
		if !report.OK() || report.Documents != n || report.Compared != n || report.Searched != report.Searchable || report.Searchable == 0 {
			t.Errorf("round %d, after repair: %+v", round, report)
		}
		for i := 0; i < n; i += 11 {
			query := fmt.Sprintf("quokka%d", i)
			if got, want := h.finds(query), fresh.finds(query); got != want {
				t.Errorf("round %d: %s finds %s, a fresh index %s", round, query, got, want)
			}
		}
	}
	if r := h.run("repair").want(t, 0); !strings.Contains(r.out, "nothing is damaged") {
		t.Errorf("repair of a whole index: %s", r.out)
	}
}

// TestCheck_SaysWhatChanged: a changed file is no damage, and a missing folder none.
func TestCheck_SaysWhatChanged(t *testing.T) {
	t.Parallel()
	dir := notes(t, 10)
	h := newHome(t)
	h.run("add", dir).want(t, 0)
	write(t, filepath.Join(dir, "d1/n001.md"), "something else\n")
	if err := os.Remove(filepath.Join(dir, "d2/n002.md")); err != nil {
		t.Fatal(err)
	}
	contains(t, "check --deep", h.run("check", "--deep").want(t, 0).out, []string{"nothing wrong", "8 stored texts compared", "2 files changed since", "d1/n001.md", "golocal sync"})
	if err := os.Rename(dir, dir+".away"); err != nil {
		t.Fatal(err)
	}
	contains(t, "check --deep", h.run("check", "--deep").want(t, 0).out, []string{"0 stored texts compared", "10 documents not compared: its folder is missing"})
}

// TestOldCopy_IsBroughtUpToDate puts an older copy of the index's file back:
// whole, the comparison with the folder brings it up to date; under a newer log it
// is refused, and repaired.
func TestOldCopy_IsBroughtUpToDate(t *testing.T) {
	t.Parallel()
	dir := notes(t, 30)
	h := newHome(t)
	h.run("add", dir).want(t, 0)
	old := read(t, h.indexFile())
	change := func(word string) {
		write(t, filepath.Join(dir, "d0/n000.md"), "# Note 0\n\nIt speaks of "+word+" by now.\n")
		write(t, filepath.Join(dir, word+".md"), "# New\n\nA new file about "+word+".\n")
	}
	current := func(word string) {
		t.Helper()
		for _, gone := range []string{"quokka0", "wombat", "numbat"} {
			if gone != word && strings.Contains(h.run("search", "--json", gone).out, gone+" ") {
				t.Errorf("%s is found, which no file says any more", gone)
			}
		}
		if got := h.finds(word); !strings.Contains(got, "n000.md") || !strings.Contains(got, word+".md") {
			t.Errorf("%s finds %s", word, got)
		}
		h.run("check", "--deep").want(t, 0)
	}
	change("wombat")
	h.run("sync").want(t, 0)
	if err := os.WriteFile(h.indexFile(), []byte(old), 0o600); err != nil {
		t.Fatal(err)
	}
	h.run("sync").want(t, 0)
	current("wombat")

	if err := os.Remove(filepath.Join(dir, "wombat.md")); err != nil {
		t.Fatal(err)
	}
	change("numbat")
	s := h.serve("serve")
	h.run("sync").want(t, 0)
	s.kill()
	if info, err := os.Stat(h.indexFile() + "-wal"); err != nil || info.Size() == 0 {
		t.Fatalf("no log is left: %v", err)
	}
	if err := os.WriteFile(h.indexFile(), []byte(old), 0o600); err != nil {
		t.Fatal(err)
	}
	contains(t, "search", h.run("search", "numbat").want(t, 12).err, []string{"belongs to another file", "golocal repair"})
	h.run("repair").want(t, 0)
	current("numbat")
	docs := decode[[]golocal.Document](t, h.run("status", "--files", "--json").want(t, 0))
	if len(docs) != 31 {
		t.Errorf("%d files, want 31", len(docs))
	}
}

// TestBackup_KilledLeavesNoHalfFile ends a backup with SIGKILL at random moments.
func TestBackup_KilledLeavesNoHalfFile(t *testing.T) {
	t.Parallel()
	dir := notes(t, 40)
	h := newHome(t)
	h.run("add", dir).want(t, 0)
	to := t.TempDir()
	random := rand.New(rand.NewPCG(5, 8))
	for i := range 12 {
		path := filepath.Join(to, fmt.Sprint(i))
		h.runKilled(time.Duration(random.IntN(300))*time.Millisecond, "backup", path)
		if _, err := os.Stat(path); err == nil {
			other := newHome(t)
			other.run("restore", path).want(t, 0)
			other.run("check").want(t, 0)
		}
	}
	for range 6 {
		backup := filepath.Join(to, "whole")
		os.Remove(backup)
		h.run("backup", backup).want(t, 0)
		h.runKilled(time.Duration(random.IntN(300))*time.Millisecond, "restore", backup)
		report := decode[index.Report](t, h.run("check", "--json").want(t, 0))
		if report.Documents != 40 {
			t.Errorf("%d documents after a killed restore", report.Documents)
		}
	}
	left, err := filepath.Glob(filepath.Join(h.dir, "index", "backup-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left in the data folder: %q, %v", left, err)
	}
}
