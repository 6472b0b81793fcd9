//go:build !windows

package inbox

import (
	"errors"
	"syscall"
)

// full tells whether err is that the disk, or the user's part of it, is full.
func full(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
