//go:build !linux && !darwin && !windows

package watch

import (
	"io/fs"
	"os"
	"syscall"
	"time"
)

// openQuietly opens a file or folder below dir for reading and waits for no
// FIFO's writer.
func openQuietly(dir *os.Root, name string) (*os.File, error) {
	return dir.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}

// foldsNames says that one file answers to several spellings of its name.
const foldsNames = false

// inode is a file's identity on this machine.
type inode struct{ dev, ino uint64 }

// inodeOf returns fi's identity; ok is false where the system has none.
func inodeOf(fs.FileInfo) (id inode, ok bool) { return inode{}, false }

// linked tells whether the file has other names, whose changes bring no events
// of their own.
func linked(fs.FileInfo) bool { return false }

// statusChanged returns when the file's bytes or attributes were last changed,
// which programs cannot set back; zero where the system does not tell.
func statusChanged(fs.FileInfo) time.Time { return time.Time{} }

// placeholder tells whether reading the file would fetch it from elsewhere.
func placeholder(fs.FileInfo) bool { return false }

// remote returns the kind of file system at path if changes made to it
// elsewhere bring no events here.
func remote(string) (kind string, ok bool) { return "", false }

// trusted tells whether all changes at path are known to bring events.
func trusted(string) bool { return true }

// pseudo tells whether path lies in a file system without real files.
func pseudo(string) bool { return false }

// watchLimit tells whether err says that the system has no watch left, and
// what the user can do.
func watchLimit(error) (remedy string, ok bool) { return "", false }
