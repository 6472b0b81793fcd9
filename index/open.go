package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// openWriting locks dir and opens the index in it, making both where they are
// not there.
func openWriting(dir string) (_ *lock, _ *database, err error) {
	if err := private(dir); err != nil {
		return nil, nil, err
	}
	held, err := take(dir)
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		if err != nil {
			held.release()
		}
	}()
	if err := finish(dir); err != nil {
		return nil, nil, err
	}
	if err := tidy(dir); err != nil {
		return nil, nil, err
	}
	path := filepath.Join(dir, fileName)
	if err := checkPair(path); err != nil {
		return nil, nil, err
	}
	// SQLite gives its -wal and -shm files the mode of the database file.
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := owned(path+suffix, 0o600); err != nil {
			return nil, nil, err
		}
	}
	_, lost := os.Stat(path + "-wal")
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		held.crashed = false // there is nothing to have lost
		err = create(path)
	case err == nil: // it may be written
		err = f.Close()
	}
	if err != nil {
		return nil, nil, err
	}
	db, err := openDatabase(path, migrations)
	if err != nil {
		return nil, nil, err
	}
	// A process that is killed leaves its log behind. One that is gone may have
	// been half folded in.
	if held.crashed && errors.Is(lost, fs.ErrNotExist) {
		if err := db.prove(context.Background()); err != nil {
			return nil, nil, errors.Join(fmt.Errorf("its log was lost: %w", err), db.close(context.Background()))
		}
	}
	return held, db, nil
}

// create makes an empty index at path, whole or not at all.
func create(path string) error {
	part := path + ".new"
	removeDatabase(part)
	if err := touchPrivate(part); err != nil {
		return err
	}
	db, err := openDatabase(part, migrations)
	if err != nil {
		removeDatabase(part)
		return err
	}
	_, err = db.checkpoint(context.Background(), truncate, closeDeadline)
	if err = errors.Join(err, db.close(context.Background())); err == nil {
		err = syncFile(part)
	}
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		removeDatabase(part)
		return err
	}
	return syncFile(filepath.Dir(path))
}

// touchPrivate makes an empty file that is its owner's alone: SQLite would make
// one with mode 0644.
func touchPrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// openReading opens the index in a folder that cannot be written.
func openReading(dir string) (_ *lock, _ *database, err error) {
	path := filepath.Join(dir, fileName)
	if _, err := os.Stat(path); err != nil {
		return nil, nil, err
	}
	held, err := share(dir)
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		if err != nil {
			held.release()
		}
	}()
	if waiting(dir) {
		return nil, nil, fmt.Errorf("a repair or a restore has to be finished first: %w", ErrReadOnly)
	}
	if err := checkPair(path); err != nil {
		return nil, nil, err
	}
	// Without a log the file is all there is. With one, SQLite keeps the log's
	// index in its own memory if nobody else can have the file open: the first
	// thing a connection must hear, before its cache's size.
	how := "immutable=1&"
	if !empty(path + "-wal") {
		how = "mode=ro&vfs=unix-none&_pragma=locking_mode(EXCLUSIVE)&"
		if runtime.GOOS == "windows" {
			how = "mode=ro&vfs=win32-none&_pragma=locking_mode(EXCLUSIVE)&"
		}
	}
	db := &database{path: path, how: how, reading: true}
	if db.readers, err = openReaders(path, how); err != nil {
		return nil, nil, err
	}
	ctx := context.Background()
	if err := db.know(ctx, db.readers, len(migrations)); err != nil {
		return nil, nil, errors.Join(err, db.readers.Close())
	}
	if now := versionOf(db.user); now < len(migrations) {
		return nil, nil, errors.Join(fmt.Errorf("version %d of the index has to be changed to %d: %w", now, len(migrations), ErrReadOnly), db.readers.Close())
	}
	return held, db, nil
}

// tidy removes what killed processes left half made.
func tidy(dir string) error {
	for _, suffix := range []string{".new", ".repair", ".restore"} {
		removeDatabase(filepath.Join(dir, fileName+suffix))
	}
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		half := strings.HasPrefix(e.Name(), fileName+versionSuffix) && strings.Contains(e.Name(), ".part")
		if half || strings.HasPrefix(e.Name(), BackupFolder) && e.IsDir() {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return err
}
