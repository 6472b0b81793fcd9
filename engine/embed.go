package engine

import (
	"errors"
	"math"
	"net/http"
	"time"

	"github.com/ollama/ollama/api"
)

const maxInputs = 8192 // texts of a request

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
