package main

import (
	"context"
	"sync/atomic"

	"golocal/ingest"
	"golocal/models"
)

// counter counts tokens with the embedding model's own vocabulary once that is
// known, and estimates before.
type counter struct {
	count atomic.Pointer[func(string) int]
}

func (c *counter) tokens(s string) int {
	if f := c.count.Load(); f != nil {
		return (*f)(s)
	}
	return ingest.Estimate(s)
}

func (c *counter) set(ctx context.Context, m *models.Models) {
	if f, err := m.Counter(ctx); err == nil && f != nil {
		c.count.Store(&f)
	}
}

// counter is the embedding model's own token count for a command that needs
// nothing else of it, or the estimate where there is no model.
func (c *cli) counter(ctx context.Context) func(string) int {
	var n counter
	if m, err := models.Open(ctx, c.modelOptions()); err == nil {
		n.set(ctx, m)
		if err := m.Close(); err != nil {
			c.log.Warn("model runner did not end", "err", err)
		}
	}
	return n.tokens
}
