package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"golocal/web"
)

func TestLauncher_Started(t *testing.T) { // not a test: what the launcher's tests start
	if os.Getenv("GOLOCAL_LAUNCHED") == "fails" {
		os.Exit(3)
	}
}

func TestLauncher(t *testing.T) {
	for name, c := range map[string]struct {
		path   string
		mode   fs.FileMode
		screen bool
		does   string // what the system's command does: "", "fails", "missing"
		code   string // of the problem; "" is none
	}{
		"a document":                 {"/home/a/report.pdf", 0o644, true, "", ""},
		"executable by mistake":      {"/home/a/report.pdf", 0o755, true, "", ""},
		"a script":                   {"/home/a/x.sh", 0o644, true, "", "runs"},
		"a shortcut, in capitals":    {"/home/a/Invoice.DESKTOP", 0o644, true, "", "runs"},
		"a program without an end":   {"/home/a/tool", 0o755, true, "", "runs"},
		"a text without an end":      {"/home/a/README", 0o644, true, "", ""},
		"no screen":                  {"/home/a/report.pdf", 0o644, false, "", "no_display"},
		"no program for it":          {"/home/a/report.pdf", 0o644, true, "fails", "no_program"},
		"no command of the system's": {"/home/a/report.pdf", 0o644, true, "missing", "no_program"},
	} {
		t.Run(name, func(t *testing.T) {
			started := ""
			l := launcher{
				find:   func(context.Context, int64) (string, fs.FileMode, error) { return c.path, c.mode, nil },
				screen: func() bool { return c.screen },
				command: func(path string) *exec.Cmd {
					started = path
					if c.does == "missing" {
						return exec.Command(filepath.Join(t.TempDir(), "none"))
					}
					cmd := exec.Command(os.Args[0], "-test.run=^TestLauncher_Started$")
					cmd.Env = append(os.Environ(), "GOLOCAL_LAUNCHED="+c.does)
					return cmd
				},
				patient: time.Minute,
			}
			err := l.Launch(t.Context(), 7)
			p, refused := errors.AsType[*web.Problem](err)
			switch {
			case c.code == "" && err != nil:
				t.Fatal(err)
			case c.code != "" && (!refused || p.Code != c.code || p.Next == ""):
				t.Fatalf("%v and not %s", err, c.code)
			}
			if runs := c.code == "" || c.code == "no_program"; runs != (started == c.path) {
				t.Errorf("started %q", started)
			}
		})
	}
}

func TestLauncher_MissingDocument(t *testing.T) {
	l := launcher{find: func(context.Context, int64) (string, fs.FileMode, error) {
		return "", 0, fmt.Errorf("document 7: %w", fs.ErrNotExist)
	}, screen: hasScreen, command: func(string) *exec.Cmd { t.Error("something was started"); return exec.Command("true") }}
	if err := l.Launch(t.Context(), 7); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestLauncher_DoesNotWaitForTheProgram(t *testing.T) {
	l := launcher{
		find:   func(context.Context, int64) (string, fs.FileMode, error) { return "/a.pdf", 0o644, nil },
		screen: func() bool { return true },
		command: func(string) *exec.Cmd {
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command("cat") // stays until its input ends
			cmd.Stdin = r
			t.Cleanup(func() { w.Close(); r.Close() })
			return cmd
		},
		patient: time.Millisecond,
	}
	if _, err := exec.LookPath("cat"); err != nil {
		return // this system's programs are others; the rest of the tests hold there
	}
	if err := l.Launch(t.Context(), 7); err != nil {
		t.Error(err)
	}
}
