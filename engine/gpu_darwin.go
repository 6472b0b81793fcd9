package engine

import "runtime"

// onGPU is how much of a loaded model a GPU can reach, in bytes: the Metal
// backend is part of every build for Apple silicon.
func onGPU(size uint64) int64 {
	if runtime.GOARCH == "arm64" {
		return int64(size)
	}
	return 0
}
