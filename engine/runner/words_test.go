package runner

import (
	"slices"
	"testing"

	fsggml "github.com/ollama/ollama/fs/ggml"
	"github.com/ollama/ollama/tokenizer"
)

func TestWithWords(t *testing.T) {
	vocab := &tokenizer.Vocabulary{Values: []string{"1", "9", "19", "Ċ", "ĊĊ", "a"}, Merges: []string{"1 9", "Ċ Ċ"}}
	vocab.Types = make([]int32, len(vocab.Values))
	llama3 := tokenizer.NewBytePairEncoding(vocab, `\p{N}{1,3}|\s*[\r\n]+|\p{L}+`)
	for _, c := range []struct {
		arch, pre string
		want      []int32
	}{
		{"llama", "smollm", []int32{0, 1, 3, 3, 5}}, // each digit and each line end alone
		{"llama", "gpt-2", []int32{2, 3, 3, 5}},
		{"llama", "llama-bpe", []int32{2, 4, 5}},
		{"llama", "", []int32{2, 4, 5}},
		{"qwen2", "smollm", []int32{2, 4, 5}}, // its package knows its own
	} {
		kv := fsggml.KV{"general.architecture": c.arch, "tokenizer.ggml.model": "gpt2", "tokenizer.ggml.pre": c.pre}
		got, err := withWords(llama3, kv).Encode("19\n\na", false)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s, %q: %v, %v; want %v", c.arch, c.pre, got, err, c.want)
		}
	}
}

// Text between two numbers is read once, and white space before a number is
// not torn apart.
func TestWithWords_NumbersApart(t *testing.T) {
	vocab := &tokenizer.Vocabulary{Values: []string{"1", "2", "a", "b", "Ġ", "ĠĠ", "Ġb"}, Merges: []string{"Ġ Ġ", "Ġ b"}}
	vocab.Types = make([]int32, len(vocab.Values))
	for _, pre := range []string{"smollm", "refact"} {
		kv := fsggml.KV{"general.architecture": "llama", "tokenizer.ggml.model": "gpt2", "tokenizer.ggml.pre": pre}
		for text, want := range map[string][]int32{
			"a1b2a": {2, 0, 3, 1, 2}, "a  1": {2, 5, 0}, "a  b": {2, 4, 6}, "a 12": {2, 4, 0, 1},
		} {
			got, err := withWords(tokenizer.NewBytePairEncoding(vocab), kv).Encode(text, false)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%s, %q: %v, %v; want %v", pre, text, got, err, want)
			}
		}
	}
}
