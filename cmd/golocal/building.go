package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"golocal"
	"golocal/index"
	"golocal/ingest"
	"golocal/internal/remark"
	"golocal/models"
	"golocal/web"
)

// keepBuilding builds what another embedding model is wanted for, also what was
// begun before a restart.
func (a *app) keepBuilding(ctx context.Context) error {
	tick := time.NewTicker(5 * time.Second)
	defer tick.Stop()
	for {
		if err := a.build(ctx); err != nil && ctx.Err() == nil {
			a.c.log.Debug("the building of an index waits", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-a.builder:
		case <-tick.C:
		}
	}
}

// build fills the space that is being built, if there is one, and lets it take
// over. Passages that the model refuses are found by words alone afterwards.
func (a *app) build(ctx context.Context) error {
	return a.builds.run(ctx, func(ctx context.Context) error {
		b, ok := a.index.Building()
		if !ok || a.rest.all(a.index.Roots(ctx)) {
			return nil
		}
		to := b.Space()
		a.built.begin(to)
		fill := ingest.New(ingest.Options{Vectors: noted{b, &a.built}, Embedder: paced{counted{a.models.In(to), &a.built.embedding}, a.manners}, Log: a.c.log})
		_, err := fill.Fill(ctx)
		if err == nil {
			err = a.turn.change(func() error { return b.Finish(ctx) })
		}
		a.built.end(err)
		if err != nil {
			return err
		}
		a.c.log.Info("another embedding model's index took over", "model", to.Model, "dur", time.Since(a.built.since()))
		a.setCounter(ctx)
		a.nudge() // for what came last
		return nil
	})
}

// built is how the building of a space goes in this process.
type built struct {
	embedding // of its passages

	mu     sync.Mutex // owns the rest
	space  golocal.Space
	began  time.Time
	texts  int64 // embedded before
	stored int64 // since it began
	why    error // it does not go on
}

// noted tells built what is stored.
type noted struct {
	*index.Building
	built *built
}

func (n noted) Attach(ctx context.Context, sums []golocal.Sum, vectors [][]float32) error {
	err := n.Building.Attach(ctx, sums, vectors)
	if err == nil {
		n.built.mu.Lock()
		defer n.built.mu.Unlock()
		n.built.stored += int64(len(sums))
	}
	return err
}

func (b *built) begin(s golocal.Space) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.space != s || b.why != nil {
		b.space, b.began, b.texts, b.stored, b.why = s, time.Now(), b.embedding.texts.Load(), 0, nil
	}
}

func (b *built) end(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.why = err
	if err == nil {
		b.space = golocal.Space{}
	}
}

func (b *built) since() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.began
}

// rate is passages per second for this space, whatever else goes on meanwhile; 0
// before there were enough to tell. held is how many have vectors that are not
// stored yet, why what it waits for.
func (b *built) rate(s golocal.Space) (perSecond float64, held int, why error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.space != s || errors.Is(b.why, context.Canceled) {
		return 0, 0, nil
	}
	texts, took := b.embedding.texts.Load()-b.texts, time.Since(b.began).Seconds()
	if b.why == nil {
		held = int(max(texts-b.stored, 0))
	}
	if texts < 8 || took <= 0 {
		return 0, held, b.why
	}
	return float64(texts) / took, held, b.why
}

// building is how far another model's index is, nil when none is built.
func (a *app) building(ctx context.Context) (*web.Building, error) {
	b, ok := a.index.Building()
	if !ok {
		return nil, nil
	}
	done, total, err := b.Progress(ctx)
	if err != nil {
		return nil, err
	}
	perSecond, held, why := a.built.rate(b.Space())
	done = min(done+held, total)
	out := &web.Building{Model: b.Space().Model, Done: done, Total: total}
	if why != nil {
		out.Reason, out.Remark = strings.ReplaceAll(why.Error(), "\n", " "), remark.By(why)
	} else if perSecond > 0 {
		out.Seconds = float64(total-done) / perSecond
	}
	if now, ok := a.index.Serving(); ok {
		_, err := a.models.In(now).Model(ctx)
		if _, gone := errors.AsType[*models.Gone](err); !gone {
			out.Meanwhile = now.Model
		}
		if now.Model == out.Model {
			out.Change = "other prompts"
			if now.Digest != b.Space().Digest {
				out.Change = "new weights"
			}
		}
	}
	out.Text = buildingText(*out)
	return out, nil
}

// buildingText is one line for people.
func buildingText(b web.Building) string {
	s := "building the index for " + b.Model
	if b.Change != "" {
		s += " with " + b.Change
	}
	s += fmt.Sprintf(": %s of %s passages", thousands(b.Done), thousands(b.Total))
	if b.Seconds > 0 {
		s += ", about " + aboutText(b.Seconds) + " left"
	}
	switch {
	case b.Meanwhile == "":
		s += "; words alone are searched meanwhile, as the model before is not installed any more"
	case b.Change != "":
		s += "; the index before answers meanwhile"
	default:
		s += "; " + b.Meanwhile + " answers meanwhile"
	}
	if b.Reason != "" {
		s += ". It waits: " + b.Reason
	}
	return s
}

// thousands writes 1234567 as 1,234,567.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
