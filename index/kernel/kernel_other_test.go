//go:build !amd64 && !arm64

package kernel

// kernels are those that this processor can run.
func kernels() map[string]kernel {
	return map[string]kernel{"scalar": dotsScalar, "Dots": dots}
}
