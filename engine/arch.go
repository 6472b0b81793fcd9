package engine

import (
	"fmt"
	"slices"

	"github.com/ollama/ollama/fs/ggml"

	"golocal/engine/runner"
	"golocal/internal/remark"
)

// Architectures with a forward pass in github.com/ollama/ollama v0.17.4,
// model/models, as their GGUF files name them. The others need Ollama, which
// has llama.cpp for them.
var architectures = []string{
	"bert", "deepseek2", "deepseekocr", "gemma2", "gemma3", "gemma3n", "glm4moelite", "glmocr",
	"gpt-oss", "gptoss", "lfm2", "lfm2moe", "llama", "llama4", "mistral3", "mllama", "nemotron_h",
	"nemotron_h_moe", "nomic-bert", "nomic-bert-moe", "olmo3", "qwen2", "qwen25vl", "qwen3",
	"qwen35", "qwen35moe", "qwen3moe", "qwen3next", "qwen3vl", "qwen3vlmoe",
}

// checkArchitecture refuses, by name, what the engine cannot run. The error
// wraps runner.ErrUnsupported.
func checkArchitecture(kv ggml.KV) error {
	arch := kv.Architecture()
	if !slices.Contains(architectures, arch) {
		return fmt.Errorf("the built-in engine cannot run architecture %q: it %w", arch, runner.ErrUnsupported)
	}
	if arch == "llama" && kv.Uint("expert_count") > 0 {
		return fmt.Errorf("the built-in engine cannot run a mixture of experts of architecture %q (Mixtral): it %w", arch, runner.ErrUnsupported)
	}
	return nil
}

// Runs tells whether the engine can run a model of an architecture, with a
// tokenizer (both as GGUF files name them) and a number of experts, before any
// of it is there. The error says why not.
func Runs(architecture, tokenizer string, experts int) error {
	switch {
	case !slices.Contains(architectures, architecture):
		return remark.Error(nil, remark.NoArchitecture, architecture)
	case architecture == "llama" && experts > 0:
		return remark.Error(nil, remark.NoMixture, architecture)
	case architecture == "bert" && tokenizer != "bert": // as model/models/bert of Ollama's module
		return remark.Error(nil, remark.NoTokenizer, tokenizer, architecture)
	}
	return nil
}
