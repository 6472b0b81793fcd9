package tinymodel

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// Shape is a kind of model as its authors publish it: a folder of safetensors,
// for the converter of a runner.
type Shape struct {
	architecture string // as config.json names it
	inner        uint64 // width of the feed-forward layers
	experts      int    // in every layer, two of which answer; 0 is one layer for all
}

// The shapes of Llama 3 (grouped-query attention, rotary positions with base
// 500000, byte-pair vocabulary) and of Mixtral 8x7B beside it.
var (
	Llama3 = Shape{architecture: "LlamaForCausalLM", inner: 96}
	// The converter of Ollama 0.17.4 exchanges the second and the third matrix
	// of an expert, which shows unless they are square.
	Mixtral = Shape{architecture: "MixtralForCausalLM", inner: hidden, experts: 8}
)

const (
	folderContext = 2048
	folderLayers  = 2
)

// WriteFolder writes a model of that shape into dir, which it makes: about
// half a megabyte of seeded noise, the same on every machine.
func WriteFolder(dir string, shape Shape) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	vocab, merges, added := bytePairs()
	const begin, end = "<|begin_of_text|>", "<|eot_id|>"
	size := uint64(len(vocab) + len(added))
	config := map[string]any{
		"architectures": []string{shape.architecture}, "model_type": "llama", "vocab_size": size,
		"hidden_size": hidden, "intermediate_size": shape.inner, "num_hidden_layers": folderLayers,
		"num_attention_heads": heads, "num_key_value_heads": headsKV, "max_position_embeddings": folderContext,
		"rms_norm_eps": 1e-5, "rope_theta": 500000.0, "torch_dtype": "float32", "tie_word_embeddings": false,
	}
	if shape.experts > 0 {
		config["model_type"], config["num_local_experts"], config["num_experts_per_tok"] = "mixtral", shape.experts, 2
	}
	files := map[string]any{
		"config.json": config,
		"tokenizer.json": map[string]any{
			"version": "1.0", "added_tokens": added,
			"pre_tokenizer": map[string]any{"type": "Sequence", "pretokenizers": []any{
				map[string]any{"type": "Split", "behavior": "Isolated", "pattern": map[string]any{"Regex": llama3Words}},
				map[string]any{"type": "ByteLevel", "add_prefix_space": false, "use_regex": false},
			}},
			"decoder": map[string]any{"type": "ByteLevel"},
			"model":   map[string]any{"type": "BPE", "vocab": vocab, "merges": merges},
		},
		"tokenizer_config.json": map[string]any{
			"bos_token": begin, "eos_token": end, "add_bos_token": true, "model_max_length": folderContext,
		},
	}
	for name, content := range files {
		text, err := json.MarshalIndent(content, "", " ")
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return err
		}
	}
	return shape.writeWeights(filepath.Join(dir, "model.safetensors"), size)
}

// llama3Words is how Llama 3 cuts text into words; converters know the
// vocabulary by it.
const llama3Words = `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`

type addedToken struct {
	ID      int    `json:"id"`
	Content string `json:"content"`
	Special bool   `json:"special"`
}

// bytePairs is a small byte-level vocabulary: every byte, two merges, and the
// special tokens of Llama 3.
func bytePairs() (vocab map[string]int, merges []string, added []addedToken) {
	vocab = map[string]int{}
	for _, token := range byteTokens() {
		vocab[token] = len(vocab)
	}
	for _, token := range []string{"th", "the"} {
		vocab[token] = len(vocab)
	}
	for _, token := range []string{"<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"} {
		added = append(added, addedToken{ID: len(vocab) + len(added), Content: token, Special: true})
	}
	return vocab, []string{"t h", "th e"}, added
}

// weights is a safetensors file in the making.
type weights struct {
	header map[string]any
	data   bytes.Buffer
	rng    *rand.Rand
}

// add writes a matrix of rows × columns of normal noise.
func (w *weights) add(name string, spread float64, shape ...uint64) {
	n := uint64(1)
	for _, d := range shape {
		n *= d
	}
	begin := w.data.Len()
	values := make([]float32, n)
	for i := range values {
		values[i] = 1
		if spread > 0 {
			values[i] = float32(w.rng.NormFloat64() * spread)
		}
	}
	_ = binary.Write(&w.data, binary.LittleEndian, values) // to memory
	w.header[name] = map[string]any{"dtype": "F32", "shape": shape, "data_offsets": []int{begin, w.data.Len()}}
}

func (s Shape) writeWeights(path string, vocab uint64) (err error) {
	w := &weights{header: map[string]any{}, rng: rand.New(rand.NewPCG(uint64(s.inner), 2))}
	w.add("model.embed_tokens.weight", 1, vocab, hidden)
	for i := range folderLayers {
		p := fmt.Sprintf("model.layers.%d.", i)
		w.add(p+"input_layernorm.weight", 0, hidden)
		w.add(p+"self_attn.q_proj.weight", .2, hidden, hidden)
		w.add(p+"self_attn.k_proj.weight", .2, headsKV*headDims, hidden)
		w.add(p+"self_attn.v_proj.weight", .2, headsKV*headDims, hidden)
		w.add(p+"self_attn.o_proj.weight", .2, hidden, hidden)
		w.add(p+"post_attention_layernorm.weight", 0, hidden)
		if s.experts == 0 {
			w.add(p+"mlp.gate_proj.weight", .2, s.inner, hidden)
			w.add(p+"mlp.up_proj.weight", .2, s.inner, hidden)
			w.add(p+"mlp.down_proj.weight", .2, hidden, s.inner)
			continue
		}
		w.add(p+"block_sparse_moe.gate.weight", .2, uint64(s.experts), hidden)
		for e := range s.experts {
			expert := fmt.Sprintf("%sblock_sparse_moe.experts.%d.", p, e)
			w.add(expert+"w1.weight", .2, s.inner, hidden)
			w.add(expert+"w2.weight", .2, hidden, s.inner)
			w.add(expert+"w3.weight", .2, s.inner, hidden)
		}
	}
	w.add("model.norm.weight", 0, hidden)
	w.add("lm_head.weight", .3, vocab, hidden)

	header, err := json.Marshal(w.header)
	if err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := binary.Write(f, binary.LittleEndian, uint64(len(header))); err != nil {
		return err
	}
	if _, err := f.Write(header); err != nil {
		return err
	}
	_, err = w.data.WriteTo(f)
	return err
}
