package runner

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
)

// pooler is what embedding needs of a loaded model: one vector for the tokens
// of one text, owned by the caller.
type pooler interface {
	pool(tokens []int32) ([]float32, error)
}

// embedder makes vectors of texts with one model.
type embedder struct {
	vocab  vocabulary
	net    pooler
	numCtx int           // longest text, tokens
	turn   chan struct{} // the compute token: whoever put a value in computes
}

// embed computes the vectors of a request. All lengths are checked before
// anything is computed. Texts go one by one, longest first: the graph's memory
// is then sized once, and a batch of equal texts gains nothing on a CPU, whose
// cores one text of some length already fills.
func (e *embedder) embed(ctx context.Context, req EmbedRequest) (EmbedResponse, error) {
	texts := make([][]int32, len(req.Inputs))
	res := EmbedResponse{Vectors: make([][]float32, len(texts)), Tokens: make([]int, len(texts))}
	order := make([]int, len(texts))
	for i, s := range req.Inputs {
		tokens, err := e.vocab.encode(s)
		switch {
		case err != nil:
			return EmbedResponse{}, fmt.Errorf("input %d: %w", i, err)
		case len(tokens) == 0:
			return EmbedResponse{}, fmt.Errorf("input %d: nothing in it to embed", i)
		case len(tokens) > e.numCtx && !req.Truncate:
			return EmbedResponse{}, fmt.Errorf("input %d of %d tokens, at most %d: %w", i, len(tokens), e.numCtx, ErrTooLong)
		}
		texts[i] = e.vocab.truncate(tokens, e.numCtx)
		res.Tokens[i] = len(texts[i])
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(res.Tokens[b], res.Tokens[a]) })
	for _, i := range order {
		v, err := e.one(ctx, texts[i])
		if err != nil {
			return EmbedResponse{}, fmt.Errorf("input %d: %w", i, err)
		}
		res.Vectors[i] = v
	}
	return res, nil
}

// one waits for the compute token and embeds one text.
func (e *embedder) one(ctx context.Context, tokens []int32) ([]float32, error) {
	select {
	case e.turn <- struct{}{}:
		defer func() { <-e.turn }()
	case <-ctx.Done():
	}
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	v, err := e.net.pool(tokens)
	if err != nil {
		return nil, err
	}
	return v, normalise(v)
}

// normalise scales v to L2 norm 1.
func normalise(v []float32) error {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	switch {
	case math.IsNaN(sum) || math.IsInf(sum, 0):
		return errors.New("the model gave a vector that is not finite")
	case sum == 0:
		return errors.New("the model gave a zero vector")
	}
	norm := math.Sqrt(sum)
	for i, x := range v {
		v[i] = float32(float64(x) / norm)
	}
	return nil
}

// checkVectors proves that a response is what was asked for: n unit vectors of
// the model's dimensions.
func checkVectors(r EmbedResponse, n, dims int) error {
	if len(r.Vectors) != n || len(r.Tokens) != n {
		return fmt.Errorf("%d vectors for %d inputs", len(r.Vectors), n)
	}
	for i, v := range r.Vectors {
		if len(v) != dims {
			return fmt.Errorf("input %d: a vector of %d dimensions from a model of %d", i, len(v), dims)
		}
		var sum float64
		for _, x := range v {
			sum += float64(x) * float64(x)
		}
		if !(math.Abs(sum-1) < 1e-3) { // also false for NaN
			return fmt.Errorf("input %d: a vector of length %v instead of 1", i, math.Sqrt(sum))
		}
	}
	return nil
}
