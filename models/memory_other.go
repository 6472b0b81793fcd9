//go:build !linux && !darwin && !windows

package models

// systemMemory is this machine's memory in bytes; 0 when it cannot be told.
func systemMemory() int64 { return 0 }
