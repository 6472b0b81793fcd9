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

// dots is the kernel that suits the processor. AVX-512 would wait for memory
// as long as AVX2 does.
var dots = func() kernel {
	if cpu.X86.HasAVX2 {
		return dotsWide
	}
	return dotsScalar
}()

func dotsWide(out []int32, groups []int8, q *Query) {
	dotsAVX2(&out[0], &groups[0], &q.values[0], len(out)/group, len(q.values))
}

// dotsAVX2 needs n ≥ 1 groups of rows of a length that is a multiple of piece
// and not 0.
//
//go:noescape
func dotsAVX2(out *int32, groups *int8, query *int16, n, length int)
