package index

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Backup writes a copy of the index as it is at one moment to path, where
// nothing may be yet, with mode 0600. Reads and writes go on meanwhile. Restore
// takes the copy. A backup that fails leaves no file.
func (x *Index) Backup(ctx context.Context, path string) (err error) {
	// An empty file of our own first: VACUUM INTO would make one with mode 0644.
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("back up the index: %w", explain(err))
	}
	defer func() {
		if err != nil {
			os.Remove(path)
			err = fmt.Errorf("back up the index to %s: %w", path, explain(err))
		}
	}()
	if err := f.Close(); err != nil {
		return err
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", dsn(x.db.path, "_pragma=busy_timeout(5000)&_pragma=temp_store(2)"))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `VACUUM INTO ?`, abs)
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	return syncFile(path)
}

// Restore puts the backup at path in the place of the index in dir, which no
// process may have open. The index that was there is kept in dir as
// index.db.before-restore. Errors wrap ErrDamaged where the backup is no whole
// index, ErrNewer where a newer golocal wrote it; then nothing has changed.
func Restore(ctx context.Context, dir, path string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("restore the index from %s: %w", path, explain(err))
		}
	}()
	if dir, err = filepath.Abs(dir); err != nil {
		return err
	}
	if info, err := os.Stat(path); err != nil {
		return err
	} else if !info.Mode().IsRegular() {
		return errors.New("it is not a regular file")
	}
	if err := private(dir); err != nil {
		return err
	}
	held, err := take(dir)
	if err != nil {
		return err
	}
	defer held.release()
	part := filepath.Join(dir, fileName+".restore")
	defer removeDatabase(part)
	removeDatabase(part)
	if err := copyFile(part, path); err != nil {
		return err
	}
	if err := identify(part); err != nil {
		return err
	}
	if err := examine(ctx, part); err != nil {
		return err
	}
	return replace(dir, part, "before-restore")
}

// identify tells by a file's header whether it is an index of ours: SQLite
// would take an empty file for a new database.
// https://www.sqlite.org/fileformat2.html#the_database_header
func identify(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var header [100]byte
	if _, err := io.ReadFull(f, header[:]); err != nil || string(header[:16]) != "SQLite format 3\x00" || binary.BigEndian.Uint32(header[68:]) != applicationID {
		return fmt.Errorf("it is no index of golocal: %w", ErrDamaged)
	}
	return nil
}

// examine opens a copy, which brings it to this version, and proves it whole.
func examine(ctx context.Context, path string) error {
	db, err := openDatabase(path, migrations)
	if err != nil {
		return err
	}
	c := &checker{}
	err = db.view(ctx, func(t *sql.Tx) error {
		for _, step := range []func(context.Context, *sql.Tx) error{c.structure, c.counterparts, c.named, c.documents, c.text, c.vectors} {
			if err := step(ctx, t); err != nil {
				return err
			}
		}
		return nil
	})
	if err = errors.Join(err, db.close(ctx)); err != nil {
		return err
	}
	if n := len(c.report.Problems); n > 0 {
		return fmt.Errorf("%w: %s (and %d more)", ErrDamaged, c.report.Problems[0], n-1)
	}
	return nil
}

// replace makes the database file part, which nobody has open, the index in
// dir. The one that was there is kept under its name and suffix, with its log.
func replace(dir, part, suffix string) error {
	path := filepath.Join(dir, fileName)
	kept := path + "." + suffix
	removeDatabase(kept)
	for _, log := range []string{"-wal", ""} { // the log first: without its file it is nothing, and the file without it is old
		if err := os.Rename(path+log, kept+log); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	os.Remove(path + "-shm")
	if err := syncFile(part); err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		return errors.Join(err, os.Rename(kept, path), os.Rename(kept+"-wal", path+"-wal"))
	}
	return syncFile(dir)
}

// removeDatabase deletes a database file and what SQLite keeps beside it.
func removeDatabase(path string) {
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		os.Remove(path + suffix)
	}
}

// copyFile copies a file to a new one that is its owner's alone.
func copyFile(to, from string) (err error) {
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
	return errors.Join(err, out.Close())
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
