// Package smalldisk gives tests a disk that is soon full.
package smalldisk

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// Disk is a file system of its own in memory.
type Disk struct{ Dir string }

const inside = "GOLOCAL_TEST_SMALLDISK"

// Mount makes a disk of size bytes, which ends with the test. A user who may not
// mount gets the whole test run once more in a user namespace of its own,
// where they may; then ok is false and the test is over.
func Mount(t testing.TB, size int64) (d Disk, ok bool) {
	t.Helper()
	dir := t.TempDir()
	err := unix.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", size))
	if err == nil {
		t.Cleanup(func() {
			if err := unix.Unmount(dir, unix.MNT_DETACH); err != nil {
				t.Error("unmount:", err)
			}
		})
		return Disk{dir}, true
	}
	if os.Getenv(inside) != "" {
		t.Fatal("mount a small disk:", err)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var pattern []string
	for _, level := range strings.Split(t.Name(), "/") {
		pattern = append(pattern, "^"+regexp.QuoteMeta(level)+"$")
	}
	cmd := exec.Command(exe, "-test.v", "-test.run="+strings.Join(pattern, "/"))
	cmd.Env = append(os.Environ(), inside+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
		t.Fatalf("in a user namespace: %v\n%s", err, out)
	}
	return Disk{}, false
}

// Fill takes all room but about left bytes.
func (d Disk) Fill(t testing.TB, left int64) {
	t.Helper()
	free := d.Free()
	if free <= left {
		return
	}
	f, err := os.OpenFile(d.filler(), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.Fallocate(int(f.Fd()), 0, info.Size(), free-left); err != nil && !errors.Is(err, unix.ENOSPC) { // somebody else writes, too
		t.Fatal("fill the small disk:", err)
	}
}

// Clear gives back what Fill took.
func (d Disk) Clear(t testing.TB) {
	t.Helper()
	if err := os.Remove(d.filler()); err != nil {
		t.Fatal(err)
	}
}

// Free is how many bytes the disk can still take, 0 when that is unknown.
func (d Disk) Free() int64 {
	var st unix.Statfs_t
	if err := unix.Statfs(d.Dir, &st); err != nil {
		return 0
	}
	return int64(st.Bavail) * int64(st.Bsize)
}

func (d Disk) filler() string { return filepath.Join(d.Dir, "filler") }

// ReadOnly lets nobody write to the disk, or everybody again. No file may be
// open for writing.
func (d Disk) ReadOnly(t testing.TB, on bool) {
	t.Helper()
	flags := uintptr(unix.MS_REMOUNT)
	if on {
		flags |= unix.MS_RDONLY
	}
	if err := unix.Mount("", d.Dir, "tmpfs", flags, ""); err != nil {
		t.Fatal("remount the small disk:", err)
	}
}
