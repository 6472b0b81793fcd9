package runnertest

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/ollama/ollama/api"
)

// refusals are answered in JSON with the statuses that Ollama 0.17.4 gives.
func refusals(t *testing.T, c *api.Client) {
	ask := func(ctx context.Context, model string) map[string]error {
		_, embed := c.Embed(ctx, &api.EmbedRequest{Model: model, Input: "hello"})
		_, show := c.Show(ctx, &api.ShowRequest{Model: model})
		return map[string]error{
			"embed":  embed,
			"show":   show,
			"chat":   c.Chat(ctx, &api.ChatRequest{Model: model, Messages: []api.Message{question}}, func(api.ChatResponse) error { return nil }),
			"delete": c.Delete(ctx, &api.DeleteRequest{Model: model}),
		}
	}
	for name, err := range ask(t.Context(), "no-such-model") {
		if text := refused(t, err, http.StatusNotFound); !strings.Contains(text, "no-such-model") || !strings.Contains(text, "not found") {
			t.Errorf("%s of an unknown model says %q", name, text)
		}
	}
	for name, err := range ask(t.Context(), "") {
		if name == "embed" { // Ollama 0.17.4 answers 500
			if said, ok := errors.AsType[api.StatusError](err); !ok || said.StatusCode < 400 || said.ErrorMessage == "" {
				t.Errorf("embed without a model: %v", err)
			}
			continue
		}
		if text := refused(t, err, http.StatusBadRequest); text == "" {
			t.Errorf("%s without a model says nothing", name)
		}
	}
	for name, err := range ask(sending(t.Context(), "{bad"), EmbeddingModel) {
		if text := refused(t, err, http.StatusBadRequest); !strings.Contains(text, "invalid character") {
			t.Errorf("%s with bad JSON says %q", name, text)
		}
	}
	for name, err := range ask(sending(t.Context(), ""), EmbeddingModel) {
		if text := refused(t, err, http.StatusBadRequest); text != "missing request body" {
			t.Errorf("%s without a body says %q", name, text)
		}
	}
	_, err := c.Embed(t.Context(), &api.EmbedRequest{Model: EmbeddingModel, Input: []any{"text", 3}})
	if text := refused(t, err, http.StatusBadRequest); text != "invalid input type" {
		t.Errorf("a number to embed: %q", text)
	}
	err = c.Chat(t.Context(), &api.ChatRequest{Model: EmbeddingModel, Messages: []api.Message{question}}, func(api.ChatResponse) error { return nil })
	if text := refused(t, err, http.StatusBadRequest); !strings.Contains(text, "does not support chat") {
		t.Errorf("an embedding model to chat with: %q", text)
	}
}

// bodyKey is the context key of a request's body in place of what the client
// writes, which is always right.
type bodyKey struct{}

func sending(ctx context.Context, body string) context.Context {
	return context.WithValue(ctx, bodyKey{}, body)
}

// substitute sends the body that the request's context names.
type substitute struct{ http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (s substitute) RoundTrip(r *http.Request) (*http.Response, error) {
	if body, ok := r.Context().Value(bodyKey{}).(string); ok {
		r = r.Clone(r.Context())
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	}
	return s.RoundTripper.RoundTrip(r)
}
