//go:build cgo

package runner

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	fsggml "github.com/ollama/ollama/fs/ggml"
	"github.com/ollama/ollama/tokenizer"
)

// Tiny models with random weights: real architectures, real files, kilobytes.
// What they say is noise, which makes them good at finding broken characters.

const (
	tinyHidden = 64
	tinyFFN    = 96
	tinyHeads  = 4
	tinyKV     = 2
	tinyHead   = tinyHidden / tinyHeads
)

// tinyModel is a GGUF file to be written.
type tinyModel struct {
	kv      fsggml.KV
	tensors []*fsggml.Tensor
	rng     *rand.Rand
}

func newTiny(arch string, seed uint64) *tinyModel {
	m := &tinyModel{kv: fsggml.KV{"general.architecture": arch}, rng: rand.New(rand.NewPCG(seed, 1))}
	m.set("context_length", uint32(512))
	m.set("embedding_length", uint32(tinyHidden))
	m.set("feed_forward_length", uint32(tinyFFN))
	m.set("attention.head_count", uint32(tinyHeads))
	m.set("attention.head_count_kv", uint32(tinyKV))
	m.set("attention.layer_norm_rms_epsilon", float32(1e-5))
	m.set("attention.layer_norm_epsilon", float32(1e-12))
	return m
}

func (m *tinyModel) set(key string, v any) { m.kv[m.kv.Architecture()+"."+key] = v }

// weight adds an F32 tensor of normal noise; norms are all ones.
func (m *tinyModel) weight(name string, spread float32, shape ...uint64) {
	n := uint64(1)
	for _, d := range shape {
		n *= d
	}
	data := make([]float32, n)
	for i := range data {
		if spread == 0 {
			data[i] = 1
		} else {
			data[i] = float32(m.rng.NormFloat64()) * spread
		}
	}
	var buf bytes.Buffer
	if err := binary.Write(&buf, binary.LittleEndian, data); err != nil {
		panic(err)
	}
	m.tensors = append(m.tensors, &fsggml.Tensor{
		Name: name, Kind: uint32(fsggml.TensorTypeF32), Shape: shape, WriterTo: bytes.NewReader(buf.Bytes()),
	})
}

func (m *tinyModel) drop(name string) {
	for i, t := range m.tensors {
		if t.Name == name {
			m.tensors = append(m.tensors[:i], m.tensors[i+1:]...)
			return
		}
	}
	panic("no tensor " + name)
}

func (m *tinyModel) write(t testing.TB) string {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "tiny.gguf"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := fsggml.WriteGGUF(f, m.kv, m.tensors); err != nil {
		t.Fatal(err)
	}
	return f.Name()
}

// The byte-level vocabulary: every byte is a token, so every text and every
// broken text can be said; then the special ones.
const (
	tinyBOS = 256
	tinyEOS = 257
	tinyEnd = 258 // a control token that ends nothing
)

func (m *tinyModel) byteVocabulary(addBOS bool) {
	var values []string
	var types []int32
	for b := range 256 {
		r := rune(b)
		switch { // the byte-to-character table of GPT-2, as package tokenizer has it
		case b == 0xad:
			r = 0x143
		case b <= 0x20:
			r += 0x100
		case b >= 0x7f && b <= 0xa0:
			r += 0xa2
		}
		values = append(values, string(r))
		types = append(types, tokenizer.TOKEN_TYPE_NORMAL)
	}
	for _, s := range []string{"<s>", "</s>", "<|end|>"} {
		values = append(values, s)
		types = append(types, tokenizer.TOKEN_TYPE_CONTROL)
	}
	m.kv["tokenizer.ggml.model"] = "gpt2"
	m.kv["tokenizer.ggml.tokens"] = values
	m.kv["tokenizer.ggml.token_type"] = types
	m.kv["tokenizer.ggml.merges"] = []string{"t h", "th e"}
	m.kv["tokenizer.ggml.bos_token_id"] = uint32(tinyBOS)
	m.kv["tokenizer.ggml.eos_token_id"] = uint32(tinyEOS)
	m.kv["tokenizer.ggml.add_bos_token"] = addBOS
}

func (m *tinyModel) layer(i int, headDim uint64) {
	p := fmt.Sprintf("blk.%d.", i)
	m.weight(p+"attn_norm.weight", 0, tinyHidden)
	m.weight(p+"attn_q.weight", .2, tinyHidden, tinyHeads*headDim)
	m.weight(p+"attn_k.weight", .2, tinyHidden, tinyKV*headDim)
	m.weight(p+"attn_v.weight", .2, tinyHidden, tinyKV*headDim)
	m.weight(p+"attn_output.weight", .2, tinyHeads*headDim, tinyHidden)
	m.weight(p+"ffn_norm.weight", 0, tinyHidden)
	m.weight(p+"ffn_gate.weight", .2, tinyHidden, tinyFFN)
	m.weight(p+"ffn_up.weight", .2, tinyHidden, tinyFFN)
	m.weight(p+"ffn_down.weight", .2, tinyFFN, tinyHidden)
}

// tinyLlama generates: 2 layers, grouped-query attention, rotary positions.
func tinyLlama() *tinyModel {
	m := newTiny("llama", 1)
	m.byteVocabulary(true)
	m.set("block_count", uint32(2))
	m.set("rope.dimension_count", uint32(tinyHead))
	m.weight("token_embd.weight", 1, tinyHidden, 259)
	for i := range 2 {
		m.layer(i, tinyHead)
	}
	m.weight("output_norm.weight", 0, tinyHidden)
	m.weight("output.weight", .3, tinyHidden, 259)
	return m
}

// tinyGemma generates with flash attention and a sliding window of 32 tokens in
// all layers but the sixth.
func tinyGemma() *tinyModel {
	const layers, headDim = 6, 32
	m := newTiny("gemma3", 2)
	m.byteVocabulary(false)
	m.set("block_count", uint32(layers))
	m.set("attention.key_length", uint32(headDim))
	m.set("attention.value_length", uint32(headDim))
	m.set("attention.sliding_window", uint32(32))
	m.weight("token_embd.weight", .3, tinyHidden, 259)
	for i := range layers {
		p := fmt.Sprintf("blk.%d.", i)
		m.layer(i, headDim)
		m.weight(p+"attn_q_norm.weight", 0, headDim)
		m.weight(p+"attn_k_norm.weight", 0, headDim)
		m.weight(p+"post_attention_norm.weight", 0, tinyHidden)
		m.weight(p+"post_ffw_norm.weight", 0, tinyHidden)
	}
	m.weight("output_norm.weight", 0, tinyHidden)
	m.weight("output.weight", .3, tinyHidden, 259)
	return m
}

// tinyBert embeds: 2 layers, mean pooling, 64 tokens at most.
func tinyBert() *tinyModel {
	const ctx = 64
	m := newTiny("bert", 3)
	values := []string{"[PAD]", "[UNK]", "[CLS]", "[SEP]"}
	for c := 'a'; c <= 'z'; c++ {
		values = append(values, string(c), "▁"+string(c))
	}
	values = append(values, "▁hello", "▁world", "▁.", "▁,")
	types := make([]int32, len(values))
	for i := range types {
		types[i] = tokenizer.TOKEN_TYPE_NORMAL
	}
	m.kv["tokenizer.ggml.model"] = "bert"
	m.kv["tokenizer.ggml.tokens"] = values
	m.kv["tokenizer.ggml.token_type"] = types
	m.kv["tokenizer.ggml.cls_token_id"] = uint32(2)
	m.kv["tokenizer.ggml.seperator_token_id"] = uint32(3)
	m.set("context_length", uint32(ctx))
	m.set("block_count", uint32(2))
	m.set("attention.head_count_kv", uint32(tinyHeads))
	m.set("pooling_type", uint32(1))
	norm := func(name string) {
		m.weight(name+".weight", 0, tinyHidden)
		m.weight(name+".bias", .1, tinyHidden)
	}
	linear := func(name string, in, out uint64) {
		m.weight(name+".weight", .2, in, out)
		m.weight(name+".bias", .1, out)
	}
	m.weight("token_embd.weight", 1, tinyHidden, uint64(len(values)))
	m.weight("token_types.weight", .1, tinyHidden, 2)
	m.weight("position_embd.weight", .3, tinyHidden, ctx)
	norm("token_embd_norm")
	for i := range 2 {
		p := fmt.Sprintf("blk.%d.", i)
		for _, n := range []string{"attn_q", "attn_k", "attn_v", "attn_output"} {
			linear(p+n, tinyHidden, tinyHidden)
		}
		norm(p + "attn_output_norm")
		linear(p+"ffn_up", tinyHidden, tinyFFN)
		linear(p+"ffn_down", tinyFFN, tinyHidden)
		norm(p + "layer_output_norm")
	}
	return m
}
