package kernel

import "golang.org/x/sys/cpu"

// kernels are those that this processor can run.
func kernels() map[string]kernel {
	all := map[string]kernel{"scalar": dotsScalar, "Dots": dots}
	if cpu.X86.HasAVX2 {
		all["AVX2"] = dotsWide
	}
	return all
}
