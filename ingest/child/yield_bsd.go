//go:build unix && !linux

package child

import "golang.org/x/sys/unix"

// yieldToOthers lets other programs go first. A system that refuses leaves it as
// it is.
func yieldToOthers() { _ = unix.Setpriority(unix.PRIO_PROCESS, 0, 10) }
