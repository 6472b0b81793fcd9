//go:build !amd64 && !arm64

package kernel

// kernels are those that this processor can run.
func kernels() map[string]func([]int32, []int8, *Query) {
	return map[string]func([]int32, []int8, *Query){"scalar": dotsScalar, "Dots": Dots}
}
