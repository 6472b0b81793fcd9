//go:build linux || darwin

package engine

import (
	"errors"

	"golang.org/x/sys/unix"
)

// diskFull tells whether a write failed for want of room.
func diskFull(err error) bool { return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) }
