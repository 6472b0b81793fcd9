package main

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"golocal"
	"golocal/chat"
	"golocal/internal/fakeollama"
	"golocal/models"
)

// onePassage finds one passage for every question.
type onePassage struct{}

func (onePassage) Retrieve(context.Context, string, golocal.Scope, int) (golocal.Found, error) {
	text := "A lost key costs 30 euros. " + strings.Repeat("Ships leave the harbour before dawn. ", 30)
	return golocal.Found{Evidence: 1, Enough: true, Hits: []golocal.Hit{{
		Doc:   golocal.Document{ID: 1, Ref: golocal.Ref{Root: 1, Path: "a.md"}, Title: "Keys"},
		Chunk: golocal.Chunk{ID: 1, Doc: 1, Text: text, Span: golocal.Span{End: len(text)}},
	}}}, nil
}

// An answer from question to ledger over a scripted Ollama: what is planned is
// what it reads, unless it cuts in silence; reasoning stays beside the answer.
func TestAnswer_OverAScriptedOllama(t *testing.T) {
	plain := fakeollama.Chat()
	plain.Counts = true
	deep := fakeollama.Thinker()
	deep.Counts = true
	for _, row := range []struct {
		name     string
		model    fakeollama.Model
		set      fakeollama.Behaviour
		think    bool
		warning  string
		reasoned bool
	}{
		{"as planned", plain, fakeollama.Behaviour{}, false, "", false},
		{"cut in silence", plain, fakeollama.Behaviour{Context: 512}, false, "the runner read 512 of 1,", false},
		{"told not to reason", deep, fakeollama.Behaviour{Thinking: "the key, hm"}, false, "", false},
		{"asked to reason", deep, fakeollama.Behaviour{Thinking: "the key, hm"}, true, "", true},
		{"reasoning in tags", plain, fakeollama.Behaviour{Thinking: "the key, hm", ThinkTags: true}, false, "", true},
	} {
		fake := fakeollama.New(fakeollama.Options{Models: []fakeollama.Model{fakeollama.Embedding(), row.model}})
		srv := httptest.NewServer(fake)
		m, err := models.Open(t.Context(), models.Options{OllamaHost: srv.URL, State: t.TempDir(), Store: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		a := &app{models: m}
		model, _ := m.ChatModel()
		<-m.PromptCounter(model).Prepare()
		row.set.Reply = "A lost key costs 30 euros [1]."
		fake.Set(func(b *fakeollama.Behaviour) { *b = row.set })
		var got chat.Answer
		assistant := chat.New(chat.Options{Retriever: onePassage{}, Generator: m, Model: a.chatModel})
		for e, err := range assistant.Answer(t.Context(), chat.Request{Question: "What does a lost key cost?", Mode: chat.ModeGenerate, Think: row.think}) {
			if err != nil {
				t.Fatal(err)
			}
			got, _ = e.(chat.Answer)
		}
		l := got.Ledger
		if l.Estimated || l.Window != 4096 || (l.Planned == l.PromptTokens) != (row.warning == "") {
			t.Errorf("%s: %+v", row.name, l)
		}
		if row.warning == "" && l.Warning != "" || !strings.Contains(l.Warning, row.warning) || row.warning != "" && !strings.Contains(got.Note, row.warning) {
			t.Errorf("%s: warning %q, note %q", row.name, l.Warning, got.Note)
		}
		if got.Kind != chat.KindGenerated || got.Support != 1 || strings.Contains(got.Text, "hm") || (got.Reasoning == "the key, hm") != row.reasoned {
			t.Errorf("%s: %s %q, reasoning %q", row.name, got.Kind, got.Text, got.Reasoning)
		}
		if n := fake.LastChat().Options["num_ctx"]; n != 4096.0 && row.set.Context == 0 {
			t.Errorf("%s: num_ctx %v", row.name, n)
		}
		if err := m.Close(); err != nil {
			t.Error(err)
		}
		srv.Close()
	}
}
