package kernel

import "golang.org/x/sys/cpu"

// kernels are those that this processor can run.
func kernels() map[string]func([]int32, []int8, *Query) {
	all := map[string]func([]int32, []int8, *Query){"scalar": dotsScalar, "Dots": Dots, "NEON": dotsWide}
	if cpu.ARM64.HasASIMDDP {
		all["SDOT"] = dotsProduct
	}
	return all
}
