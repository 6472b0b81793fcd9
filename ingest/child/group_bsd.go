//go:build unix && !linux

package child

import "syscall"

// processAttributes puts a parser process and what it starts into a session of
// their own, without a terminal. It ends when its standard input does.
func processAttributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setsid: true} }
