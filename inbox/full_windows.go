package inbox

import (
	"errors"

	"golang.org/x/sys/windows"
)

// full tells whether err is that the disk, or the user's part of it, is full.
func full(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL) || errors.Is(err, windows.ERROR_DISK_QUOTA_EXCEEDED)
}
