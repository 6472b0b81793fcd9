//go:build !amd64 && !arm64

package kernel

// Dot is the inner product of two vectors of one length. However it is summed,
// it is off by no more than len(a) roundings of float32.
func Dot(a, b []float32) float32 { return dotScalar(a, b) }

var dots kernel = dotsScalar
