package main

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"os"
	"sync"
	"time"

	"golocal"
)

// Bounds of what is read anew before an answer: a file that was saved a moment
// ago, not a whole collection.
const (
	freshFiles = 8         // looked at, of the best hits
	freshSize  = 256 << 10 // bytes of a file that is read anew
	freshWait  = 300 * time.Millisecond
)

// freshener is the app as chat.Refresher.
type freshener struct{ a *app }

// Refresh has those of the best files read that are others on the disk now.
func (f freshener) Refresh(ctx context.Context, hits []golocal.Hit) iter.Seq2[int, int] {
	var stale []golocal.Ref
	seen := map[int64]bool{}
	for _, h := range hits {
		if seen[h.Doc.ID] || len(seen) == freshFiles {
			continue
		}
		seen[h.Doc.ID] = true
		if f.a.differs(h.Doc) {
			stale = append(stale, h.Doc.Ref)
		}
	}
	return f.a.refreshing(ctx, stale)
}

// differs tells whether the file of a document is another than the indexed one, and
// small enough to be read at once, or gone.
func (a *app) differs(doc golocal.Document) bool {
	info, err := os.Lstat(a.path(doc.Ref))
	if err != nil {
		return a.other(doc)
	}
	return info.Size() <= freshSize && a.other(doc)
}

// other tells whether the file of a document is another than the indexed one, by
// its size and time, or gone.
func (a *app) other(doc golocal.Document) bool {
	info, err := os.Lstat(a.path(doc.Ref))
	if err != nil {
		_, rootErr := os.Lstat(a.rootPath(doc.Ref.Root))
		return errors.Is(err, fs.ErrNotExist) && rootErr == nil // an unplugged disk is no deletion
	}
	return info.Size() != doc.Size || !info.ModTime().Equal(doc.Modified)
}

// refreshing has files read before everything else, and waits a moment for that. It
// yields how many are left of them: at first, if there are any, and after each that
// was read.
func (a *app) refreshing(ctx context.Context, files []golocal.Ref) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		left := len(files)
		if left == 0 || a.index.ReadOnly() || !yield(left, left) {
			return
		}
		ctx, cancel := context.WithTimeout(ctx, freshWait)
		defer cancel()
		done := make(chan bool, len(files))
		var work sync.WaitGroup
		defer work.Wait()
		defer cancel()
		for _, ref := range files {
			work.Go(func() { done <- a.watcher.Queue().Rush(ctx, golocal.Change{Ref: ref, Op: golocal.Upsert}) == nil })
		}
		for range files {
			if <-done {
				if left--; !yield(left, len(files)) {
					return
				}
			}
		}
	}
}

// refresh is refreshing that tells whether one was read.
func (a *app) refresh(ctx context.Context, files []golocal.Ref) (read bool) {
	for left, of := range a.refreshing(ctx, files) {
		read = read || left < of
	}
	return read
}
