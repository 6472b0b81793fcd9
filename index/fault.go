package index

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// The ways a store can refuse. Each has another next step, so none is reported
// as another: a locked store is not a damaged one.
var (
	ErrLocked   = errors.New("another golocal has it open")
	ErrDamaged  = errors.New("the index file is damaged; golocal repair saves what is whole and reads the rest again; your own files are not touched")
	ErrNewer    = errors.New("the index was written by a newer golocal; start that version")
	ErrFull     = errors.New("the disk is full; free some space, work goes on by itself")
	ErrReadOnly = errors.New("the index cannot be written; give this user write permission on the folder and its files")
	// ErrNoRoot says that a document's root is not (or no longer) in the index.
	ErrNoRoot = errors.New("its folder is not in the index")
)

// explain names the sentinel that an error of SQLite or the operating system
// stands for. Result codes: https://www.sqlite.org/rescode.html.
func explain(err error) error {
	if err == nil {
		return nil
	}
	for _, known := range []error{ErrLocked, ErrDamaged, ErrNewer, ErrFull, ErrReadOnly} {
		if errors.Is(err, known) {
			return err
		}
	}
	var s *sqlite.Error
	if errors.As(err, &s) {
		switch code := s.Code(); code & 0xff {
		case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
			return fmt.Errorf("%w (another program holds the file): %w", ErrLocked, err)
		case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		case lib.SQLITE_FULL:
			return fmt.Errorf("%w: %w", ErrFull, err)
		case lib.SQLITE_READONLY, lib.SQLITE_CANTOPEN, lib.SQLITE_PERM:
			return fmt.Errorf("%w: %w", ErrReadOnly, err)
		case lib.SQLITE_ERROR:
			// Statements are fixed: a table or column that is not there was damaged away.
			if strings.Contains(s.Error(), "no such") {
				return fmt.Errorf("%w: %w", ErrDamaged, err)
			}
		case lib.SQLITE_IOERR:
			if code == lib.SQLITE_IOERR_SHORT_READ {
				return fmt.Errorf("%w: %w", ErrDamaged, err)
			}
		}
		return err
	}
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("%w: %w", ErrFull, err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	}
	return err
}
