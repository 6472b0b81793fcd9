package index

import (
	"context"
	"fmt"
	"time"
)

const (
	metaErase = "erase" // how often content was deleted since the last erase
	// eraseStep is how many pages of postings one transaction merges, so that a
	// Put waits for one step at most.
	eraseStep   = 256
	vacuumStep  = 1024 // pages
	eraseRounds = 10_000
)

// Purge drops the vectors that no chunk has needed for longer than olderThan,
// and those of other spaces once the active one is complete, and then erases
// from the files the bytes of everything deleted. It returns how many vectors
// it dropped. With nothing to do it writes nothing.
func (x *Index) Purge(ctx context.Context, olderThan time.Duration) (int, error) {
	x.write.Lock()
	defer x.write.Unlock()
	cutoff := x.now().Add(-olderThan)
	var idle bool
	err := x.db.writer.QueryRowContext(ctx, `SELECT NOT EXISTS (SELECT 1 FROM vector WHERE unused > 0 AND unused <= ?) AND NOT EXISTS (SELECT 1 FROM meta WHERE key = ?)`,
		cutoff.Unix(), metaErase).Scan(&idle)
	if err != nil {
		return 0, fmt.Errorf("purge: %w", explain(err))
	}
	if idle {
		return 0, nil
	}
	var dropped int64
	err = x.db.update(ctx, false, func(t *tx) (err error) {
		if dropped, err = purgeVectors(t, x.space(), cutoff); err != nil {
			return err
		}
		more, err := purgeSpaces(t, cutoff)
		dropped += more
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("purge: %w", explain(err))
	}
	if err := x.erase(ctx); err != nil {
		return int(dropped), fmt.Errorf("purge: erase deleted bytes: %w", explain(err))
	}
	return int(dropped), nil
}

// purgeVectors deletes vectors that have been unused since cutoff: those of the
// active space, and those of others whose input is in no chunk any more.
func purgeVectors(t *tx, active int64, cutoff time.Time) (int64, error) {
	n, err := t.count(`DELETE FROM vector WHERE unused > 0 AND unused <= ? AND space = ?`, cutoff.Unix(), active)
	if err != nil {
		return 0, err
	}
	var others bool
	if err := t.one(`SELECT EXISTS (SELECT 1 FROM vector WHERE unused > 0 AND unused <= ?)`, []any{cutoff.Unix()}, &others); err != nil || !others {
		return n, err
	}
	more, err := t.count(`DELETE FROM vector WHERE unused > 0 AND unused <= ? AND sum NOT IN (SELECT sum FROM chunk)`, cutoff.Unix())
	if err == nil && n+more > 0 {
		err = t.exec(`INSERT INTO meta (key, value) VALUES (?, 1) ON CONFLICT (key) DO NOTHING`, metaErase)
	}
	return n + more, err
}

// purgeSpaces deletes spaces that were left before cutoff, once no chunk waits
// for a vector in the active one.
func purgeSpaces(t *tx, cutoff time.Time) (int64, error) {
	const left = `SELECT id FROM space WHERE active = 0 AND retired <= ?`
	var ready bool
	err := t.one(`SELECT EXISTS (SELECT 1 FROM space WHERE active = 1) AND NOT EXISTS (SELECT 1 FROM chunk WHERE vector IS NULL) AND EXISTS (`+left+`)`, []any{cutoff.Unix()}, &ready)
	if err != nil || !ready {
		return 0, err
	}
	n, err := t.count(`DELETE FROM vector WHERE space IN (`+left+`)`, cutoff.Unix())
	if err != nil {
		return 0, err
	}
	return n, t.exec(`DELETE FROM space WHERE active = 0 AND retired <= ?`, cutoff.Unix())
}

// erase makes deleted bytes leave the files. Deleted rows are overwritten as
// they go (secure_delete); postings of deleted chunks leave when their segments
// are merged, freed pages when the file is cut, and the log when it is folded
// in. FTS5's own secure-delete was measured at 260 ms per document of 20 chunks,
// against 3 ms, and would not work without the text.
func (x *Index) erase(ctx context.Context) error {
	for range eraseRounds {
		var changed int64
		err := x.db.update(ctx, false, func(t *tx) error {
			var before, after int64
			if err := t.one(`SELECT total_changes() + ?`, []any{0}, &before); err != nil {
				return err
			}
			// A negative step merges all segments in the end, as 'optimize' does at once:
			// https://www.sqlite.org/fts5.html#the_merge_command.
			if err := t.exec(`INSERT INTO posting (posting, rank) VALUES ('merge', ?)`, -eraseStep); err != nil {
				return err
			}
			err := t.one(`SELECT total_changes() + ?`, []any{0}, &after)
			changed = after - before
			return err
		})
		if err != nil {
			return err
		}
		if changed < 2 {
			break
		}
		if err := x.breathe(ctx); err != nil {
			return err
		}
	}
	for {
		var free int
		if err := x.db.writer.QueryRowContext(ctx, `PRAGMA freelist_count`).Scan(&free); err != nil {
			return err
		}
		if free == 0 {
			break
		}
		if err := x.db.vacuum(ctx, vacuumStep); err != nil {
			return err
		}
		if err := x.breathe(ctx); err != nil {
			return err
		}
	}
	// The mark goes first: a crash between the two leaves the log, which the
	// next open folds in and the next close empties.
	err := x.db.update(ctx, false, func(t *tx) error {
		return t.exec(`DELETE FROM meta WHERE key = ?`, metaErase)
	})
	if err != nil {
		return err
	}
	for range 3 { // a search that began before may still need the log: each waits busy_timeout
		done, err := x.db.checkpoint(ctx)
		if err != nil || done {
			return err
		}
	}
	return x.db.update(ctx, false, func(t *tx) error { // later, then
		return t.exec(`INSERT INTO meta (key, value) VALUES (?, 1) ON CONFLICT (key) DO NOTHING`, metaErase)
	})
}

// breathe lets a waiting writer go first.
func (x *Index) breathe(ctx context.Context) error {
	x.write.Unlock()
	time.Sleep(time.Millisecond)
	x.write.Lock()
	return ctx.Err()
}
