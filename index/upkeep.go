package index

import (
	"context"
	"fmt"
	"time"
)

// Sizes in pages of 8 KiB.
const (
	// foldPages is how much log is moved into the file at a time.
	foldPages = 1024
	// logPages is how long the log gets before a writer has to wait, so that it
	// can begin anew: 64 MiB. Replacing 20 chunks takes 125 pages. It gets longer
	// only while one search uses it all along.
	logPages = 8192
	// joinStep is how much of the postings one step merges: about 3 ms, because a
	// Put may have to wait for it.
	joinStep = 32

	settled    = 5 * time.Second        // without a write: the log is emptied
	readerWait = 100 * time.Millisecond // for searches that use the log
)

// addUpkeep is the step after which upkeep merges postings, four segments of a
// size, and no longer the write that happens to be the one too many. Where many
// writes at once leave it behind, each does a share of the work from eight on.
// https://www.sqlite.org/fts5.html#the_automerge_configuration_option
var addUpkeep = statements(`INSERT INTO posting (posting, rank) VALUES ('automerge', 8);`)

// upkeep does in the background, until Close, what SQLite would do inside of some
// writes, which would then take ten times as long as others: it merges the
// segments of the postings and moves the log into the file. With nothing to do it
// writes nothing.
func (x *Index) upkeep() {
	log := newLogKeeper()
	failed := false
	idle := time.NewTimer(settled)
	defer idle.Stop()
	for {
		var err error
		select {
		case <-x.alive.Done():
			return
		case <-x.write.done:
			err = x.keepUp(log)
			idle.Reset(settled)
		case <-idle.C:
			var again bool
			if again, err = x.emptyLog(); again {
				idle.Reset(settled)
			}
		}
		if err != nil && !failed && x.alive.Err() == nil {
			x.log.Warn("the index cannot be tidied up", "err", explain(err))
		}
		failed = err != nil
	}
}

// keepUp does what the writes so far have left to do. It works half the time, so
// that writers and searches come first, but goes on with every write.
func (x *Index) keepUp(log *logKeeper) error {
	for {
		if err := log.fold(x); err != nil {
			return err
		}
		x.write.Lock()
		began := time.Now()
		more, err := x.join(x.alive, joinStep)
		x.write.release()
		if err != nil {
			return err
		}
		if !more {
			return log.fold(x)
		}
		select {
		case <-time.After(time.Since(began)):
		case <-x.write.done:
		case <-x.alive.Done():
		}
	}
}

// join merges up to pages of the postings, where four segments of about one size
// have come together, and reports whether there may be more to do. A negative
// number works towards one segment, as 'optimize' does at once.
// https://www.sqlite.org/fts5.html#the_merge_command.
func (x *Index) join(ctx context.Context, pages int) (more bool, err error) {
	var before, after int64
	err = x.db.update(ctx, false, func(t *tx) error {
		if err := t.one(`SELECT total_changes() + ?`, []any{0}, &before); err != nil {
			return err
		}
		if err := t.exec(`INSERT INTO posting (posting, rank) VALUES ('merge', ?)`, pages); err != nil {
			return err
		}
		err := t.one(`SELECT total_changes() + ?`, []any{0}, &after)
		t.same = after-before < 2
		return err
	})
	return after-before >= 2, err
}

// logKeeper keeps the log short.
type logKeeper struct {
	step, limit       int // foldPages and logPages
	folded, restarted int // how long the log was when that was last tried
}

func newLogKeeper() *logKeeper { return &logKeeper{step: foldPages, limit: logPages} }

// fold moves the log into the file while writes go on. Only where it gets too
// long all the same, because there is no moment without a write or a search, does
// it keep the next write waiting, so that the log can begin anew.
func (l *logKeeper) fold(x *Index) error {
	length, moved, err := x.db.logged(x.alive)
	if err != nil {
		return err
	}
	if length < l.folded || length < l.restarted { // it has begun anew
		l.folded, l.restarted = 0, 0
	}
	if length-moved >= l.step && length >= l.folded+l.step {
		l.folded = length
		if err := x.db.fold(x.alive); err != nil {
			return err
		}
		if length, moved, err = x.db.logged(x.alive); err != nil {
			return err
		}
	}
	if length < l.limit || length == moved || length < l.restarted+l.step {
		return nil // the next write begins anew where all is moved and no search uses it
	}
	l.restarted = length
	x.write.Lock()
	defer x.write.release()
	_, err = x.db.checkpoint(x.alive, restart, readerWait)
	return err
}

// emptyLog empties the log, and reports whether that has to be tried again.
func (x *Index) emptyLog() (again bool, err error) {
	length, _, err := x.db.logged(x.alive)
	if err != nil || length == 0 {
		return false, err
	}
	x.write.Lock()
	defer x.write.release()
	done, err := x.db.checkpoint(x.alive, truncate, readerWait)
	return !done, err
}

// checkpointMode is how SQLite is asked to move the log into the file:
// https://www.sqlite.org/pragma.html#pragma_wal_checkpoint.
type checkpointMode string

const (
	look     checkpointMode = `NOOP`
	passive  checkpointMode = `PASSIVE`
	restart  checkpointMode = `RESTART`
	truncate checkpointMode = `TRUNCATE`
)

// logged is how many pages the log has, and how many of them the file has too.
func (d *database) logged(ctx context.Context) (length, moved int, err error) {
	_, length, moved, err = checkpoint(ctx, d.readers, look)
	return max(length, 0), max(moved, 0), err
}

// fold moves as much of the log into the file as searches allow. It waits for
// nobody and no write waits for it.
func (d *database) fold(ctx context.Context) error {
	d.folding.Lock()
	defer d.folding.Unlock()
	_, _, _, err := checkpoint(ctx, d.readers, passive)
	return err
}

// checkpoint moves the whole log into the file, so that it begins anew or is
// empty. It reports false when searches still need the log after wait. The caller
// holds Index.write.
func (d *database) checkpoint(ctx context.Context, mode checkpointMode, wait time.Duration) (bool, error) {
	d.folding.Lock() // SQLite would not wait for fold but fail
	defer d.folding.Unlock()
	if _, err := d.writer.ExecContext(ctx, fmt.Sprintf(`PRAGMA busy_timeout = %d`, wait.Milliseconds())); err != nil {
		return false, err
	}
	busy, _, _, err := checkpoint(ctx, d.writer, mode)
	if _, back := d.writer.ExecContext(context.WithoutCancel(ctx), `PRAGMA `+busyTimeout); err == nil {
		err = back
	}
	return busy == 0, err
}

func checkpoint(ctx context.Context, q rower, mode checkpointMode) (busy, length, moved int, err error) {
	err = q.QueryRowContext(ctx, `PRAGMA wal_checkpoint(`+string(mode)+`)`).Scan(&busy, &length, &moved)
	return busy, length, moved, err
}
