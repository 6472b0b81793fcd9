package models

import (
	"context"
	"runtime"

	"golocal/internal/remark"
)

// findGPUs tells by the processor: every Mac with Apple silicon has the same
// kind of GPU, and Ollama uses no other Mac's.
func findGPUs(context.Context) GPUs {
	if runtime.GOARCH != "arm64" {
		return joinGPUs(nil, remark.New(remark.AppleOnly), nil)
	}
	return GPUs{Devices: []GPU{appleGPU(systemMemory())}, Shared: true}
}
