package engine

import (
	"slices"
	"testing"
	"time"
)

func TestSteer_Follows(t *testing.T) {
	free := func(f float64) view { return view{known: true, free: f} }
	got := func(f float64) view { return view{shared: true, got: f} }
	blind := view{}
	type step struct {
		after time.Duration // since the step before
		view  view
		want  int
	}
	const look = lookPause
	for _, c := range []struct {
		name  string
		most  int
		steps []step
	}{
		{"a quiet machine", 2, []step{{0, free(2), 2}, {look, free(1.9), 2}, {look, free(2), 2}}},
		{"busy at the first look", 2, []step{{0, free(0), 1}, {look, free(0), 1}}},
		{"never less than one", 4, []step{{0, free(0), 1}, {look, free(0), 1}, {look, free(0), 1}}},
		{"never more than allowed", 2, []step{{0, free(64), 2}, {look, free(64), 2}, {look, free(64), 2}}},
		{"one busy look is a spike", 2, []step{{0, free(2), 2}, {look, free(0), 2}, {look, free(2), 2}, {look, free(0), 2}, {look, free(2), 2}}},
		{"two busy looks are load", 2, []step{{0, free(2), 2}, {look, free(0), 2}, {look, free(.3), 1}}},
		{"the milder of the two counts", 8, []step{{0, free(8), 8}, {look, free(1), 8}, {look, free(5), 5}}},
		{"between two numbers the present one stays, from above", 4, []step{{0, free(4), 4}, {look, free(3.5), 4}, {look, free(3.45), 4}, {look, free(3.5), 4}}},
		{"between two numbers the present one stays, from below", 4, []step{{0, free(3), 3}, {look, free(3.5), 3}, {look, free(3.6), 3}, {look, free(3.5), 3}}},
		{"quiet again after the first look", 2, []step{{0, free(0), 1}, {look, free(2), 1}, {look, free(2), 2}}},
		{"quiet again, not before the pause has passed", 2, []step{
			{0, free(2), 2}, {look, free(0), 2}, {look, free(0), 1},
			{look, free(2), 1}, {look, free(2), 1}, {look, free(2), 1}, {look, free(2), 1}, {look, free(2), 1}, {look, free(2), 2},
		}},
		{"rises that do not hold become rare", 2, []step{
			{0, free(2), 2}, {look, free(0), 2}, {look, free(0), 1}, // falls
			{2500 * time.Millisecond, free(2), 1}, {look, free(2), 2}, // rises after 3 s
			{look, free(0), 2}, {look, free(0), 1}, // falls after 1 s
			{2500 * time.Millisecond, free(2), 1}, {look, free(2), 1}, // 3 s are too soon now
			{2500 * time.Millisecond, free(2), 1}, {look, free(2), 2}, // 6 s are not
		}},
		{"an old look is not believed", 2, []step{{0, free(2), 2}, {staleLook + 1, free(0), 1}, {time.Minute, free(2), 2}}},
		{"blind, with processors to itself", 4, []step{{0, blind, 4}, {look, got(3.9), 4}, {look, got(3.8), 4}, {look, got(3.9), 4}}},
		{"blind, and sharing", 4, []step{{0, blind, 4}, {look, got(2.1), 4}, {look, got(2), 2}, {look, blind, 2}, {look, blind, 2}}},
		{"blind, tries again", 4, []step{{0, blind, 4}, {look, got(2.1), 4}, {look, got(2), 2}, {look, blind, 2}, {2 * time.Second, blind, 2}, {look, blind, 4}}},
		{"a quota shows in what the runner got", 4, []step{{0, free(60), 4}, {look, view{true, 60, true, 1.1}, 4}, {look, view{true, 60, true, 1}, 1}}},
	} {
		s := steer{most: c.most}
		now := time.Unix(1e9, 0)
		for i, st := range c.steps {
			now = now.Add(st.after)
			if n := s.look(now, st.view); n != st.want {
				t.Errorf("%s: step %d: %d threads, want %d", c.name, i, n, st.want)
				break
			}
		}
	}
}

// Load that comes and goes every second must not change the threads every
// second: each rise that does not hold makes the next one wait twice as long.
func TestSteer_DoesNotFlap(t *testing.T) {
	s := steer{most: 2}
	now := time.Unix(1e9, 0)
	var changes []time.Duration
	last := s.look(now, view{known: true, free: 2})
	for at := lookPause; at < 5*time.Minute; at += lookPause {
		free := 2.0
		if at/time.Second%2 == 1 {
			free = 0
		}
		if n := s.look(now.Add(at), view{known: true, free: free}); n != last {
			changes = append(changes, at)
			last = n
		}
	}
	if len(changes) < 3 || len(changes) > 20 {
		t.Errorf("%d changes in 5 minutes: %v", len(changes), changes)
	}
	rises := []time.Duration{}
	for i := 1; i+1 < len(changes); i += 2 {
		rises = append(rises, changes[i+1]-changes[i-1])
	}
	if !slices.IsSorted(rises) {
		t.Errorf("rises do not become rarer: %v", rises)
	}
	// Once the load has ended, the threads come back and stay.
	end := now.Add(5 * time.Minute)
	for at := time.Duration(0); at < 2*maxRisePause; at += lookPause {
		last = s.look(end.Add(at), view{known: true, free: 2})
	}
	if last != 2 || s.pause != risePause {
		t.Errorf("after the load %d threads, a pause of %v", last, s.pause)
	}
}
