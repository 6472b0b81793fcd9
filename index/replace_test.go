package index

import (
	"os"
	"path/filepath"
	"testing"

	"golocal"
)

// TestReplace_StopsAtEveryStep stops a replacement after each step and opens the
// index: it is the new one, and the old one is kept whole with its log.
func TestReplace_StopsAtEveryStep(t *testing.T) {
	made := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, made)
	put(t, x, root.ID, "a.md", "new words")
	must(t, x.Close())
	next := files(t, made)[fileName]
	left, _ := crashed(t, "ours", 3)
	for stop := 0; ; stop++ {
		dir := copyFolder(t, left)
		path := filepath.Join(dir, fileName)
		must(t, os.WriteFile(path+".before-restore", []byte("of a restore long ago"), 0o600))
		must(t, os.WriteFile(path+".restored", next, 0o600))
		steps := swap(path, path+".restored", path+".before-restore")
		for _, step := range steps[:min(stop, len(steps))] {
			must(t, step())
		}
		x := open(t, Options{}, dir)
		if got := match(t, x, "words second", golocal.Scope{}); len(got) != 1 || got[0] != "new words" {
			t.Errorf("stopped after %d steps: %q", stop, got)
		}
		sound(t, x)
		must(t, x.Close())
		must(t, Restore(t.Context(), dir, path+".before-restore")) // and back, with what was in the log
		x = open(t, Options{}, dir)
		if got := match(t, x, "second", golocal.Scope{}); len(got) != 3 {
			t.Errorf("stopped after %d steps, the old one: %q", stop, got)
		}
		must(t, x.Close())
		if stop == len(steps) {
			return
		}
	}
}

// TestOpen_SweepsWhatWasHalfMade leaves what killed processes leave.
func TestOpen_SweepsWhatWasHalfMade(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	put(t, x, root.ID, "a.md", "kept words")
	must(t, x.Close())
	for _, name := range []string{".new", ".new-wal", ".repair", ".restore", ".restore-wal", ".version-2.part", ".version-2.part-journal"} {
		must(t, os.WriteFile(filepath.Join(dir, fileName+name), []byte("half"), 0o600))
	}
	must(t, os.WriteFile(filepath.Join(dir, fileName+".damaged"), []byte("kept"), 0o600))
	must(t, os.Mkdir(filepath.Join(dir, BackupFolder+"1"), 0o700))
	must(t, os.WriteFile(filepath.Join(dir, BackupFolder+"1", fileName), []byte("half"), 0o600))
	x = open(t, Options{}, dir)
	if got := match(t, x, "kept", golocal.Scope{}); len(got) != 1 {
		t.Errorf("%q", got)
	}
	must(t, x.Close())
	for _, name := range names(t, dir) {
		if name != fileName && name != lockName && name != fileName+".damaged" {
			t.Errorf("%s is left", name)
		}
	}
}
