package special

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ollama/ollama/tokenizer"
)

func vocabulary() *tokenizer.Vocabulary {
	v := &tokenizer.Vocabulary{}
	add := func(kind int32, values ...string) {
		for _, s := range values {
			v.Values, v.Types, v.Scores = append(v.Values, s), append(v.Types, kind), append(v.Scores, 0)
		}
	}
	add(tokenizer.TOKEN_TYPE_CONTROL, "<s>", "</s>", "<turn>")
	add(tokenizer.TOKEN_TYPE_USER_DEFINED, "\n", "\n\n", "\n\n\n", "<b>", "ab", "bc")
	for c := 'a'; c <= 'e'; c++ {
		add(tokenizer.TOKEN_TYPE_NORMAL, string(c), "▁"+string(c))
	}
	add(tokenizer.TOKEN_TYPE_NORMAL, "▁", "<", ">", "/", "s", "t", "u", "r", "n")
	return v
}

// What is cut here and encoded piece by piece is what Ollama's tokenizer makes
// of the whole.
func TestSet_SplitsAsTheTokenizerDoes(t *testing.T) {
	whole := tokenizer.NewSentencePiece(vocabulary())
	vocab := vocabulary()
	set := Take(vocab, true)
	pieces := tokenizer.NewSentencePiece(vocab)
	if left := vocab.SpecialVocabulary(); len(left) > 0 {
		t.Fatalf("the tokenizer still looks for %q", left)
	}
	parts := []string{"a", "b", "c", " ", "d e", "\n", "\n\n", "<turn>", "<s>", "</s", "<b>", "abc", "<", ">"}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var b strings.Builder
		for range rng.IntN(12) {
			b.WriteString(parts[rng.IntN(len(parts))])
		}
		text := b.String()
		want, err := whole.Encode(text, false)
		if err != nil {
			t.Fatal(err)
		}
		var got []int32
		var joined strings.Builder
		for _, p := range set.Split(text) {
			joined.WriteString(p.Text)
			if p.Special {
				got = append(got, vocab.Encode(p.Text))
				continue
			}
			ids, err := pieces.Encode(p.Text, false)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, ids...)
		}
		if !slices.Equal(got, want) || joined.String() != text {
			t.Fatalf("%q: %v, want %v", text, got, want)
		}
	}
}
