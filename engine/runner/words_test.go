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
