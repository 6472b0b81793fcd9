package kernel

import "golang.org/x/sys/cpu"

// Dot is the inner product of two vectors of one length. However it is summed,
// it is off by no more than len(a) roundings of float32.
func Dot(a, b []float32) float32 {
	whole := len(a) &^ 15
	b = b[:len(a)]
	var s [16]float32
	if whole > 0 {
		dotNEON(&a[0], &b[0], whole, &s)
	}
	for i := whole; i < len(a); i++ {
		s[i-whole] += a[i] * b[i]
	}
	for width := 8; width > 0; width /= 2 {
		for i := range width {
			s[i] += s[i+width]
		}
	}
	return s[0]
}

// dots is the kernel that suits the processor.
var dots = func() kernel {
	if cpu.ARM64.HasASIMDDP {
		return dotsProduct
	}
	return dotsWide
}()

func dotsProduct(out []int32, groups []int8, q *Query) {
	dotsSDOT(&out[0], &groups[0], &q.high[0], &q.low[0], len(out)/group, len(q.values))
}

func dotsWide(out []int32, groups []int8, q *Query) {
	dotsNEON(&out[0], &groups[0], &q.values[0], len(out)/group, len(q.values))
}

// dotNEON sets sums to what products of n numbers, a multiple of 16 that is
// not 0, add up to in each of 16 places.
//
//go:noescape
func dotNEON(a, b *float32, n int, sums *[16]float32)

// Each needs n ≥ 1 groups of rows of a length that is a multiple of piece and
// not 0.
//
//go:noescape
func dotsSDOT(out *int32, groups, high, low *int8, n, length int)

//go:noescape
func dotsNEON(out *int32, groups *int8, query *int16, n, length int)
