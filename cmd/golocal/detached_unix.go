//go:build !windows

package main

import (
	"os/exec"
	"syscall"
)

// detached starts cmd in a session of its own, so that what a terminal sends to
// this program, Ctrl+C or the end of the terminal, does not end it too.
func detached(cmd *exec.Cmd) *exec.Cmd {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	return cmd
}
