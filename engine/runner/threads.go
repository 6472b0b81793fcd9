package runner

import "time"

// Usage says what the forward passes of about the last fifth of a second got
// of the processors. Threads of ggml spin while they wait for each other, so
// passes that had the processors to themselves spend Threads seconds of
// processor time in each second; those that had to share them spend less.
type Usage struct {
	Threads int           `json:"threads"` // that computed
	Wall    time.Duration `json:"wall"`
	CPU     time.Duration `json:"cpu"` // of the whole child, on all processors
}

// Cores is how many processors the passes got.
func (u Usage) Cores() float64 {
	if u.Wall <= 0 {
		return 0
	}
	return u.CPU.Seconds() / u.Wall.Seconds()
}

// SetThreads changes how many threads compute, from the next forward pass on:
// a request that is being computed goes on and nothing is loaded again.
func (p *Process) SetThreads(n int) {
	if n < 1 || p.threads.Swap(int64(n)) == int64(n) {
		return
	}
	_ = p.send.write(call{Threads: n}) // an error means that the child is gone
}

// Usage returns the last report of the child, once; false if there is no new
// one. A child that computes with one thread, which waits for no other, sends
// none.
func (p *Process) Usage() (Usage, bool) {
	u := p.usage.Swap(nil)
	if u == nil {
		return Usage{}, false
	}
	return *u, true
}

// PID is the child's process number.
func (p *Process) PID() int { return p.cmd.Process.Pid }
