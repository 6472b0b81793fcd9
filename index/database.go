package index

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite": SQLite without cgo
)

const (
	pageSize  = 8192                // 2 vectors of 768 or 5 of 384 dimensions, nearly without waste
	walLimit  = logPages * pageSize // of the log's file when it begins anew
	maxReader = 8

	busyTimeout = `busy_timeout = 5000`
)

// database is the SQLite file: one connection that writes and a pool that
// reads. In WAL mode neither waits for the other.
type database struct {
	path    string
	how     string // of opening, as a part of its URI
	readers *sql.DB
	solo    *sql.DB
	writer  *sql.Conn // of solo; owned by whoever holds Index.write
	stmts   map[string]*sql.Stmt
	folding sync.Mutex // one moves the log into the file at a time
	user    int32      // user_version of the last commit
	reading bool       // the file cannot be written
	fault   func(step string) error
}

// openDatabase opens or creates the file and migrates it.
func openDatabase(path string, steps []step) (*database, error) {
	ctx := context.Background()
	solo, err := sql.Open("sqlite", dsn(path, ""))
	if err != nil {
		return nil, err
	}
	solo.SetMaxOpenConns(1)
	d := &database{path: path, solo: solo, stmts: map[string]*sql.Stmt{}}
	if d.writer, err = solo.Conn(ctx); err != nil {
		return nil, errors.Join(err, solo.Close())
	}
	pragmas := []string{
		`journal_mode = WAL`,
		// A power cut may lose the last commits but never damages the file; the
		// watcher finds lost ones by their sums. What the user asked for by hand
		// (folders) is written with FULL (update).
		`synchronous = NORMAL`,
		`secure_delete = ON`, // deleted bytes are overwritten
		`foreign_keys = ON`,
		`temp_store = MEMORY`, // no text in temporary files
		`trusted_schema = OFF`,
		`cell_size_check = ON`,
		`cache_size = -16000`,
		fmt.Sprintf(`journal_size_limit = %d`, walLimit),
	}
	if _, err := d.writer.ExecContext(ctx, `PRAGMA `+busyTimeout); err != nil {
		return nil, errors.Join(err, d.closeWriter())
	}
	if err := d.know(ctx, d.writer, len(steps)); err != nil { // before anything is written
		return nil, errors.Join(err, d.closeWriter())
	}
	if versionOf(d.user) == 0 {
		pragmas = append([]string{
			fmt.Sprintf(`page_size = %d`, pageSize),
			`auto_vacuum = INCREMENTAL`, // Purge gives freed pages back
		}, pragmas...)
	}
	for _, pragma := range pragmas {
		if _, err := d.writer.ExecContext(ctx, `PRAGMA `+pragma); err != nil {
			return nil, errors.Join(err, d.closeWriter())
		}
	}
	if err := migrate(ctx, d, steps); err != nil {
		return nil, errors.Join(err, d.closeWriter())
	}
	if d.readers, err = openReaders(path, "_pragma=cache_size(-8000)&"); err != nil {
		return nil, errors.Join(err, d.closeWriter())
	}
	return d, nil
}

// openReaders opens a pool of connections that read.
func openReaders(path, how string) (*sql.DB, error) {
	readers, err := sql.Open("sqlite", dsn(path, how+"_pragma=busy_timeout(5000)&_pragma=query_only(1)&_pragma=temp_store(2)"))
	if err != nil {
		return nil, err
	}
	readers.SetMaxOpenConns(maxReader)
	readers.SetMaxIdleConns(maxReader)
	return readers, nil
}

// dsn names the file, whose path is absolute, as a URI, so that no character
// of the path is special.
func dsn(path, query string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: query}).String()
}

func (d *database) closeWriter() error {
	if d.reading {
		return nil
	}
	for _, s := range d.stmts {
		s.Close()
	}
	clear(d.stmts)
	return errors.Join(d.writer.Close(), d.solo.Close())
}

// close folds the log into the file, so that the folder holds one file, and
// closes every connection.
func (d *database) close(ctx context.Context) error {
	err := d.readers.Close()
	// What cannot be folded now is folded at the next open: not an error.
	if !d.reading {
		_, _ = d.checkpoint(ctx, truncate, closeDeadline)
	}
	return errors.Join(err, d.closeWriter())
}

// vacuum gives up to pages freed pages back to the file system.
func (d *database) vacuum(ctx context.Context, pages int) error {
	return d.update(ctx, false, func(t *tx) error {
		t.wrote = true
		// It works a page per row.
		rows, err := d.writer.QueryContext(t.ctx, fmt.Sprintf(`PRAGMA incremental_vacuum(%d)`, pages))
		if err != nil {
			return err
		}
		return every(rows, func(*sql.Rows) error { return nil })
	})
}

// tx is a write transaction. Its statements are prepared once per connection.
// A done context ends it between statements; none is interrupted halfway.
type tx struct {
	d     *database
	ctx   context.Context // never done; asked is
	asked context.Context
	wrote bool // what total_changes does not count
	same  bool // nothing, whatever it counts
}

// update runs f in one transaction that is on disk when update returns, or
// not at all. durable also survives a power cut.
func (d *database) update(ctx context.Context, durable bool, f func(*tx) error) (err error) {
	if d.reading {
		return ErrReadOnly
	}
	t := &tx{d: d, ctx: context.WithoutCancel(ctx), asked: ctx}
	if durable {
		if _, err := d.writer.ExecContext(t.ctx, `PRAGMA synchronous = FULL`); err != nil {
			return err
		}
		defer func() {
			_, back := d.writer.ExecContext(t.ctx, `PRAGMA synchronous = NORMAL`)
			err = errors.Join(err, back)
		}()
	}
	if err := t.exec(`BEGIN IMMEDIATE`); err != nil {
		return err
	}
	now, err := t.number(f)
	if err == nil {
		err = t.exec(`COMMIT`)
	}
	if err == nil {
		d.user = now
	} else {
		// SQLite has rolled back by itself after some errors: then this one is moot.
		_, _ = d.writer.ExecContext(t.ctx, `ROLLBACK`)
	}
	return err
}

// number does f and, where that has changed something, writes the number of this
// commit (lineage.go). It returns the user_version then.
func (t *tx) number(f func(*tx) error) (int32, error) {
	const changes = `SELECT total_changes() + ?`
	var before, after int64
	if err := t.one(changes, []any{0}, &before); err != nil {
		return 0, err
	}
	if err := f(t); err != nil {
		return 0, err
	}
	if err := t.one(changes, []any{0}, &after); err != nil {
		return 0, err
	}
	if t.same || !t.wrote && before == after {
		return t.d.user, nil
	}
	now := follow(t.d.user)
	return now, t.exec(fmt.Sprintf(`PRAGMA user_version = %d`, now))
}

func (t *tx) prepare(query string) (*sql.Stmt, error) {
	if err := t.asked.Err(); err != nil {
		return nil, err
	}
	if t.d.fault != nil {
		if err := t.d.fault(query); err != nil {
			return nil, err
		}
	}
	if s := t.d.stmts[query]; s != nil {
		return s, nil
	}
	s, err := t.d.writer.PrepareContext(t.ctx, query)
	if err == nil {
		t.d.stmts[query] = s
	}
	return s, err
}

// exec runs a statement; several in one string when there are no arguments.
func (t *tx) exec(query string, args ...any) error {
	_, err := t.count(query, args...)
	return err
}

// count runs a statement and returns how many rows it changed.
func (t *tx) count(query string, args ...any) (int64, error) {
	r, err := t.result(query, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// insert runs an INSERT and returns the new row's id.
func (t *tx) insert(query string, args ...any) (int64, error) {
	r, err := t.result(query, args...)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

func (t *tx) result(query string, args ...any) (sql.Result, error) {
	if len(args) == 0 { // rare, or several statements: not worth keeping
		if err := t.asked.Err(); err != nil {
			return nil, err
		}
		if t.d.fault != nil {
			if err := t.d.fault(query); err != nil {
				return nil, err
			}
		}
		return t.d.writer.ExecContext(t.ctx, query)
	}
	s, err := t.prepare(query)
	if err != nil {
		return nil, err
	}
	return s.ExecContext(t.ctx, args...)
}

// one scans the first row into dest; sql.ErrNoRows when there is none.
func (t *tx) one(query string, args []any, dest ...any) error {
	s, err := t.prepare(query)
	if err != nil {
		return err
	}
	return s.QueryRowContext(t.ctx, args...).Scan(dest...)
}

// each calls f for every row.
func (t *tx) each(query string, args []any, f func(*sql.Rows) error) error {
	s, err := t.prepare(query)
	if err != nil {
		return err
	}
	rows, err := s.QueryContext(t.ctx, args...)
	if err != nil {
		return err
	}
	return every(rows, f)
}

// view runs f in one read transaction: all it reads is of one moment.
func (d *database) view(ctx context.Context, f func(*sql.Tx) error) error {
	t, err := d.readers.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { _ = t.Rollback() }() // nothing to keep
	return f(t)
}

// every calls f for each row and closes them.
func every(rows *sql.Rows, f func(*sql.Rows) error) error {
	defer rows.Close()
	for rows.Next() {
		if err := f(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// never stands for the zero time in the file.
const never = math.MinInt64

// nanos is t for the file; years beyond int64 nanoseconds are cut.
func nanos(t time.Time) int64 {
	switch y := t.Year(); {
	case t.IsZero():
		return never
	case y < 1678:
		return time.Date(1678, 1, 1, 0, 0, 0, 0, time.UTC).UnixNano()
	case y > 2261:
		return time.Date(2262, 1, 1, 0, 0, 0, 0, time.UTC).UnixNano()
	}
	return t.UnixNano()
}

// moment is the time of n nanoseconds, in UTC.
func moment(n int64) time.Time {
	if n == never {
		return time.Time{}
	}
	return time.Unix(0, n).UTC()
}
