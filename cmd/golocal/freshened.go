package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"sync"
	"time"

	"golocal"
	"golocal/retrieve"
)

// Bounds of what is read anew before an answer: a file that was saved a moment
// ago, not a whole collection.
const (
	freshFiles = 8         // looked at, of the best hits
	freshSize  = 256 << 10 // bytes of a file that is read anew
	freshWait  = 300 * time.Millisecond
)

// freshened is the search whose best files are those on the disk now: one that
// was changed since it was indexed is read at once, and the search is done again.
type freshened struct {
	a         *app
	retriever *retrieve.Retriever
}

func (f freshened) Retrieve(ctx context.Context, question string, scope golocal.Scope, n int) (golocal.Found, error) {
	found, err := f.retriever.Retrieve(ctx, question, scope, n)
	if err != nil {
		return found, err
	}
	var stale []golocal.Ref
	seen := map[int64]bool{}
	for _, h := range found.Hits {
		if seen[h.Doc.ID] || len(seen) == freshFiles {
			continue
		}
		seen[h.Doc.ID] = true
		if f.a.differs(h.Doc) {
			stale = append(stale, h.Doc.Ref)
		}
	}
	if !f.a.refresh(ctx, stale) {
		return found, nil
	}
	again, err := f.retriever.Retrieve(ctx, question, scope, n)
	if err != nil {
		return found, err
	}
	return again, nil
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

// refresh has files read before everything else, and waits a moment for that. It
// tells whether one was.
func (a *app) refresh(ctx context.Context, files []golocal.Ref) bool {
	if len(files) == 0 || a.index.ReadOnly() {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, freshWait)
	defer cancel()
	var wait sync.WaitGroup
	done := make([]bool, len(files))
	for i, ref := range files {
		wait.Go(func() { done[i] = a.watcher.Queue().Rush(ctx, golocal.Change{Ref: ref, Op: golocal.Upsert}) == nil })
	}
	wait.Wait()
	for _, ok := range done {
		if ok {
			return true
		}
	}
	return false
}
