package engine

import "time"

// loaded is a model with its runner.
type loaded struct {
	model   *installed
	proc    runnerProcess // nil while it loads
	numCtx  int
	size    uint64 // estimated bytes of one runner
	users   int
	keep    time.Duration
	expires time.Time
	timer   *time.Timer // set while nobody uses it
}

// bytes is what the model takes with all its runners, estimated.
func (l *loaded) bytes() uint64 {
	if c, ok := l.proc.(*crew); ok {
		return l.size * uint64(c.size())
	}
	return l.size
}

// hold adds a user. p.mu is held.
func (p *pool) hold(l *loaded, m *installed, keep *time.Duration) {
	l.model = m
	l.users++
	l.keep = p.keep
	if keep != nil {
		l.keep = *keep
	}
	if l.timer != nil {
		l.timer.Stop()
		l.timer = nil
	}
	l.expires = expiry(l.keep)
}

// drop forgets a runner, which the caller closes. p.mu is held.
func (p *pool) drop(l *loaded) {
	if l.timer != nil {
		l.timer.Stop()
		l.timer = nil
	}
	delete(p.loaded, l.model.weights.Digest)
	p.signal()
}

// ended tells whether a runner is gone.
func ended(proc runnerProcess) bool {
	select {
	case <-proc.Done():
		return true
	default:
		return false
	}
}

// expiry is when something kept that long is unloaded; longer than this is for
// ever, which JSON's dates cannot say.
func expiry(keep time.Duration) time.Time {
	const century = 100 * 365 * 24 * time.Hour
	if keep < 0 || keep > century {
		keep = century
	}
	return time.Now().Add(keep)
}
