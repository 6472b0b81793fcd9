package ingest

import (
	"context"
	"sync"
)

// account bounds how many bytes of files and of their text are in memory at
// once, from reading to storing. Who comes first is served first.
type account struct {
	limit int64 // bytes

	mu    sync.Mutex
	used  int64
	queue []*share // waiting, oldest first
}

// share is what one file may take of an account.
type share struct {
	account *account
	bytes   int64
	ready   chan struct{} // closed when it is granted
}

// enter waits until n bytes fit, or everybody else has left, and takes them.
// The error is the context's.
func (a *account) enter(ctx context.Context, n int64) (*share, error) {
	s := &share{account: a, bytes: n, ready: make(chan struct{})}
	a.mu.Lock()
	a.queue = append(a.queue, s)
	a.admit()
	a.mu.Unlock()
	select {
	case <-s.ready:
		return s, nil
	case <-ctx.Done():
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	for i, other := range a.queue {
		if other == s {
			a.queue = append(a.queue[:i], a.queue[i+1:]...)
			a.admit()
			return nil, context.Cause(ctx)
		}
	}
	a.used -= s.bytes // granted at the same moment
	a.admit()
	return nil, context.Cause(ctx)
}

// try is enter where n bytes fit at once; else it returns nil.
func (a *account) try(n int64) *share {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.queue) > 0 || a.used > 0 && a.used+n > a.limit {
		return nil
	}
	a.used += n
	return &share{account: a, bytes: n}
}

// admit lets in who waits and fits; with a.mu held.
func (a *account) admit() {
	for len(a.queue) > 0 && (a.used == 0 || a.used+a.queue[0].bytes <= a.limit) {
		a.used += a.queue[0].bytes
		close(a.queue[0].ready)
		a.queue = a.queue[1:]
	}
}

// set changes what the share takes to n bytes, without waiting.
func (s *share) set(n int64) {
	if s == nil {
		return
	}
	s.account.mu.Lock()
	defer s.account.mu.Unlock()
	s.account.used += n - s.bytes
	s.bytes = n
	s.account.admit()
}

// leave gives the share back.
func (s *share) leave() { s.set(0) }
