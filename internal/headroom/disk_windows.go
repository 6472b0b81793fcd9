package headroom

import "golang.org/x/sys/windows"

// Disk returns how many bytes this user may still write below dir, and
// whether that is known.
func Disk(dir string) (uint64, bool) {
	path, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, false
	}
	var free uint64
	if err := windows.GetDiskFreeSpaceEx(path, &free, nil, nil); err != nil {
		return 0, false
	}
	return free, true
}
