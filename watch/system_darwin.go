package watch

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"time"
)

// openQuietly opens a file or folder below dir for reading and waits for no
// FIFO's writer.
func openQuietly(dir *os.Root, name string) (*os.File, error) {
	return dir.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}

// foldsNames says that one file answers to several spellings of its name: APFS
// and HFS+ fold case and Unicode normal forms.
const foldsNames = true

// inode is a file's identity on this machine.
type inode struct{ dev, ino uint64 }

// inodeOf returns fi's identity; ok is false where the system has none.
func inodeOf(fi fs.FileInfo) (id inode, ok bool) {
	st, ok := fi.Sys().(*syscall.Stat_t)
	if !ok {
		return inode{}, false
	}
	return inode{uint64(st.Dev), st.Ino}, true
}

// linked tells whether the file has other names, whose changes bring no events
// of their own.
func linked(fi fs.FileInfo) bool {
	st, ok := fi.Sys().(*syscall.Stat_t)
	return ok && st.Nlink > 1
}

// statusChanged returns when the file's bytes or attributes were last changed,
// which programs cannot set back; zero where the system does not tell.
func statusChanged(fi fs.FileInfo) time.Time {
	st, ok := fi.Sys().(*syscall.Stat_t)
	if !ok {
		return time.Time{}
	}
	return time.Unix(int64(st.Ctimespec.Sec), int64(st.Ctimespec.Nsec))
}

// dataless is SF_DATALESS of <sys/stat.h>.
const dataless = 0x40000000

// placeholder tells whether reading the file would fetch it from elsewhere.
func placeholder(fi fs.FileInfo) bool {
	st, ok := fi.Sys().(*syscall.Stat_t)
	return ok && st.Flags&dataless != 0
}

// local is MNT_LOCAL of <sys/mount.h>.
const local = 0x1000

// remote returns the kind of file system at path if changes made to it
// elsewhere bring no events here.
func remote(path string) (kind string, ok bool) {
	var st syscall.Statfs_t
	if syscall.Statfs(path, &st) != nil {
		return "", false
	}
	var name strings.Builder
	for _, c := range st.Fstypename {
		if c == 0 {
			break
		}
		name.WriteByte(byte(c))
	}
	kind = name.String()
	return kind, st.Flags&local == 0 || strings.Contains(kind, "fuse")
}

// trusted tells whether all changes at path are known to bring events.
func trusted(string) bool { return true }

// pseudo tells whether path lies in a file system without real files.
func pseudo(string) bool { return false }

// watchLimit tells whether err says that the system has no watch left, and
// what the user can do. Each watched file costs a descriptor here.
func watchLimit(err error) (remedy string, ok bool) {
	if errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE) {
		return "to raise the limit: ulimit -n 65536 before golocal starts", true
	}
	return "", false
}
