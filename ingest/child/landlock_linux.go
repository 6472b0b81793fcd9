package child

import (
	"os"
	"os/exec"
	"unsafe"

	"golang.org/x/sys/unix"
)

// systemFolders hold programs, libraries, fonts and settings of the system,
// which parsers and the programs they start read: no files of users.
var systemFolders = []string{
	"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/opt", "/proc", "/sys",
	"/nix/store", "/gnu/store", "/snap", "/run/current-system", "/home/linuxbrew/.linuxbrew",
	"/var/cache/fontconfig", "/var/lib/fonts", "/var/lib/libreoffice", "/var/lib/snapd", "/var/spool/libreoffice",
}

// devices may be read and written.
var devices = []string{"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"}

// socketFolders are where LibreOffice makes and removes the socket by which it
// would find another of its kind, whatever its folder for temporary files is.
// It does not start where it can't.
var socketFolders = []string{"/tmp", "/var/tmp"}

const (
	readRights = unix.LANDLOCK_ACCESS_FS_EXECUTE | unix.LANDLOCK_ACCESS_FS_READ_FILE | unix.LANDLOCK_ACCESS_FS_READ_DIR
	// allRights are those of the first version; LANDLOCK_ACCESS_FS_MAKE_SYM is its last.
	allRights  = unix.LANDLOCK_ACCESS_FS_MAKE_SYM<<1 - 1
	fileRights = unix.LANDLOCK_ACCESS_FS_EXECUTE | unix.LANDLOCK_ACCESS_FS_READ_FILE | unix.LANDLOCK_ACCESS_FS_WRITE_FILE | unix.LANDLOCK_ACCESS_FS_TRUNCATE
)

// lockFiles lets this thread, and what it starts, see the files in read and
// work with those in write, and no others; nor may it use TCP, send signals to
// others or reach their sockets without a path, as far as the kernel's version
// of Landlock knows these (https://docs.kernel.org/userspace-api/landlock.html).
// Folders that are not there are left out.
func lockFiles(read, write []string) (version int, err error) {
	n, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno != 0 {
		return 0, errno
	}
	version = int(n)
	rules := struct{ fs, net, scoped uint64 }{fs: allRights}
	size := uintptr(8)
	if version >= 2 {
		rules.fs |= unix.LANDLOCK_ACCESS_FS_REFER
	}
	if version >= 3 {
		rules.fs |= unix.LANDLOCK_ACCESS_FS_TRUNCATE
	}
	if version >= 4 {
		rules.net, size = unix.LANDLOCK_ACCESS_NET_BIND_TCP|unix.LANDLOCK_ACCESS_NET_CONNECT_TCP, 16
	}
	if version >= 6 {
		rules.scoped, size = unix.LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET|unix.LANDLOCK_SCOPE_SIGNAL, 24
	}
	fd, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&rules)), size, 0)
	if errno != 0 {
		return 0, errno
	}
	set := int(fd)
	defer unix.Close(set)
	for _, path := range append([]string{"/proc/self/exe"}, read...) {
		if err := allow(set, path, readRights); err != nil {
			return 0, err
		}
	}
	if _, err := exec.LookPath("soffice"); err == nil {
		for _, path := range socketFolders {
			if err := allow(set, path, unix.LANDLOCK_ACCESS_FS_MAKE_SOCK|unix.LANDLOCK_ACCESS_FS_REMOVE_FILE); err != nil {
				return 0, err
			}
		}
	}
	for _, path := range append(write, devices...) {
		if err := allow(set, path, rules.fs); err != nil {
			return 0, err
		}
	}
	if _, _, errno := unix.Syscall(unix.SYS_LANDLOCK_RESTRICT_SELF, uintptr(set), 0, 0); errno != 0 {
		return 0, errno
	}
	return version, nil
}

// allow adds a rule for what lies at and below path.
func allow(set int, path string, rights uint64) error {
	if path == "" {
		return nil
	}
	fd, err := unix.Open(path, unix.O_PATH|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil // there is nothing to allow
	}
	defer unix.Close(fd)
	var stat unix.Stat_t
	if err := unix.Fstat(fd, &stat); err != nil {
		return os.NewSyscallError("stat", err)
	}
	if stat.Mode&unix.S_IFMT != unix.S_IFDIR {
		rights &= fileRights
	}
	rule := unix.LandlockPathBeneathAttr{Allowed_access: rights, Parent_fd: int32(fd)}
	_, _, errno := unix.Syscall6(unix.SYS_LANDLOCK_ADD_RULE, uintptr(set), unix.LANDLOCK_RULE_PATH_BENEATH, uintptr(unsafe.Pointer(&rule)), 0, 0, 0)
	if errno != 0 {
		return os.NewSyscallError("landlock_add_rule", errno)
	}
	return nil
}
