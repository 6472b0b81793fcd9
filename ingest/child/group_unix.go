//go:build unix

package child

import (
	"os/exec"

	"golang.org/x/sys/unix"
)

// kill ends a parser process and all that it started.
func kill(cmd *exec.Cmd) {
	if unix.Kill(-cmd.Process.Pid, unix.SIGKILL) != nil { // no group yet, or none any more
		cmd.Process.Kill()
	}
}

// endGroup ends what a parser process started and left behind.
func endGroup(cmd *exec.Cmd) { _ = unix.Kill(-cmd.Process.Pid, unix.SIGKILL) }

// gone reports whether there is no process pid any more.
func gone(pid int) bool { return unix.Kill(pid, 0) == unix.ESRCH }
