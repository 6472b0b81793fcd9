//go:build unix

package runner

import (
	"os/exec"
	"syscall"
)

// detach puts the child into a process group of its own: an interrupt typed at
// the terminal is for the parent, which then ends the child in good order.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}
