//go:build unix && !(darwin && arm64)

package runner

import (
	"time"

	"golang.org/x/sys/unix"
)

// cpuTime is the processor time that this process has spent; 0 is unknown.
func cpuTime() time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
