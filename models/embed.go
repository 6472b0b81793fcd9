package models

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ollama/ollama/api"

	"golocal/internal/remark"
)

// mostTexts is the largest batch of passages. With the two canaries it fills
// one slice of 16 inputs, after which the engine lets people pass.
const mostTexts = 14

// keepAlive is how long the runner keeps a model after its last use.
const keepAlive = 15 * time.Minute

// Embed turns passages into vectors: len(texts) vectors of the space's Dims
// numbers, in order. It runs in the index lane: batches wait for people. Prefixes
// are added here. A text that is too long is cut into pieces whose vectors are
// averaged.
//
// Errors: golocal.ErrUnavailable when no runner or model answers; a *TextsError
// when single texts fail, with the vectors of the others beside it and nil for
// those; ErrModelChanged; ErrBadVectors when a whole batch is wrong.
func (to Embedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	if len(texts) == 0 {
		return nil, nil
	}
	m := to.m
	e, err := to.of(ctx)
	if err != nil {
		return nil, err
	}
	vectors := make([][]float32, len(texts))
	failed := map[int]error{}
	for at := 0; at < len(texts); {
		if err := m.lanes.yield(ctx, m.t.patience); err != nil {
			return nil, err
		}
		m.mu.Lock()
		n := min(m.batchLocked(e), len(texts)-at)
		m.mu.Unlock()
		inputs := make([]string, n)
		for i, text := range texts[at : at+n] {
			inputs[i] = e.DocumentPrefix + text
		}
		start := time.Now()
		b := bisection{m: m, model: e, out: vectors[at : at+n], failed: map[int]error{}}
		if err := b.run(ctx, inputs, 0); err != nil {
			return nil, fmt.Errorf("embed %d texts with %s: %w", n, e.Name, err)
		}
		for i, err := range b.failed {
			failed[at+i] = err
		}
		m.pace(e, n, time.Since(start))
		at += n
	}
	if len(failed) > 0 {
		return vectors, &TextsError{Texts: failed}
	}
	return vectors, nil
}

// EmbedQuery turns a question into one vector, ahead of everything else. Errors
// as of Embed.
func (to Embedder) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	m := to.m
	defer m.lanes.enter()()
	e, err := to.of(ctx)
	if err != nil {
		return nil, err
	}
	vectors, err := m.request(ctx, laneQuery, e, []string{e.QueryPrefix + text})
	if tooLong(err) {
		// A question beyond the model's length asks about its beginning.
		vectors, err = m.request(ctx, laneQuery, e, []string{e.QueryPrefix + cut(text, contextOf(e)-Estimate(e.QueryPrefix))})
	}
	if err != nil {
		return nil, fmt.Errorf("embed a question with %s: %w", e.Name, err)
	}
	return vectors[0], nil
}

// cut keeps so much of a text's beginning that it has at most that many
// tokens: no token is shorter than a byte.
func cut(text string, tokens int) string {
	if tokens <= 0 {
		tokens = 256
	}
	if len(text) <= tokens {
		return text
	}
	for tokens > 0 && !utf8.RuneStart(text[tokens]) {
		tokens--
	}
	return text[:tokens]
}

// pace adapts a model's batch to the machine, so that a question never waits
// much longer than the target.
func (m *Models) pace(e Model, n int, took time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	batch := m.batchLocked(e)
	switch {
	case took > m.t.target && batch > 1:
		m.batch[version(e)] = max(1, batch/2)
	case took < m.t.target/3 && n == batch && batch < mostTexts:
		m.batch[version(e)] = min(mostTexts, batch*2)
	}
}

// batchLocked is how many texts the next batch of a model has; m.mu is held.
func (m *Models) batchLocked(e Model) int { return cmp.Or(m.batch[version(e)], mostTexts) }

// version names a model with its weights.
func version(e Model) string { return e.Name + "@" + e.Digest }

// embedder returns the embedding model in use, after comparing it with what
// the runner holds when that was long ago.
func (m *Models) embedder(ctx context.Context) (Model, error) {
	if _, err := m.ready(ctx); err != nil {
		return Model{}, err
	}
	m.mu.Lock()
	e, stale := m.embedding, time.Since(m.checked) > m.t.recheck
	m.mu.Unlock()
	if stale {
		err := m.do(ctx, func(c *connection) error {
			if !e.ok {
				return m.adopt(ctx, c)
			}
			return m.compare(ctx, c, e.model)
		})
		if err != nil {
			return Model{}, err
		}
		m.mu.Lock()
		e = m.embedding
		m.mu.Unlock()
	}
	if !e.ok {
		return Model{}, noModel(e.why, Embedding)
	}
	return e.model, nil
}

// noModel tells the user how to get a model.
func noModel(why error, want Capability) *Unavailable {
	u := &Unavailable{Reason: why.Error(), Err: why, Why: remark.Of(why)}
	switch {
	case errors.Is(why, ErrRefused):
		u.advise(remark.NextChooseLocal)
	case want == Embedding:
		u.advise(remark.NextFetchEmbedding)
	default:
		u.advise(remark.NextFetchChat)
	}
	return u
}

// compare checks that the model in use is still what the runner holds.
func (m *Models) compare(ctx context.Context, c *connection, e Model) error {
	tags, err := c.client.List(ctx)
	if err != nil {
		return fmt.Errorf("list models: %w", err)
	}
	for _, tag := range tags.Models {
		if tag.Name != e.Name {
			continue
		}
		if tag.Digest != e.Digest {
			return fmt.Errorf("%w: %s has new weights on the runner", ErrModelChanged, e.Name)
		}
		m.mu.Lock()
		m.checked = time.Now()
		m.mu.Unlock()
		return nil
	}
	return noModel(remark.Error(ErrNoModel, remark.NoModelAnyMore, e.Name), Embedding)
}

// request embeds inputs as they are, in one call, and checks the reply. Errors
// of the runner keep their HTTP status.
func (m *Models) request(ctx context.Context, l lane, e Model, inputs []string) ([][]float32, error) {
	limit := m.t.batch
	if l == laneQuery {
		limit = m.t.query
	}
	strict := false // a text cut in silence would be found by its beginning only
	req := &api.EmbedRequest{
		Model: e.Name, Input: inputs, Truncate: &strict, KeepAlive: &api.Duration{Duration: keepAlive},
		Options: map[string]any{"num_ctx": contextOf(e)},
	}
	m.placement(req.Options)
	var vectors [][]float32
	for busy := 0; ; busy++ {
		var resp *api.EmbedResponse
		loaded := m.swaps.begin(e.Name)
		err := m.do(ctx, func(c *connection) (err error) {
			ctx, cancel := context.WithTimeout(withLane(ctx, l), limit)
			defer cancel()
			f := &fault{total: maxReply}
			if resp, err = c.client.Embed(withFault(ctx, f), req); err != nil {
				if errors.Is(err, errTooMuch) || errors.Is(f.err, errTooMuch) {
					return fmt.Errorf("%w: %w", ErrBadVectors, errTooMuch)
				}
				return err
			}
			vectors = resp.Embeddings
			return nil
		})
		if err == nil {
			loaded(contextOf(e), resp.LoadDuration, keepAlive, true)
			m.speeds.embedded(e.Name, resp.PromptEvalCount, resp.TotalDuration, resp.LoadDuration)
		} else {
			loaded(0, 0, 0, false)
		}
		code, message := status(err)
		switch {
		case err == nil:
			return vectors, checkVectors(vectors, len(inputs), e.Dims)
		case code == http.StatusServiceUnavailable || code == http.StatusTooManyRequests:
			if busy < 3 && l == laneIndex {
				select {
				case <-time.After(m.t.backoff << busy):
					continue
				case <-ctx.Done():
					return nil, ctx.Err()
				}
			}
			return nil, unavailable(err, remark.New(remark.RunnerBusy), remark.NextByItself)
		case code == http.StatusNotFound:
			m.mu.Lock()
			clear(m.others)
			m.mu.Unlock()
			return nil, noModel(remark.Error(ErrNoModel, remark.NoModelSays, message), Embedding)
		case code == http.StatusUnauthorized || code == http.StatusForbidden:
			return nil, unavailable(err, remark.New(remark.RunnerRefuses, message), "")
		case outOfMemory(err):
			return nil, memoryShort(err)
		case code == 0 && !isUnavailable(err) && ctx.Err() == nil && !errors.Is(err, ErrBadVectors):
			return nil, fmt.Errorf("%w: %w", ErrBadVectors, err) // a reply that is no JSON of vectors
		}
		return nil, err
	}
}

func isUnavailable(err error) bool {
	_, ok := errors.AsType[*Unavailable](err)
	return ok
}

func memoryShort(err error) *Unavailable {
	_, message := status(err)
	if message == "" {
		message = err.Error()
	}
	return unavailable(err, remark.New(remark.NoMemory, strings.TrimSpace(message)), remark.NextCloseOrSmaller)
}

// placement adds to a request's options where the model is to lie, if the user
// says so.
func (m *Models) placement(options map[string]any) {
	if m.o.NumGPU != nil {
		options["num_gpu"] = *m.o.NumGPU
	}
}

// contextOf is the context to load an embedding model with: passages have 400
// tokens at most and questions 8 KB, and keys and values of a large embedder
// with 8192 tokens would take a gigabyte.
func contextOf(e Model) int {
	const enough = 2048
	if e.MaxTokens <= 0 {
		return enough
	}
	return min(e.MaxTokens, enough)
}
