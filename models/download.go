package models

import (
	"time"

	"golocal"
)

// DownloadState says how a Download stands.
type DownloadState string

// The states of a Download.
const (
	DownloadWaiting DownloadState = "waiting" // for another one to end, or for the next try
	DownloadRunning DownloadState = "running"
	DownloadPaused  DownloadState = "paused" // what has come is kept
	DownloadFailed  DownloadState = "failed" // what has come is kept
	DownloadDone    DownloadState = "done"
)

// Download is a model on its way to this machine.
type Download struct {
	Name       string           `json:"name"`          // as it was asked for, in lower case, ":latest" left out
	For        Capability       `json:"for,omitempty"` // the job that golocal chose it for; "" when it was asked for by name
	State      DownloadState    `json:"state"`
	Text       string           `json:"text,omitempty"` // one line: what goes on
	TextRemark golocal.Remark   `json:"text_remark,omitzero"`
	Notes      []string         `json:"notes,omitempty"`   // lines for people about this attempt: what is fetched, from where, how large; what was passed over
	Remarks    []golocal.Remark `json:"remarks,omitempty"` // Notes, one by one
	Reason     string           `json:"reason,omitempty"`  // why it failed, or why it waits for another try
	Remark     golocal.Remark   `json:"remark,omitzero"`   // Reason
	Done       int64            `json:"done"`              // bytes
	Total      int64            `json:"total"`             // bytes; 0 when unknown
	Rate       float64          `json:"rate,omitempty"`    // bytes a second, over the last ten
	Left       float64          `json:"left,omitempty"`    // seconds; 0 when it cannot be told
	Changed    time.Time        `json:"changed,omitzero"`  // when State last changed
}

// Active tells whether the download goes on by itself.
func (d Download) Active() bool { return d.State == DownloadWaiting || d.State == DownloadRunning }

// rateSpan is the time over which a download's speed is measured.
const rateSpan = 10 * time.Second

// speed measures bytes per second over the last rateSpan.
type speed struct{ samples []sample }

type sample struct {
	at   time.Time
	done int64
}

// add notes that done bytes had come by now. A count that falls starts anew:
// the runner has begun to count again.
func (s *speed) add(now time.Time, done int64) {
	if n := len(s.samples); n > 0 {
		last := &s.samples[n-1]
		switch {
		case done < last.done:
			s.samples = s.samples[:0]
		case n > 1 && now.Sub(s.samples[n-2].at) < rateSpan/40: // enough samples for a steady figure
			last.at, last.done = now, done
			return
		}
	}
	s.samples = append(s.samples, sample{now, done})
}

// perSecond is the speed as of now; 0 while it cannot be told, and when
// nothing has come for rateSpan.
func (s *speed) perSecond(now time.Time) float64 {
	i := 0
	for i < len(s.samples)-1 && now.Sub(s.samples[i+1].at) >= rateSpan {
		i++
	}
	s.samples = s.samples[i:]
	if len(s.samples) < 2 {
		return 0
	}
	first, last := s.samples[0], s.samples[len(s.samples)-1]
	if span := now.Sub(first.at).Seconds(); span >= 0.2 && now.Sub(last.at) < rateSpan {
		return float64(last.done-first.done) / span
	}
	return 0
}
