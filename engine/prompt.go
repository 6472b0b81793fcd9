package engine

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/model/renderers"
	"github.com/ollama/ollama/template"
)

// render writes a conversation as the model wants it, ready for its answer.
func (m *installed) render(msgs []api.Message, think *api.ThinkValue) (string, error) {
	msgs = slices.Clone(msgs) // template.Execute joins neighbours of one role in place
	if m.config.Renderer != "" {
		text, err := renderers.RenderWithRenderer(m.config.Renderer, msgs, nil, think)
		if err != nil {
			return "", fmt.Errorf("write prompt for %s: %w", m.shown(), err)
		}
		return text, nil
	}
	var b bytes.Buffer
	v := template.Values{Messages: msgs, IsThinkSet: think != nil}
	if think != nil {
		v.Think, v.ThinkLevel = think.Bool(), think.String()
	}
	if err := m.template.Execute(&b, v); err != nil {
		return "", fmt.Errorf("write prompt for %s: %w", m.shown(), err)
	}
	return b.String(), nil
}

// maxTokenBytes is more than any vocabulary's tokens are long on average, so a
// prompt of more bytes than this per token of context cannot fit.
const maxTokenBytes = 16

// cut leaves out the first n messages, except the system's, as Ollama does when
// a conversation outgrows the context. The last message always stays; ok is
// false when nothing more can go.
func cut(msgs []api.Message, n int) (_ []api.Message, ok bool) {
	if n >= len(msgs) {
		return nil, false
	}
	var kept []api.Message
	for _, m := range msgs[:n] {
		if m.Role == "system" {
			kept = append(kept, m)
		}
	}
	return append(kept, msgs[n:]...), true
}

// nextCut returns the smallest number of messages above n whose cut is shorter
// than that of n: leaving out a system message alone changes nothing.
func nextCut(msgs []api.Message, n int) int {
	for n < len(msgs) && msgs[n].Role == "system" {
		n++
	}
	return n + 1
}

// firstCut skips the cuts that are certainly too long for numCtx tokens.
func firstCut(msgs []api.Message, numCtx int) int {
	size := 0
	for _, m := range msgs {
		size += len(m.Content)
	}
	n := 0
	for n < len(msgs)-1 && size > numCtx*maxTokenBytes {
		if msgs[n].Role != "system" {
			size -= len(msgs[n].Content)
		}
		n++
	}
	return n
}
