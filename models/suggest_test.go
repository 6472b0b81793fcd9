package models

import (
	"context"
	"errors"
	"slices"
	"testing"

	"golocal/internal/fakeollama"
)

// onlyBERT is an engine that runs little.
func onlyBERT(architecture, tokenizer string, experts int) error {
	if architecture == "llama" && experts == 0 || tokenizer == "bert" {
		return nil
	}
	return errors.New("no")
}

func here(memory, gpu int64) machine {
	m := machine{memory: memory, ollama: true, hasModel: func(string) (int64, bool) { return 0, false }, engine: onlyBERT}
	if gpu > 0 {
		m.gpus = GPUs{Devices: []GPU{{Name: "G", Memory: gpu}}}
	}
	return m
}

func find(t *testing.T, list []Suggestion, name string) Suggestion {
	t.Helper()
	i := slices.IndexFunc(list, func(s Suggestion) bool { return s.Model == name })
	if i < 0 {
		t.Fatalf("%s is not suggested", name)
	}
	return list[i]
}

func TestSuggest_JudgesBothModelsTogether(t *testing.T) {
	const gib = 1 << 30
	for _, row := range []struct {
		name        string
		memory, gpu int64
		model       string
		fit         Fit
		whole       bool // Share is 1
	}{
		{"no GPU, 16 GiB", 16 * gib, 0, "llama3.2:3b", FitsMemory, false},
		{"no GPU, 16 GiB", 16 * gib, 0, "llama3.3:70b", TooLarge, false},
		{"12 GiB GPU", 32 * gib, 12 * gib, "llama3.1:8b", FitsGPU, true},
		{"12 GiB GPU", 32 * gib, 12 * gib, "gemma3:27b", FitsPartly, false},
		{"12 GiB GPU", 32 * gib, 12 * gib, "llama3.3:70b", TooLarge, false},
		{"80 GiB GPU", 128 * gib, 80 * gib, "llama3.3:70b", FitsGPU, true},
		{"2 GiB of memory", 2 * gib, 0, "llama3.2:3b", TooLarge, false},
		{"memory is not known", 0, 0, "llama3.3:70b", FitsMemory, false},
	} {
		embedding, chat := suggest(here(row.memory, row.gpu))
		s := find(t, chat, row.model)
		if s.Fit != row.fit || (s.Share == 1) != row.whole || (s.Missing > 0) != (row.fit == TooLarge) {
			t.Errorf("%s: %s: %s, share %.2f, %d missing", row.name, row.model, s.Fit, s.Share, s.Missing)
		}
		beside := embedding[0].Need
		m := here(row.memory, row.gpu)
		if s.Fit == FitsGPU && s.Need+beside > m.gpuRoom() || s.Fit == FitsMemory && row.memory > 0 && s.Need+beside > m.room() {
			t.Errorf("%s: %s does not fit beside %s", row.name, row.model, embedding[0].Model)
		}
		if s.Fit == TooLarge && s.Missing != s.Need+beside-m.room()-m.gpuRoom() {
			t.Errorf("%s: %d missing", row.name, s.Missing)
		}
	}
}

func TestSuggest_Order(t *testing.T) {
	const gib = 1 << 30
	for _, row := range []struct {
		name            string
		m               machine
		embedding, chat string
	}{
		{"a large GPU", here(64*gib, 24*gib), "embeddinggemma", "qwen3:8b"},
		{"a GPU of 8 GiB", here(32*gib, 8*gib), "embeddinggemma", ""},
		{"a laptop", here(16*gib, 0), "embeddinggemma", "gemma3:4b"},
		{"a small machine", here(4*gib, 0), "nomic-embed-text", ""},
		{"a tiny machine", here(1*gib, 0), "all-minilm", "smollm2:135m"},
	} {
		embedding, chat := suggest(row.m)
		if embedding[0].Model != row.embedding || row.chat != "" && chat[0].Model != row.chat {
			t.Errorf("%s: %s and %s first", row.name, embedding[0].Model, chat[0].Model)
		}
		last := false
		for _, s := range chat {
			if last && s.Fit != TooLarge {
				t.Errorf("%s: %s fits and stands behind one that does not", row.name, s.Model)
			}
			last = s.Fit == TooLarge
		}
	}
	m := here(16<<30, 0)
	m.ollama = false
	embedding, chat := suggest(m)
	if embedding[0].NeedsOllama != "" || chat[0].NeedsOllama != "" {
		t.Errorf("without Ollama %s and %s come first", embedding[0].Model, chat[0].Model)
	}
	if s := find(t, chat, "mixtral:8x7b"); s.NeedsOllama == "" {
		t.Error("the engine is said to run Mixtral")
	}
	m.hasModel = func(name string) (int64, bool) { return 2_100_000_000, name == "llama3.2:3b" }
	_, chat = suggest(m)
	if s := find(t, chat, "llama3.2:3b"); !s.Installed || s.Command != "" || s.Download != 2_100_000_000 {
		t.Errorf("installed: %+v", s)
	}
}

// TestNeed compares with figures from outside: the KV caches that llama.cpp
// allocates for these models.
func TestNeed_KeysAndValues(t *testing.T) {
	for _, row := range []struct {
		name  string
		bytes float64 // per token
	}{
		{"llama3.1:8b", 131072}, {"llama3.2:3b", 114688}, {"llama3.2:1b", 32768}, {"smollm2:135m", 23040}, {"llama3.3:70b", 327680},
		{"qwen3:0.6b", 114688}, {"mixtral:8x7b", 131072}, {"nomic-embed-text", 0},
	} {
		i := slices.IndexFunc(catalogue, func(w wellKnown) bool { return w.name == row.name })
		if got := catalogue[i].cacheBytes(); got != row.bytes {
			t.Errorf("%s: %.0f bytes a token, want %.0f", row.name, got, row.bytes)
		}
	}
}

func TestCatalogue_IsPlausible(t *testing.T) {
	seen := map[string]bool{}
	for _, w := range catalogue {
		perWeight := float64(w.weights) * 8 / (w.parameters * 1e9)
		least, most := 4.0, 5.9 // Q4_K_M keeps some layers finer, the more the smaller the model
		switch w.quantization {
		case "F16", "BF16":
			least, most = 15.5, 17
		case "Q8_0":
			least, most = 8.4, 8.9
		case "Q4_K_M":
			if w.parameters < 1.1 {
				most = 6.7
			}
			if w.name == "gemma3:4b" || w.name == "gemma3:12b" {
				most = 6.3 // the part that sees pictures is not quantised
			}
		case "MXFP4":
			most = 5.4
		}
		if perWeight < least || perWeight > most {
			t.Errorf("%s %s: %.2f bits a parameter", w.name, w.quantization, perWeight)
		}
		if seen[w.name] || w.context < 512 || w.layers == 0 || w.key == 0 || w.width == 0 {
			t.Errorf("%s: %+v", w.name, w)
		}
		seen[w.name] = true
		if _, ok := familyOf(w.name, ""); w.job == Embedding && !ok {
			t.Errorf("%s has no prefixes in golocal's table", w.name)
		}
	}
}

func TestModels_SuggestKnowsWhatIsInstalled(t *testing.T) {
	_, host := serve(t, fakeollama.Options{})
	s, err := opened(t, host, nil).Suggest(t.Context(), onlyBERT)
	if err != nil || s.Runner != "ollama" {
		t.Fatalf("%+v, %v", s, err)
	}
	if e, c := find(t, s.Embedding, "all-minilm"), find(t, s.Chat, "llama3.2:3b"); !e.Installed || !c.Installed {
		t.Errorf("%+v, %+v", e, c)
	}
	m := opened(t, deadAddress(t), nil)
	m.gpus.find = func(context.Context) GPUs { return GPUs{Devices: []GPU{{Name: "G", Memory: 16 << 30}}} }
	s, err = m.Suggest(t.Context(), nil)
	if err != nil || s.Runner != "none" || len(s.Chat) == 0 || s.Note == "" || find(t, s.Embedding, "all-minilm").Installed {
		t.Errorf("without a runner: %+v, %v", s, err)
	}
}
