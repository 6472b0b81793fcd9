package store

import (
	"context"
	"errors"
	"fmt"
	"os"

	"golocal"
	"golocal/index"
)

// given are the vectors of an index, in turn: one in ten of them is a question
// that is not searched among the others.
type given struct {
	dims              int
	chunks, questions [][]float32
	next, asked       int
}

// readVectors takes the vectors of a backup, which is unpacked in dir for that.
func readVectors(ctx context.Context, backup, dir string) (g *given, err error) {
	if err := index.Restore(ctx, dir, backup); err != nil {
		return nil, err
	}
	x, err := index.Open(dir, index.Options{Small: true})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, x.Close(), os.RemoveAll(dir)) }()
	space, ok := x.Space()
	if !ok {
		return nil, fmt.Errorf("%s has no vectors", backup)
	}
	g = &given{dims: space.Dims}
	seen := map[golocal.Sum]bool{}
	n := 0
	for d, err := range x.Documents(ctx, 0) {
		if err != nil {
			return nil, err
		}
		chunks, err := x.Chunks(ctx, d.ID)
		if err != nil {
			return nil, err
		}
		var sums []golocal.Sum
		for _, c := range chunks {
			if !seen[c.Sum] {
				seen[c.Sum] = true
				sums = append(sums, c.Sum)
			}
		}
		found, err := x.Vectors(ctx, sums)
		if err != nil {
			return nil, err
		}
		for _, sum := range sums {
			switch v, ok := found[sum]; {
			case !ok:
			case n%10 == 9:
				g.questions = append(g.questions, v)
				n++
			default:
				g.chunks = append(g.chunks, v)
				n++
			}
		}
	}
	if len(g.questions) == 0 || len(g.chunks) < perDocument {
		return nil, fmt.Errorf("%s has %d vectors, too few to measure with", backup, n)
	}
	return g, nil
}

// share returns the dimensions, and how many chunks of at most n there are.
func (g *given) share(n int) (dims, chunks int) {
	return g.dims, min(n, len(g.chunks)) / perDocument * perDocument
}

func (g *given) chunk() []float32 {
	g.next++
	return g.chunks[(g.next-1)%len(g.chunks)]
}

func (g *given) question() []float32 {
	g.asked++
	return g.questions[(g.asked-1)%len(g.questions)]
}
