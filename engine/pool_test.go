package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/ollama/ollama/fs/ggml"
	names "github.com/ollama/ollama/types/model"

	"golocal/engine/runner"
)

// testPool is a pool whose runners are fakes.
func testPool() (*pool, *[]*fakeRunner) {
	var started []*fakeRunner
	p := &pool{
		ctx: context.Background(), log: quiet(), keep: 5 * time.Minute, memory: func() uint64 { return 0 },
		govern: newGovernor(2, quiet()), loaded: map[string]*loaded{}, changed: make(chan struct{}),
	}
	var mu sync.Mutex
	p.start = func(context.Context, string, int) (runnerProcess, error) {
		f := newFake()
		mu.Lock()
		defer mu.Unlock()
		started = append(started, f)
		return f, nil
	}
	return p, &started
}

func testModel(name string, size int64) *installed {
	return &installed{
		entry: entry{name: names.ParseName(name)}, weights: layer{Digest: "sha256:" + name, Size: size},
		kv: ggml.KV{"general.architecture": "llama", "llama.block_count": uint32(1), "llama.embedding_length": uint32(64), "llama.attention.head_count": uint32(1)},
	}
}

func never() bool { return false }

// touch uses a model for a moment.
func touch(p *pool, m *installed, numCtx int, keep ...time.Duration) error {
	var k *time.Duration
	if len(keep) > 0 {
		k = &keep[0]
	}
	return p.use(context.Background(), m, numCtx, k, never, func(runnerProcess, time.Duration) error { return nil })
}

func TestPool_UnusedModelsAreUnloaded(t *testing.T) {
	for _, c := range []struct {
		name  string
		keep  []time.Duration
		after time.Duration // it is gone then, and a second before it is not
	}{
		{"default", nil, 5 * time.Minute},
		{"asked", []time.Duration{time.Hour}, time.Hour},
		{"at once", []time.Duration{0}, 0},
		{"for ever", []time.Duration{-1}, -1},
	} {
		synctest.Test(t, func(t *testing.T) {
			p, started := testPool()
			if err := touch(p, testModel("a", 1), 10, c.keep...); err != nil {
				t.Fatal(err)
			}
			gone := func() bool { synctest.Wait(); return (*started)[0].closings() > 0 }
			switch {
			case c.after < 0:
				time.Sleep(1000 * time.Hour)
				if gone() {
					t.Errorf("%s: unloaded", c.name)
				}
			case c.after == 0:
				if !gone() {
					t.Errorf("%s: still loaded", c.name)
				}
			default:
				time.Sleep(c.after - time.Second)
				if gone() {
					t.Errorf("%s: unloaded too early", c.name)
				}
				if err := touch(p, testModel("a", 1), 10, c.keep...); err != nil { // begins the time anew
					t.Fatal(err)
				}
				time.Sleep(c.after - time.Second)
				if gone() {
					t.Errorf("%s: unloaded after use", c.name)
				}
				time.Sleep(2 * time.Second)
				if !gone() || len(p.loaded) != 0 {
					t.Errorf("%s: still loaded", c.name)
				}
			}
			if err := p.close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestPool_AModelInUseStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, started := testPool()
		m := testModel("a", 1)
		err := p.use(t.Context(), m, 10, nil, never, func(runnerProcess, time.Duration) error {
			time.Sleep(time.Hour)
			p.unload(m.weights.Digest) // is due when the work is done
			if (*started)[0].closings() > 0 {
				t.Error("unloaded in use")
			}
			return nil
		})
		if err != nil || (*started)[0].closings() != 1 {
			t.Errorf("%v, closed %d times", err, (*started)[0].closings())
		}
	})
}

func TestPool_OneLoadForManyRequests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, started := testPool()
		start := p.start
		p.start = func(ctx context.Context, m string, n int) (runnerProcess, error) {
			time.Sleep(time.Second)
			return start(ctx, m, n)
		}
		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() {
				if err := touch(p, testModel("a", 1), 10); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if len(*started) != 1 {
			t.Errorf("%d runners for one model", len(*started))
		}
		if err := p.close(); err != nil {
			t.Error(err)
		}
	})
}

func TestPool_LargerContextLoadsAgain(t *testing.T) {
	p, started := testPool()
	for _, n := range []int{100, 50, 200, 150} {
		if err := touch(p, testModel("a", 1), n); err != nil {
			t.Fatal(err)
		}
	}
	if len(*started) != 2 || (*started)[0].closings() != 1 || (*started)[1].closings() != 0 {
		t.Errorf("%d runners", len(*started))
	}
	if err := p.close(); err != nil {
		t.Error(err)
	}
}

func TestPool_CrashCostsOneRequest(t *testing.T) {
	p, started := testPool()
	m := testModel("a", 1)
	calls := 0
	err := p.use(t.Context(), m, 10, nil, never, func(proc runnerProcess, _ time.Duration) error {
		if calls++; calls == 1 {
			return fmt.Errorf("embed: %w", proc.(*fakeRunner).crash())
		}
		return nil
	})
	if err != nil || calls != 2 || len(*started) != 2 || p.counts.Crashes != 1 {
		t.Errorf("%v after %d calls, %d runners, %d crashes", err, calls, len(*started), p.counts.Crashes)
	}
	// A second crash in a row is the request's own.
	calls = 0
	err = p.use(t.Context(), m, 10, nil, never, func(proc runnerProcess, _ time.Duration) error {
		calls++
		return proc.(*fakeRunner).crash()
	})
	if !errors.Is(err, runner.ErrEnded) || calls != 2 || p.counts.Crashes != 3 {
		t.Errorf("%v after %d calls, %d crashes", err, calls, p.counts.Crashes)
	}
	// What was already sent is not said twice.
	calls = 0
	err = p.use(t.Context(), m, 10, nil, func() bool { return true }, func(proc runnerProcess, _ time.Duration) error {
		calls++
		return proc.(*fakeRunner).crash()
	})
	if !errors.Is(err, runner.ErrEnded) || calls != 1 {
		t.Errorf("%v after %d calls", err, calls)
	}
	// A runner that died while idle is replaced before it is used.
	if err := touch(p, m, 10); err != nil {
		t.Fatal(err)
	}
	_ = (*started)[len(*started)-1].crash()
	if err := touch(p, m, 10); err != nil {
		t.Errorf("after an idle crash: %v", err)
	}
	// An error that is no crash is not tried again.
	calls = 0
	if err := p.use(t.Context(), m, 10, nil, never, func(runnerProcess, time.Duration) error { calls++; return runner.ErrTooLong }); !errors.Is(err, runner.ErrTooLong) || calls != 1 {
		t.Errorf("%v after %d calls", err, calls)
	}
	if err := p.close(); err != nil {
		t.Error(err)
	}
}

func TestChat_CrashInTheMiddle(t *testing.T) {
	for _, c := range []struct {
		name, stream string
		first        []string // reply of the first runner
		want         string
	}{
		{"before the first word", "true", []string{"CRASH"}, `"Hello"`},
		{"after words were streamed", "true", []string{"Hel", "CRASH"}, `"error":"`},
		{"after words that nobody saw", "false", []string{"Hel", "CRASH"}, `"content":"Hello there."`},
	} {
		h := newHarness(t)
		h.add(t, "talk", chatter())
		h.make = func(string) (*fakeRunner, error) {
			f := newFake()
			if len(h.fakes) == 0 {
				f.reply = c.first
			}
			return f, nil
		}
		w := h.call(t, "POST", "/api/chat", `{"model":"talk","stream":`+c.stream+`,"messages":[{"role":"user","content":"Hi"}]}`)
		if !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("%s: %s", c.name, w.Body)
		}
		var ps struct{ Crashes int }
		if err := json.Unmarshal(h.call(t, "GET", "/api/ps", "").Body.Bytes(), &ps); err != nil || ps.Crashes != 1 {
			t.Errorf("%s: ps counts %d crashes, %v", c.name, ps.Crashes, err)
		}
	}
}

func TestPool_MemoryDecides(t *testing.T) {
	const mb = 1 << 20
	synctest.Test(t, func(t *testing.T) {
		p, started := testPool()
		free := uint64(1000*mb + 1) // 0 would be unknown
		p.memory = func() uint64 {
			left := free
			for _, f := range *started {
				if f.closings() == 0 {
					left -= 500 * mb
				}
			}
			return left
		}
		a, b, c := testModel("a", 400*mb), testModel("b", 400*mb), testModel("c", 400*mb)
		big := testModel("big", 4000*mb)
		if err := touch(p, a, 10); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if err := touch(p, b, 10); err != nil {
			t.Fatal(err)
		}
		if err := touch(p, big, 10); err == nil || !strings.Contains(err.Error(), "more system memory") || !strings.Contains(err.Error(), "missing") {
			t.Errorf("a model larger than the machine: %v", err)
		}
		if len(p.loaded) != 2 {
			t.Errorf("a hopeless request unloaded models: %d are left", len(p.loaded))
		}
		// The one that was idle for longest makes room.
		if err := touch(p, c, 10); err != nil {
			t.Fatal(err)
		}
		if (*started)[0].closings() != 1 || (*started)[1].closings() != 0 || p.counts.Swaps != 1 {
			t.Errorf("closed %d %d, %d swaps", (*started)[0].closings(), (*started)[1].closings(), p.counts.Swaps)
		}
		// Models in use are waited for.
		began := time.Now()
		hold := func(m *installed) func() {
			return func() {
				_ = p.use(t.Context(), m, 10, nil, never, func(runnerProcess, time.Duration) error { time.Sleep(time.Minute); return nil })
			}
		}
		var wg sync.WaitGroup
		wg.Go(hold(b))
		wg.Go(hold(c))
		time.Sleep(time.Second)
		if err := touch(p, a, 10); err != nil || time.Since(began) != time.Minute {
			t.Errorf("waited %v: %v", time.Since(began), err)
		}
		wg.Wait()
		if err := p.close(); err != nil {
			t.Error(err)
		}
		for _, f := range *started {
			if f.closings() == 0 {
				t.Error("a runner outlives the pool")
			}
		}
		if err := touch(p, a, 10); !errors.Is(err, errClosed) {
			t.Errorf("use after close: %v", err)
		}
	})
}

func TestPool_LoadErrors(t *testing.T) {
	p, _ := testPool()
	p.start = func(context.Context, string, int) (runnerProcess, error) { return nil, fs.ErrPermission }
	if err := touch(p, testModel("a", 1), 10); !errors.Is(err, fs.ErrPermission) || len(p.loaded) != 0 {
		t.Errorf("%v, %d loaded", err, len(p.loaded))
	}
	m := testModel("a", 1)
	m.kv = ggml.KV{"general.architecture": "mamba"}
	if err := touch(p, m, 10); !errors.Is(err, runner.ErrUnsupported) || !strings.Contains(err.Error(), "mamba") {
		t.Errorf("unknown architecture: %v", err)
	}
	m.kv = ggml.KV{"general.architecture": "llama", "llama.expert_count": uint32(8)}
	if err := touch(p, m, 10); !errors.Is(err, runner.ErrUnsupported) || !strings.Contains(err.Error(), "Mixtral") {
		t.Errorf("mixture of experts: %v", err)
	}
}

// Two models never compute at once, whatever comes in.
func TestServer_OneComputationAtATime(t *testing.T) {
	h := newHarness(t)
	h.add(t, "embed", embedder())
	h.add(t, "talk", chatter())
	h.make = func(string) (*fakeRunner, error) {
		f := newFake()
		f.before = func(any) error { time.Sleep(time.Millisecond); return nil }
		return f, nil
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			h.call(t, "POST", "/api/embed", `{"model":"embed","input":["a","b"]}`)
			h.call(t, "POST", "/api/chat", `{"model":"talk","messages":[{"role":"user","content":"Hi"}]}`)
		})
	}
	wg.Wait()
	if len(h.fakes) != 2 {
		t.Fatalf("%d runners", len(h.fakes))
	}
	if m := h.fakes[0].busy.max; m != 1 {
		t.Errorf("%d computations at once", m)
	}
	if n := len(h.fakes[0].batches) + len(h.fakes[1].batches); n != 8 {
		t.Errorf("%d batches", n)
	}
	if !slices.ContainsFunc(h.fakes, func(f *fakeRunner) bool { return len(f.prompts) == 8 }) {
		t.Error("chats are missing")
	}
}
