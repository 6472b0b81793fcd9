package index

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golocal"
)

// crashed is an index whose process has just died: what lies in its folder after
// n documents, the last of which are in the log alone.
func crashed(t *testing.T, of string, n int) (left string, before map[string][]byte) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	for i := range n {
		put(t, x, root.ID, fmt.Sprintf("%d.md", i), of+" first "+strings.Repeat(fmt.Sprintf("word%d ", i), 400))
	}
	must(t, x.Close())
	before = files(t, dir)
	x = open(t, Options{}, dir)
	for i := range n {
		put(t, x, root.ID, fmt.Sprintf("%d.md", i), of+" second "+strings.Repeat(fmt.Sprintf("word%d ", i), 400))
	}
	left = copyFolder(t, dir)
	must(t, x.Close())
	return left, before
}

func files(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	for _, name := range names(t, dir) {
		data, err := os.ReadFile(filepath.Join(dir, name))
		must(t, err)
		found[name] = data
	}
	return found
}

// TestOpen_FileAndLogBelongTogether puts files and logs together that do not
// belong together. Each pair is refused, or is a state that once was.
func TestOpen_FileAndLogBelongTogether(t *testing.T) {
	const log = fileName + "-wal"
	left, old := crashed(t, "ours", 12)
	other, _ := crashed(t, "theirs", 12)
	now, foreign := files(t, left), files(t, other)
	for name, c := range map[string]struct {
		change  func(map[string][]byte)
		refused bool
		says    string // what every document says where it is not refused
	}{
		"as it was left":           {func(map[string][]byte) {}, false, "ours second"},
		"old file, newer log":      {func(f map[string][]byte) { f[fileName] = old[fileName] }, false, "ours second"}, // its log, in fact
		"log of another":           {func(f map[string][]byte) { f[log] = foreign[log] }, true, ""},
		"file of another":          {func(f map[string][]byte) { f[fileName] = foreign[fileName] }, true, ""},
		"file and log of another":  {func(f map[string][]byte) { f[fileName], f[log] = foreign[fileName], foreign[log] }, false, "theirs second"},
		"no log":                   {func(f map[string][]byte) { delete(f, log) }, false, "ours first"},
		"no log, and nobody died":  {func(f map[string][]byte) { delete(f, log); delete(f, ownerName) }, false, "ours first"},
		"empty log":                {func(f map[string][]byte) { f[log] = nil }, false, "ours first"},
		"no file":                  {func(f map[string][]byte) { delete(f, fileName) }, true, ""},
		"empty file":               {func(f map[string][]byte) { f[fileName] = nil }, true, ""},
		"empty file, no log":       {func(f map[string][]byte) { f[fileName] = nil; delete(f, log) }, true, ""},
		"no memory map of the log": {func(f map[string][]byte) { delete(f, fileName+"-shm") }, false, "ours second"},
	} {
		dir := filepath.Join(t.TempDir(), "data")
		must(t, os.Mkdir(dir, 0o700))
		has := maps.Clone(now)
		c.change(has)
		for n, data := range has {
			must(t, os.WriteFile(filepath.Join(dir, n), data, 0o600))
		}
		x, err := Open(dir, Options{})
		if c.refused {
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("%s: %v", name, err)
				continue
			}
			done, err := Repair(t.Context(), dir, Options{}, CheckOptions{})
			if err != nil || !done.Damaged {
				t.Errorf("%s: repaired: %+v, %v", name, done, err)
				continue
			}
			if x, err = Open(dir, Options{}); err != nil {
				t.Errorf("%s: after repair: %v", name, err)
				continue
			}
		} else if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		sound(t, x)
		for d, err := range x.Documents(t.Context(), 0) {
			must(t, err)
			whole, _, err := x.DocumentByID(t.Context(), d.ID)
			if err != nil || c.says != "" && !strings.HasPrefix(whole.Text, c.says) || !strings.Contains(whole.Text, "word"+strings.TrimSuffix(d.Ref.Path, ".md")+" ") {
				t.Errorf("%s: %s says %.30q, %v", name, d.Ref.Path, whole.Text, err)
			}
		}
		must(t, x.Close())
	}
}

// TestOpen_OldFileUnderNewerLog has a file that is older than the beginning of
// the log beside it: pages of both would mix.
func TestOpen_OldFileUnderNewerLog(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	put(t, x, root.ID, "a.md", "version 0")
	must(t, x.Close())
	old := files(t, dir)[fileName]
	for v := 1; v <= 3; v++ { // each time the log is folded in
		x = open(t, Options{}, dir)
		put(t, x, root.ID, "a.md", fmt.Sprint("version ", v))
		must(t, x.Close())
	}
	x = open(t, Options{}, dir)
	put(t, x, root.ID, "b.md", "more")
	left := copyFolder(t, dir)
	newest := files(t, dir)[fileName]
	must(t, x.Close())
	must(t, os.WriteFile(filepath.Join(left, fileName), old, 0o600))
	if _, err := Open(left, Options{}); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "belongs to another file") {
		t.Fatalf("Open = %v", err)
	}
	// What can be proven is the old file, without the log.
	done, err := Repair(t.Context(), left, Options{}, CheckOptions{})
	if err != nil || done.Documents != 1 {
		t.Fatalf("%+v, %v", done, err)
	}
	y := open(t, Options{}, left)
	if got := match(t, y, "version", golocal.Scope{}); !slices.Equal(got, []string{"version 0"}) {
		t.Errorf("after repair: %q", got)
	}
	sound(t, y)
	must(t, y.Close())
	// And the other way around: a file that is newer than all of its log.
	log := filepath.Join(left, fileName+"-wal")
	must(t, os.Rename(filepath.Join(left, fileName+".damaged-wal"), log))
	x = open(t, Options{}, dir)
	for v := range 3 {
		put(t, x, root.ID, "c.md", fmt.Sprint("later ", v))
	}
	must(t, x.Close())
	if newer := files(t, dir)[fileName]; slices.Equal(newer, newest) {
		t.Fatal("nothing was written")
	} else {
		must(t, os.WriteFile(filepath.Join(left, fileName), newer, 0o600))
	}
	if _, err := Open(left, Options{}); !errors.Is(err, ErrDamaged) {
		t.Errorf("a newer file: %v", err)
	}
}

func TestFollow(t *testing.T) {
	for user, want := range map[int32]int32{
		1<<versionBits | 4:       2<<versionBits | 4,
		commits<<versionBits | 4: 1<<versionBits | 4, // around, and never 0
		77<<versionBits | 255:    78<<versionBits | 255,
	} {
		if got := follow(user); got != want {
			t.Errorf("follow(%d) = %d, want %d", user, got, want)
		}
	}
	for range 100 {
		if got := follow(3); commitOf(got) == 0 || versionOf(got) != 3 || got < 0 {
			t.Errorf("a first commit is %d", got)
		}
	}
}

// TestDatabase_IdleWritesNothing: a number is for a commit that changes something.
func TestDatabase_IdleWritesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	x, root := ready(t, Options{}, dir)
	put(t, x, root.ID, "a.md", "words")
	before := files(t, dir)
	_, err := x.Purge(t.Context(), 0)
	must(t, err)
	must(t, x.Remove(t.Context(), golocal.Ref{Root: root.ID, Path: "none.md"}))
	sound(t, x)
	for name, data := range files(t, dir) {
		if name != fileName+"-shm" && !slices.Equal(data, before[name]) {
			t.Errorf("%s was written to", name)
		}
	}
}
