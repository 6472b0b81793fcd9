package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"time"

	"github.com/ollama/ollama/api"

	"golocal/engine/runner"
)

const (
	embedSlice = 16   // texts that one turn embeds; others wait at most for these
	maxInputs  = 8192 // texts of a request
)

func (s *Server) embed(w http.ResponseWriter, r *http.Request) error {
	began := time.Now()
	var req api.EmbedRequest
	if err := decode(w, r, maxTexts, &req); err != nil {
		return err
	}
	texts, err := inputs(req.Input)
	if err != nil {
		return err
	}
	m, err := s.installed(req.Model)
	if err != nil {
		return err
	}
	if !m.pools() {
		return badRequest("%q does not support embeddings", req.Model)
	}
	opts, err := m.options(req.Options)
	if err != nil {
		return err
	}
	if dims := int(m.kv.EmbeddingLength()); req.Dimensions < 0 || req.Dimensions > dims {
		return badRequest("dimensions must be between 1 and %d for %s", dims, m.shown())
	}

	resp := api.EmbedResponse{Model: req.Model, Embeddings: [][]float32{}}
	job := embedding{
		turns: s.turns, govern: s.pool.govern, lane: laneOf(r.Header.Get(LaneHeader), laneIndex),
		truncate: req.Truncate == nil || *req.Truncate, dims: req.Dimensions, texts: texts,
	}
	err = s.pool.use(r.Context(), m, opts.NumCtx, keepAlive(req.KeepAlive), func() bool { return false },
		func(proc runnerProcess, loading time.Duration) error {
			resp.LoadDuration += loading
			return job.run(r.Context(), proc)
		})
	if err != nil {
		return err
	}
	if len(texts) > 0 {
		resp.Embeddings, resp.PromptEvalCount = job.vectors, job.tokens
		resp.TotalDuration = since(began)
	}
	writeJSON(w, http.StatusOK, resp)
	return nil
}

// inputs reads the input of a request: a text or a list of texts.
func inputs(v any) ([]string, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case string:
		return []string{v}, nil
	case []any:
		if len(v) > maxInputs {
			return nil, badRequest("at most %d inputs in a request", maxInputs)
		}
		texts := make([]string, len(v))
		for i, e := range v {
			t, ok := e.(string)
			if !ok {
				return nil, badRequest("invalid input type")
			}
			texts[i] = t
		}
		return texts, nil
	}
	return nil, badRequest("invalid input type")
}

// keepAlive is how long a request wants its model kept; nil is the default.
func keepAlive(d *api.Duration) *time.Duration {
	if d == nil {
		return nil
	}
	return &d.Duration
}

// embedding is one request's texts on their way to vectors. It can be run again
// after a crash and goes on where it was.
type embedding struct {
	turns    *turns
	govern   *governor
	lane     lane
	truncate bool
	dims     int // keep only the first dimensions; 0 keeps all
	texts    []string

	order   []int // of texts, by length
	vectors [][]float32
	tokens  int
}

// run embeds in slices, each in a turn of its own, texts of near length
// together. An error is that of the whole request.
func (e *embedding) run(ctx context.Context, proc runnerProcess) error {
	if e.vectors == nil {
		e.vectors = make([][]float32, len(e.texts))
		e.order = make([]int, len(e.texts))
		for i := range e.order {
			e.order[i] = i
		}
		slices.SortStableFunc(e.order, func(a, b int) int { return cmp.Compare(len(e.texts[a]), len(e.texts[b])) })
	}
	for len(e.order) > 0 {
		n := min(embedSlice, len(e.order))
		if err := e.slice(ctx, proc, e.order[:n]); err != nil {
			return err
		}
		e.order = e.order[n:]
	}
	return nil
}

func (e *embedding) slice(ctx context.Context, proc runnerProcess, at []int) error {
	req := runner.EmbedRequest{Truncate: e.truncate, Inputs: make([]string, len(at))}
	for i, j := range at {
		req.Inputs[i] = e.texts[j]
	}
	done, err := e.turns.take(ctx, e.lane)
	if err != nil {
		return err
	}
	var resp runner.EmbedResponse
	err = e.govern.during(proc, func() error {
		resp, err = proc.Embed(ctx, req)
		return err
	})
	done()
	if err != nil {
		return err
	}
	dims := proc.Info().EmbeddingLength
	if len(resp.Vectors) != len(at) || len(resp.Tokens) != len(at) {
		return fmt.Errorf("the runner gave %d vectors for %d texts", len(resp.Vectors), len(at))
	}
	for i, v := range resp.Vectors {
		if len(v) != dims {
			return fmt.Errorf("the runner gave a vector of %d dimensions, not %d", len(v), dims)
		}
		if e.dims > 0 {
			v = v[:e.dims]
		}
		if err := normalize(v); err != nil {
			return fmt.Errorf("input %d: %w", at[i], err)
		}
		e.vectors[at[i]] = v
		e.tokens += resp.Tokens[i]
	}
	return nil
}

// normalize scales v to length 1 in place.
func normalize(v []float32) error {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	norm := math.Sqrt(sum)
	if math.IsNaN(norm) || math.IsInf(norm, 0) {
		return errors.New("embedding contains NaN or Inf values")
	}
	if norm == 0 {
		return errors.New("embedding is zero")
	}
	for i := range v {
		v[i] = float32(float64(v[i]) / norm)
	}
	return nil
}
