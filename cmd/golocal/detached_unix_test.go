//go:build !windows

package main

import (
	"bufio"
	"context"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestLauncher_Stays is not a test: it is what the launcher's tests start as the
// program that somebody works in. It tells its number and the first line that it
// hears, and stays until its input ends.
func TestLauncher_Stays(t *testing.T) {
	if told := os.Getenv("GOLOCAL_STAYS"); told != "" {
		tell := func(file, text string) {
			if err := os.WriteFile(file+".part", []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(file+".part", file); err != nil {
				t.Fatal(err)
			}
		}
		tell(told, strconv.Itoa(os.Getpid()))
		in := bufio.NewReader(os.Stdin)
		if line, err := in.ReadString('\n'); err == nil {
			tell(told+".heard", line)
		}
		io.Copy(io.Discard, in)
	}
}

// TestLauncher_Opens is not a test either: it is the daemon, which opens a program
// and waits for its end.
func TestLauncher_Opens(t *testing.T) {
	told := os.Getenv("GOLOCAL_OPENS")
	if told == "" {
		return
	}
	l := launcher{
		find:   func(context.Context, int64) (string, fs.FileMode, error) { return "/a.pdf", 0o644, nil },
		screen: func() bool { return true },
		command: func(string) *exec.Cmd {
			cmd := exec.Command(os.Args[0], "-test.run=^TestLauncher_Stays$")
			cmd.Env = append(os.Environ(), "GOLOCAL_STAYS="+told)
			cmd.Stdin = os.Stdin
			return cmd
		},
		patient: time.Millisecond,
	}
	if err := l.Launch(t.Context(), 7); err != nil {
		t.Fatal(err)
	}
	select {}
}

func TestLauncher_CtrlCEndsTheDaemonAlone(t *testing.T) {
	told := filepath.Join(t.TempDir(), "pid")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close() // ends the program
	daemon := exec.Command(os.Args[0], "-test.run=^TestLauncher_Opens$")
	daemon.Env = append(os.Environ(), "GOLOCAL_OPENS="+told)
	daemon.Stdin = r
	daemon.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // as a shell starts it: Ctrl+C goes to this group
	if err := daemon.Start(); err != nil {
		t.Fatal(err)
	}
	defer daemon.Process.Kill()
	program, err := strconv.Atoi(waitFor(t, told, ""))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(-daemon.Process.Pid, syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	daemon.Wait()
	if _, err := w.WriteString("still there?\n"); err != nil {
		t.Fatal(err)
	}
	waitFor(t, told+".heard", "still there?") // what a program says that Ctrl+C did not end
	if group, err := syscall.Getpgid(program); err != nil || group == daemon.Process.Pid {
		t.Errorf("the program is in group %d, that of the daemon %d: %v", group, daemon.Process.Pid, err)
	}
}

// waitFor waits until the file holds something, which begins with want, and gives
// it.
func waitFor(t *testing.T, file, want string) string {
	t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if b, err := os.ReadFile(file); err == nil && len(b) > 0 {
			if !strings.HasPrefix(string(b), want) {
				t.Fatalf("%s: %q", file, b)
			}
			return string(b)
		}
		if time.Now().After(end) {
			t.Fatalf("%s did not come", filepath.Base(file))
		}
	}
}
