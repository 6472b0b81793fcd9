//go:build cgo

package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"golocal/internal/tinymodel"
)

// The test binary is its own child: with this first argument it runs Main.
const childArg = "test-child"

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == childArg {
		if err := Main(context.Background(), os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Setenv("GORACE", "atexit_sleep_ms=0") // else each child built with -race takes a second to end
	os.Exit(m.Run())
}

func options(file string) Options {
	return Options{Args: []string{childArg}, Model: file, Threads: 1}
}

func start(t testing.TB, o Options) *Process {
	t.Helper()
	p, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// collect reads a completion to its end.
func collect(ctx context.Context, p *Process, req CompletionRequest) (string, CompletionEvent, error) {
	var text strings.Builder
	for ev, err := range p.Complete(ctx, req) {
		if err != nil {
			return text.String(), CompletionEvent{}, err
		}
		if !utf8.ValidString(ev.Text) {
			return "", CompletionEvent{}, fmt.Errorf("a piece is not valid UTF-8: %q", ev.Text)
		}
		text.WriteString(ev.Text)
		if ev.Done {
			return text.String(), ev, nil
		}
	}
	return "", CompletionEvent{}, errors.New("the events ended without a last one")
}

func mustCollect(t testing.TB, p *Process, req CompletionRequest) (string, CompletionEvent) {
	t.Helper()
	text, end, err := collect(t.Context(), p, req)
	if err != nil {
		t.Fatal(err)
	}
	return text, end
}

func TestProcess_Info(t *testing.T) {
	llama := start(t, options(tinymodel.Llama().Write(t))).Info()
	want := Info{Architecture: "llama", ContextLength: 512, NumCtx: 512, EmbeddingLength: 64, VocabSize: 259, Build: llama.Build, Threads: 1}
	if llama != want {
		t.Errorf("llama: got %+v, want %+v", llama, want)
	}
	if !slices.Contains([]string{"avx512", "avx2", "avx", "neon", "baseline"}, llama.Build) {
		t.Errorf("build %q", llama.Build)
	}
	o := options(tinymodel.Bert().Write(t))
	o.NumCtx = 1000 // more than the model was trained for
	bert := start(t, o).Info()
	want = Info{Architecture: "bert", ContextLength: 64, NumCtx: 64, EmbeddingLength: 64, VocabSize: 60, Embedding: true, Build: llama.Build, Threads: 1}
	if bert != want {
		t.Errorf("bert: got %+v, want %+v", bert, want)
	}
}

func TestProcess_WrongKind(t *testing.T) {
	bert, llama := start(t, options(tinymodel.Bert().Write(t))), start(t, options(tinymodel.Llama().Write(t)))
	if _, _, err := collect(t.Context(), bert, CompletionRequest{Prompt: "a"}); err == nil || !strings.Contains(err.Error(), "embeddings only") {
		t.Errorf("completion with an encoder: %v", err)
	}
	if _, err := llama.Embed(t.Context(), EmbedRequest{Inputs: []string{"a"}}); err == nil || !strings.Contains(err.Error(), "does not support embeddings") {
		t.Errorf("embedding with a generator: %v", err)
	}
	if res, err := bert.Embed(t.Context(), EmbedRequest{}); err != nil || len(res.Vectors) != 0 {
		t.Errorf("no inputs: %v %v", res, err)
	}
}

func TestProcess_CompleteCountsAndRepeats(t *testing.T) {
	p := start(t, options(tinymodel.Llama().Write(t)))
	req := CompletionRequest{Prompt: "once upon a time", NumPredict: 40}
	first, end := mustCollect(t, p, req)
	if end.Reason != ReasonLength || end.Tokens != 40 || end.PromptTokens != 17 || end.CachedTokens != 0 {
		t.Errorf("first: %+v", end)
	}
	second, end := mustCollect(t, p, req)
	if second != first {
		t.Errorf("greedy output changed:\n%q\n%q", first, second)
	}
	if end.CachedTokens != 16 {
		t.Errorf("the second time %d of 17 prompt tokens came from the cache, want 16", end.CachedTokens)
	}
	for _, seed := range []int{0, 1, 2} {
		req := CompletionRequest{Prompt: "once", NumPredict: 30, Temperature: 1, TopK: 40, TopP: 0.95, Seed: seed}
		a, _ := mustCollect(t, p, req)
		b, _ := mustCollect(t, p, req)
		if a != b {
			t.Errorf("seed %d: %q and %q", seed, a, b)
		}
		req.Seed = seed + 100
		if c, _ := mustCollect(t, p, req); a == c {
			t.Errorf("seeds %d and %d give the same text", seed, seed+100)
		}
	}
}

// A conversation grows at its end: what the cache answers must be what a fresh
// process answers. Full attention and a sliding window, longer than one batch.
func TestProcess_CacheEqualsFresh(t *testing.T) {
	for name, m := range map[string]*tinymodel.Model{"llama": tinymodel.Llama(), "gemma": tinymodel.Gemma()} {
		t.Run(name, func(t *testing.T) {
			m.Set("context_length", uint32(2048))
			file := m.Write(t)
			warm := start(t, options(file))
			prompt := strings.Repeat("the quick brown fox jumps over the lazy dog. ", 14)
			// One token of reply never reaches the cache; twelve do, and push the
			// sliding window past the end of the prompt.
			for turn, reply := range []int{1, 12, 12} {
				req := CompletionRequest{Prompt: prompt, NumPredict: reply}
				text, end := mustCollect(t, warm, req)
				want, fresh := mustCollect(t, start(t, options(file)), req)
				if text != want {
					t.Errorf("turn %d: with cache %q, fresh %q", turn, text, want)
				}
				reuse := turn == 1 || turn == 2 && name == "llama"
				if fresh.CachedTokens != 0 || reuse && end.CachedTokens < end.PromptTokens/2 {
					t.Errorf("turn %d: %d of %d prompt tokens cached, fresh %d", turn, end.CachedTokens, end.PromptTokens, fresh.CachedTokens)
				}
				prompt += fmt.Sprintf(" next question, number %d", turn)
			}
			// Back to the beginning: a sliding window cannot resume there, and must not pretend.
			prompt = "the quick something else"
			text, _ := mustCollect(t, warm, CompletionRequest{Prompt: prompt, NumPredict: 12})
			want, _ := mustCollect(t, start(t, options(file)), CompletionRequest{Prompt: prompt, NumPredict: 12})
			if text != want {
				t.Errorf("after a long prompt %q, fresh %q", text, want)
			}
		})
	}
}

func TestProcess_Limits(t *testing.T) {
	o := options(tinymodel.Llama().Write(t))
	o.NumCtx = 64
	p := start(t, o)
	tests := []struct {
		name   string
		req    CompletionRequest
		tokens int // of the reply
		err    error
	}{
		{"context full", CompletionRequest{Prompt: strings.Repeat("a", 50)}, 64 - 51 + 1, nil},
		{"prompt fills the context", CompletionRequest{Prompt: strings.Repeat("a", 63)}, 1, nil},
		{"prompt too long", CompletionRequest{Prompt: strings.Repeat("a", 64)}, 0, ErrTooLong},
		{"smaller window asked for", CompletionRequest{Prompt: "aaaa", NumCtx: 10}, 10 - 5 + 1, nil},
		{"prompt too long for the window asked for", CompletionRequest{Prompt: "aaaaaaaaaa", NumCtx: 10}, 0, ErrTooLong},
		{"larger window than held", CompletionRequest{Prompt: strings.Repeat("a", 63), NumCtx: 1000}, 1, nil},
	}
	for _, tt := range tests {
		_, end, err := collect(t.Context(), p, tt.req)
		if !errors.Is(err, tt.err) {
			t.Errorf("%s: error %v, want %v", tt.name, err, tt.err)
		}
		if err == nil && (end.Reason != ReasonLength || end.Tokens != tt.tokens) {
			t.Errorf("%s: %+v, want %d tokens", tt.name, end, tt.tokens)
		}
	}
}

func TestProcess_StopStrings(t *testing.T) {
	p := start(t, options(tinymodel.Llama().Write(t)))
	req := CompletionRequest{Prompt: "once upon", NumPredict: 300, Temperature: 1}
	var full string
	for len(full) < 150 { // until the end-of-turn token does not come early
		req.Seed++
		full, _ = mustCollect(t, p, req)
	}
	// Byte tokens: a stop string of several characters always spans tokens.
	ascii := regexp.MustCompile(`[ -~]{3,}`).FindAllString(full, -1)
	if len(ascii) < 2 {
		t.Fatalf("the model says too little to test with: %q", full)
	}
	req.Stop = []string{"", "never said", ascii[1], ascii[0]}
	text, end := mustCollect(t, p, req)
	if want := full[:strings.Index(full, ascii[0])]; end.Reason != ReasonStop || text != want {
		t.Errorf("got %q (%s), want %q", text, end.Reason, want)
	}
}

func TestProcess_CancelAndLeave(t *testing.T) {
	m := tinymodel.Llama()
	m.Set("context_length", uint32(1<<14))
	o := options(m.Write(t))
	o.NumCtx = 1 << 14
	p := start(t, o)
	endless := CompletionRequest{Prompt: "go on"}

	ctx, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	why := errors.New("the reader has left")
	var last error
	pieces := 0
	for _, err := range p.Complete(ctx, endless) {
		if last = err; err == nil {
			if pieces++; pieces == 3 {
				cancel(why)
			}
		}
	}
	if !errors.Is(last, why) {
		t.Errorf("after cancelling: %v", last)
	}
	for range p.Complete(t.Context(), endless) {
		break // leaving is enough
	}
	// A prompt of 16,000 tokens takes seconds; its end is not awaited.
	ctx, stop := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer stop()
	if _, _, err := collect(ctx, p, CompletionRequest{Prompt: strings.Repeat("x", 16000)}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("cancelled in the prompt: %v", err)
	}
	began := time.Now()
	mustCollect(t, p, CompletionRequest{Prompt: "next", NumPredict: 1})
	if d := time.Since(began); d > 3*time.Second {
		t.Errorf("the next request waited %v for cancelled ones", d)
	}
}

func TestProcess_ManyAtOnce(t *testing.T) {
	p := start(t, options(tinymodel.Llama().Write(t)))
	want, _ := mustCollect(t, p, CompletionRequest{Prompt: "same", NumPredict: 20})
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if i%2 == 1 {
				time.AfterFunc(time.Duration(i)*time.Millisecond, cancel)
			}
			text, _, err := collect(ctx, p, CompletionRequest{Prompt: "same", NumPredict: 20})
			if err != nil && !errors.Is(err, context.Canceled) || err == nil && text != want {
				t.Errorf("call %d: %q %v", i, text, err)
			}
		})
	}
	wg.Wait()
}

func TestProcess_Crash(t *testing.T) {
	p := start(t, options(tinymodel.Llama().Write(t)))
	var last error
	for _, err := range p.Complete(t.Context(), CompletionRequest{Prompt: "a"}) {
		if last = err; err == nil {
			_ = p.cmd.Process.Kill()
		}
	}
	if !errors.Is(last, ErrEnded) || !strings.Contains(last.Error(), "killed") && !strings.Contains(last.Error(), "exit status") {
		t.Errorf("in the middle of a reply: %v", last)
	}
	select {
	case <-p.Done():
	case <-time.After(5 * time.Second):
		t.Fatal("Done stays open")
	}
	if _, _, err := collect(t.Context(), p, CompletionRequest{Prompt: "a"}); !errors.Is(err, ErrEnded) {
		t.Errorf("after the crash: %v", err)
	}
}

func TestProcess_Close(t *testing.T) {
	p := start(t, options(tinymodel.Llama().Write(t)))
	got := make(chan error, 1)
	began := make(chan struct{})
	go func() {
		var last error
		first := true
		for _, err := range p.Complete(context.Background(), CompletionRequest{Prompt: "a"}) {
			if first {
				close(began)
				first = false
			}
			last = err
		}
		got <- last
	}()
	<-began
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	if err := <-got; err != nil && !errors.Is(err, ErrEnded) {
		t.Errorf("the reply at work: %v", err)
	}
	if err := p.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
	if _, err := p.Embed(t.Context(), EmbedRequest{Inputs: []string{"a"}}); !errors.Is(err, ErrEnded) {
		t.Errorf("after closing: %v", err)
	}
}
