package models

import (
	"testing"

	"golocal"
	"golocal/internal/fakeollama"
)

func TestSizing_Window(t *testing.T) {
	const kv = 114688 // Llama 3.2 3B
	for _, row := range []struct {
		name string
		s    sizing
		want int
	}{
		{"nothing is known", sizing{}, 4096},
		{"an ordinary question", sizing{need: 3000, made: 131072, kvBytes: kv, memory: 24 << 30}, 4096},
		{"exactly", sizing{need: 4096, made: 131072}, 4096},
		{"one more", sizing{need: 4097, made: 131072}, 8192},
		{"a long conversation", sizing{need: 9000, made: 131072, kvBytes: kv, memory: 24 << 30}, 16384},
		{"more than golocal asks for", sizing{need: 100_000, made: 131072, memory: 64 << 30}, 32768},
		{"the model's own length", sizing{need: 9000, made: 8192}, 8192},
		{"a short model", sizing{need: 100, made: 2048}, 2048},
		{"little memory", sizing{need: 9000, made: 131072, kvBytes: kv, memory: 4 << 30}, 4096},
		{"large keys and values", sizing{need: 9000, made: 131072, kvBytes: 1 << 20, memory: 8 << 30}, 2048},
		{"no memory for the least", sizing{need: 100, made: 131072, kvBytes: 1 << 22, memory: 1 << 30}, 2048},
		{"a shorter model yet", sizing{made: 1024, kvBytes: 1 << 22, memory: 1 << 30}, 1024},
		{"memory unknown", sizing{need: 40_000, made: 131072, kvBytes: kv}, 32768},
		{"loaded larger: kept", sizing{need: 3000, made: 131072, loaded: 8192}, 8192},
		{"loaded in an odd size: kept", sizing{need: 3000, made: 131072, loaded: 5000}, 5000},
		{"loaded beyond what golocal would ask for: kept", sizing{need: 3000, made: 131072, loaded: 131072, memory: 4 << 30, kvBytes: kv}, 131072},
		{"the user's bound", sizing{need: 20_000, made: 131072, most: 6000}, 6000},
		{"a bound above the need", sizing{need: 3000, made: 131072, most: 8192}, 4096},
		{"loaded beyond the user's bound: loaded anew", sizing{need: 3000, made: 131072, loaded: 16384, most: 8192}, 4096},
		{"loaded smaller, large enough", sizing{need: 1500, made: 131072, loaded: 2048}, 2048},
		{"loaded too small: grows", sizing{need: 3000, made: 131072, loaded: 2048}, 4096},
		{"loaded too small, nothing larger fits", sizing{need: 9000, made: 4096, loaded: 4096}, 4096},
		{"never shrinks", sizing{need: 9000, made: 131072, loaded: 5000, kvBytes: 1 << 20, memory: 8 << 30}, 5000},
	} {
		if got := row.s.window(); got != row.want {
			t.Errorf("%s: %d, want %d", row.name, got, row.want)
		}
	}
}

// Every request that runs a model says its context: without it Ollama takes a
// default that may cut what was asked.
func TestRequests_AlwaysSayTheirContext(t *testing.T) {
	large := fakeollama.Embedding()
	large.Name, large.Context = "bge-m3:latest", 8192
	for _, row := range []struct {
		embedder fakeollama.Model
		context  float64
	}{{fakeollama.Embedding(), 512}, {large, 2048}} {
		fake, host := serve(t, fakeollama.Options{Models: []fakeollama.Model{row.embedder, fakeollama.Chat()}})
		m := opened(t, host, nil)
		for _, call := range []func() error{
			func() error { _, err := m.EmbedQuery(t.Context(), "q"); return err },
			func() error { _, err := m.Embed(t.Context(), []string{"d"}); return err },
			func() error { _, err := m.EmbedSentences(t.Context(), []string{"s"}); return err },
		} {
			err := call()
			if got := fake.LastEmbed().Options["num_ctx"]; got != row.context || err != nil {
				t.Errorf("%s: embed with num_ctx %v, want %v, %v", row.embedder.Name, got, row.context, err)
			}
		}
	}
	if n := contextOf(Model{}); n != 2048 {
		t.Errorf("an embedder that tells no length: %d", n)
	}

	fake, host := serve(t, fakeollama.Options{})
	m := opened(t, host, nil)
	ask := func(limits golocal.Limits, words int) any {
		t.Helper()
		long := []golocal.Message{{Role: "user", Content: ""}}
		for range words {
			long[0].Content += "word "
		}
		for _, err := range m.Generate(t.Context(), long, limits) {
			if err != nil {
				t.Fatal(err)
			}
		}
		return fake.LastChat().Options["num_ctx"]
	}
	for i, row := range []struct {
		limits golocal.Limits
		words  int
		want   float64
	}{
		{golocal.Limits{}, 10, 4096},
		{golocal.Limits{}, 4000, 16384}, // grows with the need
		{golocal.Limits{}, 10, 16384},   // and is not loaded anew for a short one
		{golocal.Limits{Window: 2048}, 10, 2048},
	} {
		if got := ask(row.limits, row.words); got != row.want {
			t.Errorf("request %d: num_ctx %v, want %v", i, got, row.want)
		}
	}
	model, _ := m.ChatModel()
	if n := m.Window(t.Context(), model, 1000); n != 2048 {
		t.Errorf("loaded with 2048, needed 1000: %d", n)
	}
	if n := m.Window(t.Context(), model, 3000); n != 4096 {
		t.Errorf("loaded with 2048, needed 3000: %d", n)
	}
}
