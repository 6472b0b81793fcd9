//go:build !linux && !darwin && !windows

package engine

// freeDisk is unknown here.
func freeDisk(string) (uint64, bool) { return 0, false }
