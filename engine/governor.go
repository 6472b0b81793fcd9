package engine

import (
	"log/slog"
	"slices"
	"sync"
	"time"

	"golocal/engine/runner"
)

// governor gives the computing runners their threads: together not more than
// the processors that other programs leave free. It looks when a computation
// begins and every lookPause until it ends; while nothing computes it rests.
type governor struct {
	log    *slog.Logger
	sample func() (sample, bool)               // of all processors; false where there is no way to know
	spent  func(pid int) (time.Duration, bool) // processor time of a process so far

	mu        sync.Mutex // owns all below
	steer     steer
	base      sample        // the look before
	own       time.Duration // what our runners have spent since base
	computing []*share
}

// governed is what the governor needs of a runner.
type governed interface {
	PID() int
	SetThreads(n int)
	Usage() (runner.Usage, bool)
}

// sample is the state of the processors that this process may use.
type sample struct {
	at      time.Time
	cores   int
	busy    time.Duration // spent by all programs since the start of the machine
	running int           // tasks that run or wait for a processor, the one that asks included
}

// share is one runner's part of the threads while it computes.
type share struct {
	proc  governed
	spent time.Duration // processor time at the last look
}

func newGovernor(most int, log *slog.Logger) *governor {
	return &governor{log: log, sample: sampleProcessors, spent: processTime, steer: steer{most: max(most, 1)}}
}

// during does work, for which proc computes, and gives proc its threads.
func (g *governor) during(proc governed, work func() error) error {
	c := g.begin(proc)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		tick := time.NewTicker(lookPause)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				g.mu.Lock()
				g.look()
				g.mu.Unlock()
			case <-stop:
				return
			}
		}
	})
	defer func() {
		close(stop)
		wg.Wait()
		g.end(c)
	}()
	return work()
}

// threads is the number for a runner that is about to load.
func (g *governor) threads() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.look()
	return g.steer.n
}

// loaded counts what a runner's loading has cost as our own.
func (g *governor) loaded(proc governed) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if t, ok := g.spent(proc.PID()); ok {
		g.own += t
	}
}

func (g *governor) begin(proc governed) *share {
	g.mu.Lock()
	defer g.mu.Unlock()
	c := &share{proc: proc}
	c.spent, _ = g.spent(proc.PID())
	_, _ = proc.Usage() // tells of an earlier time
	g.computing = append(g.computing, c)
	g.look()
	return c
}

func (g *governor) end(c *share) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.settle(c)
	g.computing = slices.DeleteFunc(g.computing, func(o *share) bool { return o == c })
	g.allot()
}

// settle adds what a runner has spent to our own. g.mu is held.
func (g *governor) settle(c *share) {
	if t, ok := g.spent(c.proc.PID()); ok {
		g.own += max(0, t-c.spent)
		c.spent = t
	}
}

// look measures, unless that was just done, and hands out the threads. g.mu is held.
func (g *governor) look() {
	defer g.allot()
	now := time.Now()
	if g.steer.n > 0 && now.Sub(g.steer.looked) < lookPause*9/10 {
		return
	}
	v, before := g.view(now), g.steer.n
	if n := g.steer.look(now, v); n != before {
		g.log.Info("threads follow the free processors", "threads", n, "before", before,
			"known", v.known, "free", v.free, "shared", v.shared, "got", v.got)
	}
}

// view compares the processors with the look before. g.mu is held.
func (g *governor) view(now time.Time) (v view) {
	for _, c := range g.computing {
		g.settle(c)
		// A runner that has just got other threads may still tell of its last ones.
		if u, ok := c.proc.Usage(); ok && u.Threads == g.each() && len(g.computing) == 1 {
			v.shared, v.got = true, u.Cores()
		}
	}
	s, ok := g.sample()
	if !ok {
		return v
	}
	v.known = true
	window := s.at.Sub(g.base.at)
	others := float64(s.running - 1)
	if !g.base.at.IsZero() && now.Sub(g.steer.looked) <= staleLook && window >= lookPause/2 {
		others = (s.busy - g.base.busy - g.own).Seconds() / window.Seconds()
	}
	v.free = float64(s.cores) - min(max(others, 0), float64(s.cores))
	g.base, g.own = s, 0
	return v
}

// each is every computing runner's part of the threads. g.mu is held.
func (g *governor) each() int { return max(1, g.steer.n/max(1, len(g.computing))) }

// allot tells the computing runners their parts. g.mu is held.
func (g *governor) allot() {
	for _, c := range g.computing {
		c.proc.SetThreads(g.each())
	}
}
