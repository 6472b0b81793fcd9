package index

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golocal"
)

// kinds are the copies in dir by the end of their names.
func kinds(t *testing.T, dir string) map[string]CopyKind {
	t.Helper()
	copies, err := Copies(dir)
	must(t, err)
	out := map[string]CopyKind{}
	for _, c := range copies {
		out[strings.TrimPrefix(filepath.Base(c.Path), fileName)] = c.Kind
	}
	return out
}

// The copy from before an upgrade is there for thirty days after the index opened,
// whatever its own age, and goes while the index is in use or as it is opened.
func TestCopies_UpgradedGoesInTime(t *testing.T) {
	start := filepath.Join(t.TempDir(), "data")
	versionOne(t, start)
	for _, open := range []bool{true, false} {
		dir := copyFolder(t, start)
		at := time.Now().Add(-2 * CopyAge) // a copy that an upgrade made which failed
		must(t, os.WriteFile(filepath.Join(dir, fileName+".version-1"), files(t, start)[fileName], 0o600))
		must(t, os.Chtimes(filepath.Join(dir, fileName+".version-1"), at, at))
		clock := time.Now()
		o := Options{Now: func() time.Time { return clock }}
		x, err := Open(dir, o)
		must(t, err)
		must(t, x.awaitWords(t.Context()))
		copies, err := Copies(dir)
		must(t, err)
		if len(copies) != 1 || copies[0].Kind != Upgraded || copies[0].Bytes == 0 || copies[0].Expires.Sub(clock).Abs() < CopyAge-time.Hour {
			t.Fatalf("after the upgrade: %+v", copies)
		}
		look := func() {
			t.Helper()
			if open {
				must(t, x.Close())
				x, err = Open(dir, o)
			} else {
				_, err = x.Purge(t.Context(), time.Minute)
			}
			must(t, err)
		}
		clock = clock.Add(CopyAge - time.Minute)
		if look(); len(kinds(t, dir)) != 1 {
			t.Error("gone too early")
		}
		clock = clock.Add(time.Hour)
		if look(); len(kinds(t, dir)) != 0 {
			t.Errorf("left: %v", kinds(t, dir))
		}
		if got := match(t, x, "boats", golocal.Scope{}); len(got) != 1 {
			t.Errorf("the index itself: %q", got)
		}
		must(t, x.Close())
	}
}

// What a repair and a restore replaced is kept as long, counted from then on, with
// its log.
func TestCopies_ReplacedGoInTime(t *testing.T) {
	for _, s := range swaps {
		left, _ := crashed(t, "ours", 3)
		path := filepath.Join(left, fileName)
		long := time.Now().Add(-2 * CopyAge)
		must(t, os.Chtimes(path, long, long))
		must(t, os.WriteFile(path+s.next, files(t, left)[fileName], 0o600))
		clock := time.Now()
		o := Options{Now: func() time.Time { return clock }}
		x, err := Open(left, o)
		must(t, err)
		must(t, x.Close())
		copies, err := Copies(left)
		must(t, err)
		if len(copies) != 1 || copies[0].Path != path+s.kept || copies[0].Expires.Before(clock) {
			t.Fatalf("%s: %+v", s.kept, copies)
		}
		if _, err := os.Stat(path + s.kept + "-wal"); err != nil {
			t.Fatalf("%s has no log, so this shows nothing: %v", s.kept, err)
		}
		clock = clock.Add(CopyAge + time.Hour)
		x, err = Open(left, o)
		must(t, err)
		must(t, x.Close())
		for _, name := range names(t, left) {
			if strings.Contains(name, s.kept) {
				t.Errorf("%s is left", name)
			}
		}
	}
}

// Deletion is deletion in the copies too: when a folder is removed, no file holds
// its words any more.
func TestRemoveRoot_ErasesCopies(t *testing.T) {
	start := filepath.Join(t.TempDir(), "data")
	versionOne(t, start)
	x := open(t, Options{}, start) // makes the copy
	must(t, x.awaitWords(t.Context()))
	roots, err := x.Roots(t.Context())
	must(t, err)
	must(t, x.Close())
	old := files(t, start)[fileName+".version-1"]
	for _, s := range swaps {
		must(t, os.WriteFile(filepath.Join(start, fileName+s.kept), old, 0o600))
		must(t, os.WriteFile(filepath.Join(start, fileName+s.kept+"-wal"), old, 0o600))
	}
	holding := func() (out []string) {
		for name, data := range files(t, start) {
			if strings.Contains(string(data), "harbour") {
				out = append(out, strings.TrimPrefix(name, fileName))
			}
		}
		slices.Sort(out)
		return out
	}
	if got := holding(); len(got) != 6 {
		t.Fatalf("held by %q to begin with", got)
	}
	x = open(t, Options{}, start)
	must(t, x.RemoveRoot(t.Context(), 999))
	if got := kinds(t, start); len(got) != 3 || got[".version-1"] != Upgraded || got[".damaged"] != Damaged || got[".before-restore"] != Restored {
		t.Fatalf("no folder was removed, and the copies are %v", got)
	}
	must(t, x.RemoveRoot(t.Context(), roots[0].ID))
	must(t, x.Close())
	if got := holding(); len(got) != 0 {
		t.Errorf("held by %q after the folder was removed", got)
	}
}

// Other files beside the index are no copies of it.
func TestCopies_AreNoOtherFiles(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{fileName, fileName + "-wal", fileName + "-shm", fileName + ".version-3.part", fileName + ".version-3-wal", fileName + ".repair",
		fileName + ".damaged-wal", "other.db", "index.lock"} {
		must(t, os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600))
	}
	must(t, os.Mkdir(filepath.Join(dir, fileName+".damaged"), 0o700))
	if got := kinds(t, dir); len(got) != 0 {
		t.Errorf("%v", got)
	}
	if copies, err := Copies(filepath.Join(dir, "nothing")); err != nil || copies != nil {
		t.Errorf("%v, %v", copies, err)
	}
}
