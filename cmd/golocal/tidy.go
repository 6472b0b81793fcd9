package main

import (
	"context"
	"time"
)

// keepVectors makes the index want the embedding model in use, and embeds what
// has no vector in the active space, as after the runner was away.
func (a *app) keepVectors(ctx context.Context) error {
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	for {
		if err := a.useSpace(ctx); err != nil {
			a.c.log.Warn("embedding space not in use", "err", err)
		} else if err := a.fill(ctx); err != nil && ctx.Err() == nil {
			a.c.log.Debug("vectors wait", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-a.vectors:
		case <-tick.C:
		}
	}
}

// fill embeds what has no vector.
func (a *app) fill(ctx context.Context) error {
	if a.rest.all(a.index.Roots(ctx)) {
		return nil
	}
	return a.turn.run(ctx, func(ctx context.Context) error {
		_, err := a.ingester.Fill(ctx)
		return err
	})
}

// nudge wakes keepVectors.
func (a *app) nudge() { wake(a.vectors) }

func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// orphanAge is how long the vectors of a vanished text are kept, so that a
// move, a revert or a branch switch costs no embedding.
const orphanAge = 10 * time.Minute

func (a *app) tidy(ctx context.Context) error {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		case <-a.index.Outgrown():
		}
		if _, err := a.index.Purge(ctx, orphanAge); err != nil && ctx.Err() == nil {
			a.c.log.Warn("old vectors not removed", "err", err)
		}
	}
}
