package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"golocal/web"
)

// launcher is web.Launcher: it opens files of the index in the system's programs.
type launcher struct {
	find    func(ctx context.Context, document int64) (path string, mode fs.FileMode, err error) // looks at the file as it is now
	screen  func() bool                                                                          // somebody could see a program's window
	command func(path string) *exec.Cmd
	patient time.Duration // how long the command may take to say that no program opens the file
}

func (a *app) launcher() launcher {
	return launcher{find: a.present, screen: hasScreen, command: openCommand, patient: 2 * time.Second}
}

// present is the absolute path of a document's file, which is a regular file
// below its root at this moment, reached through no link.
func (a *app) present(ctx context.Context, document int64) (string, fs.FileMode, error) {
	doc, ok, err := a.index.DocumentByID(ctx, document)
	if err != nil {
		return "", 0, err
	}
	if !ok {
		return "", 0, fmt.Errorf("document %d: %w", document, fs.ErrNotExist)
	}
	f, err := a.watcher.Open(doc.Ref)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", 0, err
	}
	return a.path(doc.Ref), info.Mode(), nil
}

// hasScreen tells whether programs with windows can be seen from here.
func hasScreen() bool {
	return runtime.GOOS == "windows" || runtime.GOOS == "darwin" || os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// executed are name endings of files that a system executes when they are opened.
var executed = []string{
	".app", ".appimage", ".appref-ms", ".application", ".bat", ".cmd", ".com", ".command", ".cpl", ".desktop", ".exe", ".gadget", ".hta", ".inf", ".jar", ".js", ".jse", ".lnk", ".msc", ".msi", ".msp", ".pif",
	".ps1", ".psd1", ".psm1", ".py", ".pyw", ".rb", ".reg", ".run", ".scf", ".scpt", ".scr", ".settingcontent-ms", ".sh", ".terminal", ".tool", ".url", ".vb", ".vbe", ".vbs", ".webloc", ".workflow", ".ws", ".wsf", ".wsh",
}

func (l launcher) Launch(ctx context.Context, document int64) error {
	path, mode, err := l.find(ctx, document)
	if err != nil {
		return err
	}
	name := filepath.Base(path)
	if slices.Contains(executed, strings.ToLower(filepath.Ext(name))) || runtime.GOOS != "windows" && mode&0o111 != 0 && filepath.Ext(name) == "" {
		return &web.Problem{Status: http.StatusUnprocessableEntity, Code: "runs", Message: name + " is a file that a system runs when it is opened", Next: "copy its path and open it in an editor"}
	}
	if !l.screen() {
		return &web.Problem{Status: http.StatusConflict, Code: "no_display", Message: "golocal runs without a display here, so no program could be seen", Next: "copy the path and open the file where you are"}
	}
	cmd := detached(l.command(path)) // it outlives a Ctrl+C that ends the daemon
	if err := cmd.Start(); err != nil {
		return &web.Problem{Status: http.StatusConflict, Code: "no_program", Message: fmt.Sprintf("the system cannot open files from here: %v", err), Next: "copy the path and open the file yourself"}
	}
	// The command may stay as long as the program it starts, and goes on when
	// this request and the daemon have ended: it is waited for, and not joined.
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	wait := time.NewTimer(l.patient)
	defer wait.Stop()
	select {
	case err := <-ended:
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			return &web.Problem{Status: http.StatusConflict, Code: "no_program", Message: fmt.Sprintf("the system opens no program for %s (%s says %d)", name, filepath.Base(cmd.Path), exit.ExitCode()), Next: "choose a program for files of its type, or copy the path"}
		}
		return err
	case <-wait.C:
	case <-ctx.Done():
	}
	return nil
}

var _ web.Launcher = launcher{}
