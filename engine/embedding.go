package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"golocal/engine/runner"
)

const (
	embedSlice = 16   // texts that one turn embeds at most, so that requests of one lane alternate
	embedPiece = 2048 // bytes of text that a runner gets at once, if it is more than one text
)

// embedding is one request's texts on their way to vectors. It can be run again
// after a crash and goes on where it was.
type embedding struct {
	turns    *turns
	govern   *governor
	lane     lane
	truncate bool
	dims     int // keep only the first dimensions; 0 keeps all
	texts    []string

	mu      sync.Mutex // owns all below
	left    []int      // texts to do: the longest first, which sizes the graph's memory once
	vectors [][]float32
	tokens  int
}

// run embeds in turns. An error is that of the whole request.
func (e *embedding) run(ctx context.Context, proc runnerProcess) error {
	if e.vectors == nil {
		e.vectors = make([][]float32, len(e.texts))
		e.left = make([]int, len(e.texts))
		for i := range e.left {
			e.left[i] = i
		}
		slices.SortStableFunc(e.left, func(a, b int) int { return cmp.Compare(len(e.texts[b]), len(e.texts[a])) })
	}
	for len(e.left) > 0 {
		if err := e.turn(ctx, proc); err != nil {
			return err
		}
	}
	return nil
}

// turn embeds up to embedSlice texts with all runners that the model has, each
// of which takes the next texts as it gets ready. It ends early when someone
// more urgent waits.
func (e *embedding) turn(ctx context.Context, proc runnerProcess) error {
	done, err := e.turns.take(ctx, e.lane)
	if err != nil {
		return err
	}
	defer done()
	slice := min(embedSlice, len(e.left))
	procs := []runnerProcess{proc}
	if c, ok := proc.(*crew); ok && slice > 1 {
		procs = c.members(slice, e.govern.part())
	}
	governed := make([]governed, len(procs))
	for i, p := range procs {
		governed[i] = p
	}
	return e.govern.during(func() error {
		errs := make([]error, len(procs))
		var wg sync.WaitGroup
		for i, p := range procs {
			wg.Go(func() { errs[i] = e.work(ctx, p, &slice, i == 0) })
		}
		wg.Wait()
		return errors.Join(errs...)
	}, governed...)
}

// work embeds with one runner until the slice is done. What a runner that is not
// the first had when it ended goes back: the others do it.
func (e *embedding) work(ctx context.Context, proc runnerProcess, slice *int, first bool) error {
	for {
		at := e.next(slice)
		if len(at) == 0 {
			return nil
		}
		err := e.piece(ctx, proc, at)
		if err == nil && !e.turns.urgent(e.lane) {
			continue
		}
		e.mu.Lock()
		defer e.mu.Unlock()
		*slice = 0 // for the other runners as well
		if err == nil {
			return nil
		}
		e.left = append(at, e.left...)
		if !first && errors.Is(err, runner.ErrEnded) {
			return nil
		}
		return err
	}
}

// next takes the texts of the next call off the slice.
func (e *embedding) next(slice *int) []int {
	e.mu.Lock()
	defer e.mu.Unlock()
	n, size := 0, 0
	for n < min(*slice, len(e.left)) {
		if size += len(e.texts[e.left[n]]); n > 0 && size > embedPiece {
			break
		}
		n++
	}
	at := slices.Clone(e.left[:n])
	e.left = e.left[n:]
	*slice -= n
	return at
}

// piece embeds texts in one call.
func (e *embedding) piece(ctx context.Context, proc runnerProcess, at []int) error {
	req := runner.EmbedRequest{Truncate: e.truncate, Inputs: make([]string, len(at))}
	for i, j := range at {
		req.Inputs[i] = e.texts[j]
	}
	resp, err := proc.Embed(ctx, req)
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
		resp.Vectors[i] = v
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for i, j := range at {
		e.vectors[j] = resp.Vectors[i]
		e.tokens += resp.Tokens[i]
	}
	return nil
}
