package runnertest

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/ollama/ollama/api"
)

// said is a whole reply.
type said struct {
	text   string
	pieces int
	last   api.ChatResponse
}

// talk asks ChatModel greedily unless options say otherwise, in a context of
// 1024 tokens.
func talk(ctx context.Context, c *api.Client, options map[string]any, msgs ...api.Message) (said, error) {
	whole, keep := false, false
	req := &api.ChatRequest{Model: ChatModel, Messages: msgs, Truncate: &whole, Shift: &keep,
		Options: map[string]any{"temperature": 0, "seed": 1, "num_ctx": 1024, "num_predict": 24}}
	for k, v := range options {
		req.Options[k] = v
	}
	var s said
	err := c.Chat(ctx, req, func(r api.ChatResponse) error {
		if !utf8.ValidString(r.Message.Content) || strings.ContainsRune(r.Message.Content, utf8.RuneError) {
			return errors.New("a piece is not valid UTF-8: " + r.Message.Content)
		}
		if s.last.Done {
			return errors.New("a piece after the last one")
		}
		s.text += r.Message.Content
		s.pieces++
		s.last = r
		return nil
	})
	if err == nil && !s.last.Done {
		err = errors.New("the reply has no end")
	}
	return s, err
}

func user(text string) api.Message      { return api.Message{Role: "user", Content: text} }
func assistant(text string) api.Message { return api.Message{Role: "assistant", Content: text} }

// question is one that every runner answers with some words.
var question = user("[1] Ships leave the harbour before dawn, and come back late in the evening.\n\nQuestion: When do ships leave the harbour?")

func chat(t *testing.T, c *api.Client) {
	must := func(t *testing.T, options map[string]any, msgs ...api.Message) said {
		t.Helper()
		s, err := talk(t.Context(), c, options, msgs...)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	t.Run("a stream with an end", func(t *testing.T) {
		s := must(t, nil, question)
		m := s.last.Metrics
		if s.text == "" || s.pieces < 3 || s.last.Message.Role != "assistant" || s.last.Model != ChatModel {
			t.Errorf("%d pieces of %q, last %+v", s.pieces, s.text, s.last)
		}
		if m.PromptEvalCount < 10 || m.EvalCount < 1 || m.EvalCount > 24 || m.TotalDuration <= 0 || m.EvalDuration <= 0 {
			t.Errorf("metrics %+v", m)
		}
	})
	t.Run("num_predict", func(t *testing.T) {
		s := must(t, map[string]any{"num_predict": 3}, question)
		if s.last.DoneReason != "length" || s.last.EvalCount != 3 {
			t.Errorf("%q ends for %q after %d tokens", s.text, s.last.DoneReason, s.last.EvalCount)
		}
	})
	t.Run("the end of the answer", func(t *testing.T) {
		s := must(t, map[string]any{"num_predict": 300}, question)
		if s.last.DoneReason != "stop" {
			t.Errorf("%q ends for %q", s.text, s.last.DoneReason)
		}
	})
	t.Run("a stop string is not shown", func(t *testing.T) {
		whole := must(t, nil, question).text
		words := strings.Split(whole, " ")
		if len(words) < 4 {
			t.Fatalf("%q is too short for this test", whole)
		}
		stop := words[2] + " " + words[3] // begins in one piece and ends in another
		want, _, _ := strings.Cut(whole, stop)
		s := must(t, map[string]any{"stop": []string{stop}}, question)
		if s.text != want || s.last.DoneReason != "stop" {
			t.Errorf("stopped at %q: %q for %q, want %q", stop, s.text, s.last.DoneReason, want)
		}
	})
	t.Run("repeatable", func(t *testing.T) {
		for name, options := range map[string]map[string]any{"greedy": nil, "by seed": {"temperature": 0.8, "seed": 7}} {
			first, second := must(t, options, question), must(t, options, question)
			if first.text != second.text {
				t.Errorf("%s: %q, then %q", name, first.text, second.text)
			}
		}
	})
	t.Run("characters of several tokens", func(t *testing.T) {
		// Every piece is looked at in talk.
		must(t, map[string]any{"temperature": 1.5, "num_predict": 60}, user("Write ten emoji, then some words in Chinese and in Russian: 🙂 🚢 船"))
	})
	t.Run("the whole prompt is counted, cached or not", func(t *testing.T) {
		first, again := must(t, nil, question), must(t, nil, question)
		if a, b := first.last.PromptEvalCount, again.last.PromptEvalCount; a != b {
			t.Errorf("%d tokens, and %d when they were cached", a, b)
		}
		turn := must(t, nil, question, assistant(first.text), user("And when do they come back?"))
		if least := first.last.PromptEvalCount + first.last.EvalCount; turn.last.PromptEvalCount < least {
			t.Errorf("the second turn's prompt has %d tokens, less than the %d of the first turn", turn.last.PromptEvalCount, least)
		}
	})
	t.Run("num_ctx is what ps shows", func(t *testing.T) {
		// From small to large: the engine keeps a larger context that is there.
		for _, n := range []int{1024, 1536} {
			must(t, map[string]any{"num_ctx": n, "num_predict": 1}, question)
			if m, ok := loaded(t.Context(), t, c, ChatModel); !ok || m.ContextLength != n {
				t.Errorf("asked for %d tokens, ps says %d", n, m.ContextLength)
			}
		}
	})
	t.Run("too long", func(t *testing.T) {
		_, err := talk(t.Context(), c, nil, user(strings.Repeat("word ", 3000)))
		if text := refused(t, err, http.StatusBadRequest); !strings.Contains(text, "exceeds the context length") {
			t.Errorf("says %q", text)
		}
	})
	t.Run("cancelled", func(t *testing.T) {
		ctx, leave := context.WithCancel(t.Context())
		defer leave()
		pieces, ended := 0, false
		err := c.Chat(ctx, &api.ChatRequest{Model: ChatModel, Messages: []api.Message{user("Tell a very long story of ships, harbours and printers.")},
			Options: map[string]any{"num_ctx": 8192, "num_predict": 8000, "temperature": 1, "seed": 3}},
			func(r api.ChatResponse) error {
				if pieces++; pieces == 2 {
					leave()
				}
				ended = ended || r.Done
				return nil
			})
		// The client of Ollama takes a stream that breaks for its end.
		if err != nil && !errors.Is(err, context.Canceled) || ended || pieces < 2 {
			t.Fatalf("the client left after %d pieces: %v", pieces, err)
		}
		next, stop := context.WithTimeout(t.Context(), time.Minute) // all 8000 tokens take longer
		defer stop()
		if _, err := talk(next, c, map[string]any{"num_ctx": 8192, "num_predict": 3}, question); err != nil {
			t.Errorf("the next request: %v", err)
		}
	})
}
