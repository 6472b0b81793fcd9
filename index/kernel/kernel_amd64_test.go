package kernel

import "golang.org/x/sys/cpu"

// kernels are those that this processor can run.
func kernels() map[string]func([]int32, []int8, *Query) {
	all := map[string]func([]int32, []int8, *Query){"scalar": dotsScalar, "Dots": Dots}
	if cpu.X86.HasAVX2 {
		all["AVX2"] = dotsWide
	}
	return all
}
