//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golocal/web"
)

// TestLive_EditsDeletionsAndRenames is the promise of the watcher: what is on
// disk is what is answered.
func TestLive_EditsDeletionsAndRenames(t *testing.T) {
	h := newHome(t)
	dir := folder(t, handbook())
	h.serve("up", "--no-open", dir)
	h.run("sync").want(t, 0)

	first := func() string { return h.run("ask", "--quotes", "How many paid vacation days do I get?").out }
	if !strings.Contains(first(), "27 paid vacation days") {
		t.Fatalf("before the edit:\n%s", first())
	}
	path := filepath.Join(dir, "time-off.md")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, strings.Replace(string(text), "27 paid", "33 paid", 1))
	took := within(t, 5*time.Second, "the edit changes the answer", func() bool {
		out := first()
		return strings.Contains(out, "33 paid vacation days") && !strings.Contains(out, "27 paid")
	})
	t.Logf("edited file answered after %v", took)

	write(t, filepath.Join(dir, "new/parking.md"), "# Parking\n\nVisitors park on deck 7, behind the blue gate.\n")
	within(t, 5*time.Second, "a new file in a new folder is found", func() bool {
		return strings.Contains(h.run("search", "--lines", "visitors parking deck").out, "parking.md")
	})

	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	within(t, 5*time.Second, "a deleted file is gone from answers", func() bool {
		return !strings.Contains(first(), "time-off.md")
	})

	before := decode[web.Status](t, h.run("status", "--json").want(t, 0))
	if err := os.Rename(filepath.Join(dir, "office"), filepath.Join(dir, "house")); err != nil {
		t.Fatal(err)
	}
	within(t, 5*time.Second, "a renamed folder is found under its new name only", func() bool {
		out := h.run("search", "--lines", "toner of the printer").out
		return strings.Contains(out, "house/printer.txt") && !strings.Contains(out, "office/printer.txt")
	})
	after := decode[web.Status](t, h.run("status", "--json").want(t, 0))
	if after.Models.Embedded != before.Models.Embedded {
		t.Errorf("a rename embedded %d texts", after.Models.Embedded-before.Models.Embedded)
	}
	if n := after.Index.Documents; n != len(handbook()) { // one added, one removed
		t.Errorf("%d documents, want %d", n, len(handbook()))
	}
}

// TestLive_CopyAfterARestartCostsNoEmbedding cuts a long file with the same
// vocabulary in another process: equal passages share their vectors.
func TestLive_CopyAfterARestartCostsNoEmbedding(t *testing.T) {
	h := newHome(t)
	var text strings.Builder
	for i := range 300 {
		fmt.Fprintf(&text, "Paragraph %d speaks of internationalisation, (re)organisation and %d-fold misunderstandings. ", i, i*i)
		if i%7 == 6 {
			text.WriteString("\n\n")
		}
	}
	dir := folder(t, map[string]string{"long.txt": text.String()})
	first := h.serve("up", "--no-open", dir)
	h.run("sync").want(t, 0)
	before := decode[web.Status](t, h.run("status", "--json").want(t, 0))
	if before.Models.Embedded == 0 || before.Index.Chunks < 10 {
		t.Fatalf("nothing was embedded: %+v", before.Index)
	}
	first.stop()
	write(t, filepath.Join(dir, "copy.txt"), text.String())
	h.serve("serve")
	h.run("sync").want(t, 0)
	after := decode[web.Status](t, h.run("status", "--json").want(t, 0))
	if after.Index.Chunks != 2*before.Index.Chunks || after.Models.Embedded != 0 {
		t.Errorf("%d passages of which %d were embedded, want %d and none", after.Index.Chunks, after.Models.Embedded, 2*before.Index.Chunks)
	}
}

// TestLive_MassDeletionIsHeld empties most of a folder: the index keeps it, says
// so, and lets it go on a person's word.
func TestLive_MassDeletionIsHeld(t *testing.T) {
	h := newHome(t)
	files := map[string]string{}
	for i := range 30 {
		files[fmt.Sprintf("n%d.md", i)] = fmt.Sprintf("# Note %d\n\nThe harvest of year %d was good.\n", i, 1900+i)
	}
	dir := folder(t, files)
	h.run("add", dir).want(t, 0)
	for i := range 25 {
		if err := os.Remove(filepath.Join(dir, fmt.Sprintf("n%d.md", i))); err != nil {
			t.Fatal(err)
		}
	}
	h.run("search", "harvest").want(t, 0)
	st := decode[web.Status](t, h.run("status", "--json").want(t, 0))
	if st.Index.Documents != 30 {
		t.Errorf("%d documents after most files vanished, want all 30 kept", st.Index.Documents)
	}
	h.run("sync").want(t, 0)
	st = decode[web.Status](t, h.run("status", "--json").want(t, 0))
	if st.Index.Documents != 5 {
		t.Errorf("%d documents after golocal sync, want 5", st.Index.Documents)
	}
	if err := os.Rename(dir, dir+".away"); err != nil {
		t.Fatal(err)
	}
	if r := h.run("search", "--lines", "harvest"); r.code != 0 || !strings.Contains(r.out, "n25.md") {
		t.Errorf("with its folder away nothing is found: exit %d\n%s%s", r.code, r.out, r.err)
	}
	if r := h.run("sync"); r.code != 1 || !strings.Contains(r.err, "missing") {
		t.Errorf("sync of a missing folder: exit %d\n%s", r.code, r.err)
	}
}

// TestLive_ForgottenIsGone searches the whole home for the bytes of a removed
// folder.
func TestLive_ForgottenIsGone(t *testing.T) {
	h := newHome(t)
	dir := folder(t, map[string]string{"a.md": "# Zanzibarquux\n\nThe Zanzibarquux lies behind the Flimflamwort.\n"})
	keep := folder(t, map[string]string{"b.md": "# Other\n\nSomething quite different stays.\n"})
	h.run("add", dir, keep).want(t, 0)
	if n := holding(t, h.dir, "Flimflamwort"); n == 0 {
		t.Fatal("the text is nowhere in the home, so this test sees nothing")
	}
	h.run("rm", dir).want(t, 0)
	for _, word := range []string{"Flimflamwort", "flimflamwort", "zanzibarquux"} {
		if n := holding(t, h.dir, word); n > 0 {
			t.Errorf("%d files still hold %q", n, word)
		}
	}
	h.run("search", "something different").want(t, 0)
}

// holding counts the files below dir that contain word.
func holding(t *testing.T, dir, word string) int {
	t.Helper()
	n := 0
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if strings.Contains(string(data), word) {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
