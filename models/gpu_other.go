//go:build !linux && !darwin

package models

import "context"

// findGPUs asks NVIDIA's driver, the only one that tells without a library of
// its own.
func findGPUs(ctx context.Context) GPUs {
	nvidia, reason := askNvidia(ctx, nvidiaPatience)
	if len(nvidia) == 0 && reason == "" {
		reason = "nvidia-smi is not installed; GPUs of other makers are not looked for on this system"
	}
	return joinGPUs(nvidia, reason, nil)
}
