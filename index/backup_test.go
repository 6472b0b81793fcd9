package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"golocal"
)

func TestBackup_IsOneMomentWhileWritersWork(t *testing.T) {
	x, root := ready(t, Options{})
	put(t, x, root.ID, "pair.md", "version 0 of pair.md", "version 0 of pair.md too")
	stop := make(chan struct{})
	var writer sync.WaitGroup
	for _, name := range []string{"pair.md", "other.md"} {
		writer.Go(func() {
			for n := 1; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				put(t, x, root.ID, name, fmt.Sprintf("version %d of %s", n, name), fmt.Sprintf("version %d of %s too", n, name))
			}
		})
	}
	dir := t.TempDir()
	for i := range 5 {
		must(t, x.Backup(t.Context(), filepath.Join(dir, fmt.Sprint(i))))
	}
	close(stop)
	writer.Wait()
	for i := range 5 {
		path := filepath.Join(dir, fmt.Sprint(i))
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" {
			t.Fatalf("%v, %v", info, err)
		}
		home := filepath.Join(t.TempDir(), "data")
		must(t, Restore(t.Context(), home, path))
		y := open(t, Options{}, home)
		got := match(t, y, "pair", golocal.Scope{})
		if len(got) != 2 || got[0]+" too" != got[1] && got[1]+" too" != got[0] {
			t.Errorf("backup %d holds %q", i, got)
		}
		sound(t, y)
		must(t, y.Close())
	}
	if err := x.Backup(t.Context(), filepath.Join(dir, "0")); !errors.Is(err, os.ErrExist) {
		t.Errorf("over a file that is there: %v", err)
	}
	if err := x.Backup(t.Context(), filepath.Join(dir, "none", "b")); err == nil {
		t.Error("into a folder that is not there")
	}
}

func TestRestore_ReplacesAndKeepsTheOld(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	put(t, x, root.ID, "a.md", "first words")
	backup := filepath.Join(t.TempDir(), "backup")
	must(t, x.Backup(t.Context(), backup))
	put(t, x, root.ID, "a.md", "second words")
	if err := Restore(t.Context(), dir, backup); !errors.Is(err, ErrLocked) {
		t.Fatalf("while it is open: %v", err)
	}
	must(t, x.Close())
	must(t, Restore(t.Context(), dir, backup))
	x = open(t, Options{}, dir)
	if got := match(t, x, "words", golocal.Scope{}); len(got) != 1 || got[0] != "first words" {
		t.Errorf("after restore: %q", got)
	}
	must(t, x.Close())
	must(t, Restore(t.Context(), dir, filepath.Join(dir, fileName+".before-restore"))) // and back
	x = open(t, Options{}, dir)
	if got := match(t, x, "words", golocal.Scope{}); len(got) != 1 || got[0] != "second words" {
		t.Errorf("back again: %q", got)
	}
}

func TestRestore_RefusesWhatIsNoWholeIndex(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	put(t, x, root.ID, "a.md", "kept words")
	backup := filepath.Join(t.TempDir(), "backup")
	must(t, x.Backup(t.Context(), backup))
	must(t, x.Close())
	good, err := os.ReadFile(backup)
	must(t, err)
	newer := append([]byte{}, good...)
	newer[63] = 99 // user_version, https://www.sqlite.org/fileformat2.html#user_version_number
	foreign := append([]byte{}, good...)
	copy(foreign[68:72], "none") // application_id
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"text":    {[]byte("no database"), ErrDamaged},
		"empty":   {nil, ErrDamaged},
		"cut":     {good[:len(good)/2], ErrDamaged},
		"newer":   {newer, ErrNewer},
		"foreign": {foreign, ErrDamaged},
	} {
		path := filepath.Join(t.TempDir(), name)
		must(t, os.WriteFile(path, c.data, 0o600))
		if err := Restore(t.Context(), dir, path); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := Restore(t.Context(), dir, filepath.Join(dir, "absent")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("absent: %v", err)
	}
	x = open(t, Options{}, dir)
	if got := match(t, x, "kept", golocal.Scope{}); len(got) != 1 {
		t.Errorf("the index after refusals: %q", got)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.restore*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

// TestBackup_KilledAtEveryOperation stops the disk at the n-th operation of a
// backup: there is no file under its name, or a whole one.
func TestBackup_KilledAtEveryOperation(t *testing.T) {
	useFaultyDisk(t)
	x, root := ready(t, Options{})
	put(t, x, root.ID, "a.md", "kept words")
	dir := t.TempDir()
	for _, how := range []fault{killed, torn, full} {
		for n := range points {
			path := filepath.Join(dir, fmt.Sprintf("%d-%d", how, n))
			fail(n, how)
			err := x.Backup(t.Context(), path)
			met := mended()
			data, missing := os.ReadFile(path)
			if (err == nil) != (missing == nil) || how == full && err != nil && !errors.Is(err, ErrFull) {
				t.Fatalf("operation %d: %v, and a file of %d bytes", n, err, len(data))
			}
			if err == nil {
				home := filepath.Join(t.TempDir(), "data")
				must(t, Restore(t.Context(), home, path))
			}
			if left, _ := filepath.Glob(path + ".*"); len(left) > 0 {
				t.Fatalf("operation %d leaves %q", n, left)
			}
			if !met {
				if n < 10 || err != nil {
					t.Fatalf("only %d operations seen: %v", n, err)
				}
				break
			}
		}
	}
	sound(t, x)
}

// TestRestore_KilledAtEveryOperation stops the disk at the n-th operation of a
// restore or a repair: what is there then is the old index or the new one.
func TestRestore_KilledAtEveryOperation(t *testing.T) {
	useFaultyDisk(t)
	start := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, start)
	put(t, x, root.ID, "a.md", "first words")
	backup := filepath.Join(t.TempDir(), "backup")
	must(t, x.Backup(t.Context(), backup))
	put(t, x, root.ID, "a.md", "second words")
	put(t, x, root.ID, "b.md", "third")
	must(t, x.Close())
	damaged := copyFolder(t, start)
	x = open(t, Options{}, damaged)
	_, err := raw(t, x, `UPDATE text SET seal = seal + 1 WHERE doc = 2`)
	must(t, err)
	must(t, x.Close())
	for what, do := range map[string]func(dir string) error{
		"restore": func(dir string) error { return Restore(t.Context(), dir, backup) },
		"repair":  func(dir string) error { _, err := Repair(t.Context(), dir, Options{}, CheckOptions{}); return err },
	} {
		for n := range points {
			dir := copyFolder(t, start)
			if what == "repair" {
				dir = copyFolder(t, damaged)
			}
			fail(n, killed)
			err := do(dir)
			left := copyFolder(t, dir)
			met := mended()
			y := open(t, Options{}, left)
			got := match(t, y, "words", golocal.Scope{})
			if want := map[bool]string{true: "second words", false: "first words"}[err != nil || what == "repair"]; len(got) != 1 || got[0] != want {
				t.Errorf("%q, want %q", got, want)
			}
			if err == nil || what == "restore" {
				sound(t, y)
			}
			must(t, y.Close())
			if t.Failed() {
				t.Fatalf("%s, operation %d: %v", what, n, err)
			}
			if !met {
				if n < 10 || err != nil {
					t.Fatalf("%s: only %d operations seen: %v", what, n, err)
				}
				break
			}
		}
	}
}
