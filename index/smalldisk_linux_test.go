package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golocal"
	"golocal/internal/smalldisk"
)

// TestIndex_FullDiskThenFreed fills a real disk at the first write, in the
// middle, and while the index tidies up or is built for another model. Nothing is
// lost, reads go on, and writing goes on by itself once there is room.
func TestIndex_FullDiskThenFreed(t *testing.T) {
	disk, ok := smalldisk.Mount(t, 16<<20)
	if !ok {
		return
	}
	dir := filepath.Join(disk.Dir, "data")
	disk.Fill(t, 0)
	for range 2 {
		if _, err := Open(dir, Options{}); !errors.Is(err, ErrFull) {
			t.Fatalf("the first write: %v", err)
		}
	}
	disk.Clear(t)
	x, root := ready(t, Options{}, dir)
	kept := map[string]string{}
	for i := range 40 {
		name := fmt.Sprintf("%02d.md", i)
		kept[name] = fmt.Sprintf("word%d %s", i, strings.Repeat(fmt.Sprintf("filler%d ", i), 500))
		put(t, x, root.ID, name, kept[name])
	}
	whole := func(when string) {
		t.Helper()
		for name, text := range kept {
			word, _, _ := strings.Cut(text, " ")
			if got := match(t, x, word, golocal.Scope{}); len(got) != 1 || got[0] != text {
				t.Errorf("%s: %s is found as %d passages", when, name, len(got))
			}
		}
		if got := nearest(t, x, kept["07.md"], 1, golocal.Scope{}); len(got) != 1 || got[0] != kept["07.md"] {
			t.Errorf("%s: nearest finds %d", when, len(got))
		}
	}
	step := func(what string, left int64, do func() error) {
		t.Helper()
		var err error
		for range 50 { // until the room that is left is used up
			disk.Fill(t, left) // also what upkeep has given back meanwhile
			if err = do(); err != nil {
				break
			}
		}
		if !errors.Is(err, ErrFull) {
			t.Errorf("%s: %v", what, err)
		}
		whole(what)
		disk.Clear(t)
		if err := do(); err != nil {
			t.Errorf("%s, with room again: %v", what, err)
		}
		whole(what + ", with room again")
		sound(t, x)
		if t.Failed() {
			t.FailNow()
		}
	}
	n := 0
	step("put", 100<<10, func() error {
		n++
		d, chunks := document(root.ID, "large.md", fmt.Sprint(n, strings.Repeat(" large", 20_000)))
		return x.Put(t.Context(), d, chunks, vectors(chunks))
	})
	step("purge", 100<<10, func() error {
		n++
		d, chunks := document(root.ID, fmt.Sprintf("%02d.md", n%40), kept[fmt.Sprintf("%02d.md", n%40)])
		d.Title = fmt.Sprint(n)
		if err := x.Put(t.Context(), d, chunks, vectors(chunks)); err != nil {
			return err
		}
		// Purging gives room back, and the log begins anew: something has to grow.
		d, chunks = document(root.ID, fmt.Sprintf("more%d.md", n), fmt.Sprint(n, strings.Repeat(" more", 10_000)))
		if err := x.Put(t.Context(), d, chunks, vectors(chunks)); err != nil {
			return err
		}
		_, err := x.Purge(t.Context(), 0)
		return err
	})
	_, err := x.Purge(t.Context(), 0)
	must(t, err)
	other := otherSpace
	step("another model", 0, func() error {
		other.Digest += "x"
		other.Dims = 4096
		if err := x.Use(t.Context(), other); err != nil {
			return err
		}
		b, _ := x.Building()
		missing, err := b.Missing(t.Context(), 20)
		if err != nil {
			return err
		}
		var sums []golocal.Sum
		var made [][]float32
		for _, c := range missing {
			sums, made = append(sums, c.Sum), append(made, vectorOf(c.Input, other.Dims))
		}
		return b.Attach(t.Context(), sums, made)
	})
	must(t, x.Use(t.Context(), testSpace))

	// Copies are whole or not there.
	backup := filepath.Join(disk.Dir, "backup.db")
	disk.Fill(t, 50<<10)
	if err := x.Backup(t.Context(), backup); !errors.Is(err, ErrFull) {
		t.Errorf("backup: %v", err)
	}
	if left, _ := filepath.Glob(backup + "*"); len(left) > 0 {
		t.Errorf("a backup without room leaves %q", left)
	}
	disk.Clear(t)
	must(t, x.Backup(t.Context(), backup))
	must(t, x.Close())
	disk.Fill(t, 50<<10)
	if err := Restore(t.Context(), dir, backup); !errors.Is(err, ErrFull) {
		t.Errorf("restore: %v", err)
	}
	disk.Clear(t)
	x = open(t, Options{}, dir)
	whole("a restore without room")
	_, err = raw(t, x, `UPDATE text SET seal = seal + 1 WHERE doc = 3`)
	must(t, err)
	must(t, x.Close())
	disk.Fill(t, 50<<10)
	if done, err := Repair(t.Context(), dir, Options{}, CheckOptions{}); !errors.Is(err, ErrFull) {
		t.Errorf("repair: %+v, %v", done, err)
	}
	disk.Clear(t)
	done, err := Repair(t.Context(), dir, Options{}, CheckOptions{})
	if err != nil || done.Lost != 1 {
		t.Errorf("repair with room: %+v, %v", done, err)
	}
	for _, name := range names(t, dir) {
		if strings.Contains(name, ".repair") || strings.Contains(name, ".restore") {
			t.Errorf("%s is left", name)
		}
	}
	x = open(t, Options{}, dir)
	sound(t, x)
	must(t, x.Close())
}

// TestOpen_ReadOnlyDisk reads an index that nobody can write, closed and as a
// killed process left it.
func TestOpen_ReadOnlyDisk(t *testing.T) {
	disk, ok := smalldisk.Mount(t, 64<<20)
	if !ok {
		return
	}
	left, _ := crashed(t, "ours", 5)
	closed := copyFolder(t, left)
	must(t, open(t, Options{}, closed).Close())
	for name, from := range map[string]string{"closed": closed, "killed": left} {
		dir := filepath.Join(disk.Dir, name)
		must(t, os.Mkdir(dir, 0o700))
		for n, data := range files(t, from) {
			if n != fileName+"-shm" { // it may be there or not
				must(t, os.WriteFile(filepath.Join(dir, n), data, 0o600))
			}
		}
		disk.ReadOnly(t, true)
		if _, err := Open(dir, Options{}); !errors.Is(err, ErrReadOnly) || errors.Is(err, ErrLocked) || errors.Is(err, ErrDamaged) {
			t.Errorf("%s: Open = %v", name, err)
		}
		if _, err := Open(filepath.Join(disk.Dir, "none"), Options{ReadOnly: true}); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("where nothing is: %v", err)
		}
		x := open(t, Options{ReadOnly: true}, dir)
		y := open(t, Options{ReadOnly: true}, dir) // several may
		loaded(t, y)
		if got := match(t, y, "second", golocal.Scope{}); len(got) != 5 {
			t.Errorf("%s: %d found", name, len(got))
		}
		text := "ours second " + strings.Repeat("word3 ", 400)
		if got := nearest(t, x, text, 1, golocal.Scope{}); len(got) != 1 || got[0] != text {
			t.Errorf("%s: nearest %.30q", name, got)
		}
		sound(t, x)
		d, chunks := document(1, "new.md", "new")
		for what, err := range map[string]error{
			"put":    x.Put(t.Context(), d, chunks, vectors(chunks)),
			"remove": x.Remove(t.Context(), golocal.Ref{Root: 1, Path: "0.md"}),
			"use":    x.Use(t.Context(), otherSpace),
		} {
			if !errors.Is(err, ErrReadOnly) {
				t.Errorf("%s: %s: %v", name, what, err)
			}
		}
		backup := filepath.Join(t.TempDir(), "backup")
		must(t, x.Backup(t.Context(), backup))
		must(t, errors.Join(x.Close(), y.Close()))
		disk.ReadOnly(t, false)
		z := open(t, Options{}, dir) // as if nothing had been
		must(t, z.Put(t.Context(), d, chunks, vectors(chunks)))
		if _, err := Open(dir, Options{ReadOnly: true}); !errors.Is(err, ErrLocked) {
			t.Errorf("%s: while it is written: %v", name, err)
		}
		sound(t, z)
		must(t, z.Close())
		home := filepath.Join(t.TempDir(), "data")
		must(t, Restore(t.Context(), home, backup))
		if got := match(t, open(t, Options{}, home), "second", golocal.Scope{}); len(got) != 5 {
			t.Errorf("%s: the backup holds %d", name, len(got))
		}
	}
}
