// Package tinymodel makes GGUF files for tests: real architectures with random
// weights, a few hundred kilobytes each, which every runner can load. What they
// say is noise, which makes them good at finding broken characters.
package tinymodel

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/ollama/ollama/fs/ggml"
	"github.com/ollama/ollama/tokenizer"
)

const (
	hidden   = 64
	ffn      = 96
	heads    = 4
	headsKV  = 2
	headDims = hidden / heads
)

// Model is a GGUF file to be written. It may be changed first.
type Model struct {
	KV      ggml.KV // header
	tensors []*ggml.Tensor
	rng     *rand.Rand
}

// New returns a model without tensors and vocabulary.
func New(arch string, seed uint64) *Model {
	m := &Model{KV: ggml.KV{"general.architecture": arch}, rng: rand.New(rand.NewPCG(seed, 1))}
	m.Set("context_length", uint32(512))
	m.Set("embedding_length", uint32(hidden))
	m.Set("feed_forward_length", uint32(ffn))
	m.Set("attention.head_count", uint32(heads))
	m.Set("attention.head_count_kv", uint32(headsKV))
	m.Set("attention.layer_norm_rms_epsilon", float32(1e-5))
	m.Set("attention.layer_norm_epsilon", float32(1e-12))
	return m
}

// Set puts a value under the architecture's name into the header.
func (m *Model) Set(key string, v any) { m.KV[m.KV.Architecture()+"."+key] = v }

// weight adds an F32 tensor of normal noise; norms are all ones.
func (m *Model) weight(name string, spread float32, shape ...uint64) {
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
	m.tensors = append(m.tensors, &ggml.Tensor{
		Name: name, Kind: uint32(ggml.TensorTypeF32), Shape: shape, WriterTo: bytes.NewReader(buf.Bytes()),
	})
}

// Drop leaves out a tensor, which must be there.
func (m *Model) Drop(name string) {
	for i, t := range m.tensors {
		if t.Name == name {
			m.tensors = append(m.tensors[:i], m.tensors[i+1:]...)
			return
		}
	}
	panic("no tensor " + name)
}

// Write stores the file in a folder that ends with the test, and returns its path.
func (m *Model) Write(t testing.TB) string {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "tiny.gguf"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := ggml.WriteGGUF(f, m.KV, m.tensors); err != nil {
		t.Fatal(err)
	}
	return f.Name()
}

// Special tokens of the byte-level vocabulary. Before them every byte is a token,
// so every text and every broken text can be said.
const (
	BOS = 256
	EOS = 257
	End = 258 // a control token that ends nothing
)

// byteTokens is a token for every byte, by the byte-to-character table of
// GPT-2, as package tokenizer has it.
func byteTokens() []string {
	var values []string
	for b := range 256 {
		r := rune(b)
		switch {
		case b == 0xad:
			r = 0x143
		case b <= 0x20:
			r += 0x100
		case b >= 0x7f && b <= 0xa0:
			r += 0xa2
		}
		values = append(values, string(r))
	}
	return values
}

func (m *Model) byteVocabulary(addBOS bool) {
	values := byteTokens()
	types := make([]int32, len(values))
	for i := range types {
		types[i] = tokenizer.TOKEN_TYPE_NORMAL
	}
	for _, s := range []string{"<s>", "</s>", "<|end|>"} {
		values = append(values, s)
		types = append(types, tokenizer.TOKEN_TYPE_CONTROL)
	}
	m.KV["tokenizer.ggml.model"] = "gpt2"
	m.KV["tokenizer.ggml.tokens"] = values
	m.KV["tokenizer.ggml.token_type"] = types
	m.KV["tokenizer.ggml.merges"] = []string{"t h", "th e"}
	m.KV["tokenizer.ggml.bos_token_id"] = uint32(BOS)
	m.KV["tokenizer.ggml.eos_token_id"] = uint32(EOS)
	m.KV["tokenizer.ggml.add_bos_token"] = addBOS
}

func (m *Model) layer(i int, headDim uint64) {
	p := fmt.Sprintf("blk.%d.", i)
	m.weight(p+"attn_norm.weight", 0, hidden)
	m.weight(p+"attn_q.weight", .2, hidden, heads*headDim)
	m.weight(p+"attn_k.weight", .2, hidden, headsKV*headDim)
	m.weight(p+"attn_v.weight", .2, hidden, headsKV*headDim)
	m.weight(p+"attn_output.weight", .2, heads*headDim, hidden)
	m.weight(p+"ffn_norm.weight", 0, hidden)
	m.weight(p+"ffn_gate.weight", .2, hidden, ffn)
	m.weight(p+"ffn_up.weight", .2, hidden, ffn)
	m.weight(p+"ffn_down.weight", .2, ffn, hidden)
}

// Llama generates: 2 layers, grouped-query attention, rotary positions.
func Llama() *Model {
	m := New("llama", 1)
	m.byteVocabulary(true)
	m.Set("block_count", uint32(2))
	m.Set("rope.dimension_count", uint32(headDims))
	m.weight("token_embd.weight", 1, hidden, 259)
	for i := range 2 {
		m.layer(i, headDims)
	}
	m.weight("output_norm.weight", 0, hidden)
	m.weight("output.weight", .3, hidden, 259)
	return m
}

// Gemma generates with flash attention and a sliding window of 32 tokens in
// all layers but the sixth.
func Gemma() *Model {
	const layers, headDim = 6, 32
	m := New("gemma3", 2)
	m.byteVocabulary(false)
	m.Set("block_count", uint32(layers))
	m.Set("attention.key_length", uint32(headDim))
	m.Set("attention.value_length", uint32(headDim))
	m.Set("attention.sliding_window", uint32(32))
	m.weight("token_embd.weight", .3, hidden, 259)
	for i := range layers {
		p := fmt.Sprintf("blk.%d.", i)
		m.layer(i, headDim)
		m.weight(p+"attn_q_norm.weight", 0, headDim)
		m.weight(p+"attn_k_norm.weight", 0, headDim)
		m.weight(p+"post_attention_norm.weight", 0, hidden)
		m.weight(p+"post_ffw_norm.weight", 0, hidden)
	}
	m.weight("output_norm.weight", 0, hidden)
	m.weight("output.weight", .3, hidden, 259)
	return m
}

// Bert embeds: 2 layers, mean pooling, 64 tokens at most.
func Bert() *Model {
	const ctx = 64
	m := New("bert", 3)
	values := []string{"[PAD]", "[UNK]", "[CLS]", "[SEP]"}
	for c := 'a'; c <= 'z'; c++ {
		values = append(values, string(c), "▁"+string(c))
	}
	values = append(values, "▁hello", "▁world", "▁.", "▁,")
	types := make([]int32, len(values))
	for i := range types {
		types[i] = tokenizer.TOKEN_TYPE_NORMAL
	}
	m.KV["tokenizer.ggml.model"] = "bert"
	m.KV["tokenizer.ggml.tokens"] = values
	m.KV["tokenizer.ggml.token_type"] = types
	m.KV["tokenizer.ggml.cls_token_id"] = uint32(2)
	m.KV["tokenizer.ggml.seperator_token_id"] = uint32(3)
	m.Set("context_length", uint32(ctx))
	m.Set("block_count", uint32(2))
	m.Set("attention.head_count_kv", uint32(heads))
	m.Set("pooling_type", uint32(1))
	norm := func(name string) {
		m.weight(name+".weight", 0, hidden)
		m.weight(name+".bias", .1, hidden)
	}
	linear := func(name string, in, out uint64) {
		m.weight(name+".weight", .2, in, out)
		m.weight(name+".bias", .1, out)
	}
	m.weight("token_embd.weight", 1, hidden, uint64(len(values)))
	m.weight("token_types.weight", .1, hidden, 2)
	m.weight("position_embd.weight", .3, hidden, ctx)
	norm("token_embd_norm")
	for i := range 2 {
		p := fmt.Sprintf("blk.%d.", i)
		for _, n := range []string{"attn_q", "attn_k", "attn_v", "attn_output"} {
			linear(p+n, hidden, hidden)
		}
		norm(p + "attn_output_norm")
		linear(p+"ffn_up", hidden, ffn)
		linear(p+"ffn_down", ffn, hidden)
		norm(p + "layer_output_norm")
	}
	return m
}
