package index

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

const (
	metaWords    = "words"    // by which version of the rules the postings were made
	metaReworded = "reworded" // chunks up to this id were made anew since
	// rewordBatch is how many chunks one transaction makes anew, so that a Put
	// waits for as long as it takes itself.
	rewordBatch = 50
)

// rewording makes the postings of an index anew that other rules of words made
// (wordRules), from the stored text, chunk by chunk in the background. Searches
// go on meanwhile: most words are alike under both rules. A crash costs one
// batch.
type rewording struct {
	done chan struct{} // closed when the postings are as the rules want, or err is set
	err  error
}

// beginRewording looks whether the postings follow the rules, and begins to
// make them anew where they do not. It belongs to Open.
func (x *Index) beginRewording() error {
	x.reworded.done = make(chan struct{})
	rules, err := metaValue(x.alive, x.db.readers, metaWords)
	if err == nil && rules != wordRules && x.chunks.Load() == 0 && !x.db.reading {
		err = x.db.update(x.alive, false, stampWords)
		rules = wordRules
	}
	if x.db.reading && rules != wordRules {
		x.reworded.err = ErrReadOnly
	}
	if err != nil || rules == wordRules || x.db.reading {
		close(x.reworded.done)
		return err
	}
	x.loads.Go(func() {
		defer close(x.reworded.done)
		start := time.Now()
		more := true
		for more && err == nil {
			more, err = x.reword()
		}
		if x.reworded.err = err; err == nil {
			x.generation.Add(1)
			x.log.Info("postings follow the new rules of words", "dur", time.Since(start))
		} else if x.alive.Err() == nil {
			x.log.Error("postings do not follow the new rules of words yet; the next start goes on", "err", err)
		}
	})
	return nil
}

// stampWords notes that all postings follow the rules.
func stampWords(t *tx) error {
	if err := t.exec(`DELETE FROM meta WHERE key = ?`, metaReworded); err != nil {
		return err
	}
	return t.exec(`INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)`, metaWords, wordRules)
}

// reword makes a batch anew and reports whether there is more.
func (x *Index) reword() (bool, error) {
	x.write.Lock()
	defer x.write.Unlock()
	more := true
	err := x.db.update(x.alive, false, func(t *tx) error {
		after, err := metaValue(t.ctx, t.d.writer, metaReworded)
		if err != nil {
			return err
		}
		rows, err := rewordable(t, after)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			more = false
			// Old postings stay in the file until they are merged away.
			if err := t.exec(`INSERT INTO meta (key, value) VALUES (?, 1) ON CONFLICT (key) DO NOTHING`, metaErase); err != nil {
				return err
			}
			return stampWords(t)
		}
		for _, r := range rows {
			if err := rewordChunk(t, r); err != nil {
				return err
			}
		}
		return t.exec(`INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)`, metaReworded, rows[len(rows)-1].chunk.chunk.ID)
	})
	return more, err
}

// postingRow is a chunk and its document, which a posting is made of.
type postingRow struct {
	chunk chunkRow
	doc   documentRow
}

func rewordable(t *tx, after int64) ([]postingRow, error) {
	var found []postingRow
	err := t.each(`SELECT `+chunkColumns+`, `+documentColumns+` FROM chunk c JOIN document d ON d.id = c.doc WHERE c.id > ? ORDER BY c.id LIMIT ?`,
		[]any{after, rewordBatch}, func(rows *sql.Rows) error {
			var r postingRow
			err := rows.Scan(append(r.chunk.dest(), r.doc.dest()...)...)
			found = append(found, r)
			return err
		})
	return found, err
}

// rewordChunk replaces a chunk's posting. A damaged chunk keeps what it has:
// Check finds it.
func rewordChunk(t *tx, r postingRow) error {
	doc, err := r.doc.document()
	var text string
	if err == nil {
		text, err = readText(t.ctx, t.d.writer, doc.ID, r.chunk.chunk.Span, r.doc.length)
	}
	var heading []string
	if err == nil && json.Unmarshal([]byte(r.chunk.heading), &heading) != nil {
		err = ErrDamaged
	}
	if errors.Is(err, ErrDamaged) {
		return nil
	}
	if err == nil {
		err = t.exec(`DELETE FROM posting WHERE rowid = ?`, r.chunk.chunk.ID)
	}
	if err == nil {
		err = writePosting(t, r.chunk.chunk.ID, text, heading, postedOf(doc))
	}
	return err
}

// awaitWords waits until the postings follow the rules.
func (x *Index) awaitWords(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-x.reworded.done:
	}
	if x.reworded.err != nil {
		return fmt.Errorf("make the postings anew: %w", x.reworded.err)
	}
	return nil
}

// metaValue is a number that the file keeps, 0 where it has none.
func metaValue(ctx context.Context, q rower, key string) (n int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT value FROM meta WHERE key = ?`, key).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return n, err
}
