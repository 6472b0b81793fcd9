package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"golocal"
)

// FileName is the file's name in golocal's data folder.
const FileName = "chats.db"

// Why conversations cannot be kept or read; errors.Is finds them.
var (
	ErrDamaged = errors.New("the file of the conversations is damaged")
	ErrNewer   = errors.New("the file of the conversations is of a newer golocal")
	ErrFull    = errors.New("the disk is full")
)

// Words are the rules by which words are found.
type Words interface {
	// Segment returns a text as words with spaces between, as FTS5 gets it.
	Segment(text string) string
	// All is the FTS5 expression for texts that hold every word of query, "" where
	// it has none.
	All(query string) string
	// Excerpt chooses the part of a text, of about size characters, that shows why
	// query found it, and tells where in text the words stand.
	Excerpt(query, text string, size int) (golocal.Span, []golocal.Span)
}

// Options are what a Store works with; Words are needed.
type Options struct {
	Words Words
	Log   *slog.Logger // nil discards
}

// Store is the file of the conversations. It is safe for concurrent use by one
// process.
type Store struct {
	o    Options
	path string
	db   *sql.DB // of one connection, so that nobody reads while the file is rewritten
}

// applicationID marks the file as ours: "glch".
const applicationID = 0x676c6368

// migrations take the file from version n to n+1, each in one transaction that
// also writes the version. Released ones are never edited.
var migrations = []string{`
CREATE TABLE conversation (
	id      TEXT PRIMARY KEY,
	title   TEXT NOT NULL,
	pinned  INTEGER NOT NULL DEFAULT 0,
	created INTEGER NOT NULL, -- milliseconds since 1970
	changed INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX conversation_order ON conversation(pinned DESC, changed DESC, id DESC);

CREATE TABLE turn (
	number       INTEGER PRIMARY KEY AUTOINCREMENT,
	id           TEXT NOT NULL UNIQUE,
	conversation TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
	parent       TEXT NOT NULL,
	asked        INTEGER NOT NULL,
	question     TEXT NOT NULL,
	standalone   TEXT NOT NULL DEFAULT '',
	mode         TEXT NOT NULL,
	think        INTEGER NOT NULL,
	scope        TEXT NOT NULL, -- JSON
	state        TEXT NOT NULL,
	run          TEXT NOT NULL,
	answer       TEXT, -- JSON
	said         TEXT NOT NULL DEFAULT '', -- of answer: its words, for searching
	problem      TEXT NOT NULL DEFAULT ''
);
CREATE INDEX turn_conversation ON turn(conversation, number);
CREATE INDEX turn_running ON turn(state) WHERE state = 'running';

-- Rows are turns; a conversation's title stands in the row of its first one.
CREATE VIRTUAL TABLE posting USING fts5(title, question, answer, content='', contentless_delete=1,
	tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co M*'");

-- erase: deleted bytes may still lie in the file
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
`, `
ALTER TABLE turn ADD COLUMN open INTEGER NOT NULL DEFAULT 0; -- general knowledge was allowed
`, `
ALTER TABLE turn ADD COLUMN model TEXT NOT NULL DEFAULT ''; -- that was asked for by name
`, `
ALTER TABLE turn ADD COLUMN why TEXT NOT NULL DEFAULT ''; -- problem as a remark, JSON
`}

// Open opens or makes the file in dir. What was being answered when golocal was
// killed is stopped then. The errors are ErrDamaged, ErrNewer, ErrFull and those
// of the file system; the file is left as it is with any of them.
func Open(ctx context.Context, dir string, o Options) (*Store, error) {
	path := filepath.Join(dir, FileName)
	if err := discard(path); err != nil { // of a restore that was killed
		return nil, fmt.Errorf("open the conversations: %w", err)
	}
	return openFile(ctx, path, o)
}

func openFile(ctx context.Context, path string, o Options) (*Store, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Store{o: o, path: path}
	f, err := os.OpenFile(s.path, os.O_CREATE|os.O_RDWR, 0o600) // SQLite would make it readable for all
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("open the conversations: %w", err)
	}
	if s.db, err = sql.Open("sqlite", address(s.path)); err != nil {
		return nil, fmt.Errorf("open the conversations: %w", err)
	}
	s.db.SetMaxOpenConns(1)
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(s.explain("open the conversations", err), s.db.Close())
	}
	return s, nil
}

// address names the file as a URI, so that no character of the path is special.
func address(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(5000)",
		"auto_vacuum(0)",
		"secure_delete(1)", // deleted bytes are overwritten
		"foreign_keys(1)",
		"temp_store(2)", // no text in temporary files
		"trusted_schema(0)",
		"cell_size_check(1)",
		"cache_size(-4000)",
	}}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: q.Encode()}).String()
}

// quickCheck is the size of a file that is proven on opening, bytes: about 0.1 s.
const quickCheck = 32 << 20

func (s *Store) prepare(ctx context.Context) error {
	var version, id int
	if err := s.db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return err
	}
	if err := s.db.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&id); err != nil {
		return err
	}
	switch {
	case version > len(migrations):
		return ErrNewer
	case id != 0 && id != applicationID, version > 0 && id == 0:
		return ErrDamaged
	}
	if info, err := os.Stat(s.path); err == nil && version > 0 && info.Size() <= quickCheck {
		var word string
		if err := s.db.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&word); err != nil {
			return err
		}
		if word != "ok" {
			return fmt.Errorf("%w: %s", ErrDamaged, word)
		}
	}
	// A power cut may lose what was said in the last moments, never the file.
	for _, p := range []string{`journal_mode = WAL`, `synchronous = NORMAL`} {
		if _, err := s.db.ExecContext(ctx, `PRAGMA `+p); err != nil {
			return err
		}
	}
	for ; version < len(migrations); version++ {
		err := s.update(ctx, func(t *sql.Tx) error {
			for _, q := range []string{migrations[version], fmt.Sprintf(`PRAGMA user_version = %d`, version+1), fmt.Sprintf(`PRAGMA application_id = %d`, applicationID)} {
				if _, err := t.ExecContext(ctx, q); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if _, err := s.db.ExecContext(ctx, `UPDATE turn SET state = ? WHERE state = ?`, Stopped, Running); err != nil {
		return err
	}
	return s.finishErasing(ctx)
}

// update does f in one transaction.
func (s *Store) update(ctx context.Context, f func(*sql.Tx) error) error {
	t, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(t); err != nil {
		return errors.Join(err, t.Rollback())
	}
	return t.Commit()
}

// Close empties the log into the file.
func (s *Store) Close() error {
	_, err := s.db.Exec(`PRAGMA wal_checkpoint(TRUNCATE)`)
	if err != nil {
		s.o.Log.Debug("log of the conversations not emptied", "err", err) // the next open reads it
	}
	return s.db.Close()
}

// Usage counts what is kept.
func (s *Store) Usage(ctx context.Context) (Usage, error) {
	var u Usage
	if err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM conversation`).Scan(&u.Conversations); err != nil {
		return u, s.explain("count the conversations", err)
	}
	for _, end := range []string{"", "-wal"} {
		info, err := os.Stat(s.path + end)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return u, fmt.Errorf("count the conversations: %w", err)
		}
		if err == nil {
			u.Bytes += info.Size()
		}
	}
	return u, nil
}

// explain says what was done and what helps.
func (s *Store) explain(what string, err error) error {
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		switch e.Code() & 0xff {
		case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
			err = fmt.Errorf("%w (%v)", ErrDamaged, e)
		case lib.SQLITE_FULL:
			err = fmt.Errorf("%w (%v)", ErrFull, e)
		}
	}
	switch {
	case errors.Is(err, ErrNewer):
		return fmt.Errorf("%s: %w; update golocal, or move %s away to begin anew", what, err, s.path)
	case errors.Is(err, ErrDamaged):
		return fmt.Errorf("%s: %w; move %s away to begin anew", what, err, s.path)
	}
	return fmt.Errorf("%s: %w", what, err)
}
