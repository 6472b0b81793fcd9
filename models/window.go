package models

import (
	"context"
	"errors"

	"github.com/ollama/ollama/api"
)

// The bounds of a context, in tokens. Reading a prompt of mostWindow takes
// minutes without a GPU, and small models lose what stands in its middle (Liu
// et al. 2023, "Lost in the Middle").
const (
	firstWindow = 4096  // the smallest that is asked for, and the unit of growth
	mostWindow  = 32768 // the largest
	leastWindow = 2048  // asked for even where memory is short
)

// sizing is what a chat model's context is sized from. Sizes are in tokens; 0
// is unknown.
type sizing struct {
	need    int   // of prompt and reply together
	made    int   // context that the model was made for
	loaded  int   // context that it is loaded with now
	kvBytes int64 // memory of one token's keys and values, bytes
	memory  int64 // of this machine, bytes
	most    int   // that the user allows
}

// window is the context to ask for: firstWindow, doubled until it holds the
// need, but not beyond limit. Another context than the loaded one makes the
// runner load the model again, so a loaded one is kept unless it is too small.
func (s sizing) window() int {
	if s.most > 0 && s.loaded > s.most { // loaded before the user said so
		s.loaded = 0
	}
	if s.loaded >= max(s.need, 1) {
		return s.loaded
	}
	n := firstWindow
	for n < s.need && n < mostWindow {
		n *= 2
	}
	return max(min(n, s.limit()), s.loaded)
}

// limit is the largest context that fits: what the model was made for, at most
// mostWindow, and no more than keeps keys and values within an eighth of the
// memory and 4 GiB.
func (s sizing) limit() int {
	n := mostWindow
	if s.most > 0 {
		n = min(n, s.most)
	}
	if s.made > 0 {
		n = min(n, s.made)
	}
	budget := int64(4 << 30)
	if s.memory > 0 {
		budget = min(budget, s.memory/8)
	}
	if s.kvBytes > 0 {
		fits := int(min(budget/s.kvBytes, mostWindow)) / 1024 * 1024
		n = min(n, max(fits, min(leastWindow, n)))
	}
	return n
}

func (m *Models) sizing(model Model) sizing {
	return sizing{made: model.Context, kvBytes: model.kvBytes, memory: m.memory, most: m.o.MaxContext}
}

// Window is the context to ask a chat model for when prompt and reply need
// that many tokens, in tokens. It asks the runner what context the model is
// loaded with.
func (m *Models) Window(ctx context.Context, model Model, need int) int {
	s := m.sizing(model)
	s.need = need
	err := m.do(ctx, func(c *connection) error {
		ctx, cancel := context.WithTimeout(ctx, m.t.probe)
		defer cancel()
		ps, err := c.client.ListRunning(ctx)
		if err != nil {
			if errors.Is(err, context.DeadlineExceeded) {
				return nil // busy, which is no reason to take it for dead
			}
			return err
		}
		s.loaded = loadedContext(model, ps.Models)
		return nil
	})
	if err != nil {
		m.log.Debug("loaded context not known", "model", model.Name, "err", err)
	}
	return s.window()
}

// loadedContext is the context that a model is loaded with; 0 when it is not.
func loadedContext(model Model, running []api.ProcessModelResponse) int {
	for _, p := range running {
		if p.Digest == model.Digest || p.Digest == "" && sameModel(model.Name, p.Name) {
			return p.ContextLength
		}
	}
	return 0
}
