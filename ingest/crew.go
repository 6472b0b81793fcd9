package ingest

import (
	"context"
	"sync"

	"golocal"
)

// Sizes of the pipeline, for each root: a root on a server that does not answer
// holds up its own files alone. Files are parsed ahead of the embedder: what is
// read and waits for vectors is bounded by files and, through accounts, by
// bytes. Large ones have a number and memory of their own, so that small ones
// never wait for them.
const (
	LargeFile  = 1 << 20 // bytes of a file, or of its text, from which on it is large
	SmallFiles = 24      // at once
	LargeFiles = 4

	smallBytes = 16 << 20 // bytes of files and text at once, of all roots
	largeBytes = 64 << 20
)

// Work takes changes from next and hands each to apply, many at a time, until
// next fails, as it does when ctx ends; then it waits for the last apply. next
// bounds how many are under way ([SmallFiles], [LargeFiles]). apply is expected
// to call Apply.
func (in *Ingester) Work(ctx context.Context, next func(context.Context) (golocal.Change, error), apply func(context.Context, golocal.Change)) {
	var all sync.WaitGroup
	defer all.Wait()
	for {
		change, err := next(ctx)
		if err != nil {
			return
		}
		all.Go(func() { apply(ctx, change) })
	}
}
