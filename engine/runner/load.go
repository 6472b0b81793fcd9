//go:build cgo

package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	fsggml "github.com/ollama/ollama/fs/ggml"
	"github.com/ollama/ollama/kvcache"
	"github.com/ollama/ollama/ml"
	"github.com/ollama/ollama/ml/nn/pooling"
	"github.com/ollama/ollama/model"
	_ "github.com/ollama/ollama/model/models" // every architecture registers itself
	"github.com/ollama/ollama/tokenizer"
)

// defaultNumCtx bounds the context of a generating model where none is asked
// for: the KV cache is allocated whole, and a model's own 128k would not fit.
const defaultNumCtx = 4096

// loaded is a model in memory, ready to compute. It is used by one goroutine at
// a time: two forward passes at once crash ggml.
type loaded struct {
	model model.Model
	vocab vocabulary
	cache kvcache.Cache // nil where the architecture has none
	kind  pooling.Type
	info  Info
	gear  gear
}

// load reads a model into memory, sized for numCtx tokens (0 is the default),
// and proves that its graph can be built. ctx ends the reading.
func load(ctx context.Context, file string, numCtx, threads int) (l *loaded, err error) {
	if err := Usable(); err != nil {
		return nil, err
	}
	meta, err := inspect(file)
	if err != nil {
		return nil, err
	}
	defer func() { // a tensor that is missing or misshapen shows as a panic of the graph
		if r := recover(); r != nil {
			l, err = nil, loadPanic(r)
		}
	}()

	kv := meta.KV()
	params := ml.BackendParams{AllocMemory: true, NumThreads: threads, FlashAttention: ml.FlashAttentionDisabled}
	// As in Ollama, whose llama.cpp turns it on for every architecture left to it.
	if meta.SupportsFlashAttention() && (meta.FlashAttention() || !kv.OllamaEngineRequired()) {
		params.FlashAttention = ml.FlashAttentionEnabled
	}
	m, err := model.New(file, params)
	if err != nil {
		return nil, refusal(kv, err)
	}
	tok, ok := m.(tokenizer.Tokenizer)
	if !ok {
		return nil, refusal(kv, model.ErrUnsupportedTokenizer)
	}
	tok = withWords(tok, kv)
	l = &loaded{
		model: m,
		vocab: newVocabulary(tok, kv.String("tokenizer.ggml.model")),
		cache: m.Config().Cache,
		kind:  pooling.Type(kv.Uint("pooling_type")),
		gear:  gear{backend: m.Backend(), threads: threads},
		info: Info{
			Architecture:    kv.Architecture(),
			ContextLength:   int(kv.ContextLength()),
			EmbeddingLength: int(kv.EmbeddingLength()),
			VocabSize:       len(tok.Vocabulary().Values),
			Build:           Build(),
			Threads:         threads,
		},
	}
	l.info.Embedding = l.kind != pooling.TypeNone
	if l.cache == nil && !l.info.Embedding {
		return nil, fmt.Errorf("architecture %q neither generates text nor says how to pool a vector", kv.Architecture())
	}
	if l.info.VocabSize == 0 {
		return nil, errors.New("the file holds no vocabulary")
	}
	l.info.NumCtx = window(numCtx, l.info)
	if l.cache != nil {
		l.cache.Init(m.Backend(), ml.DTypeF16, 1, l.info.NumCtx, min(promptBatch, l.info.NumCtx))
	}
	if err := l.reserve(); err != nil {
		return nil, err
	}
	if err := m.Backend().Load(ctx, nil); err != nil {
		return nil, fmt.Errorf("read the weights: %w", err)
	}
	if l.info.Embedding {
		v, err := l.pool([]int32{0})
		if err != nil {
			return nil, err
		}
		l.info.EmbeddingLength = len(v) // some pool into another space than their hidden one
	}
	debug.FreeOSMemory() // the file's tables were read more than once
	return l, nil
}

// window returns the context to hold: what was asked for, within what the model
// was trained for.
func window(asked int, info Info) int {
	n := asked
	if n <= 0 {
		n = defaultNumCtx
		if info.Embedding {
			n = info.ContextLength
		}
	}
	if info.ContextLength > 0 {
		n = min(n, info.ContextLength)
	}
	return max(n, 1)
}

// inspect reads a GGUF file's tables; a tensor that lies outside the file is an
// error.
func inspect(file string) (meta *fsggml.GGML, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, errors.Unwrap(err)
	}
	defer f.Close()
	defer func() {
		if r := recover(); r != nil {
			meta, err = nil, fmt.Errorf("not a GGUF file, or a damaged one: %v", r)
		}
	}()
	st, err := f.Stat()
	if err != nil {
		return nil, err
	}
	meta, err = fsggml.Decode(f, 1024)
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("the file is cut short at %d bytes", st.Size())
	case err != nil: // the tables are no tables, or a tensor lies past the end
		return nil, fmt.Errorf("not a GGUF file, or a damaged one: %w", err)
	}
	if n := meta.KV().Uint("expert_count"); n > 0 && meta.KV().Architecture() == "llama" {
		return nil, fmt.Errorf("architecture \"llama\" with %d experts (Mixtral) %w", n, ErrUnsupported)
	}
	return meta, nil
}

// refusal says in the user's words why the model packages do not take a file.
func refusal(kv fsggml.KV, err error) error {
	switch {
	case errors.Is(err, model.ErrUnsupportedModel):
		return fmt.Errorf("architecture %q %w", kv.Architecture(), ErrUnsupported)
	case errors.Is(err, model.ErrUnsupportedTokenizer):
		return fmt.Errorf("architecture %q with tokenizer %q %w", kv.Architecture(), kv.String("tokenizer.ggml.model"), ErrUnsupported)
	}
	return err
}

// loadPanic turns what the model packages throw while loading into an error.
func loadPanic(r any) error {
	var full ml.ErrNoMem
	err, ok := r.(error)
	switch {
	case ok && errors.As(err, &full):
		need := full.InputWeights + full.CPU.Size()
		return fmt.Errorf("not enough memory: at least %d MB are needed; a smaller context or a smaller model may fit", need>>20)
	case ok:
		return fmt.Errorf("the file does not fit its architecture: %w", err)
	default:
		return fmt.Errorf("the file does not fit its architecture: %v", r)
	}
}
