package index

import (
	"context"
	"fmt"
	"time"
)

// Purge drops the vectors that no chunk has needed for longer than olderThan,
// and those of other spaces once the active one is complete, and then erases
// from the files the bytes of everything deleted. It returns how many vectors
// it dropped. With nothing to do it writes nothing.
func (x *Index) Purge(ctx context.Context, olderThan time.Duration) (int, error) {
	x.write.Lock()
	defer x.write.Unlock()
	cutoff := x.now().Add(-olderThan)
	var dropped int64
	var marked bool
	err := x.db.update(ctx, false, func(t *tx) (err error) {
		if dropped, err = purgeVectors(t, x.space(), cutoff); err != nil {
			return err
		}
		more, err := purgeSpaces(t, cutoff)
		if dropped += more; err != nil {
			return err
		}
		if dropped > 0 {
			if err := t.exec(`INSERT INTO meta (key, value) VALUES (?, 1) ON CONFLICT (key) DO NOTHING`, metaErase); err != nil {
				return err
			}
		}
		return t.one(`SELECT EXISTS (SELECT 1 FROM meta WHERE key = ?)`, []any{metaErase}, &marked)
	})
	if err != nil {
		return 0, fmt.Errorf("purge: %w", explain(err))
	}
	if !marked {
		return 0, nil
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
