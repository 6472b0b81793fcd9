package kernel

import (
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
)

// TestDots_EqualScalarAndInt64 compares every kernel that the processor has
// with plain sums, for rows of many lengths and counts, at every alignment, and
// with numbers at their limits, where a sum too narrow would overflow.
func TestDots_EqualScalarAndInt64(t *testing.T) {
	kinds := []func(r *rand.Rand, limit int) int{
		func(r *rand.Rand, limit int) int { return r.IntN(2*limit+1) - limit },
		func(_ *rand.Rand, limit int) int { return limit },
		func(_ *rand.Rand, limit int) int { return -limit },
		func(r *rand.Rand, limit int) int { return (1 - 2*r.IntN(2)) * limit },
		func(*rand.Rand, int) int { return 0 },
	}
	r := rand.New(rand.NewPCG(3, 5))
	dims := []int{1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 384, 500, 768, 1024, 4096}
	if os.Getenv("GOLOCAL_LONG") != "" {
		for d := range 300 {
			dims = append(dims, d+1)
		}
	}
	for _, d := range dims {
		for _, n := range []int{1, 2, 3, 4, 5, 7, 8, 13} {
			for a, first := range kinds {
				second := kinds[(a+r.IntN(len(kinds)))%len(kinds)]
				checkDots(t, r, d, n, r.IntN(64), first, second)
			}
		}
	}
}

func FuzzDots(f *testing.F) {
	f.Add(uint64(1), 384, 5, 3)
	f.Add(uint64(2), 1, 1, 0)
	f.Add(uint64(3), 16384, 4, 63)
	f.Fuzz(func(t *testing.T, seed uint64, d, n, shift int) {
		any := func(r *rand.Rand, limit int) int { return r.IntN(2*limit+1) - limit }
		checkDots(t, rand.New(rand.NewPCG(seed, 1)), 1+int(uint(d)%20_000), 1+int(uint(n)%20), int(uint(shift)%64), any, any)
	})
}

func checkDots(t *testing.T, r *rand.Rand, d, n, shift int, ofQuery, ofRow func(*rand.Rand, int) int) {
	t.Helper()
	values := make([]int16, d)
	for i := range values {
		values[i] = int16(ofQuery(r, Limit(d)))
	}
	q := NewQuery(values)
	rows := NewRows(n, d)
	rows.data = append(make([]int8, shift), rows.data...)[shift:]
	want, row, back := make([]int32, n), make([]int8, d), make([]int8, d)
	for i := range want {
		var sum int64
		for j := range row {
			row[j] = int8(ofRow(r, 127))
			sum += int64(row[j]) * int64(values[j])
		}
		want[i] = int32(sum)
		if int64(want[i]) != sum {
			t.Fatalf("%d products add up to %d", d, sum)
		}
		rows.Set(i, row)
		if rows.Get(i, back); !slices.Equal(row, back) {
			t.Fatalf("row %d of %d × %d comes back as another", i, n, d)
		}
	}
	for name, kernel := range kernels() {
		got := slices.Repeat([]int32{77}, n+5)
		rows.dots(got[:n], q, kernel)
		if !slices.Equal(got[:n], want) {
			t.Fatalf("%s of %d × %d: %v, want %v", name, n, d, got[:n], want)
		}
		if slices.ContainsFunc(got[n:], func(x int32) bool { return x != 77 }) {
			t.Fatalf("%s of %d × %d writes behind its results", name, n, d)
		}
	}
}

// TestDot_EqualsFloat64 compares float32 sums with exact ones, at the bound that
// Dot promises.
func TestDot_EqualsFloat64(t *testing.T) {
	for n := range 200 {
		checkDot(t, uint64(n), n)
	}
	for _, n := range []int{384, 768, 1024, 4096} {
		checkDot(t, 7, n)
	}
}

func FuzzDot(f *testing.F) {
	f.Add(uint64(1), 1)
	f.Add(uint64(2), 384)
	f.Fuzz(func(t *testing.T, seed uint64, n int) { checkDot(t, seed, int(uint(n)%5000)) })
}

func checkDot(t *testing.T, seed uint64, n int) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 0))
	shift := r.IntN(16)
	a, b := make([]float32, n+shift)[shift:], make([]float32, n+shift)[shift:]
	var exact, size float64
	for i := range a {
		a[i], b[i] = float32(r.NormFloat64()), float32(r.NormFloat64())
		exact += float64(a[i]) * float64(b[i])
		size += math.Abs(float64(a[i]) * float64(b[i]))
	}
	for name, got := range map[string]float32{"Dot": Dot(a, b), "scalar": dotScalar(a, b)} {
		if off := math.Abs(float64(got) - exact); off > float64(n+1)/(1<<24)*size {
			t.Errorf("%s of %d = %v, want %v", name, n, got, exact)
		}
	}
}

// BenchmarkDots reads 100,000 rows of 768: 77 MB, more than a cache holds.
func BenchmarkDots(b *testing.B) {
	const n, d = 100_000, 768
	r := rand.New(rand.NewPCG(1, 1))
	rows, out, values := NewRows(n, d), make([]int32, n), make([]int16, d)
	for i := range rows.data {
		rows.data[i] = int8(r.IntN(255) - 127)
	}
	for i := range values {
		values[i] = int16(r.IntN(20_001) - 10_000)
	}
	q := NewQuery(values)
	for name, kernel := range kernels() {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(n * d)
			for b.Loop() {
				rows.dots(out, q, kernel)
			}
		})
	}
}
