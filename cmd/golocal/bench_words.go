package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/ollama/ollama/api"

	"golocal"
	"golocal/chat"
	"golocal/eval/speed"
)

// recorder remembers what a generator was asked last.
type recorder struct {
	chat.Generator
	mu       sync.Mutex
	messages []golocal.Message
	limits   golocal.Limits
}

func (r *recorder) Generate(ctx context.Context, messages []golocal.Message, limits golocal.Limits) iter.Seq2[golocal.Delta, error] {
	r.mu.Lock()
	r.messages, r.limits = messages, limits
	r.mu.Unlock()
	return r.Generator.Generate(ctx, messages, limits)
}

// benchWords measures golocal's time to the first word of a written answer:
// against the runner's own for the same prompt, and while files are indexed.
func (c *cli) benchWords(ctx context.Context, report *speed.Report, bar *progress) (err error) {
	temp, err := os.MkdirTemp("", "golocal-bench-")
	if err != nil {
		return fmt.Errorf("make a temporary home: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	own := *c
	own.paths.Data, own.paths.Run = filepath.Join(temp, "index"), filepath.Join(temp, "run")
	if err := own.paths.make(); err != nil {
		return err
	}
	own.config.EmbeddingModel, own.config.ChatModel = "all-minilm", "smollm2:135m"
	files := filepath.Join(temp, "files")
	if err := os.Mkdir(files, 0o700); err != nil {
		return fmt.Errorf("make a temporary home: %w", err)
	}
	if err := speed.WriteTowns(files, 400); err != nil {
		return err
	}
	s, err := own.connect(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if _, err := own.addFolder(ctx, s, files); err != nil {
		return err
	}
	if err := own.syncAll(ctx, s, nil, false); err != nil {
		return err
	}
	w, err := newWords(s.app)
	if err != nil {
		return err
	}
	half := len(speed.Towns) / 2
	var idle, runner, busy []float64
	for i, town := range speed.Towns[:half] {
		bar.set("golocal's first words", int64(i), int64(half), false)
		total, err := w.ask(ctx, town)
		if err != nil {
			return err
		}
		raw, err := w.raw(ctx)
		if err != nil {
			return err
		}
		if i > 0 { // the first one loads the model
			idle, runner = append(idle, total), append(runner, raw)
		}
	}
	if err := speed.WriteFiller(files, 1500, 1200); err != nil { // minutes of work
		return err
	}
	if err := w.indexing(ctx, s); err != nil {
		return err
	}
	for i, town := range speed.Towns[half:] {
		bar.set("the same while it indexes", int64(i), int64(half), false)
		total, err := w.ask(ctx, town)
		if err != nil {
			return err
		}
		busy = append(busy, total)
		time.Sleep(time.Second) // a person reads; the index goes on
	}
	if st, err := s.Status(ctx); err != nil || st.Queue.Waiting == 0 {
		return errors.Join(err, errors.New("the indexing ended before the questions did: this machine is too fast for this measurement"))
	}
	over := make([]float64, len(idle))
	for i := range idle {
		over[i] = 1000 * (idle[i] - runner[i])
	}
	overhead := speed.Median(over)
	report.Figures = append(report.Figures, speed.Figure{Key: "first_token_overhead_ms", What: "first word over the runner's own, golocal", Unit: "ms",
		First: 1000 * speed.Median(idle), Second: 1000 * speed.Median(runner), Value: &overhead, Bar: 100, AtMost: true})
	report.Ratio("busy_first_token_ratio", "first word while indexing / when idle, golocal", "s", speed.Pair{First: speed.Median(busy), Second: speed.Median(idle)}, 1.5, true)
	return nil
}

// words asks a golocal and its runner.
type words struct {
	app       *app
	seen      recorder
	assistant *chat.Assistant
	runner    speed.Runner
	model     string
}

func newWords(a *app) (*words, error) {
	w := &words{app: a, seen: recorder{Generator: a.models}}
	w.assistant = chat.New(a.chatOptions(&w.seen))
	m, ok := a.models.ChatModel()
	if !ok {
		return nil, errors.New("no chat model is in use")
	}
	w.model = m.Name
	socket := a.models.Runner().Address
	dialer := &net.Dialer{}
	w.runner = speed.Runner{Name: "engine", Client: api.NewClient(&url.URL{Scheme: "http", Host: "engine"}, &http.Client{
		Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, "unix", socket)
		}},
	})}
	return w, nil
}

func (w *words) request(ctx context.Context) api.ChatRequest {
	w.seen.mu.Lock()
	defer w.seen.mu.Unlock()
	req := api.ChatRequest{Model: w.model, Options: map[string]any{"num_ctx": w.window(ctx), "num_predict": w.seen.limits.Tokens, "temperature": 0}}
	for _, m := range w.seen.messages {
		req.Messages = append(req.Messages, api.Message{Role: m.Role, Content: m.Content})
	}
	return req
}

func (w *words) window(ctx context.Context) int {
	if w.seen.limits.Window > 0 {
		return w.seen.limits.Window
	}
	m, _ := w.app.models.ChatModel()
	return w.app.models.Window(ctx, m, 0)
}

// ask returns the seconds from the question to the first word written.
func (w *words) ask(ctx context.Context, town string) (float64, error) {
	if err := speed.Forget(ctx, w.runner, w.request(ctx)); err != nil {
		return 0, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	began := time.Now()
	for e, err := range w.assistant.Answer(ctx, chat.Request{Question: speed.Question(town), Mode: chat.ModeGenerate}) {
		if err != nil {
			return 0, err
		}
		switch e := e.(type) {
		case chat.Token:
			return time.Since(began).Seconds(), nil
		case chat.Answer:
			return 0, fmt.Errorf("the question about %s got no written answer: %s", town, e.Note)
		}
	}
	return 0, errors.New("the answer ended early")
}

// raw returns the seconds to the runner's first piece for the prompt of the
// last question.
func (w *words) raw(ctx context.Context) (float64, error) {
	return speed.FirstPiece(ctx, w.runner, w.request(ctx))
}

// indexing waits until files are being indexed.
func (w *words) indexing(ctx context.Context, s *session) error {
	before := w.app.embedding.texts.Load()
	for range 600 {
		if w.app.embedding.texts.Load() > before+64 {
			return nil
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return errors.New("no indexing began within a minute")
}
