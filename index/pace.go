package index

import (
	"slices"
	"sync"
	"time"
)

// pace remembers how long the last searches took.
type pace struct {
	mu   sync.Mutex // owns the rest
	last [32]time.Duration
	n    int // searches so far
}

// took notes a search that began at start.
func (p *pace) took(start time.Time) {
	d := time.Since(start)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last[p.n%len(p.last)] = d
	p.n++
}

// millis is the median in milliseconds; 0 while there were fewer than eight, of
// which the first find nothing in memory.
func (p *pace) millis() float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.n < 8 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(p.last[:min(p.n, len(p.last))]))
	return float64(sorted[len(sorted)/2].Microseconds()) / 1e3
}
