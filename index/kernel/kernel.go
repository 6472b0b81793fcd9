// Package kernel computes inner products as fast as the processor allows: of
// float32 vectors, and of one query with many rows of 8-bit numbers. The latter
// are sums of whole numbers, so every processor gives the same.
package kernel

import "math"

const (
	piece = 32 // bytes of a row that lie together
	group = 4  // rows that are multiplied together
)

func padded(dims int) int { return (dims + piece - 1) / piece * piece }

// Limit is the largest magnitude of a query's numbers with which no sum of dims
// products with numbers of magnitude 127 leaves int32, nor a number its two
// 8-bit halves.
func Limit(dims int) int { return min(math.MaxInt32/(127*max(dims, 1)), 127<<8+127) }

// Query is the one vector that rows are multiplied with.
type Query struct {
	values    []int16
	high, low []int8 // values = 256 × high + low
}

// NewQuery makes a query of numbers within ±Limit.
func NewQuery(values []int16) *Query {
	n := padded(len(values))
	q := &Query{values: make([]int16, n), high: make([]int8, n), low: make([]int8, n)}
	copy(q.values, values)
	for i, v := range values {
		q.low[i] = int8(v)
		q.high[i] = int8((int32(v) - int32(q.low[i])) >> 8)
	}
	return q
}

// Rows are rows of numbers from -127 to 127, filled up with zeros. Four lie
// woven into each other in pieces, in the order in which they are read: memory
// is read fastest in one stream.
type Rows struct {
	data   []int8
	length int // of a row, padded
}

// NewRows makes n rows of dims zeros.
func NewRows(n, dims int) Rows {
	length := padded(dims)
	return Rows{make([]int8, (n+group-1)/group*group*length), length}
}

// Bytes is what the rows take up.
func (r Rows) Bytes() int { return len(r.data) }

// at is the piece of row i that begins with column c, a multiple of piece.
func (r Rows) at(i, c int) []int8 {
	from := i/group*group*r.length + c*group + i%group*piece
	return r.data[from : from+piece : from+piece]
}

// Set fills row i, which nothing may read meanwhile; other rows may be read.
func (r Rows) Set(i int, row []int8) {
	for c := 0; c < len(row); c += piece {
		copy(r.at(i, c), row[c:])
	}
}

// Get copies row i to row.
func (r Rows) Get(i int, row []int8) {
	for c := 0; c < len(row); c += piece {
		copy(row[c:], r.at(i, c))
	}
}

// Dots sets out[i] to the inner product of q, of as many dimensions, and row i.
// It reads no rows but those.
func (r Rows) Dots(out []int32, q *Query) { r.dots(out, q, dots) }

func (r Rows) dots(out []int32, q *Query, kernel kernel) {
	whole := len(out) / group * group
	if whole > 0 && r.length > 0 {
		kernel(out[:whole], r.data[:whole*r.length], q)
	}
	for i := whole; i < len(out); i++ { // the others of a group may be being filled
		out[i] = 0
		for c := 0; c < r.length; c += piece {
			out[i] += dotPiece(r.at(i, c), q.values[c:])
		}
	}
}

// kernel multiplies groups of rows, one at least, of one piece at least.
type kernel func(out []int32, groups []int8, q *Query)

func dotsScalar(out []int32, groups []int8, q *Query) {
	clear(out)
	for g := 0; g < len(out); g += group {
		for c := 0; c < len(q.values); c += piece {
			for i := range group {
				out[g+i] += dotPiece(groups, q.values[c:])
				groups = groups[piece:]
			}
		}
	}
}

func dotPiece(row []int8, values []int16) int32 {
	r, v := (*[piece]int8)(row), (*[piece]int16)(values)
	var a, b, c, d int32
	for i := 0; i < piece; i += 4 {
		a += int32(r[i]) * int32(v[i])
		b += int32(r[i+1]) * int32(v[i+1])
		c += int32(r[i+2]) * int32(v[i+2])
		d += int32(r[i+3]) * int32(v[i+3])
	}
	return a + b + c + d
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
