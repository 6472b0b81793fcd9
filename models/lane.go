package models

import (
	"context"
	"sync"
	"time"
)

// lanes keeps indexing out of the way of people: an index batch starts only
// when no question is being embedded and no answer is being written. A batch
// that runs is never broken off, so a question waits for one batch at most.
// The zero value is ready.
type lanes struct {
	mu   sync.Mutex
	busy int           // requests of people under way
	free chan struct{} // closed when busy falls to 0; nil while it is 0
}

// enter says that a person waits. The caller must call leave once.
func (l *lanes) enter() (leave func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.busy++; l.busy == 1 {
		l.free = make(chan struct{})
	}
	return sync.OnceFunc(func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.busy--; l.busy == 0 {
			close(l.free)
			l.free = nil
		}
	})
}

// yield waits until nobody waits, but at most patience, so that long answers
// slow indexing down and never stop it. It returns ctx's error.
func (l *lanes) yield(ctx context.Context, patience time.Duration) error {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for {
		l.mu.Lock()
		free := l.free
		l.mu.Unlock()
		if free == nil {
			return ctx.Err()
		}
		select {
		case <-free:
		case <-timer.C:
			return ctx.Err()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
