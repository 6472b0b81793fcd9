package index

import (
	"context"

	"golocal"
	"golocal/index/kernel"
)

// slack is how many more candidates chromem-go is asked for, so that vectors
// equal up to rounding are ordered by us.
const slack = 16

// entry says that a chunk's vector is in a row of the arena.
type entry struct {
	chunk, doc int64
	row        int32
}

// snapshot is the vectors of one moment. Nothing that it shows ever changes:
// writers append beyond it and copy what they must change.
type snapshot struct {
	arena
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

// nearest returns the k entries nearest to q, which has length 1: exact, best
// first, equal scores by chunk. in nil is every document.
func (s *snapshot) nearest(ctx context.Context, q []float32, k int, in map[int64]bool) ([]golocal.Match, error) {
	best, err := s.ranked(ctx, q, min(k, len(s.entries)), in)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	return best.matches(), nil
}

func (s *snapshot) ranked(ctx context.Context, q []float32, k int, in map[int64]bool) (*ranking, error) {
	switch {
	case k <= 0:
		return &ranking{}, nil
	case in == nil && s.base != nil:
		return s.throughBase(ctx, q, k)
	}
	return s.scan(ctx, q, k, in)
}

// throughBase asks chromem-go, and compares what came after its collection.
func (s *snapshot) throughBase(ctx context.Context, q []float32, k int) (*ranking, error) {
	ids, err := s.base.query(ctx, q, k+s.baseDead+slack)
	if err != nil {
		return nil, err
	}
	best := &ranking{k: k}
	offer := func(i int) {
		if e := s.entries[i]; !s.isDead(i) {
			best.offer(e.chunk, kernel.Dot(q, s.row(e.row)))
		}
	}
	for _, i := range ids {
		offer(i)
	}
	for i := s.baseEnd; i < len(s.entries); i++ {
		offer(i)
	}
	return best, nil
}
