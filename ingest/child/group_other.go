//go:build !unix

package child

import (
	"os"
	"os/exec"
	"syscall"
)

// kill ends a parser process. Programs that it started end by themselves when
// their pipe breaks.
func kill(cmd *exec.Cmd) { cmd.Process.Kill() }

func endGroup(*exec.Cmd) {}

// gone reports whether there is no process pid any more.
func gone(pid int) bool {
	p, err := os.FindProcess(pid)
	if err == nil {
		p.Release()
	}
	return err != nil
}

func processAttributes() *syscall.SysProcAttr { return nil }

func sealDescriptors() {}
