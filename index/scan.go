package index

import (
	"context"
	"math"
	"slices"
	"sync"

	"golocal/index/kernel"
)

const (
	scanBatch   = 4096 // entries between two looks at the context
	settleBatch = 256  // candidates that are compared at once
)

// scan searches by sketches, and compares whole vectors of only those entries
// that may be among the k nearest by what their sketches tell. Its results are
// those of comparing all, bit for bit: a candidate is left out only if k others
// are surely nearer.
func (s *snapshot) scan(ctx context.Context, q []float32, k int, in map[int64]bool) (*ranking, error) {
	w := sweeps.Get().(*sweep)
	defer w.release()
	w.start(s, q)
	// Where vectors turn out not to be there, those behind them count; each time
	// for twice as many, so that a file without any does not take long either.
	for sure := k; ; sure *= 2 {
		if err := w.collect(ctx, min(sure, len(s.entries)), in); err != nil {
			return nil, err
		}
		known := len(w.lost)
		best, err := w.settle(ctx, k)
		if err != nil || len(w.lost) == known {
			return best, err
		}
	}
}

// sweep is one scan under way.
type sweep struct {
	s *snapshot
	q []float32
	bounds
	dots       []int32        // row → inner product of the sketches
	done       []bool         // block → dots has its rows
	candidates []candidate    // by entry
	first      []int          // entries surely nearest, by their least possible scores
	lost       map[int32]bool // rows whose vectors are not there
}

// candidate is an entry that scores upper at most.
type candidate struct {
	entry int
	upper float32
}

// sweeps keeps the memory of sweeps for those that follow.
var sweeps = sync.Pool{New: func() any { return &sweep{} }}

func (w *sweep) start(s *snapshot, q []float32) {
	w.s, w.q, w.bounds, w.lost = s, q, newBounds(q), nil
	w.dots = slices.Grow(w.dots[:0], int(s.rows))[:s.rows]
	w.done = slices.Grow(w.done[:0], len(s.blocks))[:len(s.blocks)]
	clear(w.done)
}

func (w *sweep) release() {
	w.s, w.q, w.bounds, w.lost = nil, nil, bounds{}, nil
	sweeps.Put(w)
}

// rows returns the inner products of a block's sketches.
func (w *sweep) rows(block int32) []int32 {
	from := block * blockRows
	out := w.dots[from:min(from+blockRows, w.s.rows)] // a writer may be filling those behind
	if !w.done[block] {
		w.s.blocks[block].sketches.Dots(out, w.query)
		w.done[block] = true
	}
	return out
}

// collect finds the candidates: k entries are surely as near as the floor.
func (w *sweep) collect(ctx context.Context, k int, in map[int64]bool) error {
	s := w.s
	sure := &ranking{k: k}
	floor := sure.floor()
	w.candidates = w.candidates[:0]
	var b *block
	var dots []int32
	var doc, at int64 = -1, -1
	var wanted bool
	for i := range s.entries {
		if i%scanBatch == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		e := &s.entries[i]
		if in != nil {
			if e.doc != doc { // a document's entries are mostly together
				doc, wanted = e.doc, in[e.doc]
			}
			if !wanted {
				continue
			}
		}
		if n := e.row / blockRows; int64(n) != at {
			at = int64(n)
			if b = s.blocks[n]; b != nil {
				dots = w.rows(n)
			}
		}
		if b == nil {
			continue
		}
		r := e.row % blockRows
		middle, off := w.between(dots[r], b.scales[r], b.radii[r])
		if middle+off < floor || s.isDead(i) || w.lost[e.row] {
			continue
		}
		w.candidates = append(w.candidates, candidate{i, middle + off})
		sure.offer(int64(i), middle-off)
		floor = sure.floor()
	}
	w.first = w.first[:0]
	for _, e := range sure.heap {
		w.first = append(w.first, int(e.chunk))
	}
	slices.Sort(w.first)
	return nil
}

// settle compares candidates whole: first those that are nearest by their
// sketches, then, in the order of the arena and of the file, those that may
// still be nearer.
func (w *sweep) settle(ctx context.Context, k int) (*ranking, error) {
	best := &ranking{k: k}
	if err := w.compare(ctx, w.first, best); err != nil {
		return nil, err
	}
	var batch []int
	first := w.first
	for _, c := range w.candidates {
		if len(first) > 0 && first[0] == c.entry {
			first = first[1:]
			continue
		}
		if c.upper < best.floor() {
			continue
		}
		if batch = append(batch, c.entry); len(batch) == settleBatch {
			if err := w.compare(ctx, batch, best); err != nil {
				return nil, err
			}
			batch = batch[:0]
		}
	}
	return best, w.compare(ctx, batch, best)
}

// compare offers entries by their whole vectors.
func (w *sweep) compare(ctx context.Context, entries []int, best *ranking) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	score := func(row int32) float32 { return kernel.Dot(w.q, w.s.row(row)) }
	if w.s.stored != nil {
		scores, err := w.read(ctx, entries)
		if err != nil {
			return err
		}
		score = func(row int32) float32 { return w.proven(row, scores) }
	}
	for _, i := range entries {
		e := w.s.entries[i]
		if f := score(e.row); f == f {
			best.offer(e.chunk, f)
			continue
		}
		if w.lost == nil {
			w.lost = map[int32]bool{}
		}
		w.lost[e.row] = true
	}
	return nil
}

// read scores the vectors of entries that the file has.
func (w *sweep) read(ctx context.Context, entries []int) (map[int64]float32, error) {
	ids := make([]int64, len(entries))
	for n, i := range entries {
		ids[n] = w.s.vector(w.s.entries[i].row)
	}
	slices.Sort(ids)
	scores := make(map[int64]float32, len(ids))
	err := w.s.stored(ctx, slices.Compact(ids), func(id int64, vec []float32) { scores[id] = kernel.Dot(w.q, vec) })
	return scores, err
}

// proven is a row's score if its sketch allows it, else NaN: the vector is not
// the one that was sketched.
func (w *sweep) proven(row int32, scores map[int64]float32) float32 {
	score, ok := scores[w.s.vector(row)]
	b, r := w.s.blocks[row/blockRows], row%blockRows
	middle, off := w.between(w.rows(row / blockRows)[r], b.scales[r], b.radii[r])
	if !ok || score < middle-off || score > middle+off {
		return float32(math.NaN())
	}
	return score
}
