package index

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golocal"
)

// filled makes an index with n documents in dir and returns its file's bytes.
func filled(t *testing.T, dir string, n int) []byte {
	t.Helper()
	x, root := ready(t, Options{}, dir)
	for i := range n {
		put(t, x, root.ID, fmt.Sprintf("%03d.md", i), fmt.Sprintf("document %d says alpha%d", i, i), "and "+strings.Repeat(fmt.Sprintf("beta%d ", i), 200))
	}
	must(t, x.Close())
	data, err := os.ReadFile(filepath.Join(dir, fileName))
	must(t, err)
	return data
}

// repaired writes damaged bytes as an index, repairs it and checks that what is
// left is true: no document says anything but what it said before.
func repaired(t *testing.T, data []byte, n int) Repaired {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	must(t, os.Mkdir(dir, 0o700))
	must(t, os.WriteFile(filepath.Join(dir, fileName), data, 0o600))
	done, err := Repair(t.Context(), dir, Options{})
	must(t, err)
	x := open(t, Options{}, dir)
	sound(t, x)
	docs := 0
	for d, err := range x.Documents(t.Context(), 0) {
		must(t, err)
		docs++
		var i int
		if _, err := fmt.Sscanf(d.Ref.Path, "%d.md", &i); err != nil || i >= n {
			t.Fatalf("a document nobody wrote: %q", d.Ref.Path)
		}
		whole, _, err := x.DocumentByID(t.Context(), d.ID)
		must(t, err)
		if want, _ := document(0, "", fmt.Sprintf("document %d says alpha%d", i, i), "and "+strings.Repeat(fmt.Sprintf("beta%d ", i), 200)); whole.Text != want.Text {
			t.Fatalf("%s says %.60q", d.Ref.Path, whole.Text)
		}
		if got := match(t, x, fmt.Sprintf("alpha%d", i), golocal.Scope{}); len(got) != 1 {
			t.Errorf("alpha%d is found in %q", i, got)
		}
	}
	if done.Damaged && docs != done.Documents || done.Documents+done.Lost > n {
		t.Errorf("%d documents of %d, said %+v", docs, n, done)
	}
	// What is lost comes back from its files.
	for i := range n {
		root, err := x.AddRoot(t.Context(), "/home/me/notes")
		must(t, err)
		must(t, x.Use(t.Context(), testSpace))
		put(t, x, root.ID, fmt.Sprintf("%03d.md", i), fmt.Sprintf("document %d says alpha%d", i, i), "and "+strings.Repeat(fmt.Sprintf("beta%d ", i), 200))
	}
	sound(t, x)
	must(t, x.Close())
	return done
}

func TestRepair_LeavesAWholeIndexAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	data := filled(t, dir, 5)
	done, err := Repair(t.Context(), dir, Options{})
	if err != nil || done.Damaged || len(done.Problems) > 0 {
		t.Errorf("%+v, %v", done, err)
	}
	after, err := os.ReadFile(filepath.Join(dir, fileName))
	must(t, err)
	if len(after) != len(data) {
		t.Error("the file was written anew")
	}
	x := open(t, Options{}, dir)
	if _, err := Repair(t.Context(), dir, Options{}); !errors.Is(err, ErrLocked) {
		t.Errorf("while it is open: %v", err)
	}
	must(t, x.Close())
}

// TestRepair_AnyPage zeroes each page in turn.
func TestRepair_AnyPage(t *testing.T) {
	const n = 16
	data := filled(t, filepath.Join(t.TempDir(), "data"), n)
	kept, damaged := 0, 0
	for at := 0; at < len(data); at += pageSize {
		torn := append([]byte{}, data...)
		clear(torn[at : at+pageSize])
		done := repaired(t, torn, n)
		if done.Damaged {
			damaged++
			kept += done.Documents
		}
	}
	if damaged == 0 || kept < damaged*n/2 {
		t.Errorf("%d documents kept over %d damages", kept, damaged)
	}
}

func TestRepair_CutAndFlipped(t *testing.T) {
	const n = 16
	data := filled(t, filepath.Join(t.TempDir(), "data"), n)
	for _, size := range []int{0, 50, 100, pageSize - 1, pageSize, len(data) / 3, len(data) - 1} {
		repaired(t, append([]byte{}, data[:size]...), n)
	}
	random := rand.New(rand.NewPCG(3, 5))
	rounds := 12
	if os.Getenv("GOLOCAL_LONG") != "" {
		rounds = 1000
	}
	for range rounds {
		torn := append([]byte{}, data...)
		torn[random.IntN(len(torn))] ^= 1 << random.IntN(8)
		repaired(t, torn, n)
	}
}

// TestCheck_FindsADamagedWord turns a word of the postings into another, which
// FTS5's own check does not see.
func TestCheck_FindsADamagedWord(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	put(t, x, root.ID, "a.md", "a zebra crossed")
	changed, err := x.db.writer.ExecContext(t.Context(), `UPDATE posting_data SET block = CAST(replace(CAST(block AS TEXT), 'zebra', 'zebrb') AS BLOB) WHERE instr(block, 'zebra')`)
	must(t, err)
	if n, err := changed.RowsAffected(); err != nil || n != 1 {
		t.Fatalf("%d blocks changed, %v", n, err)
	}
	must(t, x.Close())
	x = open(t, Options{}, dir)
	if got := match(t, x, "zebra", golocal.Scope{}); len(got) != 0 {
		t.Fatal("the word is not damaged: this test sees nothing")
	}
	report, err := x.Check(t.Context(), true)
	must(t, err)
	if len(report.Problems) != 1 || !strings.Contains(report.Problems[0].Text, "words") {
		t.Errorf("%+v", report.Problems)
	}
	must(t, x.Close())
	done, err := Repair(t.Context(), dir, Options{})
	if err != nil || done.Documents != 1 || done.Lost != 0 {
		t.Errorf("%+v, %v", done, err)
	}
	x = open(t, Options{}, dir)
	if got := match(t, x, "zebra", golocal.Scope{}); len(got) != 1 {
		t.Errorf("after repair: %q", got)
	}
	sound(t, x)
}
