package headroom

import "golang.org/x/sys/unix"

// Memory returns the machine's memory less a quarter for the system
// and its other programs: what is free right now, macOS tells only through
// Mach calls, and it compresses and evicts what others hold. 0 is unknown.
func Memory() uint64 {
	total, err := unix.SysctlUint64("hw.memsize")
	if err != nil {
		return 0
	}
	return total / 4 * 3
}
