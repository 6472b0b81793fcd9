package engine

import (
	"math"
	"time"
)

const (
	// lookPause lies between two looks at the processors.
	lookPause = 500 * time.Millisecond
	// staleLook is how old the last look may be for the next one to be compared
	// with it. After that the next look decides alone.
	staleLook = 3 * time.Second
	// risePause lies between a change of the threads and the next rise. It
	// doubles, up to maxRisePause, when a rise does not hold for as long.
	risePause    = 3 * time.Second
	maxRisePause = time.Minute
)

// view is what one look at the processors sees.
type view struct {
	known  bool    // the free processors are known
	free   float64 // processors that other programs leave
	shared bool    // the runner has told what it got
	got    float64 // processors that the runner got with its threads
}

// steer follows the free processors with a number of threads. ggml's threads
// spin while they wait for each other, so one too many on a busy machine slows
// all of them down, 40 times with two threads on two busy processors; one too
// few costs its share and no more. So it falls quickly and rises slowly, and
// each only after two looks that agree.
type steer struct {
	most int // at least 1

	n       int // threads now; 0 before the first look
	looked  time.Time
	wanted  int // by the last look
	changed time.Time
	rose    bool          // the last change was a rise
	pause   time.Duration // before the next rise; 0 is risePause
}

// look returns the number of threads for the time after now.
func (s *steer) look(now time.Time, v view) int {
	fresh := s.n == 0 || now.Sub(s.looked) > staleLook
	s.looked = now
	if fresh {
		s.n, s.rose = s.most, false
		s.n = s.want(v)
		s.wanted, s.changed = s.n, time.Time{}
		return s.n
	}
	want, before := s.want(v), s.wanted
	s.wanted = want
	if s.pause == 0 {
		s.pause = risePause
	}
	if s.rose && now.Sub(s.changed) > s.pause { // the rise has held
		s.rose, s.pause = false, risePause
	}
	switch {
	case want < s.n && before < s.n:
		if s.rose {
			s.pause = min(2*s.pause, maxRisePause)
		}
		s.n, s.rose, s.changed = max(want, before), false, now
	case want > s.n && before > s.n && now.Sub(s.changed) >= s.pause:
		s.n, s.rose, s.changed = min(want, before), true, now
	}
	return s.n
}

// want rounds the free processors to threads, to the present number where they
// lie between two.
func (s *steer) want(v view) int {
	want := s.most
	if v.known {
		down, up := math.Floor(v.free+.6), math.Floor(v.free+.3)
		want = int(max(up, min(down, float64(s.n))))
	}
	if v.shared { // whatever the cause, a limit set from outside as well
		want = min(want, int(v.got+.6))
	}
	return min(max(want, 1), s.most)
}
