// Package kernel computes inner products as fast as the processor allows: of
// float32 vectors, and of one query with many rows of 8-bit numbers. The latter
// are sums of whole numbers, so every processor gives the same.
package kernel

import "math"

// step is a cache line, and a multiple of what the row kernels read at once.
const step = 64

// Stride is the length in bytes of a row of dims numbers: the rest is zeros.
func Stride(dims int) int { return (dims + step - 1) / step * step }

// Limit is the largest magnitude of a query's numbers with which no sum of
// stride products with numbers of magnitude 127 leaves int32, nor a number its
// two 8-bit halves.
func Limit(stride int) int {
	return min(math.MaxInt32/(127*max(stride, 1)), 127<<8+127)
}

// Query is the one vector that rows are multiplied with.
type Query struct {
	values    []int16
	high, low []int8 // values = 256 × high + low
}

// NewQuery makes a query of numbers within ±Limit; it is padded with zeros.
func NewQuery(values []int16) *Query {
	n := Stride(len(values))
	q := &Query{values: make([]int16, n), high: make([]int8, n), low: make([]int8, n)}
	copy(q.values, values)
	for i, v := range values {
		q.low[i] = int8(v)
		q.high[i] = int8((int32(v) - int32(q.low[i])) >> 8)
	}
	return q
}

// Dots sets out[i] to the inner product of q and the i-th row. rows holds
// len(out) rows of q's stride, of numbers from -127 to 127.
func Dots(out []int32, rows []int8, q *Query) {
	stride := len(q.values)
	if len(out) == 0 || stride == 0 {
		clear(out)
		return
	}
	dots(out, rows[:len(out)*stride], q)
}

func dotsScalar(out []int32, rows []int8, q *Query) {
	for i := range out {
		values := q.values
		row := rows[i*len(values):][:len(values)]
		var a, b, c, d int32
		for len(row) >= 4 && len(values) >= 4 { // a stride is a multiple
			a += int32(row[0]) * int32(values[0])
			b += int32(row[1]) * int32(values[1])
			c += int32(row[2]) * int32(values[2])
			d += int32(row[3]) * int32(values[3])
			row, values = row[4:], values[4:]
		}
		out[i] = a + b + c + d
	}
}

// dotScalar keeps a scalar unit busy with eight sums at a time.
func dotScalar(a, b []float32) float32 {
	var s [8]float32
	b = b[:len(a)]
	for len(a) >= 8 {
		x, y := a[:8:8], b[:8:8]
		for i := range s {
			s[i] += x[i] * y[i]
		}
		a, b = a[8:], b[8:]
	}
	for i := range a {
		s[i] += a[i] * b[i]
	}
	return (s[0] + s[4]) + (s[1] + s[5]) + (s[2] + s[6]) + (s[3] + s[7])
}
