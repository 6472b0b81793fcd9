//go:build !windows

package main

import (
	"io/fs"
	"os"
	"syscall"
)

// keepPrivate keeps everything the program writes private to its user.
func keepPrivate() { syscall.Umask(0o077) }

// ownedByUser tells whether the file belongs to whoever runs the program.
func ownedByUser(info fs.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(st.Uid) == os.Getuid()
}
