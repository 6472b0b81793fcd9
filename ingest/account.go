package ingest

import (
	"context"
	"slices"
	"sync"
)

// account bounds how many bytes of files and of their text are in memory at
// once, from reading to storing. Who comes first is served first, but one file
// of each root always fits: files of a server that does not answer may keep what
// they took for long.
type account struct {
	limit int64 // bytes

	mu    sync.Mutex
	used  int64
	files map[int64]int // let in, by root
	queue []*share      // waiting, oldest first
}

// share is what one file may take of an account.
type share struct {
	account *account
	root    int64
	bytes   int64
	in      bool
	ready   chan struct{} // closed when it is granted
}

// enter waits until n bytes fit, or all other files of root have left, and takes
// them. The error is the context's.
func (a *account) enter(ctx context.Context, root, n int64) (*share, error) {
	s := &share{account: a, root: root, bytes: n, ready: make(chan struct{})}
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
	if i := slices.Index(a.queue, s); i >= 0 {
		a.queue = slices.Delete(a.queue, i, i+1)
	} else { // granted at the same moment
		a.expel(s)
	}
	a.admit()
	return nil, context.Cause(ctx)
}

// try is enter where n bytes fit at once; else it returns nil.
func (a *account) try(root, n int64) *share {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.queue) > 0 || a.used > 0 && a.used+n > a.limit {
		return nil
	}
	s := &share{account: a, root: root, bytes: n}
	a.take(s)
	return s
}

// admit lets in who waits and fits; with a.mu held.
func (a *account) admit() {
	full := false
	a.queue = slices.DeleteFunc(a.queue, func(s *share) bool {
		fits := !full && a.used+s.bytes <= a.limit
		if !fits && a.files[s.root] > 0 {
			full = true // whoever comes later waits behind it
			return false
		}
		a.take(s)
		close(s.ready)
		return true
	})
}

// take counts a share that was let in; with a.mu held.
func (a *account) take(s *share) {
	if a.files == nil {
		a.files = make(map[int64]int)
	}
	a.files[s.root]++
	a.used += s.bytes
	s.in = true
}

// expel counts it no more; with a.mu held.
func (a *account) expel(s *share) {
	if !s.in {
		return
	}
	s.in = false
	a.used -= s.bytes
	if a.files[s.root]--; a.files[s.root] == 0 {
		delete(a.files, s.root)
	}
}

// set changes what the share takes to n bytes, without waiting.
func (s *share) set(n int64) {
	if s == nil {
		return
	}
	s.account.mu.Lock()
	defer s.account.mu.Unlock()
	if s.in {
		s.account.used += n - s.bytes
		s.bytes = n
		s.account.admit()
	}
}

// leave gives the share back.
func (s *share) leave() {
	if s == nil {
		return
	}
	s.account.mu.Lock()
	defer s.account.mu.Unlock()
	s.account.expel(s)
	s.account.admit()
}
