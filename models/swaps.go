package models

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"golocal"
	"golocal/internal/remark"
)

// reloadedAfter is the load time from which a reply tells that its model was
// not in memory: a warm one reports a few milliseconds, the smallest cold one
// about half a second.
const reloadedAfter = 300 * time.Millisecond

// Swaps tells how often models had to leave memory for each other, and what
// that cost.
type Swaps struct {
	Count      int            `json:"count"`
	Seconds    float64        `json:"seconds"` // spent on loading models that had been loaded
	Crashes    int            `json:"crashes"` // of the engine's runners
	Text       string         `json:"text,omitempty"`
	NextStep   string         `json:"next_step,omitempty"`
	Remark     golocal.Remark `json:"remark,omitzero"` // Text
	NextRemark golocal.Remark `json:"next_remark,omitzero"`
}

// swaps watches for models that leave memory before their time: Ollama says
// nothing when it unloads one to make room. A model that golocal used within
// its keep-alive and with the same context was swapped out when its next reply
// reports a load, or when it is gone from /api/ps while another is there.
type swaps struct {
	mu      sync.Mutex // guards the fields below
	used    map[string]*stayed
	count   int
	seconds float64
	worst   [2]string // the model that was swapped out last, and what for; "" is not known
}

// stayed is a model that should be in memory.
type stayed struct {
	name    string
	context int
	last    time.Time // when it answered
	until   time.Time // the runner keeps it
	busy    int
	gone    bool   // counted already
	by      string // model that was used after it
}

// begin notes that a request to a model goes out. The function that it returns
// is to be called when the model has answered: with which context it is loaded,
// how long its load took, and how long it is kept; ok is false when it failed.
func (s *swaps) begin(name string) (done func(context int, load, keep time.Duration, ok bool)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.used == nil {
		s.used = map[string]*stayed{}
	}
	key := canonical(name)
	m := s.used[key]
	if m == nil {
		m = &stayed{name: name}
		s.used[key] = m
	}
	m.busy++
	began := time.Now()
	return func(context int, load, keep time.Duration, ok bool) {
		s.mu.Lock()
		defer s.mu.Unlock()
		m.busy--
		if !ok {
			if m.busy == 0 && s.used[key] == m {
				delete(s.used, key) // who knows what happened to it
			}
			return
		}
		// Two requests that waited for one load are no swap: the second began
		// before the first was answered.
		if m.context == context && began.After(m.last) && began.Before(m.until) && load >= reloadedAfter {
			if !m.gone {
				s.swapped(m, m.by)
			}
			s.seconds += load.Seconds()
		}
		m.last = time.Now()
		m.context, m.until, m.gone, m.by = context, m.last.Add(keep), false, ""
		for _, other := range s.used {
			if other != m {
				other.by = m.name
			}
		}
	}
}

// swapped counts one. s.mu is held.
func (s *swaps) swapped(m *stayed, by string) {
	m.gone = true
	s.count++
	s.worst = [2]string{m.name, by}
}

// slack is how much before its time a model may be gone without a reason.
const slack = 2 * time.Second

// seen compares with the models that the runner has loaded now.
func (s *swaps) seen(loaded []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	for key, m := range s.used {
		there := slices.ContainsFunc(loaded, func(name string) bool { return canonical(name) == key })
		switch {
		case m.busy > 0 || m.gone || there:
		case len(loaded) == 0 || !now.Before(m.until.Add(-slack)):
			delete(s.used, key) // unloaded on time, by hand, or with its runner
		default:
			by := m.by
			if !slices.ContainsFunc(loaded, func(name string) bool { return sameModel(name, by) }) {
				by = loaded[0]
			}
			s.swapped(m, by)
		}
	}
}

// forget drops what is known of a model that was unloaded on purpose; "" is
// all of them, as after a restart of the runner.
func (s *swaps) forget(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key := range s.used {
		if (name == "" || canonical(name) == key) && s.used[key].busy == 0 {
			delete(s.used, key)
		}
	}
}

// total is what is known, with advice. Of the engine own are the counts that it
// keeps itself; pair are the two models in use.
func (s *swaps) total(own *engineCounts, pair [2]string) Swaps {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := Swaps{Count: s.count, Seconds: s.seconds}
	a, b := s.worst[0], s.worst[1]
	if own != nil {
		out.Count, out.Crashes = own.Swaps, own.Crashes
		if b == "" && pair[0] != "" && pair[1] != "" {
			a, b = pair[0], pair[1]
		}
	}
	times := remark.New(remark.SwapTimes, out.Count)
	if out.Count == 1 {
		times = remark.New(remark.SwapOnce)
	}
	var lost golocal.Remark
	if out.Seconds > 0 {
		lost = remark.New(remark.SwapLost, fmt.Sprintf("%.1f", out.Seconds))
	}
	switch {
	case out.Count == 0:
	case b != "" && b != a:
		out.Remark, out.NextRemark = remark.New(remark.SwappedPair, a, b, times, lost), remark.New(remark.SwapSmaller)
		if own == nil {
			out.NextRemark = remark.New(remark.SwapSmallerOllama)
		}
	default:
		out.Remark, out.NextRemark = remark.New(remark.SwappedOther, a, times, lost), remark.New(remark.SwapSee)
	}
	out.Text, out.NextStep = remark.Say("en", out.Remark), remark.Say("en", out.NextRemark)
	return out
}
