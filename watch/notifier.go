package watch

import (
	"errors"
	"sync"

	"github.com/fsnotify/fsnotify"
)

// notifier is the system's reports of changes, from one fsnotify.Watcher.
type notifier struct {
	add    func(path string) error
	remove func(path string) error
	close  func() error
	events <-chan fsnotify.Event // closed by close
	errors <-chan error
}

func newNotifier() (*notifier, error) {
	fw, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	return &notifier{add: fw.Add, remove: fw.Remove, close: fw.Close, events: fw.Events, errors: fw.Errors}, nil
}

// maxBacklog is how many events wait for a tree before the whole root is
// compared instead.
const maxBacklog = 1 << 16

// backlog holds the events between the system and a tree, so that the system's
// own queue is emptied while the tree is busy.
type backlog struct {
	wake chan struct{} // holds one token when there is something to take

	mu     sync.Mutex // guards all below
	events []fsnotify.Event
	lost   bool
	cause  error // of lost, nil for an overflow
}

// pump moves n's events into b until n is closed.
func (b *backlog) pump(n *notifier) {
	events, errs := n.events, n.errors
	for events != nil || errs != nil {
		select {
		case ev, ok := <-events:
			if !ok {
				events = nil
				continue
			}
			b.push(ev)
		case err, ok := <-errs:
			if !ok {
				errs = nil
				continue
			}
			if errors.Is(err, fsnotify.ErrEventOverflow) {
				err = nil
			}
			b.lose(err)
		}
	}
}

func (b *backlog) push(ev fsnotify.Event) {
	if ev.Op == 0 {
		return
	}
	b.mu.Lock()
	n := len(b.events)
	switch {
	case b.lost:
	case n > 0 && b.events[n-1].Name == ev.Name && b.events[n-1].Op == ev.Op:
	case n == maxBacklog:
		b.events, b.lost = nil, true
	default:
		b.events = append(b.events, ev)
	}
	b.mu.Unlock()
	b.signal()
}

// lose says that events are missing.
func (b *backlog) lose(cause error) {
	b.mu.Lock()
	b.events, b.lost, b.cause = nil, true, cause
	b.mu.Unlock()
	b.signal()
}

func (b *backlog) signal() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// take empties b.
func (b *backlog) take() (events []fsnotify.Event, lost bool, cause error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	events, lost, cause = b.events, b.lost, b.cause
	b.events, b.lost, b.cause = nil, false, nil
	return events, lost, cause
}
