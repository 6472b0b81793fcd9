package models

import (
	"context"
	"fmt"

	"github.com/ollama/ollama/api"

	"golocal"
)

// PromptCounter counts in the vocabulary of one chat model, with the prompt
// that its runner makes of messages. Before Prepare has loaded that, and where
// golocal cannot read it, it estimates. It is safe for concurrent use.
type PromptCounter struct {
	m     *Models
	model Model
}

// counting is a chat model's vocabulary and form, loaded once.
type counting struct {
	digest string
	done   chan struct{} // closed when the fields below are final
	words  *vocabulary   // nil: golocal cannot count with it
	form   *form
}

// PromptCounter returns the counter of a chat model.
func (m *Models) PromptCounter(model Model) *PromptCounter {
	return &PromptCounter{m: m, model: model}
}

// Prepare begins to load the vocabulary if it is not there yet, and returns a
// channel that is closed when the counter counts as well as it ever will. A
// vocabulary of 256,000 tokens takes about a second, so a caller that will need
// it asks early. One is kept: that of the model asked for last.
func (c *PromptCounter) Prepare() <-chan struct{} {
	c.m.mu.Lock()
	defer c.m.mu.Unlock()
	if l := c.m.counting; l != nil && l.digest == c.model.Digest {
		return l.done
	}
	l := &counting{digest: c.model.Digest, done: make(chan struct{})}
	if c.m.closed || c.model.Digest == "" {
		close(l.done)
		return l.done
	}
	c.m.counting = l
	c.m.loading.Go(func() { c.m.load(l, c.model) })
	return l.done
}

// load fetches what the model's tokens are counted with. A failure is not
// repeated before the model changes, unless the runner was away.
func (m *Models) load(l *counting, model Model) {
	defer close(l.done)
	var show *api.ShowResponse
	kind := ""
	err := m.do(m.life, func(c *connection) error {
		ctx, cancel := context.WithTimeout(m.life, m.t.query)
		defer cancel()
		kind = c.kind
		var err error
		show, err = c.client.Show(ctx, &api.ShowRequest{Model: model.Name, Verbose: true})
		return err
	})
	if err != nil {
		m.log.Info("the chat model's vocabulary is not known", "model", model.Name, "err", err)
		m.mu.Lock()
		if m.counting == l {
			m.counting = nil
		}
		m.mu.Unlock()
		return
	}
	l.words, l.form = readVocabulary(show.ModelInfo, kind), readForm(show)
	if l.words == nil || l.form == nil || !l.words.exact {
		m.log.Info("prompt tokens are estimated", "model", model.Name, "tokenizer", fmt.Sprint(show.ModelInfo["tokenizer.ggml.model"], " ", show.ModelInfo["tokenizer.ggml.pre"]))
	}
}

// ready is the vocabulary and form if they are loaded.
func (c *PromptCounter) ready() (*vocabulary, *form) {
	c.m.mu.Lock()
	l := c.m.counting
	c.m.mu.Unlock()
	if l == nil || l.digest != c.model.Digest {
		return nil, nil
	}
	select {
	case <-l.done:
		return l.words, l.form
	default:
		return nil, nil
	}
}

// Text is the number of tokens of a text inside a prompt.
func (c *PromptCounter) Text(text string) int {
	words, _ := c.ready()
	if words == nil {
		return Estimate(text)
	}
	n, _ := words.text(text)
	return n
}

// perMessage is what a template adds to a message, in tokens, where it is not
// known.
const perMessage = 8

// Prompt is the number of tokens of the prompt that the runner makes of the
// messages, what it adds included; exact is false for an estimate. think is
// golocal.Limits.Think of the request.
func (c *PromptCounter) Prompt(messages []golocal.Message, think bool) (n int, exact bool) {
	words, form := c.ready()
	if words != nil && form != nil {
		if text, err := form.render(apiMessages(messages), thinkValue(c.model, think)); err == nil {
			return words.prompt(text)
		}
	}
	for _, msg := range messages {
		n += c.Text(msg.Content) + perMessage
	}
	return n, false
}

func apiMessages(messages []golocal.Message) []api.Message {
	out := make([]api.Message, 0, len(messages))
	for _, msg := range messages {
		out = append(out, api.Message{Role: msg.Role, Content: msg.Content})
	}
	return out
}
