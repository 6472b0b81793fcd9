package engine

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"sync"

	"golocal/internal/headroom"
)

// crew is a loaded embedding model with more than one runner. The threads of
// one forward pass wait for each other at every step, so two runners of one
// thread each embed a batch faster than one runner of two threads: 11 % on two
// processors, more on many. The first runner serves everything else: a single
// text is done soonest with all threads on it.
type crew struct {
	runnerProcess // the first
	log           *slog.Logger
	most          int                                          // runners in all
	room          func() bool                                  // memory for one more
	spawn         func(context.Context) (runnerProcess, error) // starts one more
	lost          func()                                       // counts one that ended by itself
	ctx           context.Context                              // ends the spawning
	stop          context.CancelFunc
	spawning      sync.WaitGroup

	mu     sync.Mutex // owns all below
	more   []runnerProcess
	busy   bool // one is being spawned
	closed bool
	failed bool // no more are tried
}

// maxCrew bounds the runners of one model: beyond it memory costs more than
// the waiting saves, and each runner computes with several threads.
const maxCrew = 8

func newCrew(ctx context.Context, first runnerProcess, threads int, room func() bool, spawn func(context.Context) (runnerProcess, error), lost func(), log *slog.Logger) *crew {
	c := &crew{runnerProcess: first, log: log, most: min(threads, maxCrew), room: room, spawn: spawn, lost: lost}
	c.ctx, c.stop = context.WithCancel(ctx)
	return c
}

// crewRoom tells whether the machine has plenty of memory for one more runner
// of a model: four times what it takes.
func crewRoom(model string) func() bool {
	return func() bool {
		st, err := os.Stat(model)
		if err != nil {
			return false
		}
		available := headroom.Memory()
		return available == 0 || available/4 > uint64(st.Size())+2*processSize
	}
}

// members returns the runners for n texts, at most most and threads of them.
// Where there are fewer it has one more loaded meanwhile, for a later batch.
func (c *crew) members(n, threads int) []runnerProcess {
	c.mu.Lock()
	gone := c.bury()
	c.mu.Unlock()
	for range gone { // who counts may hold a lock that is taken before c.mu
		c.lost()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	want := min(n, threads, c.most)
	all := append([]runnerProcess{c.runnerProcess}, c.more...)
	if len(all) < want && !c.busy && !c.closed && !c.failed && c.room() {
		c.busy = true
		c.spawning.Go(c.grow)
	}
	return all[:min(len(all), max(want, 1))]
}

// bury forgets runners that have ended by themselves, and returns how many.
// c.mu is held.
func (c *crew) bury() (gone int) {
	alive := c.more[:0]
	for _, p := range c.more {
		if ended(p) {
			c.failed = true // the model crashed it; one runner is enough for such a model
			_ = p.Close()
			gone++
			continue
		}
		alive = append(alive, p)
	}
	c.more = alive
	return gone
}

func (c *crew) grow() {
	p, err := c.spawn(c.ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.busy = false
	switch {
	case err != nil:
		c.failed = true
		c.log.Info("no further runner for this model", "err", err)
	case c.closed:
		_ = p.Close()
	default:
		c.more = append(c.more, p)
	}
}

// size is the number of runners.
func (c *crew) size() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return 1 + len(c.more)
}

// Close ends all runners.
func (c *crew) Close() error {
	c.mu.Lock()
	c.closed = true
	more := c.more
	c.more = nil
	c.mu.Unlock()
	c.stop()
	errs := []error{c.runnerProcess.Close()}
	for _, p := range more {
		errs = append(errs, p.Close())
	}
	c.spawning.Wait()
	return errors.Join(errs...)
}
