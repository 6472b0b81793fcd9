package kernel

import "golang.org/x/sys/cpu"

// kernels are those that this processor can run.
func kernels() map[string]kernel {
	all := map[string]kernel{"scalar": dotsScalar, "Dots": dots, "NEON": dotsWide}
	if cpu.ARM64.HasASIMDDP {
		all["SDOT"] = dotsProduct
	}
	return all
}
