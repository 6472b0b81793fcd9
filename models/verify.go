package models

import (
	"context"
	"fmt"
	"math"
)

// checkVectors refuses replies that are not n vectors of dims numbers each,
// finite and not zero.
func checkVectors(vectors [][]float32, n, dims int) error {
	if len(vectors) != n {
		return fmt.Errorf("%w: %d vectors for %d texts", ErrBadVectors, len(vectors), n)
	}
	for i, v := range vectors {
		if len(v) != dims {
			return fmt.Errorf("%w: vector %d has %d dimensions, the model has %d", ErrBadVectors, i, len(v), dims)
		}
		var norm float64
		for _, x := range v {
			norm += float64(x) * float64(x)
		}
		switch {
		case math.IsNaN(norm) || math.IsInf(norm, 0):
			return fmt.Errorf("%w: vector %d holds values that are not numbers", ErrBadVectors, i)
		case norm < 1e-12:
			return fmt.Errorf("%w: vector %d is zero", ErrBadVectors, i)
		}
	}
	return nil
}

// unit scales a sum of vectors to length one.
func unit(sum []float64) ([]float32, error) {
	var norm float64
	for _, x := range sum {
		norm += x * x
	}
	norm = math.Sqrt(norm)
	if norm < 1e-6 {
		return nil, fmt.Errorf("%w: the pieces of a text cancel out", ErrBadVectors)
	}
	out := make([]float32, len(sum))
	for i, x := range sum {
		out[i] = float32(x / norm)
	}
	return out, nil
}

func cosine(a, b []float32) float64 {
	var dot, aa, bb float64
	for i := range a {
		dot += float64(a[i]) * float64(b[i])
		aa += float64(a[i]) * float64(a[i])
		bb += float64(b[i]) * float64(b[i])
	}
	return dot / math.Sqrt(aa*bb)
}

// The canaries: two short texts far apart in meaning. Their vectors are known
// from requests of their own, where there is nothing to mix up.
const (
	firstCanary = "The harbour master counted four ships before dawn."
	lastCanary  = "x = 2*y + 1"
)

type canaries struct{ first, last []float32 }

// sandwich embeds a batch with a canary at both ends: when the runner mixes
// up the order, the canaries come back in the wrong places and nothing of the
// batch is used. A single text has no order.
func (m *Models) sandwich(ctx context.Context, e Model, inputs []string) ([][]float32, error) {
	if len(inputs) == 1 {
		return m.request(ctx, laneIndex, e, inputs)
	}
	m.mu.Lock()
	known := m.canaries[version(e)]
	m.mu.Unlock()
	if known.first == nil {
		for text, to := range map[string]*[]float32{firstCanary: &known.first, lastCanary: &known.last} {
			v, err := m.request(ctx, laneIndex, e, []string{text})
			if err != nil {
				return nil, err
			}
			*to = v[0]
		}
		m.mu.Lock()
		m.canaries[version(e)] = known
		m.mu.Unlock()
	}
	batch := make([]string, 0, len(inputs)+2)
	batch = append(append(append(batch, firstCanary), inputs...), lastCanary)
	vectors, err := m.request(ctx, laneIndex, e, batch)
	if err != nil {
		return nil, err
	}
	end := len(vectors) - 1
	if !is(vectors[0], known.first, known.last) || !is(vectors[end], known.last, known.first) {
		return nil, fmt.Errorf("%w: the batch came back in another order", ErrBadVectors)
	}
	return vectors[1:end], nil
}

// is says that v is the known vector and not the other one. Batches change a
// value in its third digit, no more.
func is(v, known, other []float32) bool {
	near := cosine(v, known)
	return near > 0.9 && near > cosine(v, other)
}
