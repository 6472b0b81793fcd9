//go:build cgo

package runner

import (
	"math"
	"os"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/ollama/ollama/api"

	"golocal/internal/runnertest"
)

// Of ten prompts this many must be continued as Ollama does, word for word.
const mustEqual = 9

// tie is the distance of two logits that rounding can bridge: these models
// have quantised weights, and multiply them by activations rounded to 8 bits.
const tie = 0.25

var greedyPrompts = []string{
	"The capital of France is",
	"Once upon a time there was a",
	"Water boils at a temperature of",
	"def fibonacci(n):\n",
	"The three primary colours are",
	"In the year 1969, the first",
	"To bake a loaf of bread you need",
	"The ship left the harbour before dawn and",
	"Question: What is the largest planet?\nAnswer:",
	"Dear Sir or Madam,\n\nI am writing to",
}

// TestContract_GreedyEqualsOllama compares the first 16 tokens of ten prompts
// at temperature 0: the engine of GOLOCAL_TEST_ENGINE against the Ollama
// GOLOCAL_TEST_OLLAMA, with the same files of GOLOCAL_TEST_STORE. Where they
// differ, the two tokens must be a tie.
func TestContract_GreedyEqualsOllama(t *testing.T) {
	given := runnertest.Given(t)
	if given["engine"] == nil || given["ollama"] == nil {
		return
	}
	store := os.Getenv("GOLOCAL_TEST_STORE")
	ours, theirs := given["engine"](t, runnertest.Copy(t, store)), given["ollama"](t, runnertest.Copy(t, store))
	for _, model := range []string{"smollm2:135m", "gemma3:270m-base"} {
		t.Run(model, func(t *testing.T) {
			equal := 0
			for _, prompt := range greedyPrompts {
				a, b := greedy(t, ours, model, prompt), greedy(t, theirs, model, prompt)
				if a.PromptEvalCount != b.PromptEvalCount {
					t.Errorf("%q is %d tokens, for Ollama %d", prompt, a.PromptEvalCount, b.PromptEvalCount)
				}
				if a.Response == b.Response && a.EvalCount == b.EvalCount {
					equal++
					continue
				}
				gap := logitGap(t, weightsOf(t, theirs, model), prompt, b.Response)
				t.Logf("%q: the engine says %q, Ollama %q; where they part the logits differ by %.3f", prompt, a.Response, b.Response, gap)
				if gap > tie {
					t.Errorf("%q: that is no tie", prompt)
				}
			}
			if equal < mustEqual {
				t.Errorf("%d of %d prompts are continued as Ollama does", equal, len(greedyPrompts))
			}
		})
	}
}

func greedy(t *testing.T, c *api.Client, model, prompt string) api.GenerateResponse {
	t.Helper()
	var all api.GenerateResponse
	text := ""
	err := c.Generate(t.Context(), &api.GenerateRequest{Model: model, Prompt: prompt, Raw: true,
		Options: map[string]any{"temperature": 0, "num_predict": 16, "num_ctx": 2048}},
		func(r api.GenerateResponse) error { text += r.Response; all = r; return nil })
	if err != nil {
		t.Fatalf("%s, %q: %v", model, prompt, err)
	}
	all.Response = text
	return all
}

var fromLine = regexp.MustCompile(`(?m)^FROM (/\S+)$`)

// weightsOf returns the path of a model's GGUF file, which Ollama tells.
func weightsOf(t *testing.T, ollama *api.Client, model string) string {
	t.Helper()
	show, err := ollama.Show(t.Context(), &api.ShowRequest{Model: model})
	if err != nil {
		t.Fatal(err)
	}
	m := fromLine.FindStringSubmatch(show.Modelfile)
	if m == nil {
		t.Fatalf("no file in the Modelfile of %s:\n%s", model, show.Modelfile)
	}
	return m[1]
}

// logitGap follows text as long as it is the likeliest, and returns by how much
// the likeliest token then leads the one that text goes on with.
func logitGap(t *testing.T, file, prompt, text string) float32 {
	t.Helper()
	l, err := load(t.Context(), file, 2048, runtime.NumCPU())
	if err != nil {
		t.Fatal(err)
	}
	defer l.model.Backend().Close()
	meta, err := inspect(file)
	if err != nil {
		t.Fatal(err)
	}
	o := api.DefaultOptions() // as engine.installed.options has them
	if meta.KV().OllamaEngineRequired() {
		o.RepeatPenalty = 1
	}
	pick := newSampler(CompletionRequest{RepeatPenalty: o.RepeatPenalty, RepeatLastN: o.RepeatLastN})
	tokens, err := l.vocab.encode(prompt)
	if err != nil {
		t.Fatal(err)
	}
	s := slot{net: l}
	logits, err := s.prompt(t.Context(), tokens)
	for range 16 {
		if err != nil {
			t.Fatal(err)
		}
		logits = logits[:min(len(logits), l.vocab.size())]
		best, err2 := pick.next(logits, s.tokens)
		if err2 != nil {
			t.Fatal(err2)
		}
		if rest, ok := after(l, text, best); ok {
			text = rest
			logits, err = s.advance([]int32{best}, true)
			continue
		}
		theirs := float32(math.Inf(-1))
		for id, v := range logits {
			if _, ok := after(l, text, int32(id)); ok && v > theirs {
				theirs = v
			}
		}
		return logits[best] - theirs
	}
	return 0 // here the model goes on as text does: rounding of another run made the difference
}

// after cuts a token's text off the front of text.
func after(l *loaded, text string, id int32) (string, bool) {
	piece, err := l.vocab.Decode([]int32{id})
	if err != nil || piece == "" {
		return text, false
	}
	return strings.CutPrefix(text, piece)
}
