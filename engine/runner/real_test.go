//go:build cgo

package runner

import (
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// eachRealModel runs f on every GGUF file of the folder that GOLOCAL_TEST_MODELS
// names; without one there is nothing to run.
func eachRealModel(t *testing.T, f func(t *testing.T, p *Process)) {
	dir := os.Getenv("GOLOCAL_TEST_MODELS")
	if dir == "" {
		return
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.gguf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no *.gguf in %s: %v", dir, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			f(t, start(t, Options{Args: []string{childArg}, Model: file, NumCtx: 2048, Threads: runtime.NumCPU()}))
		})
	}
}

func TestReal_Embed(t *testing.T) {
	eachRealModel(t, func(t *testing.T, p *Process) {
		if !p.Info().Embedding {
			return
		}
		res, err := p.Embed(t.Context(), EmbedRequest{Truncate: true, Inputs: []string{
			"hello world",
			"How many vacation days do I get?",
			"Employees receive 25 days of paid leave per year.",
			"The build needs a C++ compiler.",
			strings.Repeat("word ", 3000),
			strings.Repeat("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo", 1000), // base64: one endless word
		}})
		if err != nil {
			t.Fatal(err)
		}
		if p.Info().Architecture == "bert" && p.Info().EmbeddingLength == 384 && p.Info().VocabSize == 30522 {
			// all-MiniLM-L6-v2, as sentence-transformers computes it.
			for i, want := range []float64{-0.0345, 0.0309, 0.0067, 0.0261} {
				if got := float64(res.Vectors[0][i]); math.Abs(got-want) > 2e-4 {
					t.Errorf("hello world: dimension %d is %.4f, want %.4f", i, got, want)
				}
			}
		}
		if near, far := cosine(res.Vectors[1], res.Vectors[2]), cosine(res.Vectors[1], res.Vectors[3]); near < far+.2 {
			t.Errorf("the answer has cosine %.3f, another text %.3f", near, far)
		}
		if res.Tokens[4] != p.Info().NumCtx {
			t.Errorf("a long text: %d tokens", res.Tokens[4])
		}
	})
}

func TestReal_Complete(t *testing.T) {
	eachRealModel(t, func(t *testing.T, p *Process) {
		if p.Info().Embedding {
			return
		}
		prompt := "The capital of France is"
		text, end := mustCollect(t, p, CompletionRequest{Prompt: prompt, NumPredict: 8})
		if smol := p.Info().VocabSize == 49152; smol && !strings.Contains(text, "Paris") || strings.TrimSpace(text) == "" {
			t.Errorf("%q says %q", prompt, text)
		}
		if end.CachedTokens != 0 {
			t.Errorf("%+v", end)
		}
		again, end := mustCollect(t, p, CompletionRequest{Prompt: prompt, NumPredict: 8})
		if again != text || end.CachedTokens != end.PromptTokens-1 {
			t.Errorf("again %q, %+v", again, end)
		}
		if p.Info().VocabSize == 49152 { // SmolLM2 Instruct
			chat := "<|im_start|>user\nWhat is the capital of Italy? Answer in one word.<|im_end|>\n<|im_start|>assistant\n"
			text, end := mustCollect(t, p, CompletionRequest{Prompt: chat, NumPredict: 60})
			if !strings.Contains(text, "Rome") || strings.Contains(text, "<|im") || end.Reason != ReasonStop {
				t.Errorf("the chat: %q, %+v", text, end)
			}
			if end.PromptTokens != 21 { // each marker is one token; no second beginning
				t.Errorf("the chat has %d tokens", end.PromptTokens)
			}
		}
	})
}
