package models

import (
	"strings"
	"testing"

	"github.com/ollama/ollama/api"

	"golocal"
	"golocal/internal/fakeollama"
)

// counterOf is that of the chat model in use.
func counterOf(m *Models) *PromptCounter {
	model, _ := m.ChatModel()
	return m.PromptCounter(model)
}

// planned waits for the vocabulary and counts.
func planned(t *testing.T, m *Models, messages []golocal.Message, think bool) (int, bool) {
	t.Helper()
	c := counterOf(m)
	<-c.Prepare()
	return c.Prompt(messages, think)
}

var talk = []golocal.Message{
	{Role: "system", Content: "Answer from the sources."},
	{Role: "user", Content: "How many ships?"},
	{Role: "assistant", Content: "Four."},
	{Role: "user", Content: "And naïve  ones,\n\ntoo? <|user|> 漢"},
}

func TestPromptCounter_EqualsWhatTheRunnerReads(t *testing.T) {
	counts := func(m fakeollama.Model) fakeollama.Model { m.Counts = true; return m }
	for name, model := range map[string]fakeollama.Model{"plain": counts(fakeollama.Chat()), "told not to reason": counts(fakeollama.Thinker())} {
		fake, host := serve(t, fakeollama.Options{Models: []fakeollama.Model{fakeollama.Embedding(), model}})
		m := opened(t, host, nil)
		for _, think := range []bool{false, true} {
			for _, messages := range [][]golocal.Message{hello, talk} {
				n, exact := planned(t, m, messages, think)
				for d, err := range m.Generate(t.Context(), messages, golocal.Limits{Think: think}) {
					if err != nil {
						t.Fatal(err)
					}
					if d.Usage != nil && (d.Usage.PromptTokens != n || !exact) {
						t.Errorf("%s, think %v, %d messages: planned %d (exact %v), read %d", name, think, len(messages), n, exact, d.Usage.PromptTokens)
					}
				}
			}
		}
		shows := fake.Counts().Requests["/api/show"]
		if planned(t, m, hello, false); fake.Counts().Requests["/api/show"] != shows {
			t.Errorf("%s: the vocabulary is fetched again", name)
		}
		if got := counterOf(m).Text("naïve x"); got != 8 {
			t.Errorf("%s: a text has %d tokens", name, got)
		}
	}
}

func TestPromptCounter_EstimatesWhereItCannotCount(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	m := opened(t, host, nil)
	if n, exact := planned(t, m, talk, false); exact || n < 30 {
		t.Errorf("without a vocabulary: %d, exact %v", n, exact)
	}
	known := fakeollama.Chat()
	known.Counts = true
	fake.SetModels(fakeollama.Embedding(), known)
	fake.Set(func(b *fakeollama.Behaviour) { b.Hang = true })
	c := counterOf(opened(t, host, func(_ *Options, l *timing) { l.probe = 50e6 }))
	if n, exact := c.Prompt(talk, false); exact || n < 30 {
		t.Errorf("before it is loaded: %d, exact %v", n, exact)
	}
}

// A vocabulary that is still on its way does not hold up Close.
func TestPromptCounter_CloseEndsTheLoading(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	m := opened(t, host, nil)
	fake.Set(func(b *fakeollama.Behaviour) { b.Hang = true })
	done := counterOf(m).Prepare()
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	<-done
}

func array[T any](v ...T) []any {
	out := []any{}
	for _, x := range v {
		out = append(out, x)
	}
	return out
}

func TestReadVocabulary(t *testing.T) {
	bpe := func(more modelInfo) modelInfo {
		info := modelInfo{
			"general.architecture": "llama", "tokenizer.ggml.model": "gpt2", "tokenizer.ggml.pre": "smollm",
			"tokenizer.ggml.tokens":     array("<|end|>", "a", "b", "Ġ", "ab", "Ġab", "1", "2", "ĠĠ", "12"),
			"tokenizer.ggml.token_type": array(3., 1., 1., 1., 1., 1., 1., 1., 1., 1.), "tokenizer.ggml.merges": array("a b", "Ġ ab", "Ġ Ġ", "1 2"),
			"tokenizer.ggml.bos_token_id": 0., "tokenizer.ggml.eos_token_id": 0.,
		}
		for k, v := range more {
			info[k] = v
		}
		return info
	}
	spm := func(more modelInfo) modelInfo {
		info := modelInfo{
			"general.architecture": "llama", "tokenizer.ggml.model": "llama",
			"tokenizer.ggml.tokens": array("<unk>", "<s>", "</s>", "a", "b", "▁", "ab", "▁ab", "[I]", "[I][I]"), "tokenizer.ggml.token_type": array(2., 3., 3., 1., 1., 1., 1., 1., 3., 3.),
			"tokenizer.ggml.scores": array(0., 0., 0., -5., -6., -7., -1., -2., 0., 0.), "tokenizer.ggml.bos_token_id": 1., "tokenizer.ggml.eos_token_id": 2.,
		}
		for k, v := range more {
			info[k] = v
		}
		return info
	}
	for _, row := range []struct {
		name   string
		info   modelInfo
		kind   string
		text   string
		tokens int
		exact  bool
	}{
		{"digits one by one in llama.cpp", bpe(nil), "ollama", "ab12", 3, true},
		{"and in the engine, and a first token", bpe(nil), "engine", "ab12", 1 + 3, true},
		{"digits together in the engine", bpe(modelInfo{"tokenizer.ggml.pre": "llama-bpe"}), "engine", "ab12", 1 + 2, true},
		{"spaces before a digit stay one token", bpe(nil), "ollama", "ab  1", 3, true},
		{"special tokens", bpe(nil), "ollama", "ab<|end|>ab", 3, true},
		{"a first token when the file says so", bpe(modelInfo{"tokenizer.ggml.add_bos_token": true}), "ollama", "ab", 2, true},
		{"Ollama writes it twice", bpe(modelInfo{"tokenizer.ggml.add_bos_token": true}), "ollama", "<|end|>ab", 3, true},
		{"the engine does not", bpe(modelInfo{"tokenizer.ggml.add_bos_token": true}), "engine", "<|end|>ab", 2, true},
		{"an unknown way of cutting words", bpe(modelInfo{"tokenizer.ggml.pre": "new"}), "ollama", "ab", 1, false},
		{"SentencePiece in llama.cpp begins with a space", spm(nil), "ollama", "ab", 1 + 1, true},
		{"and goes on so after special tokens", spm(nil), "ollama", "ab[I]ab[I][I]ab", 1 + 5, true},
		{"in the engine it does not", spm(nil), "engine", "ab ab", 1 + 2, true},
		{"where special tokens are looked for by number, not by length", spm(nil), "engine", "[I][I]ab", 1 + 3, true},
		{"nor where the file says so", spm(modelInfo{"tokenizer.ggml.add_space_prefix": false, "tokenizer.ggml.add_bos_token": false}), "ollama", "ab", 1, true},
		{"Gemma 3 runs in Ollama's own packages", spm(modelInfo{"general.architecture": "gemma3"}), "ollama", "aba", 1 + 2, true},
		{"an end token", spm(modelInfo{"tokenizer.ggml.add_eos_token": true}), "engine", "ab", 3, true},
	} {
		v := readVocabulary(row.info, row.kind)
		if v == nil {
			t.Errorf("%s: not read", row.name)
			continue
		}
		if n, exact := v.prompt(row.text); n != row.tokens || exact != row.exact {
			t.Errorf("%s: %q has %d tokens (exact %v), want %d", row.name, row.text, n, exact, row.tokens)
		}
	}
	v := readVocabulary(bpe(nil), "ollama")
	if n, exact := v.prompt(strings.Repeat("ab ", longestCounted)); exact || n == 0 {
		t.Errorf("a text beyond every window: %d, exact %v", n, exact)
	}
	for name, info := range map[string]modelInfo{
		"nothing": nil, "no merges": bpe(modelInfo{"tokenizer.ggml.merges": nil}), "no scores": spm(modelInfo{"tokenizer.ggml.scores": nil}),
		"no types": bpe(modelInfo{"tokenizer.ggml.token_type": nil}), "no such first token": bpe(modelInfo{"tokenizer.ggml.bos_token_id": 99.}),
		"Unigram": bpe(modelInfo{"tokenizer.ggml.model": "t5"}),
	} {
		if got := readVocabulary(info, "ollama"); got != nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestForm_RendersAsTheRunnerDoes(t *testing.T) {
	show := api.ShowResponse{
		Template: "{{ range .Messages }}[{{ .Role }}]{{ .Content }}{{ end }}", System: "Be kind.",
		Messages: []api.Message{{Role: "user", Content: "hi"}, {Role: "assistant", Content: "ho"}},
	}
	for _, row := range []struct {
		name     string
		change   func(*api.ShowResponse)
		messages []golocal.Message
		want     string
	}{
		{"its own system text and messages", nil, hello, "[system]Be kind.[user]hi[assistant]ho[user]hello"},
		{"a system text of the conversation", nil, talk[:2], "[user]hi[assistant]ho[system]Answer from the sources.[user]How many ships?"},
		{"neighbours of one role", func(s *api.ShowResponse) { s.System, s.Messages = "", nil },
			[]golocal.Message{{Role: "user", Content: "a"}, {Role: "user", Content: "b"}}, "[user]a\n\nb"},
		{"no template", func(s *api.ShowResponse) { s.Template, s.System, s.Messages = "", "", nil }, hello, "hello"},
		{"a renderer that only the Modelfile names", func(s *api.ShowResponse) {
			s.Modelfile, s.System, s.Messages = "FROM x\nRENDERER qwen3-coder\nPARSER qwen3-coder\n", "", nil
		}, hello, "<|im_start|>user\nhello<|im_end|>\n<|im_start|>assistant\n"},
	} {
		s := show
		if row.change != nil {
			row.change(&s)
		}
		messages := apiMessages(row.messages)
		got, err := readForm(&s).render(messages, nil)
		if err != nil || got != row.want {
			t.Errorf("%s: %q, %v", row.name, got, err)
		}
		if again, _ := readForm(&s).render(messages, nil); again != got {
			t.Errorf("%s: the messages were changed: %q", row.name, again)
		}
	}
	if f := readForm(&api.ShowResponse{Template: "{{ .Broken"}); f != nil {
		t.Errorf("a broken template: %+v", f)
	}
}
