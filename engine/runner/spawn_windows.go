package runner

import (
	"os/exec"
	"syscall"

	"golang.org/x/sys/windows"
)

// detach keeps Ctrl-C at the console from the child: it is for the parent,
// which then ends the child in good order. No console window is opened.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{
		CreationFlags: windows.CREATE_NEW_PROCESS_GROUP | windows.CREATE_NO_WINDOW,
	}
}
