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

// BackupFolder begins the names of folders in an index's own folder that hold a
// backup on its way elsewhere. Those that a killed process leaves go at the next
// Open.
const BackupFolder = "backup-"

// Backup writes a copy of the index as it is at one moment to path, where
// nothing may be yet, with mode 0600. Reads and writes go on meanwhile. Restore
// takes the copy. Whatever happens, there is a whole copy at path or none.
func (x *Index) Backup(ctx context.Context, path string) error {
	if err := x.backup(ctx, path); err != nil {
		return fmt.Errorf("back up the index to %s: %w", path, explain(err))
	}
	return nil
}

func (x *Index) backup(ctx context.Context, path string) (err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, fs.ErrExist)
	}
	part := path + ".part"
	defer removeDatabase(part)
	removeDatabase(part)
	if err := touchPrivate(part); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", dsn(x.db.path, x.db.how+"_pragma=busy_timeout(5000)&_pragma=temp_store(2)"))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `VACUUM INTO ?`, part)
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	if err := syncFile(part); err != nil {
		return err
	}
	// A link, not a renaming: it fails where a file has come meanwhile.
	if err := os.Link(part, path); err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return os.Rename(part, path) // a file system without links
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
	if err := finish(dir); err != nil {
		return err
	}
	part := filepath.Join(dir, fileName+".restore")
	defer removeDatabase(part)
	removeDatabase(part)
	if err := copyFile(part, path); err != nil {
		return err
	}
	// A database that was kept may have its log beside it.
	if err := copyFile(part+"-wal", path+"-wal"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := errors.Join(identify(part), checkPair(part)); err != nil {
		return err
	}
	if err := examine(ctx, part); err != nil {
		return err
	}
	return replace(dir, part, ".restored")
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
	err = db.prove(ctx)
	if err == nil {
		_, err = db.checkpoint(ctx, truncate, closeDeadline) // what follows takes the file alone
	}
	return errors.Join(err, db.close(ctx))
}

// prove returns ErrDamaged unless all that lies in the file is whole.
func (d *database) prove(ctx context.Context) error {
	c := &checker{}
	err := d.view(ctx, func(t *sql.Tx) error {
		for _, step := range c.steps() {
			if err := step(ctx, t); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	switch n := len(c.report.Problems); n {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("%w: %s", ErrDamaged, c.report.Problems[0])
	default:
		return fmt.Errorf("%w: %s (and %d more)", ErrDamaged, c.report.Problems[0], n-1)
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
