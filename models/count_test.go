package models

import (
	"strings"
	"sync"
	"testing"

	"golocal/internal/fakeollama"
)

func TestCounter_CountsInTheModelsVocabulary(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	m := opened(t, host, nil)
	count, err := m.Counter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// In the fake's vocabulary frequent words are one token, other words a
	// token for every pair of letters, and every sign is one.
	for text, want := range map[string]int{
		"": 0, "  \n": 0, "the": 1, "the vacation": 2, "The  VACATION\nthe": 3, "zebras": 3, "the, the": 3, "x=1": 1 + 1 + 1,
		"漢字": 2, // unknown characters of their own
	} {
		if got := count(text); got != want {
			t.Errorf("%q: %d tokens, want %d", text, got, want)
		}
	}
	long := strings.Repeat("a", 1<<20)
	if got := count(long); got != Estimate(long) {
		t.Errorf("an endless word: %d", got)
	}
	a, b := "the harbour master", "counted four ships, twice."
	if count(a+" "+b) != count(a)+count(b) {
		t.Error("counts of pieces do not add up")
	}
	shows := fake.Counts().Requests["/api/show"]
	if _, err := m.Counter(t.Context()); err != nil || fake.Counts().Requests["/api/show"] != shows {
		t.Error("the vocabulary is fetched again:", err)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, w := range []string{"the", "zebras", "people"} {
				count(w)
			}
		})
	}
	wg.Wait()
}

func TestCounter_EstimatesWithoutVocabulary(t *testing.T) {
	_, host := serve(t, fakeollama.Options{Models: []fakeollama.Model{{
		Name: "bge-m3:latest", Family: "xlmr", Dims: 384, Context: 8192, Capabilities: []string{"embedding"}}}})
	m := opened(t, host, nil)
	count, err := m.Counter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := count("漢字 and words"); got == 0 {
		t.Errorf("%d", got)
	}
}

func TestReadTokenizer(t *testing.T) {
	values := func(v ...string) []any {
		out := []any{}
		for _, s := range v {
			out = append(out, s)
		}
		return out
	}
	numbers := func(v ...float64) []any {
		out := []any{}
		for _, s := range v {
			out = append(out, s)
		}
		return out
	}
	bpe := readTokenizer(modelInfo{
		"tokenizer.ggml.model": "gpt2", "tokenizer.ggml.tokens": values("a", "b", "Ġ", "ab", "Ġab", "<|end|>"),
		"tokenizer.ggml.token_type": numbers(1, 1, 1, 1, 1, 3), "tokenizer.ggml.merges": values("a b", "Ġ ab"),
	})
	if bpe == nil || bpe.word("ab") != 1 || bpe.word("abab") != 2 {
		t.Errorf("byte pairs: %v", bpe)
	}
	spm := readTokenizer(modelInfo{
		"tokenizer.ggml.model": "llama", "tokenizer.ggml.tokens": values("<unk>", "a", "b", "▁", "ab", "▁ab"),
		"tokenizer.ggml.token_type": numbers(2, 1, 1, 1, 1, 1), "tokenizer.ggml.scores": numbers(0, -5, -6, -7, -1, -2),
	})
	if spm == nil || spm.word("ab") != 1 || spm.word("aab") != 3 {
		t.Errorf("SentencePiece: %v", spm)
	}
	for name, info := range map[string]modelInfo{
		"nothing":         nil,
		"Unigram":         {"tokenizer.ggml.model": "t5", "tokenizer.ggml.tokens": values("a", "b", "c", "d", "e")},
		"no merges":       {"tokenizer.ggml.model": "gpt2", "tokenizer.ggml.tokens": values("a", "b", "c", "d", "e")},
		"no scores":       {"tokenizer.ggml.model": "llama", "tokenizer.ggml.tokens": values("a", "b", "c", "d", "e")},
		"no unknown":      {"tokenizer.ggml.model": "bert", "tokenizer.ggml.tokens": values("a", "b", "c", "d", "e")},
		"mixed types":     {"tokenizer.ggml.model": "bert", "tokenizer.ggml.tokens": []any{"[UNK]", 1.0, "c", "d", "e"}},
		"left out tokens": {"tokenizer.ggml.model": "bert", "tokenizer.ggml.tokens": nil},
	} {
		if got := readTokenizer(info); got != nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestEstimate(t *testing.T) {
	for text, want := range map[string]int{"": 0, "word": 2, "two words": 1 + 2, "漢字かな": 4, "a, b": 3, "naïve": 2} {
		if got := Estimate(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func FuzzEstimate(f *testing.F) {
	f.Add("one two 漢字", "ü!\n")
	f.Fuzz(func(t *testing.T, a, b string) {
		if got, sum := Estimate(a+" "+b), Estimate(a)+Estimate(b); got != sum {
			t.Fatalf("%q and %q: %d together, %d apart", a, b, got, sum)
		}
	})
}
