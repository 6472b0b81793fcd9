package store

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/philippgille/chromem-go"
	"github.com/viterin/vek/vek32"

	"golocal"
	"golocal/eval/speed"
	"golocal/index"
	"golocal/index/kernel"
)

// Run measures everything. done is told what is under way.
func Run(ctx context.Context, s Settings, done func(what string)) (figures []speed.Figure, err error) {
	add := func(key, what, unit string, first, second, value, bar float64, atMost bool) {
		figures = append(figures, speed.Figure{Key: key, What: what, Unit: unit, First: first, Second: second, Value: &value, Bar: bar, AtMost: atMost})
	}
	done("writing")
	t, err := fill(ctx, s, chromem.NewDB(), func(n int) { done(fmt.Sprintf("writing %d of %d", n, s.Chunks)) })
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, t.index.Close()) }()
	s = t.Settings
	size := fmt.Sprintf("%d × %d", s.Chunks, s.Dims)

	bytes, err := t.restBytes()
	if err != nil {
		return nil, err
	}
	each := float64(bytes) / float64(s.Chunks)

	done("nearest")
	ours, oursWall, err := t.nearest(ctx, func(q []float32) error {
		_, err := t.index.Nearest(ctx, golocal.Vector{Space: t.space(), Values: q}, 10, golocal.Scope{})
		return err
	})
	if err != nil {
		return nil, err
	}
	theirs, _, err := t.nearest(ctx, func(q []float32) error { _, err := t.chromem.QueryEmbedding(ctx, q, 10, nil, nil); return err })
	if err != nil {
		return nil, err
	}
	add("nearest_chromem_ratio", "nearest 10 of "+size+": chromem-go's processor time / golocal's", "ms", 1e3*theirs, 1e3*ours, theirs/ours, 10, false)
	pass := onePass(s.Chunks*s.Dims*4, s.Rounds)
	add("nearest_memory_ratio", "the same, by the clock / one pass over the vectors", "ms", 1e3*oursWall, 1e3*pass, oursWall/pass, 1.3, true)
	pass = onePass(s.readBytes(), s.Rounds)
	add("nearest_read_ratio", "the same, by the clock / one pass over what it reads of them", "ms", 1e3*oursWall, 1e3*pass, oursWall/pass, 2, true)

	done("hybrid search")
	alone, err := t.hybrid(ctx, 1)
	if err != nil {
		return nil, err
	}
	p95 := 1e3 * quantile(alone.times, .95)
	add("hybrid_p95_ms", "words and vectors together, embedding aside, p95", "ms", p95, 0, p95, 50, true)
	eight, err := t.hybrid(ctx, 8)
	if err != nil {
		return nil, err
	}
	rival, err := t.many(ctx, 8, func(q []float32, _ string) error {
		_, err := t.chromem.QueryEmbedding(ctx, q, 10, nil, nil)
		return err
	})
	if err != nil {
		return nil, err
	}
	add("clients8_chromem_ratio", "8 clients: hybrid searches a second / chromem-go's", "1/s", eight.rate, rival.rate, eight.rate/rival.rate, 3, false)

	done("writing while 4 clients search")
	puts, busy, err := t.putWhileSearching(ctx)
	if err != nil {
		return nil, err
	}
	put := 1e3 * quantile(puts, .95)
	add("put_p95_ms", "put of 20 chunks while 4 clients search, p95", "ms", put, 0, put, 30, true)
	quiet, err := t.hybrid(ctx, 4)
	if err != nil {
		return nil, err
	}
	a, b := quantile(busy, .95), quantile(quiet.times, .95)
	add("search_busy_ratio", "search p95 of 4 clients while one writes / while none does", "ms", 1e3*a, 1e3*b, a/b, 2, true)

	add("bytes_per_chunk", fmt.Sprintf("bytes on disk per chunk of %d characters, all included, at rest", letters), "bytes", each, 0, each, 7*1024, true)

	done("opening")
	if err := t.opening(ctx, add); err != nil {
		return nil, err
	}
	done("the small form")
	if err := t.small(ctx, theirs, add); err != nil {
		return nil, err
	}
	return figures, nil
}

// restBytes is how large the index's files are when it is closed, which empties
// the log as a pause in writing does, and opens it again.
func (t *set) restBytes() (int64, error) {
	if err := t.index.Close(); err != nil {
		return 0, err
	}
	bytes, err := diskBytes(t.home())
	if err != nil {
		return 0, err
	}
	again, err := index.Open(t.home(), index.Options{})
	if err == nil {
		t.index = again
	}
	return bytes, err
}

// readBytes is how much of memory a search of the index reads: sketches where
// there are many vectors, else what chromem-go reads.
func (s Settings) readBytes() int {
	if s.Chunks > index.DefaultExact {
		return kernel.NewRows(s.Chunks, s.Dims).Bytes()
	}
	return s.Chunks * s.Dims * 4
}

// nearest returns the mean processor and wall seconds of a search.
func (t *set) nearest(ctx context.Context, search func(q []float32) error) (processor, wall float64, err error) {
	if err := search(t.question()); err != nil { // vectors are loaded then
		return 0, 0, err
	}
	questions := make([][]float32, t.Rounds)
	for i := range questions {
		questions[i] = t.question()
	}
	runtime.GC()
	cpu, began := processorSeconds(), time.Now()
	for _, q := range questions {
		if err := search(q); err != nil {
			return 0, 0, err
		}
	}
	n := float64(t.Rounds)
	return (processorSeconds() - cpu) / n, time.Since(began).Seconds() / n, ctx.Err()
}

// onePass is how long it takes to read n bytes from memory once, seconds: the
// least of some rounds, because nothing can be faster.
func onePass(n, rounds int) float64 {
	data := make([]float32, n/4)
	for i := range data {
		data[i] = 1
	}
	best := 1e9
	for range max(5, min(rounds, 20)) {
		began := time.Now()
		runtime.KeepAlive(vek32.Sum(data))
		best = min(best, time.Since(began).Seconds())
	}
	return best
}

// searches are the seconds that searches took, and how many ended per second.
type searches struct {
	times []float64
	rate  float64
}

// hybrid searches by words and by vectors at once, as a question does.
func (t *set) hybrid(ctx context.Context, clients int) (searches, error) {
	return t.many(ctx, clients, func(q []float32, words string) error { return t.both(ctx, q, words) })
}

func (t *set) both(ctx context.Context, q []float32, words string) error {
	var legs sync.WaitGroup
	var match, near error
	legs.Go(func() { _, match = t.index.Match(ctx, words, 100, golocal.Scope{}) })
	legs.Go(func() {
		_, near = t.index.Nearest(ctx, golocal.Vector{Space: t.space(), Values: q}, 100, golocal.Scope{})
	})
	legs.Wait()
	return errors.Join(match, near)
}

func (t *set) many(ctx context.Context, clients int, search func(q []float32, words string) error) (searches, error) {
	type question struct {
		q     []float32
		words string
	}
	questions := make([]question, t.Rounds*clients)
	for i := range questions {
		questions[i] = question{t.question(), t.words.query(t.random)}
	}
	times := make([]float64, len(questions))
	errs := make([]error, clients)
	var all sync.WaitGroup
	began := time.Now()
	for c := range clients {
		all.Go(func() {
			for i := c; i < len(questions) && errs[c] == nil; i += clients {
				start := time.Now()
				errs[c] = search(questions[i].q, questions[i].words)
				times[i] = time.Since(start).Seconds()
			}
		})
	}
	all.Wait()
	return searches{times, float64(len(questions)) / time.Since(began).Seconds()}, errors.Join(append(errs, ctx.Err())...)
}

// putWhileSearching writes documents while four clients search without pause,
// until there are enough of both.
func (t *set) putWhileSearching(ctx context.Context) (puts, found []float64, err error) {
	type question struct {
		q     []float32
		words string
	}
	questions := make([]question, 256)
	for i := range questions {
		questions[i] = question{t.question(), t.words.query(t.random)}
	}
	stop := make(chan struct{})
	times := make([][]float64, 4)
	errs := make([]error, 4)
	var ended atomic.Int64
	var broken atomic.Bool
	var clients sync.WaitGroup
	for c := range 4 {
		clients.Go(func() {
			for i := c; errs[c] == nil; i++ {
				select {
				case <-stop:
					return
				default:
				}
				start, k := time.Now(), questions[i%len(questions)]
				errs[c] = t.both(ctx, k.q, k.words)
				times[c] = append(times[c], time.Since(start).Seconds())
				if ended.Add(1); errs[c] != nil {
					broken.Store(true)
				}
			}
		})
	}
	for n := 0; n < t.Rounds || int(ended.Load()) < 4*t.Rounds && !broken.Load(); n++ {
		doc, chunks, vectors := t.document(n % (t.Chunks / perDocument))
		start := time.Now()
		if err = t.index.Put(ctx, doc, chunks, vectors); err != nil {
			break
		}
		puts = append(puts, time.Since(start).Seconds())
	}
	close(stop)
	clients.Wait()
	for _, c := range times {
		found = append(found, c...)
	}
	return puts, found, errors.Join(append(errs, err)...)
}

// quantile is the least of the sorted values that a share p of them does not exceed.
func quantile(values []float64, p float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, int(p*float64(len(sorted))))]
}
