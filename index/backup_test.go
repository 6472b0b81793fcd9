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
	put(t, x, root.ID, "pair.md", "version 0", "version 0 too")
	stop := make(chan struct{})
	var writer sync.WaitGroup
	writer.Go(func() {
		for n := 1; ; n++ {
			select {
			case <-stop:
				return
			default:
			}
			put(t, x, root.ID, "pair.md", fmt.Sprintf("version %d", n), fmt.Sprintf("version %d too", n))
		}
	})
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
		got := match(t, y, "version", golocal.Scope{})
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
