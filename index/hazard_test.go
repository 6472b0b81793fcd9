package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golocal"
)

// The tests named TestHnn show that a hazard of chromem-go v0.7.0 does not reach
// through this package. H02 is in crash_test.go.

// H1: its files are named by four bytes of a hash; two ids that collide share one.
func TestH01_CollidingNamesBothStay(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	paths := []string{"docs/report.pdf#61608", "docs/report.pdf#87883", "chunk-5870", "chunk-118139"}
	for _, p := range paths {
		put(t, x, root.ID, p, "text of "+p)
	}
	must(t, x.Remove(t.Context(), golocal.Ref{Root: root.ID, Path: paths[3]}))
	must(t, x.Close())
	x = open(t, Options{}, dir)
	for _, p := range paths[:3] {
		if got := nearest(t, x, "text of "+p, 1, golocal.Scope{}); len(got) != 1 || got[0] != "text of "+p {
			t.Errorf("%s: %q", p, got)
		}
	}
	sound(t, x)
}

// H3: one bad file blocks everything. Here a damaged vector only has to be made
// again, a damaged passage is left out, and a file that is no database says so.
func TestH03_DamageStaysSmall(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	put(t, x, root.ID, "a.md", "alpha one")
	put(t, x, root.ID, "b.md", "beta one")
	put(t, x, root.ID, "c.md", "gamma one")
	for _, sql := range []string{
		`UPDATE vector SET data = zeroblob(32) WHERE id = (SELECT min(id) FROM vector)`,
		`UPDATE text SET data = CAST('bexa one' AS BLOB) WHERE doc = 2`,
	} {
		_, err := raw(t, x, sql)
		must(t, err)
	}
	must(t, x.Close())

	x = open(t, Options{}, dir)
	if got := match(t, x, "one", golocal.Scope{}); !slices.Equal(slices.Sorted(slices.Values(got)), []string{"alpha one", "gamma one"}) {
		t.Errorf("Match = %q", got)
	}
	if _, _, err := x.DocumentByID(t.Context(), 2); !errors.Is(err, ErrDamaged) {
		t.Errorf("DocumentByID = %v", err)
	}
	if got := nearest(t, x, "gamma one", 5, golocal.Scope{}); len(got) != 1 { // beta's text is out, alpha's vector
		t.Errorf("Nearest = %q", got)
	}
	r, err := x.Check(t.Context(), CheckOptions{})
	must(t, err)
	if len(r.Problems) != 1 || r.Problems[0].Ref.Path != "b.md" {
		t.Errorf("Check = %+v", r)
	}
	missing, err := x.Missing(t.Context(), 10)
	must(t, err)
	if len(missing) != 1 || missing[0].Text != "alpha one" {
		t.Errorf("Missing = %+v", missing)
	}
	put(t, x, root.ID, "a.md", "alpha one")
	put(t, x, root.ID, "b.md", "beta one")
	sound(t, x)
	must(t, x.Close())

	must(t, os.WriteFile(filepath.Join(dir, fileName), []byte(strings.Repeat("not a database ", 1000)), 0o600))
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrDamaged) || errors.Is(err, ErrLocked) {
		t.Errorf("Open of garbage = %v", err)
	}
}

// H4: a deletion with an empty filter deletes everything.
func TestH04_EmptyRemovalsRemoveNothing(t *testing.T) {
	x, root := ready(t, Options{})
	put(t, x, root.ID, "a.md", "alpha")
	must(t, x.Remove(t.Context(), golocal.Ref{}))
	must(t, x.Remove(t.Context(), golocal.Ref{Root: root.ID}))
	must(t, x.RemoveRoot(t.Context(), 0))
	must(t, x.RemoveRoot(t.Context(), 99))
	x.apply(newChange())
	x.apply(change{gone: map[int64][]int64{1: nil}})
	if got := nearest(t, x, "alpha", 5, golocal.Scope{}); len(got) != 1 {
		t.Errorf("left: %q", got)
	}
	sound(t, x)
}

// H5: with a done context it answers nothing, or a part, and no error.
func TestH05_DoneContextIsAnError(t *testing.T) {
	for _, exact := range []int{1000, -1} { // chromem-go, the scan
		x, root := ready(t, Options{Exact: exact})
		for i := range 40 {
			put(t, x, root.ID, fmt.Sprint(i), fmt.Sprint("passage ", i))
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if found, err := x.Nearest(ctx, of(vector("x")), 5, golocal.Scope{}); !errors.Is(err, context.Canceled) {
			t.Errorf("Nearest = %v, %v", found, err)
		}
		if found, err := x.serving.Load().memory.snap.Load().nearest(ctx, vector("x"), 5, nil); !errors.Is(err, context.Canceled) {
			t.Errorf("snapshot: %v, %v", found, err)
		}
		d, chunks := document(root.ID, "late", "late words")
		if err := x.Put(ctx, d, chunks, vectors(chunks)); !errors.Is(err, context.Canceled) {
			t.Errorf("Put = %v", err)
		}
		if _, ok, err := x.Document(t.Context(), d.Ref); ok || err != nil {
			t.Errorf("a cancelled Put left its document: %v", err)
		}
		if got := match(t, x, "late", golocal.Scope{}); len(got) != 0 {
			t.Errorf("a cancelled Put left %q", got)
		}
	}
	c, err := newCollection(testDims)
	must(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	must(t, c.add(ctx, 1, vector("a")))
	cancel()
	if err := c.add(ctx, 2, vector("b")); !errors.Is(err, context.Canceled) {
		t.Errorf("add = %v", err)
	}
	if _, err := c.query(ctx, vector("a"), 1); !errors.Is(err, context.Canceled) {
		t.Errorf("query = %v", err)
	}
}

// H6: an export while adding ends the process. Whatever reads here may run while
// others write.
func TestH06_ReadingWholeWhileWriting(t *testing.T) {
	x, root := ready(t, Options{})
	var wg sync.WaitGroup
	done := make(chan struct{})
	wg.Go(func() {
		defer close(done)
		for i := range 60 {
			put(t, x, root.ID, fmt.Sprint(i%7), fmt.Sprint("passage ", i), fmt.Sprint("other ", i))
		}
	})
	for range 2 {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				for d, err := range x.Documents(t.Context(), 0) {
					if err != nil || d.Chunks != 2 {
						t.Errorf("%+v %v", d, err)
					}
				}
				if _, err := x.Stats(t.Context()); err != nil {
					t.Error(err)
				}
				if r, err := x.Check(t.Context(), CheckOptions{}); err != nil || !r.OK() {
					t.Errorf("%+v %v", r, err)
				}
			}
		})
	}
	wg.Wait()
	sound(t, x)
}

// H7, H8: vectors of another length, zeros and NaN are stored and spoil queries.
func TestH07_OtherDimensionsAreRefused(t *testing.T) {
	x, root := ready(t, Options{})
	put(t, x, root.ID, "a.md", "alpha")
	d, chunks := document(root.ID, "b.md", "beta")
	for _, n := range []int{0, 1, testDims - 1, testDims + 1} {
		v := make([]float32, n)
		for i := range v {
			v[i] = 1
		}
		if err := x.Put(t.Context(), d, chunks, [][]float32{v}); err == nil {
			t.Errorf("Put of %d dimensions passed", n)
		}
		if err := x.Attach(t.Context(), []golocal.Sum{chunks[0].Sum}, [][]float32{v}); err == nil {
			t.Errorf("Attach of %d dimensions passed", n)
		}
		if _, err := x.Nearest(t.Context(), of(v), 1, golocal.Scope{}); err == nil {
			t.Errorf("Nearest of %d dimensions passed", n)
		}
	}
	if got := nearest(t, x, "alpha", 5, golocal.Scope{}); len(got) != 1 {
		t.Errorf("left: %q", got)
	}
}

func TestH08_ZerosAndNaNAreRefused(t *testing.T) {
	x, root := ready(t, Options{})
	put(t, x, root.ID, "a.md", "alpha")
	d, chunks := document(root.ID, "b.md", "beta")
	for name, bad := range map[string]float32{"zero": 0, "NaN": float32(math.NaN()), "+Inf": float32(math.Inf(1)), "-Inf": float32(math.Inf(-1))} {
		v := make([]float32, testDims)
		v[3] = bad
		if err := x.Put(t.Context(), d, chunks, [][]float32{v}); err == nil {
			t.Errorf("Put of %s passed", name)
		}
		if err := x.Attach(t.Context(), []golocal.Sum{chunks[0].Sum}, [][]float32{v}); err == nil {
			t.Errorf("Attach of %s passed", name)
		}
		if _, err := x.Nearest(t.Context(), of(v), 1, golocal.Scope{}); err == nil {
			t.Errorf("Nearest of %s passed", name)
		}
	}
	sound(t, x)
}

// H9: a long vector ranks above an exact match.
func TestH09_LongVectorsAreNormalised(t *testing.T) {
	x, root := ready(t, Options{})
	put(t, x, root.ID, "a.md", "alpha")
	d, chunks := document(root.ID, "b.md", "beta")
	long := vector("beta")
	for i := range long {
		long[i] *= 1000
	}
	must(t, x.Put(t.Context(), d, chunks, [][]float32{long}))
	found, err := x.Nearest(t.Context(), of(vector("alpha")), 2, golocal.Scope{})
	must(t, err)
	if got := texts(t, x, found); !slices.Equal(got, []string{"alpha", "beta"}) || math.Abs(found[0].Score-1) > 1e-6 || found[1].Score > 1 {
		t.Errorf("%q %v", got, found)
	}
	stored, err := x.Vectors(t.Context(), []golocal.Sum{chunks[0].Sum})
	must(t, err)
	for i, f := range stored[chunks[0].Sum] {
		if math.Abs(float64(f-long[i]/1000)) > 1e-6 {
			t.Errorf("stored %v", stored)
		}
	}
}

// H10: it keeps the caller's slices.
func TestH10_CallersSlicesAreTheirOwn(t *testing.T) {
	x, root := ready(t, Options{})
	d, chunks := document(root.ID, "a.md", "alpha")
	v := vector("alpha")
	must(t, x.Put(t.Context(), d, chunks, [][]float32{v}))
	clear(v)
	got, err := x.Vectors(t.Context(), []golocal.Sum{chunks[0].Sum})
	must(t, err)
	clear(got[chunks[0].Sum])
	q := vector("alpha")
	found, err := x.Nearest(t.Context(), of(q), 1, golocal.Scope{})
	must(t, err)
	if found[0].Score < 0.999 || !slices.Equal(q, vector("alpha")) {
		t.Errorf("%v", found)
	}
	sound(t, x)
}

// H11: making a collection again empties it until the next start.
func TestH11_UsingTheSameSpaceAgainKeepsIt(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	put(t, x, root.ID, "a.md", "alpha")
	renamed := testSpace
	renamed.Model, renamed.MaxTokens = "letters:latest", 512
	for range 2 {
		for _, s := range []golocal.Space{testSpace, renamed} {
			must(t, x.Use(t.Context(), s))
			if got := nearest(t, x, "alpha", 5, golocal.Scope{}); len(got) != 1 {
				t.Errorf("after Use: %q", got)
			}
		}
		must(t, x.Close())
		x = open(t, Options{}, dir)
		if s, ok := x.Space(); !ok || s != renamed {
			t.Errorf("Space = %+v, %v", s, ok)
		}
	}
	sound(t, x)
}

// H12: after a disk error a document is in memory and not on disk.
func TestH12_FailedCommitChangesNothing(t *testing.T) {
	fail := false
	x, root := ready(t, Options{fault: func(step string) error {
		if fail && step == "COMMIT" {
			return errors.New("disk error")
		}
		return nil
	}})
	put(t, x, root.ID, "a.md", "alpha")
	fail = true
	d, chunks := document(root.ID, "a.md", "beta")
	if err := x.Put(t.Context(), d, chunks, vectors(chunks)); err == nil {
		t.Fatal("Put passed")
	}
	if err := x.Remove(t.Context(), d.Ref); err == nil {
		t.Fatal("Remove passed")
	}
	fail = false
	if got := nearest(t, x, "beta", 5, golocal.Scope{}); !slices.Equal(got, []string{"alpha"}) {
		t.Errorf("memory holds %q", got)
	}
	sound(t, x)
}

// H13: one id added by several at once: file and memory differ.
func TestH13_OneDocumentManyWriters(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 10 {
				put(t, x, root.ID, "same.md", fmt.Sprint("writer ", w, " version ", i))
			}
		})
	}
	wg.Wait()
	before := nearest(t, x, "x", 50, golocal.Scope{})
	if len(before) != 1 {
		t.Fatalf("%q", before)
	}
	sound(t, x)
	must(t, x.Close())
	x = open(t, Options{}, dir)
	if after := nearest(t, x, "x", 50, golocal.Scope{}); !slices.Equal(before, after) {
		t.Errorf("%q before, %q after reopening", before, after)
	}
}

// H14: opened with another option, a store looks empty.
func TestH14_OptionsDoNotHideData(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	put(t, x, root.ID, "a.md", "alpha")
	must(t, x.Close())
	for _, exact := range []int{-1, 0, 1, 1 << 30} {
		x := open(t, Options{Exact: exact}, dir)
		if got := nearest(t, x, "alpha", 5, golocal.Scope{}); len(got) != 1 {
			t.Errorf("Exact %d: %q", exact, got)
		}
		must(t, x.Close())
	}
}

// H15: a filter by an empty value matches what has no such value.
func TestH15_ScopeMeansWhatItSays(t *testing.T) {
	x, root := ready(t, Options{})
	other, err := x.AddRoot(t.Context(), "/home/me/other")
	must(t, err)
	put(t, x, root.ID, "a/x.md", "in a")
	put(t, x, root.ID, "a-b/x.md", "in a-b")
	put(t, x, root.ID, "ab", "file ab")
	put(t, x, other.ID, "a/x.md", "in other a")
	doc, _, err := x.Document(t.Context(), golocal.Ref{Root: root.ID, Path: "ab"})
	must(t, err)
	everything := []string{"file ab", "in a", "in a-b", "in other a"}
	for _, c := range []struct {
		scope golocal.Scope
		want  []string
	}{
		{golocal.Scope{}, everything},
		{golocal.Scope{Folder: "/"}, everything},
		{golocal.Scope{Folder: "."}, everything},
		{golocal.Scope{Folder: "a"}, []string{"in a", "in other a"}},
		{golocal.Scope{Folder: "a/"}, []string{"in a", "in other a"}},
		{golocal.Scope{Folder: "ab"}, []string{"file ab"}},
		{golocal.Scope{Folder: "../ab"}, []string{"file ab"}},
		{golocal.Scope{Folder: "%"}, []string{}},
		{golocal.Scope{Roots: []int64{other.ID}}, []string{"in other a"}},
		{golocal.Scope{Roots: []int64{root.ID}, Folder: "a"}, []string{"in a"}},
		{golocal.Scope{Roots: []int64{77}}, []string{}},
		{golocal.Scope{Docs: []int64{doc.ID}}, []string{"file ab"}},
		{golocal.Scope{Docs: []int64{doc.ID}, Folder: "a"}, []string{}},
		{golocal.Scope{Docs: []int64{0}}, []string{}},
	} {
		if got := nearest(t, x, "x", 10, c.scope); !slices.Equal(slices.Sorted(slices.Values(got)), c.want) && len(got)+len(c.want) > 0 {
			t.Errorf("Nearest in %+v: %q, want %q", c.scope, got, c.want)
		}
		got := match(t, x, "in file", c.scope)
		if !slices.Equal(slices.Sorted(slices.Values(got)), c.want) && len(got)+len(c.want) > 0 {
			t.Errorf("Match in %+v: %q, want %q", c.scope, got, c.want)
		}
	}
}

// H16: a waiting writer makes new searches wait behind the running ones. Here a
// write in the middle of its transaction holds up nobody.
func TestH16_SearchesDoNotWaitForAWriter(t *testing.T) {
	inside, release := make(chan struct{}), make(chan struct{})
	var once sync.Once
	armed := false
	x, root := ready(t, Options{fault: func(step string) error {
		if armed && step == "COMMIT" {
			once.Do(func() {
				close(inside)
				<-release
			})
		}
		return nil
	}})
	put(t, x, root.ID, "a.md", "alpha")
	nearest(t, x, "alpha", 1, golocal.Scope{}) // loaded
	armed = true
	var wg sync.WaitGroup
	wg.Go(func() { put(t, x, root.ID, "a.md", "beta") })
	<-inside
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second) // far more than a search takes
	defer cancel()
	found, err := x.Nearest(ctx, of(vector("alpha")), 5, golocal.Scope{})
	must(t, err)
	if got := texts(t, x, found); !slices.Equal(got, []string{"alpha"}) {
		t.Errorf("Nearest while writing: %q", got)
	}
	if got := match(t, x, "alpha beta", golocal.Scope{}); !slices.Equal(got, []string{"alpha"}) {
		t.Errorf("Match while writing: %q", got)
	}
	close(release)
	wg.Wait()
	if got := nearest(t, x, "alpha", 5, golocal.Scope{}); !slices.Equal(got, []string{"beta"}) {
		t.Errorf("Nearest after writing: %q", got)
	}
}

// H17: an export triples the memory. Replacing documents over and over must not
// let the arena grow either.
func TestH17_MemoryStaysBounded(t *testing.T) {
	disk := wholes{}
	m := newMemory(64, 100)
	if small {
		m = newSmallMemory(64, disk.read)
	}
	m.cursor = m.bound
	r := rand.New(rand.NewPCG(1, 2))
	live := map[int64][]addition{}
	next := int64(1)
	for step := range 1200 {
		c := newChange()
		doc := int64(r.IntN(100))
		for _, a := range live[doc] {
			c.remove(doc, a.chunk)
		}
		live[doc] = nil
		for range 20 {
			a := addition{chunk: next, doc: doc, vector: next, vec: vectorOf(fmt.Sprint(next), 64)}
			live[doc] = append(live[doc], a)
			disk[a.vector] = a.vec
			c.add = append(c.add, a)
			next++
		}
		must(t, m.apply(t.Context(), c))
		if blocks := m.next.bytes() / m.next.blocks[len(m.next.blocks)-1].bytes(); blocks > 8 { // 2,000 live rows fill 2
			t.Fatalf("step %d: %d blocks", step, blocks)
		}
		if step%50 == 0 {
			s := m.snap.Load()
			for _, as := range live {
				for _, a := range as {
					found, err := s.nearest(t.Context(), a.vec, 1, nil)
					must(t, err)
					if len(found) != 1 || found[0].Chunk != a.chunk {
						t.Fatalf("step %d: chunk %d is %v", step, a.chunk, found)
					}
					break
				}
			}
		}
	}
	if len(m.at) > 5000 || len(m.next.entries) > 8000 {
		t.Errorf("%d vectors known, %d entries", len(m.at), len(m.next.entries))
	}
}

// H18: reading races with itself. This test is for the race detector.
func TestH18_EverythingAtOnce(t *testing.T) {
	x, root := ready(t, Options{Exact: 30})
	ctx := t.Context()
	var wg sync.WaitGroup
	for w := range 3 {
		wg.Go(func() {
			for i := range 25 {
				put(t, x, root.ID, fmt.Sprint(w, "/", i%9), fmt.Sprint("passage ", i), fmt.Sprint("other ", w, i))
			}
		})
		wg.Go(func() {
			for i := range 25 {
				if _, err := x.Nearest(ctx, of(vector(fmt.Sprint(i))), 1+i%5, golocal.Scope{Folder: []string{"", "1"}[i%2]}); err != nil {
					t.Error(err)
				}
				if _, err := x.Match(ctx, "passage other", 5, golocal.Scope{}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Go(func() {
		for i := range 10 {
			must(t, x.Remove(ctx, golocal.Ref{Root: root.ID, Path: fmt.Sprint("1/", i)}))
			if _, err := x.Purge(ctx, 0); err != nil {
				t.Error(err)
			}
		}
	})
	wg.Wait()
	sound(t, x)
}

// The arena relies on chromem-go keeping the slices that it is given.
func TestChromem_SharesTheArena(t *testing.T) {
	c, err := newCollection(384)
	must(t, err)
	arena := make([]float32, 2*384)
	for i := range 2 {
		copy(arena[i*384:], vectorOf(fmt.Sprint(i), 384))
		must(t, c.add(t.Context(), i, arena[i*384:(i+1)*384:(i+1)*384]))
	}
	results, err := c.docs.QueryEmbedding(t.Context(), arena[384:], 1, nil, nil)
	must(t, err)
	if &results[0].Embedding[0] != &arena[384] {
		t.Error("chromem-go made a copy")
	}
	if err := c.add(t.Context(), 1, vectorOf("1", 384)); err == nil {
		t.Error("the same id twice passed")
	}
	if got, err := c.query(t.Context(), vectorOf("1", 384), 50); err != nil || !slices.Equal(got, []int{1, 0}) {
		t.Errorf("query for more than there is: %v, %v", got, err)
	}
	empty, err := newCollection(384)
	must(t, err)
	if got, err := empty.query(t.Context(), arena[:384], 5); err != nil || len(got) != 0 {
		t.Errorf("query of nothing: %v, %v", got, err)
	}
}
