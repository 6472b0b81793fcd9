package index

import (
	"context"
	"fmt"
	"time"
)

// Purge drops the vectors that no chunk has needed for longer than olderThan,
// those of the space that was active before once a search in the active one has
// found something, and those of other spaces that were left longer ago than
// olderThan, and copies that have expired. Then it erases from the files the bytes of everything deleted. It
// returns how many vectors it dropped. With nothing to do it writes nothing.
func (x *Index) Purge(ctx context.Context, olderThan time.Duration) (int, error) {
	x.write.Lock()
	defer x.write.Unlock()
	if !x.expires.IsZero() && !x.now().Before(x.expires) { // to list a folder may write when it was read
		x.expire()
	}
	cutoff := x.now().Add(-olderThan)
	var dropped int64
	var marked bool
	err := x.db.update(ctx, false, func(t *tx) (err error) {
		if dropped, err = purgeVectors(t, cutoff); err != nil {
			return err
		}
		var replaced int64
		if x.searched.Load() == x.space() {
			replaced = x.replaced.Load()
		}
		more, err := purgeSpaces(t, replaced, cutoff)
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

// Outgrown receives when the space that was active before has become needless: a
// search in the active one has found something, so Purge drops it.
func (x *Index) Outgrown() <-chan struct{} { return x.outgrown }

// purgeVectors deletes vectors that have been unused since cutoff.
func purgeVectors(t *tx, cutoff time.Time) (int64, error) {
	return t.count(`DELETE FROM vector WHERE unused > 0 AND unused <= ?`, cutoff.Unix())
}

// purgeSpaces deletes a space, and those that were left before cutoff.
func purgeSpaces(t *tx, space int64, cutoff time.Time) (int64, error) {
	const left = `EXISTS (SELECT 1 FROM space WHERE active = 1) AND active = 0 AND retired > 0 AND (id = ? OR retired <= ?)`
	var some bool
	err := t.one(`SELECT EXISTS (SELECT 1 FROM space WHERE `+left+`)`, []any{space, cutoff.Unix()}, &some)
	if err != nil || !some {
		return 0, err
	}
	n, err := t.count(`DELETE FROM vector WHERE space IN (SELECT id FROM space WHERE `+left+`)`, space, cutoff.Unix())
	if err != nil {
		return 0, err
	}
	return n, t.exec(`DELETE FROM space WHERE `+left, space, cutoff.Unix())
}
