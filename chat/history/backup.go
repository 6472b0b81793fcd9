package history

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Backup writes a copy of the conversations, as they are at one moment, to path,
// where nothing may be yet, with mode 0600. Receive takes the copy. What is said
// meanwhile waits for it.
func (s *Store) Backup(ctx context.Context, path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) // SQLite would make it readable for all
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return fmt.Errorf("back up the conversations: %w", err)
	}
	if _, err := s.db.ExecContext(ctx, `VACUUM INTO ?`, path); err != nil {
		return errors.Join(s.explain("back up the conversations", err), os.Remove(path))
	}
	return nil
}

// ErrKept says that there are conversations already, which a backup does not replace.
var ErrKept = errors.New("there are conversations already")

// incoming is what the name of a backup on its way into the place ends in.
const incoming = ".restore"

// Incoming is a backup that was proven whole and waits to take its place.
type Incoming struct{ path, part string }

// Receive copies the backup at path beside the place of the conversations in dir,
// which no process may have open, and proves it whole. Nothing has changed before
// Take. The errors are ErrKept where dir has conversations, ErrDamaged, ErrNewer,
// and those of the file system.
func Receive(ctx context.Context, dir, path string) (_ *Incoming, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("restore the conversations from %s: %w", path, err)
		}
	}()
	if info, err := os.Stat(path); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, errors.New("it is not a regular file")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	there, err := Open(ctx, dir, Options{})
	if err != nil {
		return nil, err
	}
	use, err := there.Usage(ctx)
	if err = errors.Join(err, there.Close()); err != nil {
		return nil, err
	}
	if use.Conversations > 0 {
		return nil, fmt.Errorf("%w, %d of them: golocal chats export keeps one, and golocal chats rm --all makes room", ErrKept, use.Conversations)
	}
	in := &Incoming{path: filepath.Join(dir, FileName)}
	in.part = in.path + incoming
	defer func() {
		if err != nil {
			err = errors.Join(err, in.Discard())
		}
	}()
	if err := copyPrivate(in.part, path); err != nil {
		return nil, err
	}
	return in, in.prove(ctx)
}

// prove brings the copy to this version and reads all of it.
func (in *Incoming) prove(ctx context.Context) error {
	// SQLite takes an empty file for a new database; what is ours says so in its header.
	// https://www.sqlite.org/fileformat2.html#the_database_header
	f, err := os.Open(in.part)
	if err != nil {
		return err
	}
	var header [100]byte
	_, err = io.ReadFull(f, header[:])
	f.Close()
	if err != nil || string(header[:16]) != "SQLite format 3\x00" || binary.BigEndian.Uint32(header[68:]) != applicationID {
		return fmt.Errorf("it holds no conversations of golocal: %w", ErrDamaged)
	}
	s, err := openFile(ctx, in.part, Options{})
	if err != nil {
		return err
	}
	var word string
	err = s.db.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&word)
	if err = errors.Join(s.explain("prove the conversations", err), s.Close()); err == nil && word != "ok" {
		err = fmt.Errorf("%w: %s", ErrDamaged, word)
	}
	return err
}

// Take puts the backup in its place.
func (in *Incoming) Take() error {
	for _, end := range []string{"-wal", "-shm"} { // of the empty file that was there
		if err := os.Remove(in.path + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("restore the conversations: %w", err)
		}
	}
	if err := os.Rename(in.part, in.path); err != nil {
		return fmt.Errorf("restore the conversations: %w", err)
	}
	return in.Discard()
}

// Discard removes what Take has not taken.
func (in *Incoming) Discard() error { return discard(in.path) }

// discard removes a backup that was on its way into the place of path.
func discard(path string) error {
	var errs []error
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(path + incoming + end); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// copyPrivate copies a file to one that only its owner may read.
func copyPrivate(to, from string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
