package index

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golocal"
)

// TestNearest_ChromemEqualsScan compares the ways of searching on random
// memories, with equal vectors, deletions and k of every size.
func TestNearest_ChromemEqualsScan(t *testing.T) {
	cases := 1000
	r := rand.New(rand.NewPCG(7, 7))
	for n := range cases {
		dims := 1 + r.IntN(40)
		size := r.IntN(120)
		chromem, scan := newMemory(dims, 1<<30), newMemory(dims, -1)
		disk := wholes{}
		small := newSmallMemory(dims, disk.read)
		for _, m := range []*memory{chromem, scan, small} {
			m.cursor = m.bound
		}
		id := int64(0)
		for range 1 + r.IntN(4) {
			c := newChange()
			for range size / 2 {
				id++
				v, err := unit(vectorOf(fmt.Sprint(r.IntN(size+1)), dims), dims)
				must(t, err)
				c.add = append(c.add, addition{chunk: id, doc: id % 7, vector: id, vec: v})
				disk[id] = v
			}
			for range r.IntN(10) {
				if gone := 1 + r.Int64N(id+1); gone <= id-int64(size/2) {
					c.remove(gone%7, gone)
				}
			}
			for _, m := range []*memory{chromem, scan, small} {
				must(t, m.apply(t.Context(), c))
			}
		}
		a, b := chromem.snap.Load(), scan.snap.Load()
		if size > 1 && (a.base == nil || b.base != nil) {
			t.Fatal("not two ways")
		}
		q, err := unit(vectorOf(fmt.Sprint("q", n), dims), dims)
		must(t, err)
		k := 1 + r.IntN(30)
		left, err := a.nearest(t.Context(), q, k, nil)
		must(t, err)
		right, err := b.nearest(t.Context(), q, k, nil)
		must(t, err)
		third, err := small.snap.Load().nearest(t.Context(), q, k, nil)
		must(t, err)
		if !slices.Equal(right, third) {
			t.Fatalf("case %d: %v in memory, %v from the file", n, right, third)
		}
		if len(left) != len(right) {
			t.Fatalf("case %d: %d and %d", n, len(left), len(right))
		}
		for i := range left {
			if left[i].Score != right[i].Score || dims > 1 && left[i].Chunk != right[i].Chunk {
				t.Fatalf("case %d (%d × %d, k %d): %v and %v", n, size, dims, k, left, right)
			}
		}
	}
}

// TestLoad_WritesGoOnMeanwhile writes while the vectors of a reopened index load.
func TestLoad_WritesGoOnMeanwhile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	for i := range 36 {
		var passages []string
		for j := range 30 {
			passages = append(passages, fmt.Sprintf("passage %d of %d", j, i))
		}
		put(t, x, root.ID, fmt.Sprintf("%03d", i), passages...)
	}
	must(t, x.Close())
	for range 2 {
		x = open(t, Options{}, dir)
		for i := 0; i < 36; i += 6 {
			put(t, x, root.ID, fmt.Sprintf("%03d", i), "changed", fmt.Sprintf("passage 3 of %d", i))
			must(t, x.Remove(t.Context(), golocal.Ref{Root: root.ID, Path: fmt.Sprintf("%03d", i+1)}))
			put(t, x, root.ID, fmt.Sprintf("%03d", i+1), fmt.Sprintf("passage 5 of %d", i+1), "new")
		}
		sound(t, x)
		found, err := x.Nearest(t.Context(), of(vector("x")), 10_000, golocal.Scope{})
		must(t, err)
		if want := 24*30 + 12*2; len(found) != want {
			t.Errorf("%d vectors, want %d", len(found), want)
		}
		must(t, x.Close())
	}
}

// benchmarkIndex is an index of random words and vectors.
func benchmarkIndex(b *testing.B, chunks, dims int) (*Index, golocal.Root, *rand.Rand) {
	b.Helper()
	x := open(b, Options{})
	root, err := x.AddRoot(context.Background(), "/bench")
	must(b, err)
	must(b, x.Use(context.Background(), golocal.Space{Model: "random", Digest: "r", Dims: dims}))
	r := rand.New(rand.NewPCG(1, 1))
	for i := range chunks / 20 {
		benchmarkPut(b, x, root.ID, fmt.Sprintf("f%d.md", i), dims, r)
	}
	return x, root, r
}

func benchmarkPut(b *testing.B, x *Index, root int64, path string, dims int, r *rand.Rand) {
	z := rand.NewZipf(r, 1.1, 2, 200_000)
	passages := make([]string, 20)
	vecs := make([][]float32, 20)
	for i := range passages {
		var text []byte
		for range 130 {
			text = fmt.Appendf(text, "w%x ", z.Uint64()*7919%1_000_003)
		}
		passages[i] = string(text)
		vecs[i] = make([]float32, dims)
		for j := range vecs[i] {
			vecs[i][j] = r.Float32() - 0.5
		}
	}
	d, chunks := document(root, path, passages...)
	must(b, x.Put(context.Background(), d, chunks, vecs))
}

// BenchmarkIndex measures at 10k chunks × 384, with GOLOCAL_LONG at 100k.
func BenchmarkIndex(b *testing.B) {
	chunks, dims := 10_000, 384
	if os.Getenv("GOLOCAL_LONG") != "" {
		chunks = 100_000
	}
	x, root, r := benchmarkIndex(b, chunks, dims)
	q := make([]float32, dims)
	for i := range q {
		q[i] = r.Float32() - 0.5
	}
	b.Run("Nearest", func(b *testing.B) {
		for b.Loop() {
			_, err := x.Nearest(b.Context(), of(q), 100, golocal.Scope{})
			must(b, err)
		}
	})
	b.Run("NearestInFolder", func(b *testing.B) {
		for b.Loop() {
			_, err := x.Nearest(b.Context(), of(q), 100, golocal.Scope{Folder: "f7.md"})
			must(b, err)
		}
	})
	words := func(least int) string {
		s := ""
		for range 5 {
			s += fmt.Sprintf("w%x ", uint64(least+r.IntN(500))*7919%1_000_003)
		}
		return s
	}
	for _, least := range []int{0, 20, 500} {
		b.Run(fmt.Sprintf("Match/rank≥%d", least), func(b *testing.B) {
			for b.Loop() {
				_, err := x.Match(b.Context(), words(least), 100, golocal.Scope{})
				must(b, err)
			}
		})
	}
	b.Run("Lookup100", func(b *testing.B) {
		found, err := x.Nearest(b.Context(), of(q), 100, golocal.Scope{})
		must(b, err)
		ids := make([]int64, len(found))
		for i, m := range found {
			ids[i] = m.Chunk
		}
		for b.Loop() {
			_, err := x.Lookup(b.Context(), ids)
			must(b, err)
		}
	})
	b.Run("Put20", func(b *testing.B) {
		n := 0
		for b.Loop() {
			n++
			benchmarkPut(b, x, root.ID, fmt.Sprintf("f%d.md", n%(chunks/20)), dims, r)
		}
	})
	b.Run("Stats", func(b *testing.B) {
		for b.Loop() {
			_, err := x.Stats(b.Context())
			must(b, err)
		}
	})
	b.Run("Open", func(b *testing.B) {
		dir := x.dir
		must(b, x.Close())
		for b.Loop() {
			y, err := Open(dir, Options{Small: small})
			must(b, err)
			_, err = y.Nearest(b.Context(), of(q), 10, golocal.Scope{})
			must(b, err)
			must(b, y.Close())
		}
	})
}
