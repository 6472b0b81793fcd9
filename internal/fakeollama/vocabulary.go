package fakeollama

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/template"
)

func (m Model) template() string {
	return cmp.Or(m.Template, "{{ range .Messages }}<|{{ .Role }}|>{{ .Content }}{{ end }}")
}

// letters is the vocabulary of a chat model with Counts: SentencePiece with a
// token for every byte and none for more, so that a text has as many tokens as
// bytes, and one that begins every prompt. Verbose tells it whole, as /api/show
// does.
func letters(verbose bool) map[string]any {
	info := map[string]any{
		"tokenizer.ggml.model": "llama", "tokenizer.ggml.bos_token_id": 1, "tokenizer.ggml.eos_token_id": 2,
		"tokenizer.ggml.add_bos_token": true, "tokenizer.ggml.add_space_prefix": false,
		"tokenizer.ggml.tokens": nil, "tokenizer.ggml.scores": nil, "tokenizer.ggml.token_type": nil,
	}
	if !verbose {
		return info
	}
	tokens, types := []string{"<unk>", "<s>", "</s>"}, []int{2, 3, 3}
	for b := range 256 {
		tokens, types = append(tokens, fmt.Sprintf("<0x%02X>", b)), append(types, 6)
	}
	// One character of one token shows that a space is no exception.
	tokens, types = append(tokens, "\u2581"), append(types, 1)
	info["tokenizer.ggml.tokens"], info["tokenizer.ggml.token_type"], info["tokenizer.ggml.scores"] = tokens, types, make([]float32, len(tokens))
	return info
}

// count is the number of tokens of a request's prompt: bytes for a model with
// Counts, words for others.
func (m Model) count(req api.ChatRequest) int {
	if m.Counts {
		t, err := template.Parse(m.template())
		if err == nil {
			var b bytes.Buffer
			if err = t.Execute(&b, template.Values{Messages: req.Messages, Think: req.Think == nil || req.Think.Bool(), IsThinkSet: req.Think != nil}); err == nil {
				return b.Len() + 1
			}
		}
	}
	n := 0
	for _, msg := range req.Messages {
		n += len(strings.Fields(msg.Content))
	}
	return n
}
