package engine

import (
	"context"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/fs/ggml"

	"golocal/engine/runner"
)

// The test binary is also the engine, so that tests can run it as a child.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "engine" {
		if err := Main(context.Background(), os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) == 4 && os.Args[1] == "pull" {
		pullAndDie(os.Args[2], os.Args[3])
	}
	os.Exit(m.Run())
}

// fakeRunner stands in for the child process of one model. A token is a word.
type fakeRunner struct {
	info   runner.Info
	pid    int
	busy   *gauge // computations at this moment, of all runners of a test
	before func(req any) error
	reply  []string // pieces of every completion

	mu       sync.Mutex
	prompts  []runner.CompletionRequest
	batches  []runner.EmbedRequest
	threads  []int // every change
	usage    *runner.Usage
	done     chan struct{}
	closed   int
	closeErr error
}

// gauge counts what runs at once.
type gauge struct {
	mu       sync.Mutex
	now, max int
}

func (g *gauge) enter() func() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.now++
	g.max = max(g.max, g.now)
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.now--
	}
}

func newFake() *fakeRunner {
	return &fakeRunner{
		info:  runner.Info{Architecture: "bert", ContextLength: 64, NumCtx: 64, EmbeddingLength: 4, Embedding: true, Build: "avx2", Threads: 2},
		busy:  &gauge{},
		done:  make(chan struct{}),
		reply: []string{"Hello", " there", "."},
	}
}

func (f *fakeRunner) PID() int              { return f.pid }
func (f *fakeRunner) Done() <-chan struct{} { return f.done }

func (f *fakeRunner) Info() runner.Info {
	f.mu.Lock()
	defer f.mu.Unlock()
	info := f.info
	if len(f.threads) > 0 {
		info.Threads = f.threads[len(f.threads)-1]
	}
	return info
}

func (f *fakeRunner) SetThreads(n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.threads) == 0 || f.threads[len(f.threads)-1] != n {
		f.threads = append(f.threads, n)
	}
}

func (f *fakeRunner) Usage() (runner.Usage, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.usage == nil {
		return runner.Usage{}, false
	}
	u := *f.usage
	f.usage = nil
	return u, true
}

func (f *fakeRunner) crash() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	select {
	case <-f.done:
	default:
		close(f.done)
	}
	return fmt.Errorf("%w: signal: killed", runner.ErrEnded)
}

func (f *fakeRunner) Close() error {
	_ = f.crash()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed++
	return f.closeErr
}

// closings counts the calls of Close.
func (f *fakeRunner) closings() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.closed
}

// vectorOf is what the fake makes of a text: four counts that tell texts apart.
func vectorOf(text string) []float32 {
	v := []float32{1, 0, 0, 0}
	for i := range len(text) {
		v[1+i%3] += float32(text[i])
	}
	return v
}

func (f *fakeRunner) Embed(ctx context.Context, req runner.EmbedRequest) (runner.EmbedResponse, error) {
	defer f.busy.enter()()
	f.mu.Lock()
	f.batches = append(f.batches, req)
	f.mu.Unlock()
	if f.before != nil {
		if err := f.before(req); err != nil {
			return runner.EmbedResponse{}, err
		}
	}
	var resp runner.EmbedResponse
	for _, t := range req.Inputs {
		n := len(strings.Fields(t))
		if n > f.info.NumCtx && !req.Truncate {
			return resp, fmt.Errorf("embed: %w", runner.ErrTooLong)
		}
		resp.Vectors = append(resp.Vectors, vectorOf(t))
		resp.Tokens = append(resp.Tokens, n)
	}
	return resp, ctx.Err()
}

func (f *fakeRunner) Complete(ctx context.Context, req runner.CompletionRequest) iter.Seq2[runner.CompletionEvent, error] {
	return func(yield func(runner.CompletionEvent, error) bool) {
		defer f.busy.enter()()
		f.mu.Lock()
		f.prompts = append(f.prompts, req)
		f.mu.Unlock()
		if f.before != nil {
			if err := f.before(req); err != nil {
				yield(runner.CompletionEvent{}, err)
				return
			}
		}
		n := len(strings.Fields(req.Prompt))
		if n > req.NumCtx {
			yield(runner.CompletionEvent{}, fmt.Errorf("complete: %w", runner.ErrTooLong))
			return
		}
		for _, p := range f.reply {
			if err := ctx.Err(); err != nil {
				yield(runner.CompletionEvent{}, err)
				return
			}
			if p == "CRASH" {
				yield(runner.CompletionEvent{}, f.crash())
				return
			}
			if !yield(runner.CompletionEvent{Text: p}, nil) {
				return
			}
		}
		yield(runner.CompletionEvent{
			Done: true, Reason: runner.ReasonStop, PromptTokens: n, Tokens: len(f.reply) + 1, PromptSeconds: .25, Seconds: .5,
		}, nil)
	}
}

// harness is a server with fake runners and a store in a temporary folder.
type harness struct {
	*Server
	dir    string
	mu     sync.Mutex
	fakes  []*fakeRunner // as they were started
	starts []int         // contexts that were asked for
	make   func(model string) (*fakeRunner, error)
}

func newHarness(t testing.TB, change ...func(*Options)) *harness {
	t.Helper()
	h := &harness{dir: t.TempDir()}
	o := Options{Store: filepath.Join(h.dir, "store"), Threads: 2}
	for _, c := range change {
		c(&o)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	h.Server = s
	busy := &gauge{}
	s.pool.memory = func() uint64 { return 0 }
	s.pool.start = func(_ context.Context, model string, numCtx int) (runnerProcess, error) {
		f := newFake()
		if h.make != nil {
			var err error
			if f, err = h.make(model); err != nil {
				return nil, err
			}
		}
		h.mu.Lock()
		defer h.mu.Unlock()
		f.busy = busy
		h.fakes, h.starts = append(h.fakes, f), append(h.starts, numCtx)
		return f, nil
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return h
}

// dial serves h on a Unix socket and returns Ollama's own client for it.
func (h *harness) dial(t testing.TB) *api.Client {
	t.Helper()
	dir, err := os.MkdirTemp("", "gl") // short: a socket's path has a limit
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket := filepath.Join(dir, "s")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewUnstartedServer(h.Handler())
	srv.Listener = l
	srv.Start()
	t.Cleanup(srv.Close)
	return dialClient(socket)
}

func dialClient(socket string) *api.Client {
	return api.NewClient(&url.URL{Scheme: "http", Host: "engine"}, &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", socket)
		},
	}})
}

// call sends a request straight to the handler.
func (h *harness) call(t testing.TB, method, path, body string, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(body))
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.Handler().ServeHTTP(w, r)
	return w
}

// add creates a model in the store from a tiny GGUF.
func (h *harness) add(t testing.TB, name string, kv ggml.KV) {
	t.Helper()
	path := writeModel(t, kv)
	w := h.call(t, "POST", "/api/create", fmt.Sprintf(`{"model":%q,"from":%q,"stream":false}`, name, path))
	if w.Code != 200 {
		t.Fatalf("create %s: %d %s", name, w.Code, w.Body)
	}
}

// embedder and chatter are headers of models small enough to write in a test.
func embedder() ggml.KV {
	return ggml.KV{
		"general.architecture": "bert", "general.file_type": uint32(1), "bert.pooling_type": uint32(1), "bert.block_count": uint32(2),
		"bert.context_length": uint32(64), "bert.embedding_length": uint32(4), "bert.attention.head_count": uint32(2),
		"tokenizer.ggml.model": "bert", "tokenizer.ggml.tokens": []string{"[PAD]", "[UNK]", "▁hello", "▁world"},
	}
}

func chatter() ggml.KV {
	return ggml.KV{
		"general.architecture": "llama", "general.file_type": uint32(1), "llama.block_count": uint32(2), "llama.context_length": uint32(8192),
		"llama.embedding_length": uint32(4), "llama.attention.head_count": uint32(2), "llama.attention.head_count_kv": uint32(1),
		"llama.vocab_size": uint32(3), "tokenizer.ggml.model": "gpt2", "tokenizer.ggml.tokens": []string{"a", "b", "c"},
		"tokenizer.chat_template": "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}",
	}
}

// writeModel writes a GGUF file with these keys and one tensor.
func writeModel(t testing.TB, kv ggml.KV) string {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "*.gguf")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	err = ggml.WriteGGUF(f, kv, []*ggml.Tensor{{Name: "token_embd.weight", Shape: []uint64{4, 3}, WriterTo: zeros(48)}})
	if err != nil {
		t.Fatal(err)
	}
	return f.Name()
}

type zeros int

func (z zeros) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(make([]byte, z))
	return int64(n), err
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }
