//go:build cgo

package runner

import (
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"

	"golocal/internal/tinymodel"
)

// Threads change while a reply is being written, and change nothing in it.
func TestProcess_SetThreadsInTheMiddle(t *testing.T) {
	m := tinymodel.Llama()
	m.Set("context_length", uint32(2048))
	p := start(t, options(m.Write(t)))
	req := CompletionRequest{Prompt: "once upon a time", NumPredict: 48}
	want, _ := mustCollect(t, p, req)
	var got string
	n, events := 1, 0
	for ev, err := range p.Complete(t.Context(), req) {
		if err != nil {
			t.Fatal(err)
		}
		got += ev.Text
		if events++; events%8 == 0 {
			n = 3 - n
			p.SetThreads(n)
			if info := p.Info(); info.Threads != n {
				t.Errorf("%d threads, want %d", info.Threads, n)
			}
		}
	}
	if got != want {
		t.Errorf("the reply changed:\n%q\n%q", got, want)
	}
	if events < 24 {
		t.Errorf("only %d events: nothing was changed in the middle", events)
	}
	p.SetThreads(2)
	p.SetThreads(0) // means nothing
	if info := p.Info(); info.Threads != 2 {
		t.Errorf("%d threads", info.Threads)
	}
}

// The number reaches ggml: it starts that many threads for each graph. The
// child is ended in the middle of it, because so many would take long to finish.
func TestProcess_SetThreadsReachesTheBackend(t *testing.T) {
	if runtime.GOOS != "linux" {
		return // there is no other place to count a child's threads
	}
	p, err := Start(t.Context(), options(tinymodel.Llama().Write(t)))
	if err != nil {
		t.Fatal(err)
	}
	// most counts the child's threads while it writes, until there are enough.
	most := func(enough int) (n int) {
		done := make(chan struct{})
		go func() {
			defer close(done)
			_, _, _ = collect(t.Context(), p, CompletionRequest{Prompt: "once upon a time", NumPredict: 20})
		}()
		for n < enough {
			select {
			case <-done:
				return n
			default:
			}
			tasks, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", p.PID()))
			if err != nil {
				t.Fatal(err)
			}
			n = max(n, len(tasks))
		}
		if err := p.Close(); err != nil {
			t.Error(err)
		}
		<-done
		return n
	}
	const many = 32 // more than Go starts by itself
	if n := most(many); n >= many {
		t.Fatalf("%d threads where one computes", n)
	}
	p.SetThreads(many)
	if n := most(many); n < many {
		t.Errorf("at most %d threads were seen, want %d", n, many)
		_ = p.Close()
	}
}

// The child tells what it got, but only while its threads wait for each other.
func TestProcess_UsageIsReported(t *testing.T) {
	p := start(t, options(tinymodel.Bert().Write(t)))
	inputs := make([]string, 4)
	for i := range inputs {
		inputs[i] = "the quick brown fox jumps over the lazy dog"
	}
	embed := func(d time.Duration) (last Usage, reports int) {
		for began := time.Now(); time.Since(began) < d && reports == 0; {
			if _, err := p.Embed(t.Context(), EmbedRequest{Inputs: inputs, Truncate: true}); err != nil {
				t.Fatal(err)
			}
			if u, ok := p.Usage(); ok {
				last = u
				reports++
			}
		}
		return last, reports
	}
	if u, n := embed(2 * reportEvery); n != 0 {
		t.Errorf("one thread: %+v", u)
	}
	p.SetThreads(2)
	u, n := embed(5 * time.Second)
	if cpuTime() == 0 { // not known on this system
		return
	}
	if n == 0 || u.Threads != 2 || u.Wall < reportEvery || u.CPU <= 0 || u.Cores() > float64(runtime.NumCPU())+.5 {
		t.Errorf("%d reports, %+v: %.2f cores", n, u, u.Cores())
	}
	if _, again := p.Usage(); again {
		t.Error("a report is told twice")
	}
	if (Usage{}).Cores() != 0 {
		t.Error("no time, yet cores")
	}
}
