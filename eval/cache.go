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
	"strconv"
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
	// Patience is how long Take waits for an entry that another process has; 0 is
	// Patience.
	Patience time.Duration
}

// Patience is how long Take waits for an entry, unless a Cache says otherwise.
const Patience = 10 * time.Minute

// ErrInUse says that another process has had an entry for as long as Take waits.
var ErrInUse = errors.New("another evaluation has it")

// Entry is a folder that this process has for itself.
type Entry struct {
	Dir   string
	Fresh bool // it was made just now
	lock  *flock.Flock
	owner string // the file that names this process
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

// ownerSuffix is that of the file with the process id of who has an entry, only
// read to name it. A file of its own: on Windows a locked one cannot be read by
// others.
const ownerSuffix = ".owner"

// Take gives the entry of key, made when it is new. It waits while another
// process has it, as long as Patience; waiting is called once then with who has it,
// "" where that is not known, and may be nil. The entry counts as used now.
// Errors: ErrInUse, which names the process, ctx's, and the file system's.
func (c Cache) Take(ctx context.Context, key string, waiting func(holder string)) (*Entry, error) {
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the cache of evaluations: %w", err)
	}
	e := &Entry{Dir: filepath.Join(c.Dir, key), owner: filepath.Join(c.Dir, key+ownerSuffix), lock: flock.New(filepath.Join(c.Dir, key+lockSuffix), flock.SetPermissions(0o600))}
	ok, err := e.lock.TryLock()
	if err == nil && !ok {
		err = c.wait(ctx, e, waiting)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("take %s from the cache of evaluations: %w", key, err), e.lock.Close())
	}
	err = os.Mkdir(e.Dir, 0o700)
	if e.Fresh = err == nil; errors.Is(err, fs.ErrExist) {
		now := time.Now()
		err = os.Chtimes(e.Dir, now, now)
	}
	if err == nil {
		err = os.WriteFile(e.owner, []byte(strconv.Itoa(os.Getpid())), 0o600)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("take %s from the cache of evaluations: %w", key, err), e.lock.Close())
	}
	return e, nil
}

// wait locks an entry that another process has.
func (c Cache) wait(ctx context.Context, e *Entry, waiting func(holder string)) error {
	holder := func() string {
		text, err := os.ReadFile(e.owner)
		if pid, bad := strconv.Atoi(strings.TrimSpace(string(text))); err == nil && bad == nil {
			return fmt.Sprintf("process %d", pid)
		}
		return ""
	}
	if waiting != nil {
		waiting(holder())
	}
	patience := cmp.Or(c.Patience, Patience)
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_, err := e.lock.TryLockContext(limited, 200*time.Millisecond)
	if limited.Err() == nil || ctx.Err() != nil {
		return err
	}
	by := ""
	if h := holder(); h != "" {
		by = " (" + h + ")"
	}
	return fmt.Errorf("%w%s and did not let it go in %v: wait until it has ended, end it, or keep indexes in another folder with --cache", ErrInUse, by, patience)
}

// Release lets others have the entry.
func (e *Entry) Release() error {
	err := os.Remove(e.owner)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, e.lock.Close())
}

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
