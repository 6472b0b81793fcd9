package kernel

import (
	"github.com/viterin/vek"
	"github.com/viterin/vek/vek32"
	"golang.org/x/sys/cpu"
)

var accelerated = vek.Info().Acceleration

// Dot is the inner product of two vectors of one length. However it is summed,
// it is off by no more than len(a) roundings of float32.
func Dot(a, b []float32) float32 {
	if accelerated && len(a) > 0 {
		return vek32.Dot(a, b)
	}
	return dotScalar(a, b)
}

// dots is the kernel that suits the processor.
var dots = func() func([]int32, []int8, *Query) {
	if cpu.X86.HasAVX2 {
		return dotsWide
	}
	return dotsScalar
}()

func dotsWide(out []int32, rows []int8, q *Query) {
	dotsAVX2(&out[0], &rows[0], &q.values[0], len(out), len(q.values))
}

// dotsAVX2 needs n ≥ 1 rows of stride bytes, a multiple of 32 that is not 0,
// and as many numbers of the query.
//
//go:noescape
func dotsAVX2(out *int32, rows *int8, query *int16, n, stride int)
