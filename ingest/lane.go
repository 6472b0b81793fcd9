package ingest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"

	"golocal"
)

const batchSize = 32

// lane is the way to the embedder: one batch at a time, filled from all
// documents that wait, so that many small files cost as few calls as one large
// one. There is no goroutine of its own: whoever waits and finds the lane free
// sends the next batch.
type lane struct {
	embedder Embedder
	busy     chan struct{} // holds one token: who has it may call the embedder

	mu    sync.Mutex
	queue []*job               // not yet sent, oldest first
	jobs  map[golocal.Sum]*job // queued or being embedded
}

// job is one input and everyone who waits for it.
type job struct {
	sum     golocal.Sum
	input   string
	waiters int
	done    chan struct{} // closed when vector or err is set
	vector  []float32
	err     error
}

func newLane(e Embedder) *lane {
	l := &lane{embedder: e, busy: make(chan struct{}, 1), jobs: map[golocal.Sum]*job{}}
	l.busy <- struct{}{}
	return l
}

// embed returns a vector for each chunk. A chunk that the embedder refuses has a nil one. The
// error is golocal.ErrUnavailable's or the context's; then some vectors are nil.
func (l *lane) embed(ctx context.Context, chunks []golocal.Chunk) ([][]float32, error) {
	vectors := make([][]float32, len(chunks))
	if len(chunks) == 0 {
		return vectors, nil
	}
	if l.embedder == nil {
		return vectors, golocal.ErrUnavailable
	}
	mine := l.join(chunks)
	defer l.leave(mine)
	var failure error
	for i, j := range mine {
		if err := l.wait(ctx, j); err != nil {
			return vectors, err
		}
		vectors[i] = j.vector
		if errors.Is(j.err, golocal.ErrUnavailable) {
			return vectors, j.err
		}
		if j.err != nil && failure == nil {
			failure = j.err
		}
	}
	if failure != nil {
		return vectors, &refusal{failure}
	}
	return vectors, nil
}

// refusal says that the embedder answered but refused some inputs.
type refusal struct{ err error }

func (r *refusal) Error() string { return r.err.Error() }
func (r *refusal) Unwrap() error { return r.err }

func (l *lane) join(chunks []golocal.Chunk) []*job {
	l.mu.Lock()
	defer l.mu.Unlock()
	mine := make([]*job, len(chunks))
	for i, c := range chunks {
		j := l.jobs[c.Sum]
		if j == nil {
			j = &job{sum: c.Sum, input: c.Input, done: make(chan struct{})}
			l.jobs[c.Sum] = j
			l.queue = append(l.queue, j)
		}
		j.waiters++
		mine[i] = j
	}
	return mine
}

// leave drops jobs that nobody waits for any more and that were not sent.
func (l *lane) leave(mine []*job) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, j := range mine {
		j.waiters--
	}
	l.queue = slices.DeleteFunc(l.queue, func(j *job) bool {
		if j.waiters == 0 {
			delete(l.jobs, j.sum)
		}
		return j.waiters == 0
	})
}

// wait returns when j is done, sending batches while the lane is free.
func (l *lane) wait(ctx context.Context, j *job) error {
	for {
		select {
		case <-j.done:
			return nil
		default:
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-j.done:
			return nil
		case <-l.busy:
			err := l.send(ctx)
			l.busy <- struct{}{}
			if err != nil {
				return err
			}
		}
	}
}

// send embeds one batch. Its error is the context's: the batch goes back to the
// queue for somebody else.
func (l *lane) send(ctx context.Context) error {
	batch := l.take()
	if len(batch) == 0 {
		return nil
	}
	err := l.try(ctx, batch)
	l.mu.Lock()
	defer l.mu.Unlock()
	if err != nil {
		var again []*job
		for _, j := range batch {
			if j.vector == nil && j.err == nil {
				again = append(again, j)
			}
		}
		l.queue = append(again, l.queue...)
		for _, j := range batch {
			if j.vector != nil || j.err != nil {
				l.finish(j)
			}
		}
		return err
	}
	for _, j := range batch {
		l.finish(j)
	}
	return nil
}

func (l *lane) finish(j *job) {
	delete(l.jobs, j.sum)
	close(j.done)
}

// take removes the oldest job and those nearest to it in length.
func (l *lane) take() []*job {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.queue) == 0 {
		return nil
	}
	oldest := len(l.queue[0].input)
	near := slices.Clone(l.queue[:min(len(l.queue), 8*batchSize)])
	slices.SortStableFunc(near[1:], func(a, b *job) int {
		return abs(len(a.input)-oldest) - abs(len(b.input)-oldest)
	})
	near = near[:min(len(near), batchSize)]
	taken := make(map[*job]bool, len(near))
	for _, j := range near {
		taken[j] = true
	}
	l.queue = slices.DeleteFunc(l.queue, func(j *job) bool { return taken[j] })
	return near
}

func abs(n int) int { return max(n, -n) }

// try embeds a batch. When the embedder refuses it, the halves are tried, so
// that one bad input costs only itself.
func (l *lane) try(ctx context.Context, batch []*job) error {
	inputs := make([]string, len(batch))
	for i, j := range batch {
		inputs[i] = j.input
	}
	vectors, err := l.embedder.Embed(ctx, inputs)
	if err == nil {
		err = checkVectors(vectors, len(batch))
	}
	switch {
	case err == nil:
		for i, j := range batch {
			j.vector = vectors[i]
		}
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.Is(err, golocal.ErrUnavailable) || len(batch) == 1:
		for _, j := range batch {
			j.err = err
		}
	default:
		if err := l.try(ctx, batch[:len(batch)/2]); err != nil {
			return err
		}
		return l.try(ctx, batch[len(batch)/2:])
	}
	return nil
}

func checkVectors(vectors [][]float32, want int) error {
	if len(vectors) != want {
		return fmt.Errorf("embed %d texts: the model gave %d vectors", want, len(vectors))
	}
	for _, v := range vectors {
		if len(v) == 0 || len(v) != len(vectors[0]) {
			return fmt.Errorf("embed %d texts: the model gave vectors of %d and %d numbers", want, len(vectors[0]), len(v))
		}
		for _, x := range v {
			if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
				return fmt.Errorf("embed %d texts: the model gave a vector that is not finite", want)
			}
		}
	}
	return nil
}
