package child

import (
	"context"
	"time"
)

const (
	largeFile = 1 << 20         // bytes from which on a file may not take the last process
	slowParse = 5 * time.Second // from here on a file makes room for others
)

// lanes hand out the right to use a process. Files of a megabyte and more leave
// one process to the small ones, and one file that takes long, whatever its
// size, goes on in a process on top of the others.
type lanes struct {
	all   chan struct{} // one token per process
	large chan struct{} // of them, those that large files may have
	slow  chan struct{} // the one on top
}

func newLanes(procs int) *lanes {
	return &lanes{
		all:   make(chan struct{}, procs),
		large: make(chan struct{}, max(procs-1, 1)),
		slow:  make(chan struct{}, 1),
	}
}

// take waits for the right to use a process for a file of size bytes; the
// caller gives it back by calling release once. The error is the context's.
func (l *lanes) take(ctx context.Context, size int64) (release func(), err error) {
	var held []chan struct{}
	give := func() {
		for _, lane := range held {
			<-lane
		}
	}
	wanted := []chan struct{}{l.all}
	if size >= largeFile {
		wanted = []chan struct{}{l.large, l.all}
	}
	for _, lane := range wanted {
		select {
		case lane <- struct{}{}:
			held = append(held, lane)
		case <-ctx.Done():
			give()
			return nil, context.Cause(ctx)
		}
	}
	done, watched := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		timer := time.NewTimer(slowParse)
		defer timer.Stop()
		select {
		case <-done:
			return
		case <-timer.C:
		}
		select {
		case <-done:
		case l.slow <- struct{}{}:
			give()
			held = []chan struct{}{l.slow}
		}
	}()
	return func() {
		close(done)
		<-watched
		give()
	}, nil
}
