//go:build unix

package models

import "syscall"

// ownGroup keeps the terminal's signals away from the child.
func ownGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
