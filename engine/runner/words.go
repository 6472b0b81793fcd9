package runner

import (
	"slices"

	fsggml "github.com/ollama/ollama/fs/ggml"
	"github.com/ollama/ollama/tokenizer"
)

// gpt2Words is how GPT-2 cuts text into words (Radford et al. 2019).
const gpt2Words = `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`

// digitWords is the same after every digit was set apart, which also ends the
// white space before it. One pattern: between the matches of a first of several,
// Ollama's tokenizer v0.17.4 repeats the text from its beginning.
const digitWords = `\p{N}|'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?[^\s\p{L}\p{N}]+|\s+(?![^\s\p{N}])|\s+`

// withWords corrects how a byte-pair vocabulary of architecture "llama" cuts
// text into words before it makes tokens. Ollama v0.17.4 runs these models with
// llama.cpp, so its own package model/models/llama knows few kinds and takes
// the others for Llama 3: SmolLM2 would read numbers and blank lines as tokens
// that it has hardly seen in training.
func withWords(tok tokenizer.Tokenizer, kv fsggml.KV) tokenizer.Tokenizer {
	if kv.Architecture() != "llama" || kv.String("tokenizer.ggml.model") != "gpt2" {
		return tok
	}
	switch pre := kv.String("tokenizer.ggml.pre"); { // names of llama.cpp, llama-vocab.cpp
	case slices.Contains([]string{"smollm", "refact", "starcoder", "command-r", "codeshell", "exaone", "minerva-7b"}, pre):
		return tokenizer.NewBytePairEncoding(tok.Vocabulary(), digitWords)
	case slices.Contains([]string{"gpt-2", "phi-2", "mpt", "olmo", "jais", "trillion"}, pre):
		return tokenizer.NewBytePairEncoding(tok.Vocabulary(), gpt2Words)
	}
	return tok
}
