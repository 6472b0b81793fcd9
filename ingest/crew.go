package ingest

import (
	"context"
	"sync"

	"golocal"
)

// Sizes of the pipeline. Files are parsed ahead of the embedder: what is read and
// waits for vectors is bounded by files and, through accounts, by bytes. Large
// ones have workers and memory of their own, so that small ones never wait for
// them.
const (
	largeFile    = 1 << 20 // bytes of a file, or of its text, from which on it is large
	smallWorkers = 24      // files at once
	largeWorkers = 4
	smallBytes   = 16 << 20 // bytes of files and text at once
	largeBytes   = 64 << 20
)

// Work takes changes from next and hands each to apply, many at a time, until
// next fails, as it does when ctx ends; then it waits for the last apply. apply
// is expected to call Apply. The order of next is kept among small files and
// among large ones.
func (in *Ingester) Work(ctx context.Context, next func(context.Context) (golocal.Change, error), apply func(context.Context, golocal.Change)) {
	small, large := make(chan golocal.Change), make(chan golocal.Change)
	var all sync.WaitGroup
	for _, lane := range []struct {
		workers int
		changes chan golocal.Change
	}{{smallWorkers, small}, {largeWorkers, large}} {
		for range lane.workers {
			all.Go(func() {
				for c := range lane.changes {
					apply(ctx, c)
				}
			})
		}
	}
	var backlog backlog
	backlog.wake = make(chan struct{}, 1)
	all.Go(func() { backlog.feed(ctx, large) })
	for {
		change, err := next(ctx)
		if err != nil {
			break
		}
		if change.Op == golocal.Upsert && in.sizeOf(change.Ref) >= largeFile {
			backlog.add(change)
			continue
		}
		select {
		case small <- change:
		case <-ctx.Done():
		}
	}
	close(small)
	backlog.end()
	all.Wait()
}

// sizeOf returns a file's size in bytes, 0 where it can't be told.
func (in *Ingester) sizeOf(ref golocal.Ref) int64 {
	f, err := in.Opener.Open(ref)
	if err != nil {
		return 0
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0
	}
	return info.Size()
}

// backlog holds changes of large files that no worker is free for.
type backlog struct {
	mu      sync.Mutex
	changes []golocal.Change
	over    bool
	wake    chan struct{}
}

func (b *backlog) add(c golocal.Change) {
	b.mu.Lock()
	b.changes = append(b.changes, c)
	b.mu.Unlock()
	b.nudge()
}

func (b *backlog) end() {
	b.mu.Lock()
	b.over = true
	b.mu.Unlock()
	b.nudge()
}

func (b *backlog) nudge() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// feed gives the changes out until the end; those that are left when ctx ends
// are dropped, as nobody works any more.
func (b *backlog) feed(ctx context.Context, to chan<- golocal.Change) {
	defer close(to)
	for {
		b.mu.Lock()
		if len(b.changes) == 0 {
			over := b.over
			b.mu.Unlock()
			if over {
				return
			}
			<-b.wake
			continue
		}
		next := b.changes[0]
		b.changes = b.changes[1:]
		b.mu.Unlock()
		select {
		case to <- next:
		case <-ctx.Done():
			return
		}
	}
}
