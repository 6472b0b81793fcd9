package runner

import (
	"context"
	"sync"
)

// mailbox queues the replies to one call. It has no limit: a caller that reads
// slowly must not hold up the other calls, and a reply is bounded by the context.
type mailbox struct {
	id       uint64
	finished bool          // the last reply was taken; used by the taker only
	ready    chan struct{} // holds one token when queue is not empty

	mu    sync.Mutex
	queue []reply
}

func (m *mailbox) put(r reply) {
	m.mu.Lock()
	m.queue = append(m.queue, r)
	m.mu.Unlock()
	m.signal()
}

func (m *mailbox) signal() {
	select {
	case m.ready <- struct{}{}:
	default:
	}
}

func (m *mailbox) pop() (reply, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.queue) == 0 {
		return reply{}, false
	}
	r := m.queue[0]
	m.queue = m.queue[1:]
	if len(m.queue) > 0 {
		m.signal()
	}
	return r, true
}

// take waits for the next reply. It returns the reply's fault as its error,
// ctx's cause, or ErrEnded when ended is closed and nothing is left to read.
func (m *mailbox) take(ctx context.Context, ended <-chan struct{}) (reply, error) {
	for {
		if err := context.Cause(ctx); err != nil {
			return reply{}, err
		}
		if r, ok := m.pop(); ok {
			m.finished = r.last()
			if r.Fault != nil {
				return r, r.Fault
			}
			return r, nil
		}
		select {
		case <-m.ready:
		case <-ctx.Done():
		case <-ended:
			m.mu.Lock()
			left := len(m.queue)
			m.mu.Unlock()
			if left == 0 { // what the child said before its end still counts
				m.finished = true
				return reply{}, ErrEnded
			}
			m.signal()
		}
	}
}
