package models

import (
	"cmp"
	"os"
	"strings"
	"testing"

	"golocal"
	"golocal/internal/fakeollama"
	"golocal/internal/runnertest"
)

// TestContract_Runner is what golocal needs of every runner. It runs against
// the fake; against the one at GOLOCAL_TEST_RUNNER (an OLLAMA_HOST value),
// against the engine of the program GOLOCAL_TEST_ENGINE and against the Ollama
// GOLOCAL_TEST_OLLAMA, both with the models of the store GOLOCAL_TEST_STORE,
// when those are set. Each must hold an embedding and a chat model;
// GOLOCAL_TEST_CHAT names one of several.
func TestContract_Runner(t *testing.T) {
	chat := fakeollama.Chat()
	chat.Counts = true
	_, host := serve(t, fakeollama.Options{Models: []fakeollama.Model{fakeollama.Embedding(), chat}})
	runners := map[string]Options{"fake": {OllamaHost: host}}
	if host := os.Getenv("GOLOCAL_TEST_RUNNER"); host != "" {
		runners["given"] = Options{OllamaHost: host, Chat: os.Getenv("GOLOCAL_TEST_CHAT")}
	}
	if program := os.Getenv("GOLOCAL_TEST_ENGINE"); program != "" {
		runners["engine"] = Options{OllamaHost: "none", Executable: program, Store: runnertest.Copy(t, os.Getenv("GOLOCAL_TEST_STORE")), Chat: os.Getenv("GOLOCAL_TEST_CHAT")}
	}
	if program := os.Getenv("GOLOCAL_TEST_OLLAMA"); program != "" {
		host := runnertest.OllamaHost(t, program, runnertest.Copy(t, os.Getenv("GOLOCAL_TEST_STORE")))
		runners["ollama"] = Options{OllamaHost: host, Embedding: runnertest.EmbeddingModel, Chat: cmp.Or(os.Getenv("GOLOCAL_TEST_CHAT"), runnertest.ChatModel)}
	}
	for name, o := range runners {
		t.Run(name, func(t *testing.T) { contract(t, o) })
	}
}

func contract(t *testing.T, o Options) {
	o.State = t.TempDir()
	m, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	space, ok := m.Space()
	if !ok || space.Dims == 0 || space.MaxTokens == 0 || space.Digest == "" {
		t.Fatalf("space %+v, runner %+v", space, m.Runner())
	}
	texts := []string{
		"Everyone gets eighteen paid vacation days each year.",
		"The printer in the lobby needs a new cartridge.",
		"Ships leave the harbour before dawn.",
		"Employees may take paid days of vacation.",
	}
	vectors, err := m.Embed(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		alone, err := m.Embed(t.Context(), []string{text})
		if err != nil {
			t.Fatal(err)
		}
		if c := cosine(alone[0], vectors[i]); c < 0.999 {
			t.Errorf("text %d alone and in a batch: cosine %.4f", i, c)
		}
	}
	if near, far := cosine(vectors[0], vectors[3]), cosine(vectors[0], vectors[1]); near < far+0.1 {
		t.Errorf("related texts %.2f, unrelated ones %.2f", near, far)
	}
	q, err := m.EmbedQuery(t.Context(), "How many vacation days do I get?")
	if err != nil || cosine(q, vectors[0]) < cosine(q, vectors[1]) {
		t.Errorf("the question is nearer to the wrong text: %v", err)
	}
	long, err := m.Embed(t.Context(), []string{strings.Repeat("the harbour master counted four ships. ", 400)})
	if err != nil || len(long[0]) != space.Dims {
		t.Errorf("a text beyond the model's length: %v", err)
	}
	count, err := m.Counter(t.Context())
	if err != nil || count(texts[0]) < 8 {
		t.Errorf("counting tokens: %v", err)
	}

	if _, ok := m.ChatModel(); !ok {
		t.Fatal("no chat model")
	}
	var text string
	var usage *golocal.Usage
	ask := []golocal.Message{{Role: "user", Content: "[1] Ships leave the harbour before dawn.\n\nQuestion: When do ships leave the harbour?"}}
	for d, err := range m.Generate(t.Context(), ask, golocal.Limits{Tokens: 24, Window: 1024, Seed: 1}) {
		if err != nil {
			t.Fatal(err)
		}
		text += d.Text
		if d.Usage != nil {
			usage = d.Usage
		}
	}
	if text == "" || usage == nil || usage.PromptTokens == 0 || usage.Tokens == 0 || usage.Tokens > 24 {
		t.Errorf("%q, %+v", text, usage)
	}
	planAgainstRead(t, m)
	pieces := 0
	for _, err := range m.Generate(t.Context(), ask, golocal.Limits{Tokens: 200, Window: 1024}) {
		if err != nil {
			t.Fatal(err)
		}
		if pieces++; pieces == 2 {
			break
		}
	}
	status, err := m.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	loaded := 0
	for _, model := range status.Models {
		if model.Loaded {
			loaded++
			if model.Where == "" || model.Expires.IsZero() {
				t.Errorf("loaded model %+v", model)
			}
		}
	}
	if loaded == 0 {
		t.Error("no model is loaded after use")
	}
}

// planAgainstRead asks two turns of a conversation, of which the second repeats
// the first: the runner has that prefix in memory and must count it all the
// same. Where golocal can read the vocabulary the plan is exact.
func planAgainstRead(t *testing.T, m *Models) {
	t.Helper()
	model, _ := m.ChatModel()
	c := m.PromptCounter(model)
	<-c.Prepare()
	messages := []golocal.Message{
		{Role: "system", Content: "Answer from the numbered sources only."},
		{Role: "user", Content: strings.Repeat("[1] Ships leave the harbour before dawn; 12,345 of them in 2024 — \"naïve\" ones too.\n\t* 東京 (tōkyō)  costs 3 €/day…\n\n", 12) + "Question: When?"},
	}
	for turn := 1; turn <= 2; turn++ {
		n, exact := c.Prompt(messages, false)
		said, read := "", 0
		for d, err := range m.Generate(t.Context(), messages, golocal.Limits{Tokens: 12, Window: 4096, Seed: 1}) {
			if err != nil {
				t.Fatal(err)
			}
			said += d.Text
			if d.Usage != nil {
				read = d.Usage.PromptTokens
			}
		}
		if exact && n != read || !exact && (read > n*3/2 || read < n/2) {
			t.Errorf("turn %d: planned %d tokens (exact %v), the runner read %d", turn, n, exact, read)
		}
		t.Logf("turn %d: planned %d tokens (exact %v), read %d", turn, n, exact, read)
		messages = append(messages, golocal.Message{Role: "assistant", Content: said}, golocal.Message{Role: "user", Content: "And why?"})
	}
}
