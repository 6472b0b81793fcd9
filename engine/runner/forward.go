//go:build cgo

package runner

import (
	"fmt"
	"math"

	"github.com/ollama/ollama/kvcache"
	"github.com/ollama/ollama/ml"
	"github.com/ollama/ollama/ml/nn/pooling"
	"github.com/ollama/ollama/model"
	"github.com/ollama/ollama/model/input"
)

// sequence is the one text that the KV cache holds.
const sequence = 0

// forward implements network.
func (l *loaded) forward(tokens []int32, first int, want bool) ([]float32, error) {
	var outputs []int32
	if want {
		outputs = []int32{int32(len(tokens) - 1)}
	}
	return l.compute(tokens, first, outputs)
}

// pool implements pooler. Attention over a whole text needs it in one graph;
// only where the last token speaks for all, and a cache keeps what came before,
// is a long text computed in batches.
func (l *loaded) pool(tokens []int32) ([]float32, error) {
	if l.cache != nil && l.kind != pooling.TypeLast {
		return nil, fmt.Errorf("architecture %q with %s pooling %w", l.info.Architecture, l.kind, ErrUnsupported)
	}
	first := 0
	if l.cache != nil {
		l.resume(0)
		for ; len(tokens)-first > promptBatch; first += promptBatch {
			if _, err := l.compute(tokens[first:first+promptBatch], first, []int32{promptBatch - 1}); err != nil {
				return nil, err
			}
		}
	}
	outputs := make([]int32, len(tokens)-first)
	for i := range outputs {
		outputs[i] = int32(i)
	}
	return l.compute(tokens[first:], first, outputs)
}

// compute runs one graph over tokens at positions first, first+1, … and returns
// the rows of its output that outputs (indices into tokens) asks for, or nothing.
func (l *loaded) compute(tokens []int32, first int, outputs []int32) ([]float32, error) {
	c := l.model.Backend().NewContext()
	defer c.Close()
	t, err := model.Forward(c, l.model, l.batch(c, tokens, first, outputs))
	if err != nil {
		return nil, fmt.Errorf("build the graph: %w", err)
	}
	c.SetBatchSize(len(tokens))
	var rows []float32
	l.gear.pass(func() {
		c.Compute(t)
		if len(outputs) > 0 {
			rows = t.Floats() // waits for the computation where that runs beside us
		}
	})
	return rows, nil
}

func (l *loaded) batch(c ml.Context, tokens []int32, first int, outputs []int32) input.Batch {
	b := input.Batch{
		Inputs:    c.Input().FromInts(tokens, len(tokens)),
		Outputs:   c.Input().FromInts(outputs, len(outputs)),
		Positions: make([]int32, len(tokens)),
		Sequences: make([]int, len(tokens)),
	}
	for i := range tokens {
		b.Positions[i] = int32(first + i)
		b.Sequences[i] = sequence
	}
	return b
}

// resume implements network.
func (l *loaded) resume(n int) int {
	if l.cache == nil {
		return 0
	}
	if n > 0 {
		if c, ok := l.cache.(kvcache.CheckpointCache); ok { // recurrent state exists at checkpoints only
			at, ok := c.PrepareRestore(sequence, int32(n))
			if n = int(at); !ok {
				n = 0
			}
		} else if !l.cache.CanResume(sequence, int32(n)) { // the window before n is no longer held
			n = 0
		}
	}
	if err := l.cache.Remove(sequence, int32(n), math.MaxInt32); err != nil {
		// Not every cache can drop a part; dropping all never fails.
		n = 0
		_ = l.cache.Remove(sequence, 0, math.MaxInt32)
	}
	return n
}

// reserve allocates the memory of the largest graph and the whole KV cache, so
// that a model that does not fit is refused now and not in the middle of a
// reply. An encoder's graph grows with the text; it gets a prompt's size.
func (l *loaded) reserve() error {
	for _, n := range []int{min(promptBatch, l.info.NumCtx), 1} {
		if err := l.reserveGraph(n); err != nil {
			return err
		}
	}
	return nil
}

func (l *loaded) reserveGraph(n int) error {
	c := l.model.Backend().NewContext()
	defer c.Close()
	b := l.batch(c, make([]int32, n), 0, []int32{int32(n - 1)})
	if l.cache != nil {
		if err := l.cache.StartForward(c, b, true); err != nil {
			return fmt.Errorf("reserve the cache: %w", err)
		}
	}
	t, err := l.model.Forward(c, b)
	if err != nil {
		return fmt.Errorf("build the graph: %w", err)
	}
	c.SetBatchSize(n)
	c.Forward(t).Reserve()
	return nil
}
