package models

import (
	"context"
	"fmt"
)

// sentencesPerCall bounds one request for a person who waits; the first answer
// of a cancelled question is not worth more.
const sentencesPerCall = 32

// EmbedSentences turns short pieces of documents into vectors, ahead of
// indexing: somebody waits for them. Errors as of Embed; a piece that is too
// long is cut.
func (to Embedder) EmbedSentences(ctx context.Context, texts []string) ([][]float32, error) {
	m := to.m
	defer m.lanes.enter()()
	e, err := to.of(ctx)
	if err != nil {
		return nil, err
	}
	vectors := make([][]float32, 0, len(texts))
	for len(texts) > 0 {
		n := min(sentencesPerCall, len(texts))
		inputs := make([]string, n)
		for i, text := range texts[:n] {
			inputs[i] = e.DocumentPrefix + text
		}
		got, err := m.request(ctx, laneQuery, e, inputs)
		if tooLong(err) {
			for i, text := range texts[:n] {
				inputs[i] = e.DocumentPrefix + cut(text, contextOf(e))
			}
			got, err = m.request(ctx, laneQuery, e, inputs)
		}
		if err != nil {
			return nil, fmt.Errorf("embed %d sentences with %s: %w", n, e.Name, err)
		}
		vectors, texts = append(vectors, got...), texts[n:]
	}
	return vectors, nil
}
