package eval

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// Cache keeps what runs need again, a folder for each key: an index with its
// vectors. It is bounded: entries that were not used for longest go first.
// Several processes may work with one cache, not with one entry.
type Cache struct {
	Dir   string
	Limit int64 // bytes that entries not in use may have together
}

// Entry is a folder that this process has for itself.
type Entry struct {
	Dir   string
	Fresh bool // it was made just now
	lock  *flock.Flock
}

// Key names an entry by all that decides what is in it.
func Key(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil))[:32]
}

// lockSuffix is that of the file beside an entry's folder which is locked: it
// stays when the folder goes, so that nobody waits for a lock on a file that is gone.
const lockSuffix = ".lock"

// Take gives the entry of key, made when it is new. It waits while another
// process has it; waiting is called once then, and may be nil. The entry counts
// as used now.
func (c Cache) Take(ctx context.Context, key string, waiting func()) (*Entry, error) {
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the cache of evaluations: %w", err)
	}
	e := &Entry{Dir: filepath.Join(c.Dir, key), lock: flock.New(filepath.Join(c.Dir, key+lockSuffix), flock.SetPermissions(0o600))}
	ok, err := e.lock.TryLock()
	if err == nil && !ok {
		if waiting != nil {
			waiting()
		}
		_, err = e.lock.TryLockContext(ctx, 200*time.Millisecond)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("take %s from the cache of evaluations: %w", key, err), e.lock.Close())
	}
	err = os.Mkdir(e.Dir, 0o700)
	if e.Fresh = err == nil; errors.Is(err, fs.ErrExist) {
		now := time.Now()
		err = os.Chtimes(e.Dir, now, now)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("take %s from the cache of evaluations: %w", key, err), e.lock.Close())
	}
	return e, nil
}

// Release lets others have the entry.
func (e *Entry) Release() error { return e.lock.Close() }

// Prune removes entries, those that were not used for longest first, until the
// rest has at most Limit bytes. An entry that is in use stays and counts.
func (c Cache) Prune() error {
	_, err := c.remove(c.Limit)
	return err
}

// Clear removes all entries that nobody uses and gives the bytes that became
// free.
func (c Cache) Clear() (int64, error) { return c.remove(-1) }

// remove brings the entries down to limit bytes; below 0 is none, empty ones too.
func (c Cache) remove(limit int64) (freed int64, err error) {
	names, err := os.ReadDir(c.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the cache of evaluations: %w", err)
	}
	type entry struct {
		path string
		used time.Time
		size int64
	}
	var all []entry
	var total int64
	for _, d := range names {
		path := filepath.Join(c.Dir, d.Name())
		// Only folders with a lock beside them are the cache's own: --cache may name any folder.
		if _, err := os.Lstat(path + lockSuffix); !d.IsDir() || err != nil {
			continue
		}
		info, err := d.Info()
		if err != nil {
			continue // another process removed it
		}
		size := folderSize(path)
		total += size
		all = append(all, entry{path, info.ModTime(), size})
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Or(a.used.Compare(b.used), strings.Compare(a.path, b.path)) })
	for _, e := range all {
		if total <= limit {
			break
		}
		lock := flock.New(e.path + lockSuffix)
		if ok, err := lock.TryLock(); err != nil || !ok {
			lock.Close()
			continue
		}
		rm := os.RemoveAll(e.path)
		if err := errors.Join(rm, lock.Close()); err != nil {
			return freed, fmt.Errorf("remove from the cache of evaluations: %w", err)
		}
		total -= e.size
		freed += e.size
	}
	return freed, nil
}

// folderSize counts the bytes of the files below dir; what vanishes meanwhile
// counts nothing.
func folderSize(dir string) int64 {
	var n int64
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		if info, err := d.Info(); err == nil {
			n += info.Size()
		}
		return nil
	})
	return n
}
