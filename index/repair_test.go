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

// said is what filled wrote as document i.
func said(i int) (text, word string) {
	d, _ := document(0, "", fmt.Sprintf("document %d says alpha%d", i, i), "and "+strings.Repeat(fmt.Sprintf("beta%d ", i), 200))
	return d.Text, fmt.Sprintf("alpha%d", i)
}

// truthful opens damaged bytes as an index and fails the test where it says
// anything that was not written, or where a check finds nothing although
// something is lost. It reports whether the damage was found, and whether it was
// a vector's, which is made again without a repair.
func truthful(t *testing.T, data []byte, n int) (found, healed bool) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	must(t, os.Mkdir(dir, 0o700))
	must(t, os.WriteFile(filepath.Join(dir, fileName), data, 0o600))
	x, err := Open(dir, Options{})
	if err != nil {
		if !errors.Is(err, ErrDamaged) {
			t.Fatal(err)
		}
		return true, false
	}
	defer x.Close()
	there := map[int]bool{}
	tell := func(path, text string, whole bool) {
		var i int
		if _, err := fmt.Sscanf(path, "%d.md", &i); err != nil || i >= n {
			t.Fatalf("a document nobody wrote: %q", path)
		}
		if want, _ := said(i); whole && text != want || !strings.Contains(want, text) {
			t.Fatalf("%s says %.60q", path, text)
		}
		there[i] = there[i] || whole
	}
	for i := range n {
		text, word := said(i)
		hits, err := x.Match(t.Context(), word, 10, golocal.Scope{})
		if err == nil {
			var near []golocal.Match
			if near, err = x.Nearest(t.Context(), of(vector(text)), 5, golocal.Scope{}); errors.Is(err, golocal.ErrUnavailable) || err != nil && !errors.Is(err, ErrDamaged) {
				err = nil // the row of the model is lost
			}
			hits = append(hits, near...)
		}
		var ids []int64
		for _, h := range hits {
			ids = append(ids, h.Chunk)
		}
		var shown []golocal.Hit
		if err == nil {
			shown, err = x.Lookup(t.Context(), ids)
		}
		if err != nil && !errors.Is(err, ErrDamaged) {
			t.Fatal(err)
		}
		for _, h := range shown {
			tell(h.Doc.Ref.Path, h.Chunk.Text, false)
		}
	}
	for d, err := range x.Documents(t.Context(), 0) {
		if errors.Is(err, ErrDamaged) {
			continue
		}
		must(t, err)
		whole, ok, err := x.DocumentByID(t.Context(), d.ID)
		if err == nil && ok {
			tell(whole.Ref.Path, whole.Text, true)
		} else if !errors.Is(err, ErrDamaged) {
			t.Fatal(ok, err)
		}
	}
	r, err := x.Check(t.Context(), CheckOptions{Deep: true})
	must(t, err)
	if r.OK() && len(there) != n {
		t.Fatalf("%d documents of %d are there, and nothing is said of the rest", len(there), n)
	}
	lacking, err := x.Missing(t.Context(), 1)
	if err != nil && !errors.Is(err, ErrDamaged) {
		t.Fatal(err)
	}
	return !r.OK(), len(lacking) > 0
}

// repaired writes damaged bytes as an index, repairs it and checks that what is
// left is true: no document says anything but what it said before.
func repaired(t *testing.T, data []byte, n int) Repaired {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	must(t, os.Mkdir(dir, 0o700))
	must(t, os.WriteFile(filepath.Join(dir, fileName), data, 0o600))
	done, err := Repair(t.Context(), dir, Options{}, CheckOptions{})
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
	done, err := Repair(t.Context(), dir, Options{}, CheckOptions{})
	if err != nil || done.Damaged || len(done.Problems) > 0 {
		t.Errorf("%+v, %v", done, err)
	}
	after, err := os.ReadFile(filepath.Join(dir, fileName))
	must(t, err)
	if len(after) != len(data) {
		t.Error("the file was written anew")
	}
	x := open(t, Options{}, dir)
	if _, err := Repair(t.Context(), dir, Options{}, CheckOptions{}); !errors.Is(err, ErrLocked) {
		t.Errorf("while it is open: %v", err)
	}
	must(t, x.Close())
}

// TestRepair_AnyPage zeroes each page in turn, in the short form every third.
func TestRepair_AnyPage(t *testing.T) {
	const n = 16
	data := filled(t, filepath.Join(t.TempDir(), "data"), n)
	kept, damaged, stride := 0, 0, 3*pageSize
	if os.Getenv("GOLOCAL_LONG") != "" {
		stride = pageSize
	} else if raced {
		stride = 12 * pageSize
	}
	for at := 0; at < len(data); at += stride {
		torn := append([]byte{}, data...)
		clear(torn[at : at+pageSize])
		found, healed := truthful(t, torn, n)
		done := repaired(t, torn, n)
		if done.Damaged != found && !healed {
			t.Errorf("page %d: damage is found: %v, repaired: %v", at/pageSize, found, done.Damaged)
		}
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
	rounds, stride := 12, 128<<10
	if os.Getenv("GOLOCAL_LONG") != "" {
		rounds, stride = 1000, 4<<10
	} else if raced {
		rounds, stride = 3, 512<<10
	}
	sizes := []int{50, 100, pageSize - 1, pageSize, len(data) / 3, len(data) - 1}
	for size := 0; size < len(data); size += stride {
		sizes = append(sizes, size)
	}
	for _, size := range sizes {
		torn := append([]byte{}, data[:size]...)
		if found, _ := truthful(t, torn, n); !found {
			t.Errorf("cut to %d bytes, and nothing is found", size)
		}
		if done := repaired(t, torn, n); !done.Damaged {
			t.Errorf("cut to %d bytes, and nothing is repaired", size)
		}
	}
	random := rand.New(rand.NewPCG(3, 5))
	harmless := 0
	for range rounds {
		torn := append([]byte{}, data...)
		torn[random.IntN(len(torn))] ^= 1 << random.IntN(8)
		found, healed := truthful(t, torn, n)
		if done := repaired(t, torn, n); done.Damaged != found && !healed {
			t.Errorf("damage is found: %v, repaired: %v", found, done.Damaged)
		}
		if !found && !healed {
			harmless++
		}
	}
	t.Logf("%d of %d flipped bits are in bytes that mean nothing", harmless, rounds)
}

// TestCheck_FindsADamagedWord turns a word of the postings into another, which
// FTS5's own check does not see.
func TestCheck_FindsADamagedWord(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	put(t, x, root.ID, "a.md", "a zebra crossed")
	changed, err := raw(t, x, `UPDATE posting_data SET block = CAST(replace(CAST(block AS TEXT), 'zebra', 'zebrb') AS BLOB) WHERE instr(block, 'zebra')`)
	must(t, err)
	if n, err := changed.RowsAffected(); err != nil || n != 1 {
		t.Fatalf("%d blocks changed, %v", n, err)
	}
	must(t, x.Close())
	x = open(t, Options{}, dir)
	if got := match(t, x, "zebra", golocal.Scope{}); len(got) != 0 {
		t.Fatal("the word is not damaged: this test sees nothing")
	}
	report, err := x.Check(t.Context(), CheckOptions{Deep: true})
	must(t, err)
	if len(report.Problems) != 1 || !strings.Contains(report.Problems[0].Text, "words") {
		t.Errorf("%+v", report.Problems)
	}
	must(t, x.Close())
	done, err := Repair(t.Context(), dir, Options{}, CheckOptions{})
	if err != nil || done.Documents != 1 || done.Lost != 0 {
		t.Errorf("%+v, %v", done, err)
	}
	x = open(t, Options{}, dir)
	if got := match(t, x, "zebra", golocal.Scope{}); len(got) != 1 {
		t.Errorf("after repair: %q", got)
	}
	sound(t, x)
}
