package index

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"golocal"
	"golocal/index/kernel"
)

// made are ways to make n vectors of one length, some of them hard for sketches.
var made = map[string]func(r *rand.Rand, n, dims int) [][]float32{
	"random": func(r *rand.Rand, n, dims int) [][]float32 {
		return each(n, func(int) []float32 { return gauss(r, dims) })
	},
	"clusters": func(r *rand.Rand, n, dims int) [][]float32 {
		centres := each(1+n/20, func(int) []float32 { return gauss(r, dims) })
		return each(n, func(int) []float32 { return near(r, centres[r.IntN(len(centres))], 0.05) })
	},
	"near duplicates": func(r *rand.Rand, n, dims int) [][]float32 {
		one := gauss(r, dims)
		return each(n, func(int) []float32 { return near(r, one, 1e-6) })
	},
	"identical": func(r *rand.Rand, n, dims int) [][]float32 {
		one := gauss(r, dims)
		return each(n, func(int) []float32 { return one })
	},
	"one number": func(r *rand.Rand, n, dims int) [][]float32 { // the rest far below a step
		return each(n, func(int) []float32 {
			v := make([]float32, dims)
			v[r.IntN(dims)] = float32(1 - 2*r.IntN(2))
			return near(r, v, 1e-4)
		})
	},
	"equal numbers": func(r *rand.Rand, n, dims int) [][]float32 {
		return each(n, func(int) []float32 { return near(r, slices.Repeat([]float32{1}, dims), 1e-3) })
	},
	"wide range": func(r *rand.Rand, n, dims int) [][]float32 {
		return each(n, func(int) []float32 {
			v := gauss(r, dims)
			for i := range v {
				v[i] *= float32(math.Exp(8 * (r.Float64() - 1)))
			}
			return v
		})
	},
}

func each(n int, one func(i int) []float32) [][]float32 {
	out := make([][]float32, n)
	for i := range out {
		out[i] = one(i)
	}
	return out
}

func gauss(r *rand.Rand, dims int) []float32 {
	v := make([]float32, dims)
	for i := range v {
		v[i] = float32(r.NormFloat64())
	}
	return v
}

func near(r *rand.Rand, v []float32, far float32) []float32 {
	out := slices.Clone(v)
	for i := range out {
		out[i] += far * float32(r.NormFloat64())
	}
	return out
}

// all compares q with every entry.
func all(s *snapshot, vecs map[int64][]float32, q []float32, k int, in map[int64]bool) []golocal.Match {
	best := &ranking{k: min(k, len(s.entries))}
	for i, e := range s.entries {
		if !s.isDead(i) && (in == nil || in[e.doc]) {
			best.offer(e.chunk, kernel.Dot(q, vecs[e.chunk]))
		}
	}
	return best.matches()
}

// TestScan_EqualsComparingAll searches random memories of both forms, after
// deletions, compactions and moves, in scopes and everywhere, and wants what
// comparing every vector gives, to the bit.
func TestScan_EqualsComparingAll(t *testing.T) {
	rounds := 30
	if os.Getenv("GOLOCAL_LONG") != "" {
		rounds = 1000
	}
	for name, make := range made {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(5, uint64(len(name))))
			for range rounds {
				dims := []int{1, 2, 3, 7, 8, 31, 33, 64, 65, 100, 384}[r.IntN(11)]
				checkScan(t, r, make(r, 1+r.IntN(700), dims), dims)
			}
		})
	}
}

func FuzzScan(f *testing.F) {
	kinds := slices.Sorted(maps.Keys(made))
	for i := range kinds {
		f.Add(uint64(i), 40, 50, uint(i))
	}
	f.Fuzz(func(t *testing.T, seed uint64, n, dims int, kind uint) {
		n, dims = 1+int(uint(n)%1500), 1+int(uint(dims)%1200)
		r := rand.New(rand.NewPCG(seed, 9))
		checkScan(t, r, made[kinds[kind%uint(len(kinds))]](r, n, dims), dims)
	})
}

func checkScan(t *testing.T, r *rand.Rand, vecs [][]float32, dims int) {
	t.Helper()
	disk, byChunk := wholes{}, map[int64][]float32{}
	memories := []*memory{newMemory(dims, -1), newSmallMemory(dims, disk.read)}
	for _, m := range memories {
		m.cursor = m.bound
	}
	c := newChange()
	share := r.IntN(3) == 0
	var last addition
	for i, raw := range vecs {
		v, err := unit(raw, dims)
		if err != nil { // all zeros, in one dimension
			continue
		}
		id := int64(i + 1)
		a := addition{chunk: id, doc: id / 9, vector: id, vec: v}
		if share && last.vec != nil && r.IntN(2) == 0 { // the same text in another document
			a.vector, a.vec, a.doc = last.vector, last.vec, id%9
		}
		disk[a.vector], byChunk[id], last = a.vec, a.vec, a
		c.add = append(c.add, a)
		if r.IntN(50) == 0 || i == len(vecs)-1 {
			for _, m := range memories {
				must(t, m.apply(t.Context(), c))
			}
			gone := newChange()
			for range r.IntN(40) {
				chunk := 1 + r.Int64N(id)
				for _, e := range memories[0].next.entries {
					if e.chunk == chunk {
						gone.remove(e.doc, chunk)
						break
					}
				}
			}
			for _, m := range memories {
				must(t, m.apply(t.Context(), gone))
			}
			c = newChange()
		}
	}
	for range 6 {
		q, err := unit(gauss(r, dims), dims)
		if r.IntN(2) == 0 { // like one that is there
			q, err = unit(near(r, vecs[r.IntN(len(vecs))], 0.01), dims)
		}
		if err != nil {
			continue
		}
		k := 1 + r.IntN(30)
		var in map[int64]bool
		if r.IntN(3) == 0 {
			in = map[int64]bool{}
			for range r.IntN(20) {
				in[r.Int64N(80)] = true
			}
		}
		for form, m := range memories {
			s := m.snap.Load()
			got, err := s.nearest(t.Context(), q, k, in)
			must(t, err)
			if want := all(s, byChunk, q, k, in); !slices.Equal(got, want) {
				t.Fatalf("form %d, %d × %d, k %d in %v:\n%v, want\n%v", form, len(vecs), dims, k, in, got, want)
			}
		}
	}
}

// TestScan_CompactedAndMoved fills several blocks, lets most of it go, so that
// rows move and entries are compacted, and searches.
func TestScan_CompactedAndMoved(t *testing.T) {
	const dims = 16
	r := rand.New(rand.NewPCG(2, 2))
	disk := wholes{}
	for form, m := range []*memory{newMemory(dims, -1), newSmallMemory(dims, disk.read)} {
		m.cursor = m.bound
		next := int64(0)
		live := map[int64][]int64{}
		for step := range 120 {
			c := newChange()
			doc := int64(step % 40)
			for n, chunk := range live[doc] {
				if step%3 > 0 || n%7 > 0 {
					c.remove(doc, chunk)
				}
			}
			live[doc] = nil
			for range 150 {
				next++
				v, err := unit(gauss(r, dims), dims)
				must(t, err)
				disk[next] = v
				live[doc] = append(live[doc], next)
				c.add = append(c.add, addition{chunk: next, doc: doc, vector: next, vec: v})
			}
			must(t, m.apply(t.Context(), c))
			s := m.snap.Load()
			q, err := unit(gauss(r, dims), dims)
			must(t, err)
			in := map[int64]bool{doc: true, 3: true}
			for _, scope := range []map[int64]bool{nil, in} {
				got, err := s.nearest(t.Context(), q, 12, scope)
				must(t, err)
				if want := all(s, disk, q, 12, scope); !slices.Equal(got, want) {
					t.Fatalf("form %d, step %d: %v, want %v", form, step, got, want)
				}
			}
		}
		if m.next.blocks[0] != nil {
			t.Error("no block was given up")
		}
	}
}

// BenchmarkScan compares searching by sketches with comparing all, on vectors
// that are easy and hard for it. With GOLOCAL_LONG it is 100,000 × 768.
func BenchmarkScan(b *testing.B) {
	n, dims := 20_000, 384
	if os.Getenv("GOLOCAL_LONG") != "" {
		n, dims = 100_000, 768
	}
	for _, name := range []string{"random", "clusters", "near duplicates", "identical"} {
		r := rand.New(rand.NewPCG(1, 1))
		m := newMemory(dims, -1)
		m.cursor = m.bound
		vecs := map[int64][]float32{}
		c := newChange()
		raw := made[name](r, n, dims)
		for i := range raw {
			v, err := unit(raw[i], dims)
			must(b, err)
			vecs[int64(i)] = v
			c.add = append(c.add, addition{chunk: int64(i), doc: 1, vector: int64(i), vec: v})
		}
		must(b, m.apply(b.Context(), c))
		s := m.snap.Load()
		clear(vecs)
		q, err := unit(near(r, raw[7], 0.02), dims)
		must(b, err)
		raw, c = nil, newChange()
		for _, k := range []int{10, 100} {
			b.Run(fmt.Sprintf("%s/%d/sketches", name, k), func(b *testing.B) {
				for b.Loop() {
					_, err := s.scan(b.Context(), q, k, nil)
					must(b, err)
				}
			})
			b.Run(fmt.Sprintf("%s/%d/all", name, k), func(b *testing.B) {
				for b.Loop() {
					best := &ranking{k: k}
					for i, e := range s.entries {
						if !s.isDead(i) {
							best.offer(e.chunk, kernel.Dot(q, s.row(e.row)))
						}
					}
				}
			})
		}
	}
}
