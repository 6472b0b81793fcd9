package main

import (
	"context"
	"sync"
	"sync/atomic"

	"golocal/ingest/chunk"
	"golocal/models"
)

// counter counts tokens with the embedding model's own vocabulary once that is
// known, and estimates before.
type counter struct {
	count atomic.Pointer[func(string) int]

	mu    sync.Mutex
	model string // digest of the model whose vocabulary count has
}

func (c *counter) tokens(s string) int {
	if f := c.count.Load(); f != nil {
		return (*f)(s)
	}
	return chunk.Estimate(s)
}

// counting is a model that tells its vocabulary.
type counting interface {
	Counter(ctx context.Context) (func(string) int, error)
}

// set takes up the vocabulary of a model, which has that digest.
func (c *counter) set(ctx context.Context, m counting, digest string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.model == digest {
		return
	}
	if f, err := m.Counter(ctx); err == nil && f != nil {
		c.count.Store(&f)
		c.model = digest
	}
}

// counter is the embedding model's own token count for a command that needs
// nothing else of it, or the estimate where there is no model.
func (c *cli) counter(ctx context.Context) func(string) int {
	var n counter
	if m, err := models.Open(ctx, c.modelOptions()); err == nil {
		if space, ok := m.Space(); ok {
			n.set(ctx, m, space.Digest)
		}
		if err := m.Close(); err != nil {
			c.log.Warn("model runner did not end", "err", err)
		}
	}
	return n.tokens
}
