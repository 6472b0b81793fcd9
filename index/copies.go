package index

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// CopyAge is how long a copy of an older index is kept beside the one in use.
const CopyAge = 30 * 24 * time.Hour

// versionSuffix is what the name of a copy from before an upgrade has after that of
// the index, before the version.
const versionSuffix = ".version-"

// Copy is an index that was in the folder before the one in use: a copy from before
// it was changed for a newer golocal, a damaged one that was repaired, or one that a
// backup replaced. It holds the text of files, also of such as are gone by now. It
// goes CopyAge after it was made, with the next index that opens, and with
// RemoveRoot.
type Copy struct {
	Path    string // of its main file
	Kind    CopyKind
	Bytes   int64 // with its log
	Expires time.Time
}

// CopyKind is why a Copy was kept.
type CopyKind string

// The kinds of a Copy.
const (
	Upgraded CopyKind = "before an upgrade"
	Damaged  CopyKind = "before a repair"
	Restored CopyKind = "before a restore"
)

// Copies lists the copies in dir, in the order of their names. The index may be in
// use. A folder that is not there has none.
func Copies(dir string) ([]Copy, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var copies []Copy
	for _, e := range entries {
		c := Copy{Path: filepath.Join(dir, e.Name())}
		switch kept := strings.TrimPrefix(e.Name(), fileName); {
		case kept == e.Name() || !e.Type().IsRegular():
			continue
		case kept == swaps[0].kept:
			c.Kind = Damaged
		case kept == swaps[1].kept:
			c.Kind = Restored
		case strings.HasPrefix(kept, versionSuffix) && !strings.ContainsAny(kept[len(versionSuffix):], ".-"):
			c.Kind = Upgraded
		default:
			continue
		}
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) { // it went meanwhile
			continue
		}
		if err != nil {
			return nil, err
		}
		c.Bytes, c.Expires = info.Size(), info.ModTime().Add(CopyAge)
		if log, err := os.Stat(c.Path + "-wal"); err == nil {
			c.Bytes += log.Size()
		}
		copies = append(copies, c)
	}
	return copies, nil
}

// dropCopies deletes the copies that expired before now and tells when the next one
// does, zero if there is none. One whose main file is gone may have left its log.
func dropCopies(dir string, now time.Time) (next time.Time, err error) {
	copies, err := Copies(dir)
	for _, c := range copies {
		if !now.Before(c.Expires) {
			err = errors.Join(err, dropCopy(c.Path))
		} else if next.IsZero() || c.Expires.Before(next) {
			next = c.Expires
		}
	}
	for _, s := range swaps {
		if _, gone := os.Lstat(filepath.Join(dir, fileName+s.kept)); errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, dropCopy(filepath.Join(dir, fileName+s.kept)))
		}
	}
	return next, err
}

// expire deletes the copies that have been kept for long enough. They do no harm to
// an index that works.
func (x *Index) expire() {
	var err error
	if x.expires, err = dropCopies(x.dir, x.now()); err != nil {
		x.log.Warn("old copy of the index not removed", "err", err)
	}
}

// dropCopy deletes a copy, its main file last: as long as that is there, the rest
// belongs to something.
func dropCopy(path string) error {
	for _, suffix := range []string{"-journal", "-shm", "-wal", ""} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// dropAllCopies deletes every copy, because each may hold what the folder with that
// id held, if there is such a folder.
func (x *Index) dropAllCopies(ctx context.Context, root int64) error {
	var there bool
	err := x.db.readers.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM root WHERE id = ?)`, root).Scan(&there)
	if err != nil || !there {
		return err
	}
	_, err = dropCopies(x.dir, time.Unix(1<<40, 0)) // after every date there is
	return err
}
