package engine

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golocal/engine/runner"
)

// testCrew is a crew of fakes; the ones after the first come from make.
func testCrew(most int, make func() (*fakeRunner, error)) (*crew, *fakeRunner) {
	first := newFake()
	return newCrew(context.Background(), first, most, func() bool { return true }, func(context.Context) (runnerProcess, error) {
		f, err := make()
		if err != nil {
			return nil, err
		}
		return f, nil
	}, func() {}, quiet()), first
}

func embedAll(t *testing.T, proc runnerProcess, texts []string) *embedding {
	t.Helper()
	g := newGovernor(2, quiet())
	g.sample = func() (sample, bool) { return sample{at: time.Now(), cores: 2, running: 1}, true }
	e := &embedding{turns: newTurns(), govern: g, lane: laneIndex, texts: texts}
	if err := e.run(t.Context(), proc); err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		want := vectorOf(text)
		if err := normalize(want); err != nil {
			t.Fatal(err)
		}
		for d := range want {
			if e.vectors[i][d] != want[d] {
				t.Fatalf("vector %d is not that of its text", i)
			}
		}
	}
	return e
}

func longTexts(n int) []string {
	texts := make([]string, n)
	for i := range texts {
		texts[i] = strings.Repeat("word ", 300+i) + fmt.Sprint(i)
	}
	return texts
}

func roomy(f *fakeRunner) *fakeRunner {
	f.info.NumCtx = 1 << 20
	return f
}

func TestCrew_GrowsWhileItWorksAndSharesABatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		second := roomy(newFake())
		c, first := testCrew(2, func() (*fakeRunner, error) { return second, nil })
		roomy(first)
		slow := func(any) error { time.Sleep(time.Second); return nil }
		first.before, second.before = slow, slow
		embedAll(t, c, longTexts(4)) // the second one is loaded meanwhile
		synctest.Wait()
		if c.size() != 2 {
			t.Fatalf("%d runners", c.size())
		}
		before := len(first.batches)
		embedAll(t, c, longTexts(10))
		if a, b := len(first.batches)-before, len(second.batches); a+b < 10 || b < 4 || a < 4 {
			t.Errorf("the first embedded %d pieces, the second %d", a, b)
		}
		if err := c.Close(); err != nil || first.closings() != 1 || second.closings() != 1 {
			t.Errorf("close: %v, %d and %d", err, first.closings(), second.closings())
		}
	})
}

func TestCrew_OneTextIsTheFirstOnes(t *testing.T) {
	c, first := testCrew(4, func() (*fakeRunner, error) { return nil, errors.New("not wanted") })
	embedAll(t, c, []string{"hello world"})
	c.spawning.Wait()
	if len(first.batches) != 1 || c.failed {
		t.Errorf("%d batches, failed %v", len(first.batches), c.failed)
	}
}

// A runner that ends by itself costs nothing but its work; no other is tried.
func TestCrew_ASecondOneCrashes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var spawned atomic.Int32
		c, first := testCrew(2, func() (*fakeRunner, error) {
			spawned.Add(1)
			f := roomy(newFake())
			f.before = func(any) error { return f.crash() }
			return f, nil
		})
		lost := 0
		c.lost = func() { lost += c.size() } // as one that looks at the crew meanwhile
		roomy(first)
		first.before = func(any) error { time.Sleep(time.Second); return nil }
		embedAll(t, c, longTexts(2))
		synctest.Wait()
		embedAll(t, c, longTexts(8))
		embedAll(t, c, longTexts(8))
		if c.size() != 1 || spawned.Load() != 1 || lost != 1 {
			t.Errorf("%d runners, %d were started, %d counted as lost", c.size(), spawned.Load(), lost)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestCrew_StaysAloneWithoutRoomOrLuck(t *testing.T) {
	for name, change := range map[string]func(*crew){
		"no memory":    func(c *crew) { c.room = func() bool { return false } },
		"spawn fails":  func(c *crew) {},
		"closed early": func(c *crew) { c.closed = true },
	} {
		var tries atomic.Int32
		c, first := testCrew(2, func() (*fakeRunner, error) { tries.Add(1); return nil, errors.New("no") })
		roomy(first)
		change(c)
		for range 3 {
			embedAll(t, c, longTexts(4))
			c.spawning.Wait()
		}
		if c.size() != 1 || tries.Load() > 1 {
			t.Errorf("%s: %d runners after %d tries", name, c.size(), tries.Load())
		}
	}
}

// Whoever is more urgent waits for one piece, not for the slice.
func TestEmbedding_YieldsWithinAPiece(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGovernor(1, quiet())
		g.sample = func() (sample, bool) { return sample{at: time.Now(), cores: 1, running: 1}, true }
		f := roomy(newFake())
		f.before = func(any) error { time.Sleep(time.Second); return nil }
		e := &embedding{turns: newTurns(), govern: g, lane: laneIndex, texts: longTexts(16)}
		ended := make(chan error, 1)
		go func() { ended <- e.run(t.Context(), f) }()
		time.Sleep(3500 * time.Millisecond)
		began := time.Now()
		done, err := e.turns.take(t.Context(), laneChat)
		if err != nil {
			t.Fatal(err)
		}
		if waited := time.Since(began); waited > time.Second {
			t.Errorf("a chat waited %v", waited)
		}
		done()
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		if len(f.batches) != 16 || e.tokens == 0 {
			t.Errorf("%d pieces", len(f.batches))
		}
	})
}

// The error of a text is the request's, whichever runner found it.
func TestEmbedding_ErrorsEndTheRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		second := newFake() // holds 64 tokens
		c, first := testCrew(2, func() (*fakeRunner, error) { return second, nil })
		roomy(first)
		first.before = func(any) error { time.Sleep(time.Second); return nil }
		embedAll(t, c, longTexts(2))
		synctest.Wait()
		e := &embedding{turns: newTurns(), govern: newGovernor(2, quiet()), lane: laneIndex, texts: longTexts(8)}
		e.govern.sample = func() (sample, bool) { return sample{at: time.Now(), cores: 2, running: 1}, true }
		if err := e.run(t.Context(), c); !errors.Is(err, runner.ErrTooLong) {
			t.Errorf("%v", err)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
}
