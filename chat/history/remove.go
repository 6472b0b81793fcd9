package history

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"time"
)

// Remove forgets conversations for good: when it returns no byte of them is in
// the file or its log. It tells how many there were; where one alone is asked
// for and unknown the error is [fs.ErrNotExist]. Where an error came between, the
// conversations are gone and their bytes leave with the next removal or open.
func (s *Store) Remove(ctx context.Context, ids ...string) (int, error) {
	n := 0
	err := s.update(ctx, func(t *sql.Tx) error {
		for _, id := range ids {
			gone, err := forget(ctx, t, `id = ?`, id)
			if err != nil {
				return err
			}
			n += gone
		}
		if n == 0 {
			return nil
		}
		return markErase(ctx, t)
	})
	if err == nil && n == 0 && len(ids) == 1 {
		err = fmt.Errorf("conversation %s: %w", ids[0], fs.ErrNotExist)
	}
	return s.removed(ctx, n, err)
}

// RemoveAll forgets every conversation for good, as Remove does.
func (s *Store) RemoveAll(ctx context.Context) (int, error) { return s.removeWhere(ctx, `1`) }

// Expire forgets the conversations that were not changed for days; pinned ones
// stay. 0 days is for ever.
func (s *Store) Expire(ctx context.Context, days int) (int, error) {
	if days <= 0 {
		return 0, nil
	}
	return s.removeWhere(ctx, `pinned = 0 AND changed < ?`, time.Now().AddDate(0, 0, -days).UnixMilli())
}

func (s *Store) removeWhere(ctx context.Context, where string, args ...any) (int, error) {
	n := 0
	err := s.update(ctx, func(t *sql.Tx) (err error) {
		if n, err = forget(ctx, t, where, args...); err != nil || n == 0 {
			return err
		}
		return markErase(ctx, t)
	})
	return s.removed(ctx, n, err)
}

func (s *Store) removed(ctx context.Context, n int, err error) (int, error) {
	if err != nil {
		return 0, s.explain("forget the conversations", err)
	}
	if n > 0 {
		err = s.finishErasing(context.WithoutCancel(ctx)) // asked for once, done to the end
	}
	return n, s.explain("erase the conversations", err)
}

// forget removes the rows of the conversations that are so.
func forget(ctx context.Context, t *sql.Tx, where string, args ...any) (int, error) {
	if _, err := t.ExecContext(ctx, `DELETE FROM posting WHERE rowid IN (SELECT number FROM turn WHERE conversation IN (SELECT id FROM conversation WHERE `+where+`))`, args...); err != nil {
		return 0, err
	}
	n, err := affected(t.ExecContext(ctx, `DELETE FROM conversation WHERE `+where, args...))
	return int(n), err
}

// markErase notes that bytes have to leave the file, in the transaction that
// makes it so: whoever is killed in between goes on at the next open.
func markErase(ctx context.Context, t *sql.Tx) error {
	_, err := t.ExecContext(ctx, `INSERT OR REPLACE INTO meta (key, value) VALUES ('erase', 1)`)
	return err
}

// finishErasing makes deleted bytes leave the files where some were deleted.
// SQLite overwrites deleted rows (secure_delete) but leaves stale copies of cells
// in pages that were split, words of deleted turns in FTS5's segments, and
// everything in the log. So the words become one segment without the deleted
// ones, the file is written anew, and the log is emptied.
func (s *Store) finishErasing(ctx context.Context) error {
	var marked int
	if err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM meta WHERE key = 'erase'`).Scan(&marked); err != nil || marked == 0 {
		return err
	}
	for _, q := range []string{`INSERT INTO posting (posting) VALUES ('optimize')`, `VACUUM`} {
		if _, err := s.db.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	if err := s.emptyLog(ctx); err != nil {
		return err
	}
	if _, err := s.db.ExecContext(ctx, `DELETE FROM meta WHERE key = 'erase'`); err != nil {
		return err
	}
	return s.emptyLog(ctx)
}

// emptyLog folds the log into the file and cuts it to nothing. There is one
// connection, so nobody holds it.
func (s *Store) emptyLog(ctx context.Context) error {
	var busy, pages, moved int
	if err := s.db.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &pages, &moved); err != nil {
		return err
	}
	if busy != 0 {
		return fmt.Errorf("another program has %s open", s.path)
	}
	return nil
}
