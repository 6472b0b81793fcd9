package engine

import (
	"fmt"

	"github.com/ollama/ollama/format"
	"github.com/ollama/ollama/fs/ggml"
)

// promptBatch is how many tokens of a prompt the runner computes at once.
const promptBatch = 512

// processSize is what a runner takes before it has a model, bytes.
const processSize = 64 << 20

// footprint estimates the memory that a model takes when loaded with a context
// of numCtx tokens, in bytes: its weights, the keys and values of the context in
// 16-bit floats, and the largest intermediate results of one batch. The last
// part follows the formula of github.com/ollama/ollama, fs/ggml, GraphSize, for
// its llama case. It errs on the large side for models with sliding windows.
func footprint(kv ggml.KV, weights int64, numCtx int) uint64 {
	if numCtx <= 0 {
		numCtx = int(kv.ContextLength())
	}
	var (
		ctx       = uint64(numCtx)
		batch     = uint64(promptBatch)
		embedding = kv.EmbeddingLength()
		heads     = kv.HeadCountMax()
		vocab     = uint64(kv.Uint("vocab_size"))
		cache     uint64
	)
	if _, pools := kv[kv.Architecture()+".pooling_type"]; !pools && kv.BlockCount() > 0 { // a pooling model keeps no cache
		perToken := (kv.EmbeddingHeadCountK() + kv.EmbeddingHeadCountV()) * 2
		for _, h := range kv.HeadCountKV() {
			cache += ctx * perToken * h
		}
	} else if pools {
		batch = min(batch*4, ctx) // a text is computed whole
		vocab = 0                 // and no token is guessed from it
	}
	graph := 4 * batch * max(1+4*embedding+ctx*(1+heads), embedding+vocab)
	return uint64(max(weights, 0)) + cache + graph + processSize
}

// refusal says that a model does not fit, and how much is missing.
func refusal(name string, need, available uint64, numCtx int) error {
	return fmt.Errorf("model requires more system memory (%s) than is available (%s): %s are missing to load %s with a context of %d tokens; close other programs, ask for a smaller context, or choose a smaller model",
		format.HumanBytes2(need), format.HumanBytes2(available), format.HumanBytes2(need-min(need, available)), name, numCtx)
}
