package watch

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golocal"
)

// keeper returns a watcher that knows a new folder but does not run.
func keeper(t testing.TB) (w *Watcher, dir string) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(dir, "root")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	w = New(Options{})
	if err := w.Add(golocal.Root{ID: 1, Path: dir}); err != nil {
		t.Fatal(err)
	}
	return w, dir
}

func TestOpen_RegularFilesAlone(t *testing.T) {
	w, dir := keeper(t)
	outside := filepath.Join(filepath.Dir(dir), "secret")
	write(t, outside, "outside")
	write(t, filepath.Join(dir, "d", "a.md"), "inside")
	write(t, filepath.Join(dir, ".env"), "KEY=1")
	write(t, filepath.Join(dir, ".ssh", "config"), "Host x")
	link := func(target, name string) {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	link(outside, "out")
	link("../secret", "up")
	link("d/a.md", "in")
	link("d", "dirlink")
	link("/", "all")
	link("loop", "loop")
	makePipe(t, filepath.Join(dir, "pipe"))

	tests := []struct{ path, reason string }{
		{"d/a.md", ""},
		{"out", "a link"},
		{"up", "a link"},
		{"in", "a link"},
		{"loop", "a link"},
		{"dirlink/a.md", "a folder above it is a link"},
		{"all/etc/passwd", "a folder above it is a link"},
		{"d", "a folder, not a regular file"},
		{"d/a.md/x", "not there"},
		{"gone", "not there"},
		{".env", "secret"},
		{".ssh/config", "secret"},
		{"", "no path below"},
		{".", "no path below"},
		{"..", "no path below"},
		{"../secret", "no path below"},
		{"d/../../secret", "no path below"},
		{"d/./a.md", "no path below"},
		{"d//a.md", "no path below"},
		{"d/a.md/", "no path below"},
		{outside, "no path below"},
		{"d/a.md\x00", "no path below"},
	}
	if posix {
		tests = append(tests, struct{ path, reason string }{"pipe", "named pipe"})
	}
	for _, tt := range tests {
		f, err := w.Open(golocal.Ref{Root: 1, Path: tt.path})
		if tt.reason == "" {
			if err != nil {
				t.Errorf("%q: %v", tt.path, err)
				continue
			}
			if data, err := io.ReadAll(f); err != nil || string(data) != "inside" {
				t.Errorf("%q: read %q, %v", tt.path, data, err)
			}
			f.Close()
			continue
		}
		if err == nil {
			f.Close()
			t.Errorf("%q was opened", tt.path)
			continue
		}
		r, ok := errors.AsType[*Refused](err)
		if !ok || !strings.Contains(r.Reason(), tt.reason) {
			t.Errorf("%q: %v, want a reason with %q", tt.path, err, tt.reason)
		}
		if missing := tt.reason == "not there"; errors.Is(err, fs.ErrNotExist) != missing {
			t.Errorf("%q: %v is ErrNotExist: %v", tt.path, err, !missing)
		}
	}
	if _, err := w.Open(golocal.Ref{Root: 2, Path: "d/a.md"}); err == nil {
		t.Error("a file of an unknown root was opened")
	}
	if os.Geteuid() != 0 && posix {
		if err := os.Chmod(filepath.Join(dir, "d", "a.md"), 0); err != nil {
			t.Fatal(err)
		}
		_, err := w.Open(golocal.Ref{Root: 1, Path: "d/a.md"})
		if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), "permission denied") {
			t.Errorf("unreadable: %v", err)
		}
	}
}

// A name that is swapped between a good file, a link out, a pipe and a folder
// gives the good file's bytes or an error, and never waits.
func TestS30_SwappedWhileOpening(t *testing.T) {
	if !posix {
		return
	}
	t.Parallel()
	w, dir := keeper(t)
	outside := filepath.Join(filepath.Dir(dir), "secret")
	write(t, outside, "outside")
	write(t, filepath.Join(dir, "d", "good"), "inside")
	at := func(n string) string { return filepath.Join(dir, n) }
	if err := os.Mkdir(at("e"), 0o755); err != nil {
		t.Fatal(err)
	}
	makePipe(t, at("e/pipe"))
	if err := os.Symlink(outside, at("e/link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Dir(dir), at("e/up")); err != nil {
		t.Fatal(err)
	}
	write(t, at("e/real"), "linked")
	if err := os.Symlink("../e/real", at("e/in")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(at("x"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(filepath.Dir(dir), "name"), "outside")

	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() { // the name itself
		for {
			for _, from := range []string{"d/good", "e/pipe", "d/good", "e/link", "d/good", "e/in"} {
				select {
				case <-stop:
					return
				default:
				}
				// Linked beside it first, so that the name is never missing.
				os.Link(at(from), at("d/next"))
				os.Rename(at("d/next"), at("x/name"))
			}
		}
	})
	wg.Go(func() { // the folder above it
		for {
			select {
			case <-stop:
				return
			default:
			}
			os.Rename(at("x"), at("y"))
			os.Rename(at("e/up"), at("x"))
			os.Rename(at("x"), at("e/up"))
			os.Rename(at("y"), at("x"))
		}
	})
	length := 300 * time.Millisecond
	if os.Getenv("GOLOCAL_LONG") != "" {
		length = time.Minute
	}
	opened, refused := 0, 0
	for end := time.Now().Add(length); time.Now().Before(end); {
		f, err := w.Open(golocal.Ref{Root: 1, Path: "x/name"})
		if err != nil {
			refused++
			continue
		}
		opened++
		if data, err := io.ReadAll(f); err != nil || string(data) != "inside" {
			t.Errorf("read %q, %v", data, err)
		}
		f.Close()
	}
	close(stop)
	wg.Wait()
	if refused == 0 {
		t.Errorf("nothing was refused (%d opened), so this test shows nothing", opened)
	}
}

func TestOpen_ReplacedAfterTheLook(t *testing.T) {
	if !posix {
		return
	}
	_, path := keeper(t)
	for _, n := range []string{"looked-at", "regular"} {
		write(t, filepath.Join(path, n), n)
	}
	makePipe(t, filepath.Join(path, "pipe"))
	for name, target := range map[string]string{"in": "regular", "out": "../secret"} {
		if err := os.Symlink(target, filepath.Join(path, name)); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(filepath.Dir(path), "secret"), "outside")
	dir, err := os.OpenRoot(path)
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	before, err := dir.Lstat("looked-at")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"regular", "in", "out", "pipe", ".", "gone"} {
		if f, err := openSame(dir, name, before); err == nil {
			f.Close()
			t.Errorf("%q was opened in another file's place", name)
		}
	}
	f, err := openSame(dir, "looked-at", before)
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
}

func FuzzOpen(f *testing.F) {
	w, dir := keeper(f)
	write(f, filepath.Join(dir, "a"), "inside")
	write(f, filepath.Join(filepath.Dir(dir), "secret"), "outside")
	if err := os.Symlink("..", filepath.Join(dir, "up")); err != nil {
		f.Fatal(err)
	}
	for _, p := range []string{"a", "../secret", "up/secret", "./a", "/etc/passwd", "a/../../secret", "..\\secret", "C:\\x", "\x00", "%2e%2e/secret"} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, path string) {
		file, err := w.Open(golocal.Ref{Root: 1, Path: path})
		if err != nil {
			return
		}
		defer file.Close()
		if path != "a" {
			t.Errorf("%q was opened", path)
		}
	})
}

func TestCheckRoot(t *testing.T) {
	base, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	at := func(p string) string { return filepath.Join(base, filepath.FromSlash(p)) }
	home := at("homes/ann")
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	for _, p := range []string{"homes/ann/Documents", "homes/ann/.ssh/keys", "homes/bob/notes", "homes/ann/data/golocal/models", "homes/annex"} {
		if err := os.MkdirAll(at(p), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	write(t, at("homes/ann/Documents/a.md"), "x")
	if err := os.Symlink(at("homes/ann/Documents"), at("short")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(home, at("me")); err != nil {
		t.Fatal(err)
	}
	own := []string{at("homes/ann/data/golocal")}
	for _, tt := range []struct{ path, clean, says string }{
		{at("homes/ann/Documents"), at("homes/ann/Documents"), ""},
		{at("homes/ann/Documents") + "/../Documents/", at("homes/ann/Documents"), ""},
		{at("short"), at("homes/ann/Documents"), ""},
		{at("homes/ann/data"), at("homes/ann/data"), ""},
		{at("homes/bob/notes"), at("homes/bob/notes"), ""},
		{at("homes/annex"), at("homes/annex"), ""},
		{"", "", "name one"},
		{at("nowhere"), "", "check the spelling"},
		{at("homes/ann/Documents/a.md"), "", "add the folder that it lies in"},
		{home, "", "whole home folder"},
		{at("me"), "", "whole home folder"},
		{at("homes"), "", "holds whole home folders"},
		{base, "", "holds whole home folders"},
		{filepath.VolumeName(base) + string(filepath.Separator), "", "whole disk"},
		{at("homes/ann/.ssh"), "", "holds secrets"},
		{at("homes/ann/.ssh/keys"), "", "holds secrets"},
		{at("homes/ann/data/golocal"), "", "golocal's own data"},
		{at("homes/ann/data/golocal/models"), "", "golocal's own data"},
	} {
		clean, err := CheckRoot(tt.path, own)
		switch {
		case tt.says == "" && (err != nil || clean != tt.clean):
			t.Errorf("%q: %q, %v", tt.path, clean, err)
		case tt.says != "" && (err == nil || !strings.Contains(err.Error(), tt.says)):
			t.Errorf("%q: %q, %v, want an error with %q", tt.path, clean, err, tt.says)
		}
	}
	for _, p := range []string{"/proc", "/proc/self/fd", "/sys", "/dev"} {
		if _, err := os.Stat(p); err != nil {
			continue
		}
		if _, err := CheckRoot(p, nil); err == nil || !strings.Contains(err.Error(), "system") {
			t.Errorf("%s: %v", p, err)
		}
	}
}
