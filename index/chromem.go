package index

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/philippgille/chromem-go"
)

// collection is a chromem-go collection that is filled once and then only
// asked. It makes every call to that library, because v0.7.0 leaves much to its
// caller: it takes vectors of any length, zeros and NaN, answers 0 results and
// no error when its context ends, refuses k above its count, deletes everything
// on an empty filter, and loses data when it persists. So: memory only, vectors
// checked, never a deletion (the owner makes a new collection), no embedding
// function that could reach a network.
//
// It keeps the slices it is given, which the arena relies on
// (TestChromem_SharesTheArena).
type collection struct {
	docs *chromem.Collection
	dims int
	n    int
}

var errEmbed = errors.New("index: chromem-go must not embed")

func newCollection(dims int) (*collection, error) {
	refuse := func(context.Context, string) ([]float32, error) { return nil, errEmbed }
	docs, err := chromem.NewDB().CreateCollection("space", nil, refuse)
	if err != nil {
		return nil, fmt.Errorf("make a collection: %w", err)
	}
	return &collection{docs: docs, dims: dims}, nil
}

// add puts vec, of length 1, under id, which must be new.
func (c *collection) add(ctx context.Context, id int, vec []float32) error {
	if _, err := unit(vec, c.dims); err != nil {
		return fmt.Errorf("add vector %d: %w", id, err)
	}
	name := strconv.Itoa(id)
	if err := c.docs.AddDocument(ctx, chromem.Document{ID: name, Embedding: vec}); err != nil {
		return fmt.Errorf("add vector %d: %w", id, err)
	}
	if err := ctx.Err(); err != nil { // it may have added nothing and said nothing
		return err
	}
	if c.docs.Count() != c.n+1 {
		return fmt.Errorf("add vector %d: it was there before", id)
	}
	c.n++
	return nil
}

// query returns the ids of the k vectors nearest to q, of length 1, best first;
// all of them when there are fewer.
func (c *collection) query(ctx context.Context, q []float32, k int) ([]int, error) {
	if len(q) != c.dims {
		return nil, fmt.Errorf("query vector has %d dimensions, the model in use %d", len(q), c.dims)
	}
	k = min(k, c.n)
	if k <= 0 {
		return nil, nil
	}
	results, err := c.docs.QueryEmbedding(ctx, q, k, nil, nil)
	if err := ctx.Err(); err != nil { // its results are partial then
		return nil, err
	}
	if err != nil {
		return nil, err
	}
	if len(results) != k {
		return nil, fmt.Errorf("chromem-go returned %d of %d", len(results), k)
	}
	ids := make([]int, len(results))
	for i, r := range results {
		if ids[i], err = strconv.Atoi(r.ID); err != nil {
			return nil, err
		}
	}
	return ids, nil
}
