package models

import (
	"context"
	"runtime"
)

// findGPUs tells by the processor: every Mac with Apple silicon has the same
// kind of GPU, and Ollama uses no other Mac's.
func findGPUs(context.Context) GPUs {
	if runtime.GOARCH != "arm64" {
		return GPUs{Reason: "Ollama uses the GPU of Macs with Apple silicon only"}
	}
	return GPUs{Devices: []GPU{appleGPU(systemMemory())}, Shared: true}
}
