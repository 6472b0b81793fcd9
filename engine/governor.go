package engine

import (
	"log/slog"
	"math"
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
	begins    bool // nothing computed before the look at hand
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

// during does work, for which procs compute, and gives them their threads.
func (g *governor) during(work func() error, procs ...governed) error {
	shares := g.begin(procs)
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
		g.end(shares)
	}()
	return work()
}

// part is how many threads a computation that begins now can have, so many as
// the others leave.
func (g *governor) part() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.begins = len(g.computing) == 0
	g.look()
	g.begins = false
	return max(1, g.steer.n/(1+len(g.computing)))
}

// threads is the number for a runner that is about to load.
func (g *governor) threads() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.look()
	return g.steer.n
}

// glances is how often a look that begins a computation counts the running
// tasks, glancePause apart: who has just sent the request is often still at it
// in the first, and must not cost the computation a thread.
const (
	glances     = 3
	glancePause = time.Millisecond
)

// loaded counts what a runner's loading has cost as our own.
func (g *governor) loaded(proc governed) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if t, ok := g.spent(proc.PID()); ok {
		g.own += t
	}
}

func (g *governor) begin(procs []governed) []*share {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.begins = len(g.computing) == 0
	shares := make([]*share, len(procs))
	for i, proc := range procs {
		c := &share{proc: proc}
		c.spent, _ = g.spent(proc.PID())
		_, _ = proc.Usage() // tells of an earlier time
		shares[i] = c
	}
	g.computing = append(g.computing, shares...)
	g.look()
	g.begins = false
	return shares
}

func (g *governor) end(shares []*share) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, c := range shares {
		g.settle(c)
	}
	g.computing = slices.DeleteFunc(g.computing, func(o *share) bool { return slices.Contains(shares, o) })
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
	others := math.Inf(1)
	if !g.base.at.IsZero() && now.Sub(g.steer.looked) <= staleLook && window >= lookPause/2 {
		others = (s.busy - g.base.busy - g.own).Seconds() / window.Seconds()
	}
	if math.IsInf(others, 1) || g.begins {
		others = min(others, float64(g.running(s)-1)) // what ran a moment ago may have ended
	}
	v.free = float64(s.cores) - min(max(others, 0), float64(s.cores))
	g.base, g.own = s, 0
	return v
}

// running is the number of tasks that really run: those that still do at each
// of some glances.
func (g *governor) running(s sample) int {
	n := s.running
	for i := 1; i < glances && n > 1; i++ {
		time.Sleep(glancePause)
		if s, ok := g.sample(); ok {
			n = min(n, s.running)
		}
	}
	return n
}

// each is every computing runner's part of the threads. g.mu is held.
func (g *governor) each() int { return max(1, g.steer.n/max(1, len(g.computing))) }

// allot tells the computing runners their parts. g.mu is held.
func (g *governor) allot() {
	for _, c := range g.computing {
		c.proc.SetThreads(g.each())
	}
}
