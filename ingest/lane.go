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
// one and none of them waits for a large one to end. There is no goroutine of
// its own: whoever waits and finds the lane free sends the next batch.
type lane struct {
	embedder Embedder
	busy     chan struct{} // holds one token: who has it may call the embedder

	mu     sync.Mutex
	groups []*group             // with jobs to send, in the order in which they are served
	jobs   map[golocal.Sum]*job // to be sent, or being embedded
}

// group is what a document still has to send, in order. A job that several
// documents wait for lies in each one's group.
type group struct{ queue []*job }

// job is one input and everyone who waits for it.
type job struct {
	sum     golocal.Sum
	input   string
	waiters int
	sent    bool
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
// told, which may be nil, is called with how many of the chunks are done.
func (l *lane) embed(ctx context.Context, chunks []golocal.Chunk, told func(done int)) ([][]float32, error) {
	vectors := make([][]float32, len(chunks))
	if len(chunks) == 0 {
		return vectors, nil
	}
	if l.embedder == nil {
		return vectors, golocal.ErrUnavailable
	}
	mine, group := l.join(chunks)
	defer l.leave(mine, group)
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
		if told != nil {
			told(i + 1)
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

func (l *lane) join(chunks []golocal.Chunk) ([]*job, *group) {
	l.mu.Lock()
	defer l.mu.Unlock()
	mine, g := make([]*job, len(chunks)), &group{}
	for i, c := range chunks {
		j := l.jobs[c.Sum]
		if j == nil {
			j = &job{sum: c.Sum, input: c.Input, done: make(chan struct{})}
			l.jobs[c.Sum] = j
		}
		j.waiters++
		mine[i] = j
		if !j.sent {
			g.queue = append(g.queue, j)
		}
	}
	l.groups = append(l.groups, g)
	return mine, g
}

// leave drops jobs that nobody waits for any more and that were not sent.
func (l *lane) leave(mine []*job, g *group) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, j := range mine {
		if j.waiters--; j.waiters == 0 && !j.sent && l.jobs[j.sum] == j {
			delete(l.jobs, j.sum)
		}
	}
	l.groups = slices.DeleteFunc(l.groups, func(other *group) bool { return other == g || other.dead() })
}

// dead reports whether a group holds nothing to send.
func (g *group) dead() bool {
	return !slices.ContainsFunc(g.queue, func(j *job) bool { return !j.sent && j.waiters > 0 })
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

// send embeds one batch. Its error is the context's: the batch goes back to be
// sent by somebody else, before all others.
func (l *lane) send(ctx context.Context) error {
	batch := l.take()
	if len(batch) == 0 {
		return nil
	}
	err := l.try(ctx, batch)
	l.mu.Lock()
	defer l.mu.Unlock()
	again := &group{}
	for _, j := range batch {
		if err == nil || j.vector != nil || j.err != nil {
			delete(l.jobs, j.sum)
			close(j.done)
			continue
		}
		j.sent = false
		again.queue = append(again.queue, j)
		if j.waiters == 0 {
			delete(l.jobs, j.sum)
		}
	}
	if len(again.queue) > 0 {
		l.groups = slices.Insert(l.groups, 0, again)
	}
	return err
}

// take fills a batch: one job of each document, beginning where the last batch
// ended, and then as many as fit of those that have the fewest left.
func (l *lane) take() []*job {
	l.mu.Lock()
	defer l.mu.Unlock()
	var batch []*job
	served := 0
	for _, g := range l.groups {
		if len(batch) == batchSize {
			break
		}
		served++
		if j := g.next(); j != nil {
			batch = append(batch, j)
		}
	}
	l.groups = slices.Concat(l.groups[served:], l.groups[:served])
	l.groups = slices.DeleteFunc(l.groups, func(g *group) bool { return len(g.queue) == 0 })
	if len(batch) == batchSize {
		return batch
	}
	shortest := slices.Clone(l.groups)
	slices.SortStableFunc(shortest, func(a, b *group) int { return len(a.queue) - len(b.queue) })
	for _, g := range shortest {
		for len(batch) < batchSize {
			j := g.next()
			if j == nil {
				break
			}
			batch = append(batch, j)
		}
	}
	l.groups = slices.DeleteFunc(l.groups, func(g *group) bool { return len(g.queue) == 0 })
	return batch
}

// next takes the group's first job that somebody waits for and nobody has sent;
// nil when there is none.
func (g *group) next() *job {
	for len(g.queue) > 0 {
		j := g.queue[0]
		g.queue = g.queue[1:]
		if !j.sent && j.waiters > 0 {
			j.sent = true
			return j
		}
	}
	return nil
}

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
