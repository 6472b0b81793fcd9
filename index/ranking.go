package index

import (
	"cmp"
	"math"
	"slices"

	"golocal"
)

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

// floor is the least score that may still come in, -Inf while all may.
func (r *ranking) floor() float32 {
	if len(r.heap) < r.k {
		return float32(math.Inf(-1))
	}
	return r.heap[0].score
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
