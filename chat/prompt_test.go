package chat

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golocal"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the prompts of testdata/prompts anew")

func TestStyleOf_KnowsTheLines(t *testing.T) {
	for _, c := range []struct {
		model Model
		want  string
	}{
		{Model{Name: "llama3.2:3b", Family: "llama"}, "llama"},
		{Model{Name: "qwen3:8b", Family: "qwen3", Thinks: true}, "qwen"},
		{Model{Name: "qwen2.5:7b-instruct", Family: "qwen2"}, "qwen"},
		{Model{Name: "gemma3:4b", Family: "gemma3"}, "gemma"},
		{Model{Name: "my-notes", Family: "gemma2"}, "gemma"},
		{Model{Name: "mistral:7b", Family: "llama"}, "mistral"}, // as Ollama tells it
		{Model{Name: "hf.co/someone/Mixtral-8x7B-Instruct-GGUF:Q4_K_M", Family: "llama"}, "mistral"},
		{Model{Name: "dolphin-mistral:7b", Family: "llama"}, "mistral"},
		{Model{Name: "dolphin-llama3:8b", Family: "llama"}, "llama"}, // there is a phi in it
		{Model{Name: "mistralai/my-llama:8b", Family: "llama"}, "llama"},
		{Model{Name: "phi4-mini", Family: "phi3"}, "phi"},
		{Model{Name: "deepseek-r1:8b", Family: "qwen3", Thinks: true, Always: true}, "reasoning"},
		{Model{Name: "unheard-of:9b", Family: "new", Thinks: true, Always: true}, "reasoning"},
		{Model{Name: "unheard-of:9b", Family: "new"}, "llama"},
		{Model{Name: "smollm2:135m", Family: "llama", Tiny: true}, "tiny"},
		{Model{Name: "gemma3:270m", Family: "gemma3", Tiny: true}, "tiny"},
		{Model{Name: "gemma3:270m-base", Family: "gemma3", Tiny: true, Base: true}, "base"},
		{Model{Name: "llama3.1:8b-text", Family: "llama", Base: true}, "base"},
	} {
		if got := styleOf(c.model).name; got != c.want {
			t.Errorf("%s (%s) is asked like %s, want %s", c.model.Name, c.model.Family, got, c.want)
		}
	}
}

// The prompts of each line, to be read by people: strict and open, English and
// German, with an earlier turn.
func TestPrompt_PerLine(t *testing.T) {
	sources := []golocal.Source{{Number: 1, Hit: hits()[0], Text: hits()[0].Chunk.Text}, {Number: 2, Hit: hits()[1], Text: hits()[1].Chunk.Text}}
	before := []golocal.Message{{Role: "user", Content: "Who is Acme?"}, {Role: "assistant", Content: "A company."}}
	for _, s := range []style{styleLlama, styleQwen, styleGemma, styleMistral, stylePhi, styleReasoning, styleTiny, styleBase} {
		var b strings.Builder
		for _, c := range []struct {
			what, question string
			sources        []golocal.Source
			open           bool
		}{
			{"strict", "How many days of vacation do I get?", sources, false},
			{"strict, German", "Wie viele Tage Urlaub bekomme ich?", sources[:1], false},
			{"open", "How many days of vacation do I get?", sources, true},
			{"open, nothing found", "What is the capital of France?", nil, true},
		} {
			b.WriteString("=== " + c.what + "\n")
			for _, m := range s.prompt(c.question, c.sources, before, c.open, languageOf(c.question)) {
				b.WriteString("--- " + m.Role + "\n" + m.Content + "\n")
			}
		}
		path := filepath.Join("testdata", "prompts", s.name+".txt")
		if *update {
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(want), b.String()); d != "" {
			t.Errorf("%s: %s", s.name, d)
		}
	}
}

// What must hold of every line's prompt, whatever its words are.
func TestPrompt_EveryLine(t *testing.T) {
	sources := []golocal.Source{{Number: 1, Hit: hits()[0], Text: "Acme \"\"\"\" offers"}}
	for _, s := range []style{styleLlama, styleQwen, styleGemma, styleMistral, stylePhi, styleReasoning, styleTiny, styleBase} {
		for _, open := range []bool{false, true} {
			m := s.prompt("Wie viele\nTage?", sources, nil, open, "de")
			last := m[len(m)-1]
			if last.Role != "user" || !strings.Contains(last.Content, "\n\"\"\"\"\"\nAcme") || !strings.Contains(last.Content, "Wie viele Tage?") {
				t.Errorf("%s: no fenced source before the question: %q", s.name, last.Content)
			}
			if at := strings.Index(last.Content, "Wie viele Tage?"); at < strings.Index(last.Content, "Acme") {
				t.Errorf("%s: the question stands before the sources", s.name)
			}
			all := ""
			for _, x := range m {
				all += x.Content + "\n"
			}
			if s.continues {
				if len(m) != 1 || !strings.HasSuffix(last.Content, "Frage: Wie viele Tage?\nAntwort:") {
					t.Errorf("%s: %q", s.name, last.Content)
				}
				continue
			}
			if !strings.Contains(all, "Answer in German") || !strings.Contains(all, "I don't know") {
				t.Errorf("%s: the language or the way out is missing: %q", s.name, all)
			}
			if s.marked != strings.Contains(all, "[1].") || s.beside != (m[0].Role == "user") || open != strings.Contains(all, "general knowledge") {
				t.Errorf("%s: %q", s.name, all)
			}
		}
	}
}

func TestContinued_KeepsTheFirstAnswer(t *testing.T) {
	for text, want := range map[string]string{
		" 20 days.\nQuestion: Who is it?\nAnswer: Bela.": "20 days.",
		"\n\n20 days.\n\nQuestion: Who":                  "20 days.",
		"20 days.\nOr more.\nQues":                       "20 days.\nOr more.\nQues",
		"20 days.\nQuestions remain.":                    "20 days.\nQuestions remain.",
		"":                                               "",
		"\n":                                             "",
	} {
		for size := 1; size <= len(text)+1; size++ {
			var c continued
			var got strings.Builder
			for at := 0; at < len(text); at += size {
				got.WriteString(c.write(text[at:min(at+size, len(text))]))
			}
			got.WriteString(c.end())
			if strings.TrimRight(got.String(), "\n") != want {
				t.Errorf("%q in pieces of %d: %q, want %q", text, size, got.String(), want)
			}
		}
	}
}
