package ingest

import (
	"context"
	"errors"
	"fmt"

	"golocal"
)

// Fill embeds chunks that have no vector yet, because the embedder was away
// when their document came or because the active space is new. It returns when
// none is left that the embedder takes, or with the first error; left is how
// many it knows to be still without a vector.
func (in *Ingester) Fill(ctx context.Context) (left int, err error) {
	const page = 8 * batchSize
	refused := map[golocal.Sum]bool{}
	for {
		missing, err := in.Vectors.Missing(ctx, page+len(refused))
		if err != nil {
			return 0, fmt.Errorf("look for chunks without vectors: %w", err)
		}
		seen := map[golocal.Sum]bool{}
		var todo []golocal.Chunk
		for _, c := range missing {
			if !refused[c.Sum] && !seen[c.Sum] {
				seen[c.Sum] = true
				todo = append(todo, c)
			}
		}
		if len(todo) == 0 {
			return len(missing), nil
		}
		vectors, err := in.lane.embed(ctx, todo, nil)
		var some *refusal
		if err != nil && !errors.As(err, &some) {
			attached, aerr := in.attach(context.WithoutCancel(ctx), todo, vectors)
			return len(missing) - attached, errors.Join(fmt.Errorf("embed %d chunks: %w", len(todo), err), aerr)
		}
		if _, err := in.attach(ctx, todo, vectors); err != nil {
			return len(missing), err
		}
		for i, c := range todo {
			if vectors[i] == nil {
				refused[c.Sum] = true
			}
		}
		if some != nil {
			in.Log.Warn("the embedding model refused passages; keyword search still finds them", "error", some.err)
		}
	}
}

func (in *Ingester) attach(ctx context.Context, chunks []golocal.Chunk, vectors [][]float32) (int, error) {
	var sums []golocal.Sum
	var made [][]float32
	for i, v := range vectors {
		if v != nil {
			sums = append(sums, chunks[i].Sum)
			made = append(made, v)
		}
	}
	if len(sums) == 0 {
		return 0, nil
	}
	if err := in.Vectors.Attach(ctx, sums, made); err != nil {
		return 0, fmt.Errorf("store %d vectors: %w", len(sums), err)
	}
	return len(sums), nil
}

// vectors returns what Put needs for a document's chunks: nil where a vector is
// stored, a new one where the embedder made it.
func (in *Ingester) vectors(ctx context.Context, ref golocal.Ref, chunks []golocal.Chunk) ([][]float32, error) {
	sums := make([]golocal.Sum, len(chunks))
	for i, c := range chunks {
		sums[i] = c.Sum
	}
	stored, err := in.Vectors.Vectors(ctx, sums)
	if err != nil {
		return nil, fmt.Errorf("look up vectors: %w", err)
	}
	var todo []golocal.Chunk
	var index []int
	for i, c := range chunks {
		if stored[c.Sum] == nil {
			todo = append(todo, c)
			index = append(index, i)
		}
	}
	var told func(int)
	if in.Stage != nil && len(todo) > 0 {
		stored := len(chunks) - len(todo)
		told = func(done int) { in.tell(ref, Step{Embedding, stored + done, len(chunks)}) }
		told(0)
	}
	made, err := in.lane.embed(ctx, todo, told)
	vectors := make([][]float32, len(chunks))
	for i, v := range made {
		vectors[index[i]] = v
	}
	return vectors, err
}
