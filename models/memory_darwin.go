package models

import "golang.org/x/sys/unix"

// systemMemory is this machine's memory in bytes; 0 when it cannot be told.
func systemMemory() int64 {
	n, err := unix.SysctlUint64("hw.memsize")
	if err != nil {
		return 0
	}
	return int64(n)
}
