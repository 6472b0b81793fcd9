package engine

import (
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golocal/engine/runner"
)

// machine stands in for the processors of a computer. Other programs use
// others of them; a computing runner uses its threads, or what is left.
type machine struct {
	mu     sync.Mutex
	cores  int
	others float64
	last   time.Time
	busy   time.Duration
	spent  map[int]time.Duration
	fakes  []*fakeRunner
}

func newMachine(cores int) *machine {
	return &machine{cores: cores, last: time.Now(), spent: map[int]time.Duration{}}
}

// advance lets the time since the last call pass. m.mu is held.
func (m *machine) advance() {
	dt := time.Since(m.last)
	m.last = time.Now()
	use := m.others
	for _, f := range m.fakes {
		f.busy.mu.Lock()
		computing := f.busy.now > 0
		f.busy.mu.Unlock()
		if !computing {
			continue
		}
		own := min(float64(f.Info().Threads), max(float64(m.cores)-m.others, .5))
		m.spent[f.pid] += time.Duration(own * float64(dt))
		use += own
	}
	m.busy += time.Duration(min(use, float64(m.cores)) * float64(dt))
}

func (m *machine) load(others float64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.advance()
	m.others = others
}

func (m *machine) sample() (sample, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.advance()
	return sample{at: time.Now(), cores: m.cores, busy: m.busy, running: int(m.others) + 1}, true
}

func (m *machine) time(pid int) (time.Duration, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.advance()
	return m.spent[pid], true
}

func (m *machine) runner(pid int) *fakeRunner {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.advance()
	f := newFake()
	f.pid = pid
	m.fakes = append(m.fakes, f)
	return f
}

func (m *machine) governor() *governor {
	g := newGovernor(m.cores, quiet())
	g.sample, g.spent = m.sample, m.time
	return g
}

// compute lets a runner compute for a time.
func compute(t *testing.T, g *governor, f *fakeRunner, d time.Duration) {
	t.Helper()
	if err := g.during(func() error { defer f.busy.enter()(); time.Sleep(d); return nil }, f); err != nil {
		t.Error(err)
	}
}

func changes(f *fakeRunner) []int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.threads)
}

func TestGovernor_BusyIsOneThreadQuietIsAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMachine(2)
		g, f := m.governor(), m.runner(7)
		// In the middle of one long computation, which goes on all the while.
		var wg sync.WaitGroup
		wg.Go(func() { compute(t, g, f, time.Minute) })
		time.Sleep(10 * time.Second)
		if got := changes(f); !slices.Equal(got, []int{2}) {
			t.Fatalf("on a quiet machine %v", got)
		}
		m.load(2)
		time.Sleep(3*lookPause + 1)
		if got := changes(f); !slices.Equal(got, []int{2, 1}) {
			t.Fatalf("on a busy machine %v", got)
		}
		time.Sleep(20 * time.Second)
		m.load(.1)
		time.Sleep(3*lookPause + 1)
		if got := changes(f); !slices.Equal(got, []int{2, 1, 2}) {
			t.Fatalf("on a machine that is quiet again %v", got)
		}
		wg.Wait()
		if got := changes(f); len(got) != 3 {
			t.Errorf("at the end %v", got)
		}
	})
}

func TestGovernor_LoadsWithWhatIsFree(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for others, want := range map[float64]int{0: 4, 1: 3, 3: 1, 4: 1} {
			m := newMachine(4)
			m.load(others)
			g := m.governor()
			if n := g.threads(); n != want {
				t.Errorf("%v of 4 processors busy: loads with %d threads, want %d", others, n, want)
			}
		}
	})
}

// A turn that begins long after the last look sees the machine as it is now.
func TestGovernor_LooksAnewAfterARest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMachine(2)
		g, f := m.governor(), m.runner(7)
		compute(t, g, f, time.Second)
		time.Sleep(time.Hour)
		m.load(2)
		compute(t, g, f, time.Millisecond)
		time.Sleep(time.Hour)
		m.load(0)
		compute(t, g, f, time.Millisecond)
		if got := changes(f); !slices.Equal(got, []int{2, 1, 2}) {
			t.Errorf("%v", got)
		}
	})
}

// What our own runner uses, or its loading, is no load of other programs.
func TestGovernor_OwnWorkIsNotLoad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMachine(2)
		g := m.governor()
		first := g.threads()
		f := m.runner(7)
		leave := f.busy.enter() // loads
		time.Sleep(900 * time.Millisecond)
		leave()
		g.loaded(f)
		for range 200 { // short turns, as indexing has them, with short pauses
			compute(t, g, f, 130*time.Millisecond)
			time.Sleep(5 * time.Millisecond)
		}
		if got := changes(f); first != 2 || !slices.Equal(got, []int{2}) {
			t.Errorf("loads with %d, then %v", first, got)
		}
	})
}

// A query that computes beside a chat shares the processors with it.
func TestGovernor_TwoAtOnceShare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMachine(4)
		g, chat, query := m.governor(), m.runner(1), m.runner(2)
		var wg sync.WaitGroup
		wg.Go(func() { compute(t, g, chat, 10*time.Second) })
		time.Sleep(time.Second)
		wg.Go(func() { compute(t, g, query, time.Second) })
		wg.Wait()
		if got := changes(chat); !slices.Equal(got, []int{4, 2, 4}) {
			t.Errorf("chat %v", got)
		}
		if got := changes(query); !slices.Equal(got, []int{2}) {
			t.Errorf("query %v", got)
		}
		one := newMachine(1)
		g, chat, query = one.governor(), one.runner(1), one.runner(2)
		wg.Go(func() { compute(t, g, chat, time.Second) })
		wg.Go(func() { compute(t, g, query, time.Second) })
		wg.Wait()
		if a, b := changes(chat), changes(query); !slices.Equal(a, []int{1}) || !slices.Equal(b, []int{1}) {
			t.Errorf("on one processor %v and %v", a, b)
		}
	})
}

// Where nothing tells how busy the processors are, the runner's usage does.
func TestGovernor_BlindFollowsUsage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGovernor(2, quiet())
		g.sample = func() (sample, bool) { return sample{}, false }
		g.spent = func(int) (time.Duration, bool) { return 0, false }
		f := newFake()
		shared := true
		report := func(threads int) {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.usage = &runner.Usage{Threads: threads, Wall: time.Second, CPU: time.Second}
			if !shared {
				f.usage.CPU *= time.Duration(threads)
			}
		}
		var wg sync.WaitGroup
		wg.Go(func() { compute(t, g, f, 10*time.Minute) })
		for range 300 { // 75 s; the runner tells only while it has two threads
			time.Sleep(250 * time.Millisecond)
			if f.Info().Threads > 1 {
				report(f.Info().Threads)
			}
		}
		if got := changes(f); len(got) < 4 || len(got) > 12 || f.Info().Threads == 2 && got[len(got)-2] != 1 {
			t.Errorf("on a busy machine %v", got)
		}
		shared = false
		for range 2000 {
			time.Sleep(250 * time.Millisecond)
			if f.Info().Threads > 1 {
				report(f.Info().Threads)
			}
		}
		settled := len(changes(f))
		if f.Info().Threads != 2 {
			t.Errorf("on a quiet machine %v", changes(f))
		}
		wg.Wait()
		if n := len(changes(f)); n != settled {
			t.Errorf("%d changes, then %d", settled, n)
		}
	})
}
