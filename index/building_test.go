package index

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golocal"
)

// otherSpace is a second model's.
var otherSpace = golocal.Space{Model: "words", Digest: "d2", Dims: 16, QueryPrefix: "query: ", MaxTokens: 256}

// in is a text's vector in a space: that of another space is another.
func in(s golocal.Space, text string) golocal.Vector {
	if s == testSpace {
		return of(vector(text))
	}
	return golocal.Vector{Space: s, Values: vectorOf(s.Model+s.Digest+s.QueryPrefix+s.DocumentPrefix+text, s.Dims)}
}

// build attaches up to n vectors to the space that is being built.
func build(t testing.TB, x *Index, n int) *Building {
	t.Helper()
	b, ok := x.Building()
	if !ok {
		t.Fatal("nothing is being built")
	}
	missing, err := b.Missing(context.Background(), n)
	must(t, err)
	var sums []golocal.Sum
	var made [][]float32
	for _, c := range missing {
		sums, made = append(sums, c.Sum), append(made, in(b.Space(), c.Input).Values)
	}
	must(t, b.Attach(context.Background(), sums, made))
	return b
}

// answers is what a question in a space finds, best first.
func answers(t testing.TB, x *Index, s golocal.Space, text string) []string {
	t.Helper()
	found, err := x.Nearest(context.Background(), in(s, text), 100, golocal.Scope{})
	must(t, err)
	return texts(t, x, found)
}

// TestUse_SpacesNeverMix wants one space after the other: the first answers all
// the time, and no question of another reaches it.
func TestUse_SpacesNeverMix(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	put(t, x, root.ID, "a.md", "alpha", "beta")
	variants := map[string]golocal.Space{}
	for name, change := range map[string]func(*golocal.Space){
		"digest":          func(s *golocal.Space) { s.Digest = "d2" },
		"dims":            func(s *golocal.Space) { s.Dims = 16 },
		"query prefix":    func(s *golocal.Space) { s.QueryPrefix = "query: " },
		"document prefix": func(s *golocal.Space) { s.DocumentPrefix = "passage: " },
		"name alone":      func(s *golocal.Space) { s.Digest, s.Model = "", "other" },
	} {
		s := testSpace
		change(&s)
		variants[name] = s
	}
	for name, s := range variants {
		must(t, x.Use(t.Context(), s))
		if got, ok := x.Wanted(); !ok || got != s {
			t.Errorf("%s: wanted is %+v", name, got)
		}
		if got, _ := x.Space(); got != testSpace {
			t.Errorf("%s: the space has changed before its time: %+v", name, got)
		}
		if _, err := x.Nearest(t.Context(), in(s, "alpha"), 5, golocal.Scope{}); !errors.Is(err, golocal.ErrUnavailable) {
			t.Errorf("%s: a question of the new space: %v", name, err)
		}
		b := build(t, x, 1)
		if done, total, err := b.progressNow(t.Context()); err != nil || done != 1 || total != 2 {
			t.Errorf("%s: %d of %d done, %v", name, done, total, err)
		}
		if got := answers(t, x, testSpace, "alpha"); len(got) != 2 || got[0] != "alpha" {
			t.Errorf("%s: the old space answers %q", name, got)
		}
		sound(t, x)
	}
	for name, s := range variants { // each goes on where it was left
		if n, err := x.Lacking(t.Context(), s); err != nil || n != 1 {
			t.Errorf("%s: lacks %d, %v", name, n, err)
		}
		must(t, x.Use(t.Context(), s))
		b := build(t, x, 10)
		if done, total, err := b.progressNow(t.Context()); err != nil || done != 2 || total != 2 {
			t.Errorf("%s: %d of %d done after coming back, %v", name, done, total, err)
		}
		if missing, err := b.Missing(t.Context(), 10); err != nil || len(missing) != 0 {
			t.Errorf("%s: %d missing, %v", name, len(missing), err)
		}
	}
	must(t, x.Use(t.Context(), testSpace)) // given up
	if _, ok := x.Building(); ok {
		t.Error("still building")
	}
	for name, s := range variants { // complete by now: at once, and back
		must(t, x.Use(t.Context(), s))
		if got, _ := x.Space(); got != s {
			t.Errorf("%s: space %+v", name, got)
		}
		loaded(t, x)
		if got := answers(t, x, s, "beta"); len(got) != 2 || got[0] != "beta" {
			t.Errorf("%s: it answers %q", name, got)
		}
		sound(t, x)
	}
	must(t, x.Close())
	x = open(t, Options{}, dir)
	must(t, x.Use(t.Context(), testSpace))
	loaded(t, x)
	if got := answers(t, x, testSpace, "beta"); len(got) != 2 || got[0] != "beta" {
		t.Errorf("back, after reopening: %q", got)
	}
	sound(t, x)
}

// loaded waits until searches compare in the active space.
func loaded(t testing.TB, x *Index) {
	t.Helper()
	<-x.active.Load().memory.ready
	if got, _ := x.Serving(); got != x.active.Load().space {
		t.Fatalf("%+v answers", got)
	}
}

func TestBuilding_DocumentsChangeMeanwhile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	put(t, x, root.ID, "a.md", "alpha", "beta")
	put(t, x, root.ID, "b.md", "gamma")
	must(t, x.Use(t.Context(), otherSpace))
	build(t, x, 10)
	// The active space stays complete, the other one lags behind.
	put(t, x, root.ID, "c.md", "delta", "alpha")
	must(t, x.Remove(t.Context(), golocal.Ref{Root: root.ID, Path: "b.md"}))
	if got := answers(t, x, testSpace, "delta"); len(got) != 4 || got[0] != "delta" {
		t.Errorf("a new document is not found by meaning: %q", got)
	}
	if missing, err := x.Missing(t.Context(), 10); err != nil || len(missing) != 0 {
		t.Errorf("%d missing, %v", len(missing), err)
	}
	must(t, x.Close()) // as a restart does
	x = open(t, Options{}, dir)
	b, ok := x.Building()
	if !ok || b.Space() != otherSpace {
		t.Fatal("a restart gives up")
	}
	if done, total, err := b.progressNow(t.Context()); err != nil || done != 3 || total != 4 {
		t.Errorf("%d of %d done, %v", done, total, err)
	}
	must(t, b.Finish(t.Context())) // delta was refused
	loaded(t, x)
	if got := answers(t, x, otherSpace, "beta"); len(got) != 3 || got[0] != "beta" {
		t.Errorf("after the flip: %q", got)
	}
	if missing, err := x.Missing(t.Context(), 10); err != nil || len(missing) != 1 || missing[0].Text != "delta" {
		t.Errorf("missing after the flip: %+v, %v", missing, err)
	}
	if _, err := x.Nearest(t.Context(), in(testSpace, "beta"), 5, golocal.Scope{}); !errors.Is(err, golocal.ErrUnavailable) {
		t.Errorf("a question of the old space: %v", err)
	}
	if err := b.Finish(t.Context()); !errors.Is(err, errGivenUp) {
		t.Errorf("finished twice: %v", err)
	}
	if err := b.Attach(t.Context(), []golocal.Sum{{1}}, [][]float32{make([]float32, 16)}); err == nil {
		t.Error("a zero vector was stored")
	}
	if err := b.Attach(t.Context(), []golocal.Sum{{1}}, [][]float32{in(otherSpace, "late").Values}); !errors.Is(err, errGivenUp) {
		t.Errorf("a late vector: %v", err)
	}
	sound(t, x)
}

// TestBuilding_OldVectorsGo searches the file for the bytes of vectors.
func TestBuilding_OldVectorsGo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	clock := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	o := Options{Now: func() time.Time { return clock }}
	x, root := ready(t, o, dir)
	put(t, x, root.ID, "a.md", "alpha", "beta")
	holds := func(v golocal.Vector) (n int) {
		for _, name := range names(t, dir) {
			data, err := os.ReadFile(filepath.Join(dir, name))
			must(t, err)
			n += bytes.Count(data, encode(v.Values))
		}
		return n
	}
	purge := func(want int) {
		t.Helper()
		if n, err := x.Purge(t.Context(), 10*time.Minute); err != nil || n != want {
			t.Errorf("Purge dropped %d, want %d, %v", n, want, err)
		}
	}
	third := otherSpace
	third.Digest = "d3"
	must(t, x.Use(t.Context(), third))
	build(t, x, 1)
	clock = clock.Add(time.Hour)
	purge(0) // what is being built is used
	must(t, x.Use(t.Context(), otherSpace))
	clock = clock.Add(23 * time.Hour)
	purge(0) // what was given up can be gone on with
	build(t, x, 10)
	clock = clock.Add(2 * time.Hour)
	purge(1)
	if n, err := x.Lacking(t.Context(), third); err != nil || n != 2 {
		t.Errorf("what was given up yesterday lacks %d, %v", n, err)
	}
	b, _ := x.Building()
	must(t, b.Finish(t.Context()))
	loaded(t, x)
	purge(0)
	if holds(in(testSpace, "alpha")) == 0 {
		t.Fatal("the old vectors are gone before a search has succeeded")
	}
	select {
	case <-x.Outgrown():
		t.Error("the old space is called needless before a search has succeeded")
	default:
	}
	answers(t, x, otherSpace, "alpha")
	select {
	case <-x.Outgrown():
	default:
		t.Error("nothing says that the old space is needless")
	}
	purge(2)
	if n := holds(in(testSpace, "alpha")); n > 0 {
		t.Errorf("an old vector is in the files %d times", n)
	}
	if holds(in(otherSpace, "alpha")) == 0 {
		t.Error("a new vector is in no file")
	}
	sound(t, x)
	// Without a search the old ones go by age.
	must(t, x.Use(t.Context(), testSpace))
	build(t, x, 10).Finish(t.Context())
	must(t, x.Close())
	x = open(t, o, dir)
	purge(0)
	clock = clock.Add(11 * time.Minute)
	purge(2)
	if n := holds(in(otherSpace, "alpha")); n > 0 {
		t.Errorf("a vector is in the files %d times", n)
	}
	sound(t, x)
}

// TestBuilding_VanishedTextGoes has text vanish while two spaces hold its vectors.
func TestBuilding_VanishedTextGoes(t *testing.T) {
	clock := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	x, root := ready(t, Options{Now: func() time.Time { return clock }})
	put(t, x, root.ID, "a.md", "alpha", "beta")
	put(t, x, root.ID, "b.md", "alpha")
	must(t, x.Use(t.Context(), otherSpace))
	build(t, x, 10)
	clock = clock.Add(time.Hour)
	must(t, x.Remove(t.Context(), golocal.Ref{Root: root.ID, Path: "a.md"}))
	if n, err := x.Purge(t.Context(), 10*time.Minute); err != nil || n != 0 {
		t.Errorf("Purge dropped %d at once, %v", n, err)
	}
	put(t, x, root.ID, "c.md", "beta") // moved
	if b, _ := x.Building(); len(missing(t, b)) != 0 {
		t.Error("a move costs an embedding")
	}
	sound(t, x)
	must(t, x.Remove(t.Context(), golocal.Ref{Root: root.ID, Path: "c.md"}))
	clock = clock.Add(11 * time.Minute)
	if n, err := x.Purge(t.Context(), 10*time.Minute); err != nil || n != 2 {
		t.Errorf("Purge dropped %d, %v", n, err)
	}
	sound(t, x)
	build(t, x, 10)
	must(t, x.RemoveRoot(t.Context(), root.ID))
	var left int
	must(t, x.db.readers.QueryRow(`SELECT count(*) FROM vector`).Scan(&left))
	if left != 0 {
		t.Errorf("%d vectors of a removed folder", left)
	}
	sound(t, x)
}

func missing(t testing.TB, b *Building) []golocal.Chunk {
	t.Helper()
	chunks, err := b.Missing(context.Background(), 1000)
	must(t, err)
	return chunks
}

// TestBuilding_MissingGoesAround hands out every chunk although none gets its vector.
func TestBuilding_MissingGoesAround(t *testing.T) {
	x, root := ready(t, Options{})
	want := map[string]bool{}
	for i := range 20 {
		put(t, x, root.ID, fmt.Sprint(i), fmt.Sprint("passage ", i), "shared")
		want[fmt.Sprint("passage ", i)] = true
	}
	want["shared"] = true
	must(t, x.Use(t.Context(), otherSpace))
	b, _ := x.Building()
	for _, limit := range []int{1, 4, 7, 20, 21, 50} {
		seen := map[string]bool{}
		for range (len(want) + limit - 1) / limit {
			chunks, err := b.Missing(t.Context(), limit)
			must(t, err)
			if len(chunks) != min(limit, len(want)) {
				t.Errorf("%d of %d", len(chunks), limit)
			}
			for _, c := range chunks {
				seen[c.Text] = true
			}
		}
		if !maps.Equal(seen, want) {
			t.Errorf("in pages of %d: %d of %d seen", limit, len(seen), len(want))
		}
	}
}

// TestBuilding_SearchesNeverStop asks without a pause while spaces take over
// from each other: every question is answered from one space, and in full.
func TestBuilding_SearchesNeverStop(t *testing.T) {
	x, root := ready(t, Options{Exact: 30})
	var all []string
	for i := range 40 {
		all = append(all, fmt.Sprint("passage ", i))
	}
	put(t, x, root.ID, "a.md", all...)
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	var asked, late atomic.Int64
	for w := range 2 {
		wg.Go(func() {
			for i := w; ctx.Err() == nil; i++ {
				s, _ := x.Serving()
				text := all[i%len(all)]
				found, err := x.Nearest(context.Background(), in(s, text), len(all)+1, golocal.Scope{})
				if errors.Is(err, golocal.ErrUnavailable) {
					late.Add(1)
					continue
				}
				if got := texts(t, x, found); err != nil || len(got) != len(all) || got[0] != text || found[0].Score < 0.999 {
					t.Errorf("%s finds %d passages in %s, the first %q: %v", text, len(found), s.Model, got[:min(1, len(got))], err)
					return
				}
				asked.Add(1)
				time.Sleep(time.Millisecond) // a purge needs a moment without readers
			}
		})
	}
	for i := range 20 {
		must(t, x.Use(t.Context(), []golocal.Space{otherSpace, testSpace}[i%2]))
		if _, ok := x.Building(); ok {
			must(t, build(t, x, 1000).Finish(t.Context()))
		}
		if i%3 == 0 {
			loaded(t, x)
		}
		if i%5 == 0 {
			_, err := x.Purge(t.Context(), 0)
			must(t, err)
		}
	}
	stop()
	wg.Wait()
	if late.Load() > 20*2 || asked.Load() < 20 {
		t.Errorf("%d questions were answered and %d too late", asked.Load(), late.Load())
	}
	sound(t, x)
}

// TestBuilding_StopsAtEveryStep has the n-th statement of a change of space
// fail: the index is in the old space or the new one, and sound.
func TestBuilding_StopsAtEveryStep(t *testing.T) {
	stop := errors.New("stop")
	dir := filepath.Join(t.TempDir(), "data")
	left := 0
	o := Options{fault: func(string) error {
		if left--; left == 0 {
			return stop
		}
		return nil
	}}
	x, root := ready(t, o, dir)
	put(t, x, root.ID, "a.md", "alpha", "beta")
	from, to := testSpace, otherSpace
	for n := 1; ; n++ {
		left = n
		err := func() error {
			if err := x.Use(t.Context(), to); err != nil {
				return err
			}
			if b, ok := x.Building(); ok {
				if chunks := missing(t, b); len(chunks) > 0 {
					if err := b.Attach(t.Context(), []golocal.Sum{chunks[0].Sum}, [][]float32{in(to, chunks[0].Input).Values}); err != nil {
						return err
					}
				}
				if chunks := missing(t, b); len(chunks) > 0 {
					if err := b.Attach(t.Context(), []golocal.Sum{chunks[0].Sum}, [][]float32{in(to, chunks[0].Input).Values}); err != nil {
						return err
					}
				}
				if err := b.Finish(t.Context()); err != nil {
					return err
				}
			}
			if _, err := x.Purge(t.Context(), 0); err != nil {
				return err
			}
			return nil
		}()
		done := left > 0
		if done != (err == nil) || err != nil && !errors.Is(err, stop) {
			t.Fatalf("step %d: %v", n, err)
		}
		left = 0
		if n%3 == 0 {
			must(t, x.Close())
			x = open(t, o, dir)
		}
		loaded(t, x)
		now, _ := x.Space()
		if got := answers(t, x, now, "alpha"); len(got) != 2 || got[0] != "alpha" {
			t.Fatalf("step %d: %s answers %q", n, now.Model, got)
		}
		sound(t, x)
		if now == to { // the old one may be gone by now: the other way around
			from, to = to, from
			must(t, x.Use(t.Context(), from))
		}
		if t.Failed() {
			t.Fatalf("step %d", n)
		}
		if done {
			if n < 15 {
				t.Fatalf("only %d steps seen", n)
			}
			return
		}
	}
}

// TestAddBuilding opens an index that the version before this step wrote: with
// a space that was left, whose vectors were marked unused.
func TestAddBuilding(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	put(t, x, root.ID, "a.md", "alpha", "beta")
	must(t, x.Use(t.Context(), otherSpace))
	must(t, build(t, x, 10).Finish(t.Context()))
	loaded(t, x)
	_, err := raw(t, x, `
DROP INDEX chunk_sum; DROP INDEX space_building; ALTER TABLE root DROP COLUMN settings;
UPDATE vector SET unused = 7 WHERE space = (SELECT id FROM space WHERE active = 0);
UPDATE space SET retired = `+fmt.Sprint(time.Now().Unix())+` WHERE active = 0;
PRAGMA user_version = 2;`)
	must(t, err)
	must(t, x.Close())
	x = open(t, Options{}, dir)
	sound(t, x)
	if n, err := x.Purge(t.Context(), time.Hour); err != nil || n != 0 {
		t.Errorf("%d vectors dropped, %v", n, err)
	}
	must(t, x.Use(t.Context(), testSpace)) // complete: at once
	loaded(t, x)
	if got := answers(t, x, testSpace, "beta"); len(got) != 2 || got[0] != "beta" {
		t.Errorf("back: %q", got)
	}
	if copies := slices.DeleteFunc(names(t, dir), func(n string) bool { return n != fileName+".version-2" }); len(copies) != 1 {
		t.Error("no copy was kept")
	}
}

// TestRepair_WhileBuilding loses the row of the active or of the other space.
func TestRepair_WhileBuilding(t *testing.T) {
	for _, lost := range []golocal.Space{testSpace, otherSpace} {
		dir := filepath.Join(t.TempDir(), "data")
		x, root := ready(t, Options{}, dir)
		put(t, x, root.ID, "a.md", "alpha", "beta")
		must(t, x.Use(t.Context(), otherSpace))
		build(t, x, 1)
		_, err := raw(t, x, `UPDATE space SET seal = seal + 1 WHERE digest = ?`, lost.Digest)
		must(t, err)
		must(t, x.Close())
		done, err := Repair(t.Context(), dir, Options{}, CheckOptions{})
		if err != nil || !done.Damaged || done.Documents != 1 {
			t.Fatalf("%+v, %v", done, err)
		}
		x = open(t, Options{}, dir)
		sound(t, x)
		_, building := x.Building()
		_, active := x.Space()
		if building || active != (lost == otherSpace) {
			t.Errorf("without %s: building %v, active %v", lost.Model, building, active)
		}
		must(t, x.Use(t.Context(), otherSpace))
		if lost == testSpace { // there is nothing that could answer meanwhile
			loaded(t, x)
			if got := answers(t, x, otherSpace, "alpha"); len(got) != 1 {
				t.Errorf("%q", got)
			}
		} else if got := answers(t, x, testSpace, "alpha"); len(got) != 2 {
			t.Errorf("%q", got)
		}
		sound(t, x)
	}
}

func TestProgress_CountsAgainWhenItIsWorthIt(t *testing.T) {
	now := time.Now()
	for name, c := range map[string]struct {
		p    progress
		want bool
	}{
		"never counted":             {progress{}, false},
		"nothing has changed":       {progress{generation: 3, attached: 7, at: now.Add(-time.Hour)}, true},
		"changed, cheap":            {progress{generation: 3, attached: 6, at: now, took: time.Millisecond}, false},
		"changed, dear, just now":   {progress{generation: 3, attached: 6, at: now.Add(-time.Second), took: 60 * time.Millisecond}, true},
		"changed, dear, a while":    {progress{generation: 3, attached: 6, at: now.Add(-2 * time.Second), took: 60 * time.Millisecond}, false},
		"documents, dear, just now": {progress{generation: 2, attached: 7, at: now.Add(-time.Second), took: 60 * time.Millisecond}, true},
	} {
		if got := c.p.fresh(3, 7, now); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// progressNow is Progress as of now: where counting takes long, as on a busy
// machine, that is as of some seconds ago.
func (b *Building) progressNow(ctx context.Context) (done, total int, err error) {
	b.mu.Lock()
	b.known = progress{}
	b.mu.Unlock()
	return b.Progress(ctx)
}
