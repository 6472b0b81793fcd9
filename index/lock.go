package index

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/gofrs/flock"
)

// lock says that this process alone has the index. The operating system frees
// it when the process ends, however it ends; the process id beside it is only
// read to name the holder.
type lock struct {
	file    *flock.Flock // nil where there is none and none can be made
	owner   string       // the file with the process id; "" for one that others share
	crashed bool         // who had it last did not release it
}

// take locks dir or returns an error that wraps ErrLocked and names the holder.
func take(dir string) (*lock, error) {
	file := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o600))
	ok, err := file.TryLock()
	if err != nil {
		return nil, err
	}
	owner := filepath.Join(dir, ownerName)
	if !ok {
		return nil, fmt.Errorf("%w%s: use it through that one, or stop it first", ErrLocked, holder(owner))
	}
	_, err = os.Lstat(owner)
	crashed := err == nil
	// A file of its own: on Windows a locked file cannot be read by others.
	if err := os.WriteFile(owner, []byte(strconv.Itoa(os.Getpid())), 0o600); err != nil {
		file.Close()
		return nil, err
	}
	return &lock{file, owner, crashed}, nil
}

// share locks dir, which cannot be written, against those that can.
func share(dir string) (*lock, error) {
	path := filepath.Join(dir, lockName)
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return &lock{}, nil
	}
	file := flock.New(path, flock.SetFlag(os.O_RDONLY))
	ok, err := file.TryRLock()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, fmt.Errorf("%w%s: use it through that one, or stop it first", ErrLocked, holder(filepath.Join(dir, ownerName)))
	}
	return &lock{file: file}, nil
}

func (l *lock) release() {
	if l.owner != "" {
		os.Remove(l.owner)
	}
	if l.file != nil {
		l.file.Close()
	}
}

func holder(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return ""
	}
	return fmt.Sprintf(" (process %d)", pid)
}
