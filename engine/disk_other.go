//go:build !linux && !darwin && !windows

package engine

import (
	"errors"
	"syscall"
)

// diskFull tells whether a write failed for want of room.
func diskFull(err error) bool { return errors.Is(err, syscall.ENOSPC) }
