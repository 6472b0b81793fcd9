//go:build !linux && !darwin && !windows

package headroom

// Disk is unknown here.
func Disk(string) (uint64, bool) { return 0, false }
