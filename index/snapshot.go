package index

import (
	"cmp"
	"context"
	"slices"

	"github.com/viterin/vek"
	"github.com/viterin/vek/vek32"

	"golocal"
)

const (
	blockRows = 1024 // rows of the arena in one block
	// slack is how many more candidates chromem-go is asked for, so that
	// vectors equal up to rounding are ordered by us.
	slack     = 16
	scanBatch = 4096 // entries between two looks at the context
)

// entry says that a chunk's vector is in a row of the arena.
type entry struct {
	chunk, doc int64
	row        int32
}

// snapshot is the vectors of one moment. Nothing that it shows ever changes:
// writers append beyond it and copy what they must change.
type snapshot struct {
	dims     int
	blocks   [][]float32 // the arena; nil where every row is dead
	entries  []entry
	dead     []uint64    // bitmap over entries; missing words are 0
	base     *collection // over entries[:baseEnd], nil above the limit
	baseEnd  int
	baseDead int // dead entries that base still holds
}

func (s *snapshot) isDead(i int) bool {
	w := i >> 6
	return w < len(s.dead) && s.dead[w]&(1<<(i&63)) != 0
}

func (s *snapshot) row(r int32) []float32 {
	at := int(r) % blockRows * s.dims
	return s.blocks[int(r)/blockRows][at : at+s.dims : at+s.dims]
}

// nearest returns the k entries nearest to q, which has length 1: exact, best
// first, equal scores by chunk. in nil is every document.
func (s *snapshot) nearest(ctx context.Context, q []float32, k int, in map[int64]bool) ([]golocal.Match, error) {
	best := &ranking{k: k}
	from := 0
	if in == nil && s.base != nil {
		ids, err := s.base.query(ctx, q, k+s.baseDead+slack)
		if err != nil {
			return nil, err
		}
		for _, i := range ids {
			if !s.isDead(i) {
				e := s.entries[i]
				best.offer(e.chunk, dot(q, s.row(e.row)))
			}
		}
		from = s.baseEnd
	}
	var doc int64 = -1
	var wanted bool
	for i := from; i < len(s.entries); i++ {
		if i%scanBatch == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		e := s.entries[i]
		if in != nil && e.doc != doc { // a document's entries are mostly together
			doc, wanted = e.doc, in[e.doc]
		}
		if in != nil && !wanted || s.isDead(i) {
			continue
		}
		best.offer(e.chunk, dot(q, s.row(e.row)))
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return best.matches(), nil
}

var simd = vek.Info().Acceleration

// dot is the inner product of two vectors of one length: AVX2 where there is
// some, else eight sums at a time, which keeps a scalar unit busy.
func dot(a, b []float32) float32 {
	if simd {
		return vek32.Dot(a, b)
	}
	return dotScalar(a, b)
}

func dotScalar(a, b []float32) float32 {
	var s [8]float32
	b = b[:len(a)]
	for len(a) >= 8 {
		x, y := a[:8:8], b[:8:8]
		for i := range s {
			s[i] += x[i] * y[i]
		}
		a, b = a[8:], b[8:]
	}
	for i := range a {
		s[i] += a[i] * b[i]
	}
	return (s[0] + s[4]) + (s[1] + s[5]) + (s[2] + s[6]) + (s[3] + s[7])
}

// ranking keeps the k best of what it is offered, in a heap whose root is the
// worst of them.
type ranking struct {
	k    int
	heap []scored
}

type scored struct {
	chunk int64
	score float32
}

// worse orders by score, then the later chunk.
func worse(a, b scored) bool {
	return a.score < b.score || a.score == b.score && a.chunk > b.chunk
}

func (r *ranking) offer(chunk int64, score float32) {
	n := scored{chunk, score}
	if len(r.heap) < r.k {
		r.heap = append(r.heap, n)
		for i := len(r.heap) - 1; i > 0; {
			up := (i - 1) / 2
			if !worse(r.heap[i], r.heap[up]) {
				break
			}
			r.heap[i], r.heap[up] = r.heap[up], r.heap[i]
			i = up
		}
		return
	}
	if !worse(r.heap[0], n) {
		return
	}
	r.heap[0] = n
	for i := 0; ; {
		down := 2*i + 1
		if down >= len(r.heap) {
			return
		}
		if right := down + 1; right < len(r.heap) && worse(r.heap[right], r.heap[down]) {
			down = right
		}
		if !worse(r.heap[down], r.heap[i]) {
			return
		}
		r.heap[i], r.heap[down] = r.heap[down], r.heap[i]
		i = down
	}
}

func (r *ranking) matches() []golocal.Match {
	slices.SortFunc(r.heap, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.chunk, b.chunk))
	})
	out := make([]golocal.Match, len(r.heap))
	for i, s := range r.heap {
		out[i] = golocal.Match{Chunk: s.chunk, Score: float64(s.score)}
	}
	return out
}
