//go:build cgo

package runner

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// BenchmarkReal measures the models that GOLOCAL_TEST_MODELS names: tokens a
// second of embedding (32 texts of about 300 tokens), of reading a prompt of
// about 1,500 tokens and of writing 64, and what share of its first reading
// the same prompt with a longer end takes again.
func BenchmarkReal(b *testing.B) {
	files, _ := filepath.Glob(filepath.Join(os.Getenv("GOLOCAL_TEST_MODELS"), "*.gguf"))
	if len(files) == 0 {
		b.Log("GOLOCAL_TEST_MODELS names no folder with *.gguf: nothing to measure")
	}
	for _, file := range files {
		b.Run(filepath.Base(file), func(b *testing.B) {
			o := Options{Args: []string{childArg}, Model: file, NumCtx: 2048, Threads: runtime.NumCPU()}
			p := start(b, o)
			if p.Info().Embedding {
				benchEmbed(b, p)
			} else {
				benchComplete(b, p)
			}
		})
	}
}

func benchEmbed(b *testing.B, p *Process) {
	inputs := make([]string, 32)
	for i := range inputs {
		inputs[i] = strings.Repeat("the river carries small boats past the old mill ", 30)
	}
	tokens := 0
	for b.Loop() {
		res, err := p.Embed(b.Context(), EmbedRequest{Inputs: inputs, Truncate: true})
		if err != nil {
			b.Fatal(err)
		}
		for _, n := range res.Tokens {
			tokens += n
		}
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}

func benchComplete(b *testing.B, p *Process) {
	prompt := strings.Repeat("the river carries small boats past the old mill ", 150)
	var read, write, again CompletionEvent
	n := 0
	for b.Loop() {
		n++
		first := strings.Repeat("#", n) + prompt // another beginning, so that nothing is cached
		var err error
		if _, read, err = collect(b.Context(), p, CompletionRequest{Prompt: first, NumPredict: 1}); err != nil {
			b.Fatal(err)
		}
		if _, write, err = collect(b.Context(), p, CompletionRequest{Prompt: first + "and", NumPredict: 64}); err != nil {
			b.Fatal(err)
		}
		if _, again, err = collect(b.Context(), p, CompletionRequest{Prompt: first + "and then one more", NumPredict: 1}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(read.PromptTokens-read.CachedTokens)/read.PromptSeconds, "prompt-tokens/s")
	b.ReportMetric(float64(write.Tokens)/write.Seconds, "tokens/s")
	b.ReportMetric(again.PromptSeconds/read.PromptSeconds, "second/first")
}
