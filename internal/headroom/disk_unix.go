//go:build linux || darwin

package headroom

import "golang.org/x/sys/unix"

// Disk returns how many bytes this user may still write below dir, and
// whether that is known.
func Disk(dir string) (uint64, bool) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, false
	}
	return st.Bavail * uint64(st.Bsize), true
}
