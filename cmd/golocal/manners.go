package main

import (
	"context"
	"sync"
	"time"

	"golocal"
	"golocal/ingest"
	"golocal/internal/power"
	"golocal/internal/remark"
)

// The values of the config key polite.
const (
	politeAuto = "auto" // full speed on the mains, half on the battery, none on a low one
	politeOn   = "on"   // half speed always
	politeOff  = "off"  // full speed always
)

const (
	lowBattery = 20 // percent, below which indexing waits for the mains
	lookAgain  = 15 * time.Second
)

// manners keep indexing from costing more of the machine than its user would
// give it. What people wait for, questions and a sync that somebody asked for,
// is never slowed down.
type manners struct {
	mode  string
	power func() power.State

	mu      sync.Mutex // guards all below
	awaited int        // people who wait for the index
	looked  time.Time
	state   power.State
	changed chan struct{} // closed when awaited becomes more than none
}

func newManners(mode string) *manners {
	return &manners{mode: mode, power: power.Now, changed: make(chan struct{})}
}

// gait is how much of the time indexing may take.
type gait int

const (
	fullSpeed gait = iota
	halfSpeed
	standstill
)

// gait looks at the battery, at most every 15 seconds.
func (m *manners) gait(now time.Time) (gait, power.State) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.awaited > 0 || m.mode == politeOff {
		return fullSpeed, power.State{}
	}
	if m.looked.IsZero() || now.Sub(m.looked) >= lookAgain {
		m.looked, m.state = now, m.power()
	}
	s := m.state
	switch {
	case s.Battery && s.Percent > 0 && s.Percent < lowBattery:
		return standstill, s
	case s.Battery || m.mode == politeOn:
		return halfSpeed, s
	}
	return fullSpeed, s
}

// pace tells the user why indexing is slow; the zero Remark when it is not.
func (m *manners) pace() golocal.Remark {
	switch g, s := m.gait(time.Now()); {
	case g == standstill:
		return remark.New(remark.PaceWaits, s.Percent)
	case g == halfSpeed && s.Battery:
		return remark.New(remark.PaceBattery)
	case g == halfSpeed:
		return remark.New(remark.PacePolite)
	}
	return golocal.Remark{}
}

// await says that somebody waits for the index until done is called.
func (m *manners) await() (done func()) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.awaited++; m.awaited == 1 {
		close(m.changed)
		m.changed = make(chan struct{})
	}
	return sync.OnceFunc(func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.awaited--
	})
}

// sleep waits for d, or until somebody waits for the index, or ctx ends.
func (m *manners) sleep(ctx context.Context, d time.Duration) {
	m.mu.Lock()
	changed := m.changed
	awaited := m.awaited > 0
	m.mu.Unlock()
	if awaited {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-changed:
	case <-ctx.Done():
	}
}

// paced is an ingest.Embedder that rests between batches as manners ask.
type paced struct {
	ingest.Embedder
	manners *manners
}

// Embed embeds at once, or when the battery is charged again, and then rests as
// long as that took where half of the time is all that indexing may take.
func (p paced) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	for {
		if g, _ := p.manners.gait(time.Now()); g != standstill {
			break
		}
		p.manners.sleep(ctx, lookAgain)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	began := time.Now()
	vectors, err := p.Embedder.Embed(ctx, texts)
	if g, _ := p.manners.gait(time.Now()); g == halfSpeed && err == nil {
		p.manners.sleep(ctx, time.Since(began))
	}
	return vectors, err
}
