package index

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"golocal/index/kernel"
)

// TestSketch_BoundsHold compares what sketches tell with inner products, in
// float64 and as searches compute them, where nothing is known of the vectors.
func TestSketch_BoundsHold(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 1))
	for name, make := range made {
		for range 200 {
			dims := 1 + r.IntN(900)
			checkSketch(t, name, make(r, 2, dims), dims)
		}
	}
	checkSketch(t, "many", made["one number"](r, 2, 70_000), 70_000)
}

func FuzzSketch(f *testing.F) {
	f.Add(uint64(1), 3, 1.0)
	f.Add(uint64(2), 768, 1e-3)
	f.Fuzz(func(t *testing.T, seed uint64, dims int, wide float64) {
		dims = 1 + int(uint(dims)%3000)
		r := rand.New(rand.NewPCG(seed, 4))
		checkSketch(t, "fuzz", each(2, func(int) []float32 {
			v := gauss(r, dims)
			for i := range v {
				v[i] *= float32(math.Pow(math.Abs(wide), 4*r.Float64()))
			}
			return v
		}), dims)
	})
}

func checkSketch(t *testing.T, name string, vecs [][]float32, dims int) {
	t.Helper()
	q, err := unit(vecs[0], dims)
	if err != nil {
		return
	}
	v, err := unit(vecs[1], dims)
	if err != nil {
		return
	}
	turned := slices.Clone(q)
	turned[0] = -turned[0]
	for _, v := range [][]float32{v, q, turned} {
		sketch := make([]int8, dims)
		scale, radius := draw(sketch, v)
		var rest, exact float64
		for i, f := range v {
			e := float64(f) - float64(scale)*float64(sketch[i])
			rest += e * e
			exact += float64(f) * float64(q[i])
		}
		if float64(radius) < math.Sqrt(rest) {
			t.Fatalf("%s: radius %v of a rest %v", name, radius, math.Sqrt(rest))
		}
		b := newBounds(q)
		var dots [1]int32
		row := kernel.NewRows(1, dims)
		row.Set(0, sketch)
		row.Dots(dots[:], b.query)
		middle, off := b.between(dots[0], scale, radius)
		for _, score := range []float64{exact, float64(kernel.Dot(q, v))} {
			if float32(score) > middle+off || float32(score) < middle-off {
				t.Fatalf("%s, %d dimensions: %v is not within %v ± %v", name, dims, score, middle, off)
			}
		}
	}
}

// TestDraw_UnknownVectors: those that no writer makes are looked at each time.
func TestDraw_UnknownVectors(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	for _, v := range [][]float32{{0, 0}, {nan, 1}, {inf, 0}, {1, 1}, {0.5, 0}, {1e-30, 0}} {
		sketch := make([]int8, 2)
		if scale, radius := draw(sketch, v); radius != beyond || scale != 0 {
			t.Errorf("%v: scale %v, radius %v", v, scale, radius)
		}
	}
	m := newMemory(2, -1)
	m.cursor = m.bound
	must(t, m.apply(t.Context(), change{add: []addition{
		{chunk: 1, doc: 1, vector: 1, vec: []float32{0.6, 0.8}}, {chunk: 2, doc: 1, vector: 2, vec: []float32{30, 40}}, {chunk: 3, doc: 1, vector: 3, vec: []float32{nan, 0}},
	}}))
	found, err := m.snap.Load().nearest(t.Context(), []float32{0.6, 0.8}, 1, nil)
	must(t, err)
	if len(found) != 1 || found[0].Chunk != 2 || found[0].Score != 50 {
		t.Errorf("found %v", found)
	}
}

func BenchmarkDraw(b *testing.B) {
	v, err := unit(gauss(rand.New(rand.NewPCG(1, 1)), 768), 768)
	must(b, err)
	sketch := make([]int8, 768)
	for b.Loop() {
		draw(sketch, v)
	}
}
