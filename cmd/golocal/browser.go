package main

import (
	"fmt"
	"os/exec"
	"runtime"
)

// openCommand hands an address of our own, or a file, to the system.
func openCommand(what string) *exec.Cmd {
	switch runtime.GOOS {
	case "darwin":
		return exec.Command("open", what)
	case "windows":
		return exec.Command("rundll32", "url.dll,FileProtocolHandler", what)
	}
	return exec.Command("xdg-open", what)
}

func openBrowser(url string) error {
	cmd := detached(openCommand(url))
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("%s: %w", cmd.Args[0], err)
	}
	return cmd.Process.Release()
}
