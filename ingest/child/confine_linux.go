package child

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// confinedEnv marks the second life of a parser process; its value tells what
// holds it. openEnv asks for a process that may read files, readsEnv lists
// folders of programs that it may use beside the system's.
const (
	confinedEnv = "GOLOCAL_CONFINED"
	openEnv     = "GOLOCAL_PARSER_OPEN"
	readsEnv    = "GOLOCAL_PARSER_READS"
)

// confine takes from this process what a parser does not need, before it meets
// the first file: descriptors that it inherited, privileges of programs that it
// starts, the network and most of the kernel (seccomp), and files other than
// its cache, its folder for temporary ones and the system's programs (Landlock,
// Linux 5.13). What a kernel does not have is left out; how names what holds.
//
// The kernel confines threads, and this process has several. So one of them
// confines itself and starts this program again in its place: what runs then
// has all of it in every thread, and nothing that was opened before.
func confine(cache string, nice bool) (how string, err error) {
	if how := os.Getenv(confinedEnv); how != "" {
		os.Unsetenv(confinedEnv)
		os.Unsetenv(readsEnv)
		// Neither a dump of its memory nor a debugger gets the user's text.
		return how, unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if nice {
		yieldToOthers()
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return "", fmt.Errorf("confine the parser process: %w", err)
	}
	held := []string{"no new privileges"}
	if os.Getenv(openEnv) == "" {
		if version, err := lockFiles(append(strings.Split(os.Getenv(readsEnv), ":"), systemFolders...), []string{cache, os.TempDir()}); err == nil {
			held = append(held, fmt.Sprintf("Landlock %d", version))
		}
	}
	if err := filterCalls(); err == nil {
		held = append(held, "seccomp")
	}
	if err := unix.CloseRange(3, math.MaxUint32, unix.CLOSE_RANGE_CLOEXEC); err != nil { // Linux 5.11
		for fd := 3; fd < 1024; fd++ {
			unix.CloseOnExec(fd)
		}
	}
	env := append(os.Environ(), confinedEnv+"="+strings.Join(held, ", "))
	return "", fmt.Errorf("start the confined parser process: %w", syscall.Exec("/proc/self/exe", os.Args, env))
}

// yieldToOthers lets other programs go first: niceness 10, and the lowest of the
// usual priorities for the disk (ioprio_set(2)). Both belong to the thread, and to
// what is started in its place. A kernel that refuses leaves it as it is.
func yieldToOthers() {
	const process, bestEffort, lowest = 1, 2 << 13, 7
	_ = unix.Setpriority(unix.PRIO_PROCESS, 0, 10)
	_, _, _ = unix.Syscall(unix.SYS_IOPRIO_SET, process, 0, bestEffort|lowest)
}

// processAttributes puts a parser process and what it starts into a session of
// their own, without a terminal, and lets it die with its parent.
func processAttributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
}

// sealDescriptors has nothing to do here: confine drops them.
func sealDescriptors() {}
