//go:build !linux && !darwin && !windows

package engine

import (
	"errors"
	"syscall"
)

// freeDisk is unknown here.
func freeDisk(string) (uint64, bool) { return 0, false }

// diskFull tells whether a write failed for want of room.
func diskFull(err error) bool { return errors.Is(err, syscall.ENOSPC) }
