//go:build linux || darwin

package engine

import (
	"errors"

	"golang.org/x/sys/unix"
)

// freeDisk returns how many bytes dir can still take, and whether that is known.
func freeDisk(dir string) (uint64, bool) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, false
	}
	return st.Bavail * uint64(st.Bsize), true
}

// diskFull tells whether a write failed for want of room.
func diskFull(err error) bool { return errors.Is(err, unix.ENOSPC) || errors.Is(err, unix.EDQUOT) }
