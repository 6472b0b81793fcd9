package index

import (
	"math"

	"golocal/index/kernel"
)

// A sketch is a vector in numbers of 8 bits, and what is known of the rest:
//
//	vec = scale × sketch + rest,  |rest| ≤ radius
//
// A question q is sketched likewise, with nearly 16 bits. By the inequality of
// Cauchy and Schwarz the inner product of q and vec is off from that of their
// sketches by no more than |q| × radius + |rest of q| × |vec's sketch|, so that
// sketches alone tell which vectors cannot be among the nearest.

const (
	// beyond is the radius of a vector of which nothing is known: every search
	// looks at it. Sums with it stay finite.
	beyond = 1e15
	// away is how far from 1 the length of a sketched vector may be; unit keeps
	// within a tenth.
	away = 1e-5
	// round is added to a float32 and taken away to round it.
	round = 3 << 22
)

// draw makes vec's sketch, of the same length.
func draw(sketch []int8, vec []float32) (scale, radius float32) {
	most, squares := extent(vec)
	sketch = sketch[:len(vec)]
	if !(math.Abs(squares-1) <= away) {
		clear(sketch)
		return 0, beyond
	}
	scale = most / 127
	inverse := 1 / scale
	step := float64(scale)
	rounded := func(i int) float64 { // and the rest's square
		f := vec[i]
		n := int32(math.Float32bits(f*inverse+round)) - int32(math.Float32bits(round))
		sketch[i] = int8(n)
		e := float64(f) - step*float64(n)
		return e * e
	}
	var a, b float64 // neither waits for the other
	i := 0
	for ; i+1 < len(vec); i += 2 {
		a += rounded(i)
		b += rounded(i + 1)
	}
	if i < len(vec) {
		a += rounded(i)
	}
	radius = upward(math.Sqrt(a + b))
	if radius > 0.9 { // thousands of dimensions, one of them nearly 1
		return scale, beyond
	}
	return scale, radius
}

// extent returns the largest magnitude in vec, and the sum of its squares.
func extent(vec []float32) (most float32, squares float64) {
	var a, b, c, d float64
	var bits uint32 // of magnitudes they order as these do
	rest := vec
	for len(rest) >= 4 {
		w, x, y, z := rest[0], rest[1], rest[2], rest[3]
		a, b, c, d = a+float64(w)*float64(w), b+float64(x)*float64(x), c+float64(y)*float64(y), d+float64(z)*float64(z)
		bits = max(bits, magnitude(w), magnitude(x), magnitude(y), magnitude(z))
		rest = rest[4:]
	}
	for _, f := range rest {
		a += float64(f) * float64(f)
		bits = max(bits, magnitude(f))
	}
	return math.Float32frombits(bits), a + b + c + d
}

func magnitude(f float32) uint32 { return math.Float32bits(f) &^ (1 << 31) }

// upward is a float32 that is not less than x, which may be off by rounding.
func upward(x float64) float32 {
	return math.Nextafter32(float32(x*(1+1e-9)), float32(math.Inf(1)))
}

// bounds tells from a sketch how near a vector is to a question.
type bounds struct {
	query  *kernel.Query
	scale  float32
	length float32 // of the question
	slack  float32 // whatever the vector: the question's rest, and rounding
}

// newBounds takes a question without NaN or infinities.
func newBounds(q []float32) bounds {
	most, squares := extent(q)
	length := math.Sqrt(squares)
	limit := float64(kernel.Limit(len(q)))
	scale := upward(float64(most) / limit)
	values := make([]int16, len(q))
	var rest float64
	for i, f := range q {
		n := math.Round(float64(f) / float64(scale))
		values[i] = int16(n)
		e := float64(f) - float64(scale)*n
		rest += e * e
	}
	// A sketch is no longer than 2. A float32 inner product is off by at most
	// dims roundings of what its products add up to (Higham, Accuracy and
	// Stability of Numerical Algorithms, 3.1), and what between does about it
	// by fewer than 16 of numbers below 2.
	rounding := 1.01 * float64(len(q)+32) / (1 << 24) * (length*(1+2*away) + 1e-6)
	return bounds{query: kernel.NewQuery(values), scale: scale, length: upward(length), slack: upward(2*math.Sqrt(rest) + rounding)}
}

// between returns the middle of what the float32 inner product of the question
// and a vector may be, and how far off it may be. dot is that of the sketches.
func (b *bounds) between(dot int32, scale, radius float32) (middle, off float32) {
	return float32(dot) * (scale * b.scale), radius*b.length + b.slack
}
