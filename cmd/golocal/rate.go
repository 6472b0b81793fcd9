package main

import (
	"sync"
	"time"
)

// rate counts finished files over the last minute.
type rate struct {
	mu    sync.Mutex
	times []time.Time
}

const rateWindow = time.Minute

func (r *rate) add(now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.times = append(r.trim(now), now)
}

// perSecond is files per second while work went on within the last minute.
func (r *rate) perSecond(now time.Time) float64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.times = r.trim(now)
	if len(r.times) < 2 {
		return 0
	}
	span := now.Sub(r.times[0]).Seconds()
	if span < 0.5 {
		return 0
	}
	return float64(len(r.times)) / span
}

func (r *rate) trim(now time.Time) []time.Time {
	i := 0
	for i < len(r.times) && now.Sub(r.times[i]) > rateWindow {
		i++
	}
	return r.times[i:]
}
