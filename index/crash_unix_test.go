//go:build unix

package index

import "syscall"

// dropPrivileges makes this process one of the user "nobody".
func dropPrivileges() error { return syscall.Setuid(65534) }
