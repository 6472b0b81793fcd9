//go:build !linux && !darwin

package models

import (
	"context"

	"golocal/internal/remark"
)

// findGPUs asks NVIDIA's driver, the only one that tells without a library of
// its own.
func findGPUs(ctx context.Context) GPUs {
	nvidia, reason := askNvidia(ctx, nvidiaPatience)
	if len(nvidia) == 0 && reason.Code == "" {
		reason = remark.New(remark.GPUNotLooked)
	}
	return joinGPUs(nvidia, reason, nil)
}
