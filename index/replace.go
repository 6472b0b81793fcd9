package index

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// swaps are the names of a whole new index that waits to take the place of the
// one in its folder, with the names under which that one is kept.
var swaps = []struct{ next, kept string }{{".repaired", ".damaged"}, {".restored", ".before-restore"}}

// replace makes the database file part, which nobody has open and is proven, the
// index in dir. The one that was there is kept, with its log. A process that is
// killed meanwhile leaves the old one, or the new one as soon as it is opened.
func replace(dir, part, next string) error {
	if err := syncFile(part); err != nil {
		return err
	}
	if err := os.Rename(part, filepath.Join(dir, fileName+next)); err != nil {
		return err
	}
	return errors.Join(syncFile(dir), finish(dir))
}

// waiting reports whether there is something to finish.
func waiting(dir string) bool {
	for _, s := range swaps {
		if _, err := os.Lstat(filepath.Join(dir, fileName+s.next)); err == nil {
			return true
		}
	}
	return false
}

// finish completes a replacement, if one was begun; the caller has the lock.
func finish(dir string) error {
	path := filepath.Join(dir, fileName)
	for _, s := range swaps {
		if _, err := os.Lstat(path + s.next); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		for _, step := range swap(path, path+s.next, path+s.kept) {
			if err := step(); err != nil {
				return err
			}
		}
	}
	return nil
}

// swap is what replaces the file at path by next, step by step. After any of
// them all can be done again.
func swap(path, next, kept string) []func() error {
	move := func(from, to string) func() error {
		return func() error {
			if err := os.Rename(from, to); !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			return nil
		}
	}
	return []func() error{
		func() error {
			if _, err := os.Lstat(path); err == nil { // else kept is what was there
				removeDatabase(kept)
			}
			return nil
		},
		func() error { // the time for which it is kept runs from now on
			now := time.Now()
			if err := os.Chtimes(path, now, now); !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			return nil
		},
		move(path, kept), // before its log, which alone tells nothing
		move(path+"-wal", kept+"-wal"),
		func() error {
			if err := os.Remove(path + "-shm"); !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			return nil
		},
		move(next, path),
		func() error { return syncFile(filepath.Dir(path)) },
	}
}

// removeDatabase deletes a database file and what SQLite keeps beside it.
func removeDatabase(path string) {
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		os.Remove(path + suffix)
	}
}

// syncFile has the disk keep what was written to a file or folder.
func syncFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	err = f.Sync()
	if info, serr := f.Stat(); serr == nil && info.IsDir() {
		err = nil // not every system can: the rename itself is what counts
	}
	return errors.Join(err, f.Close())
}
