package main

import (
	"os/exec"
	"syscall"
)

// detached starts cmd in a process group of its own, so that Ctrl+C in this
// program's console does not end it too.
func detached(cmd *exec.Cmd) *exec.Cmd {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
	return cmd
}
