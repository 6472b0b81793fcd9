package models

import (
	"slices"
	"strings"

	"github.com/ollama/ollama/tokenizer"

	"golocal/internal/special"
)

// vocabulary turns a chat model's prompts into tokens as its runner does.
type vocabulary struct {
	tokenizer.Tokenizer // of what stands between special tokens
	specials            *special.Set
	begins              bool // a token stands before every prompt
	once                bool // but not before one that brings it: golocal's engine drops the second
	spaces              bool // a space is put before text that begins a prompt or follows a special token
	exact               bool // golocal knows how the runner cuts text into words
}

// longestCounted is the longest text that is tokenised rather than estimated,
// in bytes: no window holds more.
const longestCounted = 1 << 20

// prompt counts the tokens of a whole prompt; ok is false when it had to guess.
func (v *vocabulary) prompt(text string) (n int, ok bool) {
	n, ok = v.text(text)
	if !ok {
		return n, false
	}
	vocab := v.Vocabulary()
	if v.begins && !(v.once && strings.HasPrefix(text, vocab.Values[vocab.BOS[0]])) {
		n++
	}
	if vocab.AddEOS && len(vocab.EOS) > 0 {
		n++
	}
	return n, v.exact
}

// text counts the tokens of a piece of a prompt.
func (v *vocabulary) text(text string) (n int, ok bool) {
	if len(text) > longestCounted {
		return Estimate(text), false
	}
	defer func() {
		if recover() != nil { // the tokenizers index their tables unchecked
			n, ok = Estimate(text), false
		}
	}()
	after := true // a special token, or nothing
	for _, p := range v.specials.Split(strings.ToValidUTF8(text, "\uFFFD")) {
		if p.Special {
			n, after = n+1, true
			continue
		}
		if v.spaces && after {
			p.Text = " " + p.Text
		}
		ids, err := v.Encode(p.Text, false)
		if err != nil {
			return Estimate(text), false
		}
		n, after = n+len(ids), false
	}
	return n, true
}

// readVocabulary builds the vocabulary that a chat model's metadata describes,
// for a runner of that kind; nil when golocal cannot count with it.
func readVocabulary(info modelInfo, kind string) *vocabulary {
	values := list[string](info["tokenizer.ggml.tokens"])
	if len(values) < 5 {
		return nil
	}
	arch, model, pre := info.text("general.architecture"), info.text("tokenizer.ggml.model"), info.text("tokenizer.ggml.pre")
	native := kind == "engine" || slices.Contains(nativeArchitectures, arch)
	vocab := &tokenizer.Vocabulary{
		Values: values, Merges: list[string](info["tokenizer.ggml.merges"]),
		BOS: []int32{int32(info.number("tokenizer.ggml.bos_token_id"))}, EOS: []int32{int32(info.number("tokenizer.ggml.eos_token_id"))},
		AddEOS: info.flag("tokenizer.ggml.add_eos_token", false),
	}
	for _, n := range list[float64](info["tokenizer.ggml.scores"]) {
		vocab.Scores = append(vocab.Scores, float32(n))
	}
	for _, n := range list[float64](info["tokenizer.ggml.token_type"]) {
		vocab.Types = append(vocab.Types, int32(n))
	}
	if len(vocab.Types) != len(values) || int(vocab.BOS[0]) >= len(values) || vocab.BOS[0] < 0 {
		return nil
	}
	v := &vocabulary{once: kind == "engine", exact: true, specials: special.Take(vocab, native)}
	begins := model == "llama" || beginsAnyway(arch, pre, native)
	v.begins = info.flag("tokenizer.ggml.add_bos_token", begins)
	switch model {
	case "gpt2":
		if len(vocab.Merges) == 0 {
			return nil
		}
		words, known := wordPatterns(arch, pre, native)
		v.Tokenizer, v.exact = tokenizer.NewBytePairEncoding(vocab, words...), known
	case "llama":
		if len(vocab.Scores) != len(values) {
			return nil
		}
		v.spaces = !native && info.flag("tokenizer.ggml.add_space_prefix", true)
		v.Tokenizer = tokenizer.NewSentencePiece(vocab)
	default:
		return nil
	}
	return v
}

// nativeArchitectures are those that Ollama runs with its own packages, as
// golocal's engine does, rather than with llama.cpp (fs/ggml of v0.17.4,
// OllamaEngineRequired). The two cut text into words by different patterns.
var nativeArchitectures = []string{
	"deepseek2", "gemma3", "gemma3n", "gptoss", "gpt-oss", "llama4", "mistral3", "mllama", "nemotron_h", "nemotron_h_moe",
	"olmo3", "qwen25vl", "qwen3", "qwen3moe", "qwen35", "qwen35moe", "qwen3next", "qwen3vl", "qwen3vlmoe", "glm4moelite",
	"lfm2", "lfm2moe",
}

// The patterns by which vocabularies of byte pairs cut text into words, as the
// models' authors publish them in tokenizer.json; each is one alternation,
// since Ollama's tokenizer repeats text when there are several.
const (
	llamaWords  = `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
	qwenWords   = `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
	gptWords    = `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
	tekkenWords = `[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`
	gpt4oWords  = `[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+`
	// digitWords are gptWords after every digit was set apart, which also ends
	// a run of spaces before it.
	digitWords = `\p{N}|'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?[^\s\p{L}\p{N}]+|\s+(?![^\s\p{N}])|\s+`
)

// wordPatterns are the ones of a model; known is false when golocal has to take
// the most common one. None means the tokenizer's own, which is gptWords.
func wordPatterns(arch, pre string, native bool) (patterns []string, known bool) {
	if native {
		switch arch {
		case "qwen2", "qwen25vl", "qwen3", "qwen3moe", "qwen35", "qwen35moe", "qwen3next", "qwen3vl", "qwen3vlmoe", "nemotron_h", "nemotron_h_moe":
			return []string{qwenWords}, true
		case "mistral3":
			return []string{tekkenWords}, true
		case "llama4", "gptoss", "gpt-oss":
			return []string{gpt4oWords}, true
		case "mllama", "olmo3":
			return []string{llamaWords}, true
		case "gemma3":
			return nil, true
		case "lfm2", "lfm2moe":
			if pre == "default" {
				return nil, true
			}
			return []string{llamaWords}, true
		case "llama":
			switch pre {
			case "default":
				return nil, true
			case "qwen2":
				return []string{qwenWords}, true
			case "tekken":
				return []string{tekkenWords}, true
			case "smollm", "refact", "starcoder", "command-r", "codeshell", "exaone", "minerva-7b": // as engine/runner/words.go
				return []string{digitWords}, true
			case "gpt-2", "phi-2", "mpt", "olmo", "jais", "trillion":
				return []string{gptWords}, true
			}
			return []string{llamaWords}, true
		}
		return []string{llamaWords}, false
	}
	switch pre {
	case "llama3", "llama-v3", "llama-bpe", "falcon3", "falcon-h1", "pixtral", "lfm2", "dbrx", "smaug-bpe", "glm4", "chatglm-bpe":
		return []string{llamaWords}, true
	case "qwen2", "deepseek-r1-qwen", "stablelm2", "megrez", "hunyuan", "grok-2":
		return []string{qwenWords}, true
	case "starcoder", "refact", "command-r", "smollm", "codeshell", "exaone", "minerva-7b":
		return []string{digitWords}, true
	case "gpt-2", "phi-2", "mpt", "olmo", "jais", "exaone4", "trillion", "granite-docling":
		return []string{gptWords}, true
	case "tekken":
		return []string{tekkenWords}, true
	case "gpt-4o", "llama4":
		return []string{gpt4oWords}, true
	}
	return []string{llamaWords}, false
}

// beginsAnyway tells whether a vocabulary of byte pairs puts a token before
// every prompt when its file does not say.
func beginsAnyway(arch, pre string, native bool) bool {
	if native {
		return !slices.Contains([]string{"gptoss", "gpt-oss", "qwen25vl", "qwen3next", "qwen3vl", "qwen3vlmoe", "glm4moelite", "olmo3", "nemotron_h", "nemotron_h_moe"}, arch)
	}
	return slices.Contains([]string{"llama3", "llama-v3", "llama-bpe", "falcon3", "falcon-h1", "pixtral", "lfm2", "tekken"}, pre)
}
