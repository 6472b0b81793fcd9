package index

import (
	"context"
	"database/sql"
	"encoding/binary"
	"time"
)

const (
	metaErase = "erase" // how often content was deleted since the last erase

	// How many pages one transaction works on, so that a Put waits for one step
	// at most.
	mergeStep  = 256
	vacuumStep = 1024
	scrubStep  = 512

	maxMerges = 10_000
	logTries  = 150 // to empty the log: 15 s
	// scrubLimit is the page number from where on the first byte of an overflow
	// page, part of a page number, could be taken for a b-tree's: 128 GiB.
	scrubLimit = 1 << 24
)

// erase makes deleted bytes leave the files. SQLite overwrites deleted rows
// (secure_delete), but postings stay until their segments are merged, freed
// pages until the file is cut, stale copies of cells in the unused middle of
// pages that were split, and everything in the log until it is folded in.
//
// FTS5's own secure-delete was measured at 260 ms per document of 20 chunks,
// against 3 ms, and needs the deleted text.
func (x *Index) erase(ctx context.Context) error {
	for _, step := range []func(context.Context) error{x.merge, x.vacuum, x.scrub} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	// The mark goes first: after a crash in between, the next open folds the log
	// in and the next close empties it.
	err := x.db.update(ctx, false, func(t *tx) error {
		return t.exec(`DELETE FROM meta WHERE key = ?`, metaErase)
	})
	if err != nil {
		return err
	}
	for range logTries { // a search that began before may still need the log
		done, err := x.db.checkpoint(ctx, truncate, readerWait)
		if err != nil || done {
			return err
		}
		if err := x.breathe(ctx); err != nil {
			return err
		}
	}
	return x.db.update(ctx, false, func(t *tx) error { // later, then
		return t.exec(`INSERT INTO meta (key, value) VALUES (?, 1) ON CONFLICT (key) DO NOTHING`, metaErase)
	})
}

// merge makes one segment of all postings, which leaves out those of deleted
// chunks.
func (x *Index) merge(ctx context.Context) error {
	for range maxMerges {
		more, err := x.join(ctx, -mergeStep)
		if err != nil || !more {
			return err
		}
		if err := x.breathe(ctx); err != nil {
			return err
		}
	}
	return nil
}

// vacuum gives freed pages back to the file system.
func (x *Index) vacuum(ctx context.Context) error {
	for {
		var free int
		if err := x.db.writer.QueryRowContext(ctx, `PRAGMA freelist_count`).Scan(&free); err != nil || free == 0 {
			return err
		}
		if err := x.db.vacuum(ctx, vacuumStep); err != nil {
			return err
		}
		if err := x.breathe(ctx); err != nil {
			return err
		}
	}
}

// scrub zeroes the unused middle of b-tree pages. It goes through SQLite's own
// pager, so it is as atomic as any other write.
func (x *Index) scrub(ctx context.Context) error {
	var pages []int64
	rows, err := x.db.readers.QueryContext(ctx, `SELECT pageno FROM dbstat WHERE pagetype IN ('leaf', 'internal') AND unused > 0`)
	if err != nil {
		return err
	}
	err = every(rows, func(r *sql.Rows) error {
		var n int64
		err := r.Scan(&n)
		if n < scrubLimit {
			pages = append(pages, n)
		}
		return err
	})
	if err != nil {
		return err
	}
	for len(pages) > 0 {
		step := pages[:min(scrubStep, len(pages))]
		pages = pages[len(step):]
		err := x.db.update(ctx, false, func(t *tx) error {
			for _, n := range step {
				if err := scrubPage(t, n); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if err := x.breathe(ctx); err != nil {
			return err
		}
	}
	return nil
}

func scrubPage(t *tx, n int64) error {
	var page []byte
	err := t.one(`SELECT data FROM sqlite_dbpage WHERE pgno = ?`, []any{n}, &page)
	if err == sql.ErrNoRows { // the file has become shorter
		return nil
	}
	if err != nil {
		return err
	}
	if !clearGap(page, n == 1) {
		return nil
	}
	return t.exec(`UPDATE sqlite_dbpage SET data = ? WHERE pgno = ?`, page, n)
}

// clearGap zeroes what lies between the cell pointers and the cells of a b-tree
// page, and reports whether anything was there. Other pages are left alone:
// their first byte is part of a page number below scrubLimit, so zero.
// https://www.sqlite.org/fileformat2.html#b_tree_pages.
func clearGap(page []byte, first bool) bool {
	head := 0
	if first {
		head = 100 // the file's own header
	}
	if len(page) < 512 {
		return false
	}
	pointers := head + 8
	switch page[head] {
	case 2, 5: // interior
		pointers += 4
	case 10, 13: // leaf
	default:
		return false
	}
	from := pointers + 2*int(binary.BigEndian.Uint16(page[head+3:]))
	to := int(binary.BigEndian.Uint16(page[head+5:]))
	if from > to || to > len(page) {
		return false
	}
	dirty := false
	for _, b := range page[from:to] {
		dirty = dirty || b != 0
	}
	clear(page[from:to])
	return dirty
}

// breathe lets a waiting writer go first.
func (x *Index) breathe(ctx context.Context) error {
	x.write.Unlock()
	time.Sleep(time.Millisecond)
	x.write.Lock()
	return ctx.Err()
}
