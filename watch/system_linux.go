package watch

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
	"time"
)

// openQuietly opens a file or folder below dir for reading. It waits for no
// FIFO's writer, and reading leaves the time of the last access alone, where the
// system grants that: to the file's owner.
func openQuietly(dir *os.Root, name string) (*os.File, error) {
	f, err := dir.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK|syscall.O_NOATIME, 0)
	if errors.Is(err, syscall.EPERM) {
		f, err = dir.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	}
	return f, err
}

// foldsNames says that one file answers to several spellings of its name.
const foldsNames = false

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
	return time.Unix(int64(st.Ctim.Sec), int64(st.Ctim.Nsec))
}

// placeholder tells whether reading the file would fetch it from elsewhere.
func placeholder(fs.FileInfo) bool { return false }

// remoteTypes are file systems, by statfs(2)'s f_type, whose changes may come
// from elsewhere and then bring no events.
var remoteTypes = map[uint32]string{
	0x6969:     "NFS",
	0x517b:     "SMB",
	0xff534d42: "CIFS",
	0xfe534d42: "SMB",
	0x65735546: "FUSE",
	0x01021997: "9P",
	0x00c36400: "Ceph",
	0x5346414f: "AFS",
	0x6b414653: "AFS",
	0x73757245: "Coda",
	0x786f4256: "VirtualBox shared folder",
	0xbacbacbc: "VMware shared folder",
	0x0bd00bd0: "Lustre",
	0x01161970: "GFS2",
	0x7461636f: "OCFS2",
}

// remote returns the kind of file system at path if changes made to it
// elsewhere bring no events here.
func remote(path string) (kind string, ok bool) {
	var st syscall.Statfs_t
	if syscall.Statfs(path, &st) != nil {
		return "", false
	}
	kind, ok = remoteTypes[uint32(st.Type)]
	return kind, ok
}

// trustedTypes are file systems of disks and of memory: every change goes through
// this kernel, which reports it.
var trustedTypes = map[uint32]bool{
	0xef53:     true, // ext2, ext3, ext4
	0x58465342: true, // xfs
	0x9123683e: true, // btrfs
	0x2fc12fc1: true, // zfs
	0xf2f52010: true, // f2fs
	0xca451a4e: true, // bcachefs
	0x01021994: true, // tmpfs
	0x4d44:     true, // vfat
	0x2011bab0: true, // exfat
	0x7366746e: true, // ntfs3
}

// trusted tells whether all changes at path are known to bring events.
func trusted(path string) bool {
	var st syscall.Statfs_t
	return syscall.Statfs(path, &st) == nil && trustedTypes[uint32(st.Type)]
}

// pseudoTypes are file systems that show the kernel's state as files.
var pseudoTypes = map[uint32]bool{
	0x9fa0:     true, // proc
	0x62656572: true, // sysfs
	0x27e0eb:   true, // cgroup
	0x63677270: true, // cgroup2
	0x64626720: true, // debugfs
	0x74726163: true, // tracefs
	0x73636673: true, // securityfs
	0x1cd1:     true, // devpts
}

// pseudo tells whether path lies in a file system without real files.
func pseudo(path string) bool {
	var st syscall.Statfs_t
	return syscall.Statfs(path, &st) == nil && pseudoTypes[uint32(st.Type)]
}

// watchLimit tells whether err says that the system has no watch left, and
// what the user can do.
func watchLimit(err error) (remedy string, ok bool) {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return "to raise the limit: sudo sysctl fs.inotify.max_user_watches=1048576", true
	case errors.Is(err, syscall.EMFILE):
		return "to raise the limit: sudo sysctl fs.inotify.max_user_instances=1024", true
	}
	return "", false
}
