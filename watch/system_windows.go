package watch

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
	"unsafe"
)

// openQuietly opens a file or folder below dir for reading.
func openQuietly(dir *os.Root, name string) (*os.File, error) {
	return dir.OpenFile(name, os.O_RDONLY, 0)
}

// foldsNames says that one file answers to several spellings of its name.
const foldsNames = true

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

// Attributes of <winnt.h> that cloud storage sets on files it keeps elsewhere.
const (
	attributeOffline      = 0x00001000
	attributeRecallOnOpen = 0x00040000
	attributeRecallOnRead = 0x00400000
)

// placeholder tells whether reading the file would fetch it from elsewhere.
func placeholder(fi fs.FileInfo) bool {
	data, ok := fi.Sys().(*syscall.Win32FileAttributeData)
	return ok && data.FileAttributes&(attributeOffline|attributeRecallOnOpen|attributeRecallOnRead) != 0
}

var getDriveType = syscall.NewLazyDLL("kernel32.dll").NewProc("GetDriveTypeW")

// driveRemote is DRIVE_REMOTE of <fileapi.h>.
const driveRemote = 4

// remote returns the kind of file system at path if changes made to it
// elsewhere bring no events here.
func remote(path string) (kind string, ok bool) {
	root, err := syscall.UTF16PtrFromString(filepath.VolumeName(path) + `\`)
	if err != nil {
		return "", false
	}
	t, _, _ := getDriveType.Call(uintptr(unsafe.Pointer(root)))
	return "network drive", t == driveRemote
}

// trusted tells whether all changes at path are known to bring events.
func trusted(string) bool { return true }

// pseudo tells whether path lies in a file system without real files.
func pseudo(string) bool { return false }

// watchLimit tells whether err says that the system has no watch left, and
// what the user can do.
func watchLimit(error) (remedy string, ok bool) { return "", false }
