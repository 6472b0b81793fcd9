package runnertest

import (
	"context"
	"testing"
	"time"

	"github.com/ollama/ollama/api"
)

func ps(t *testing.T, c *api.Client) {
	ctx := t.Context()
	// hold asks for no text, only for the model to be kept so long.
	hold := func(keep time.Duration) api.ChatResponse {
		t.Helper()
		var last api.ChatResponse
		err := c.Chat(ctx, &api.ChatRequest{Model: ChatModel, KeepAlive: &api.Duration{Duration: keep}, Options: map[string]any{"num_ctx": 1024}},
			func(r api.ChatResponse) error { last = r; return nil })
		if err != nil {
			t.Fatal(err)
		}
		return last
	}
	unload := func() {
		t.Helper()
		if r := hold(0); !r.Done || r.DoneReason != "unload" {
			t.Errorf("unloading: %+v", r)
		}
		gone(ctx, t, c, ChatModel)
	}
	unload() // a larger context may be loaded

	if r := hold(10 * time.Minute); !r.Done || r.DoneReason != "load" || r.Message.Content != "" {
		t.Errorf("loading: %+v", r)
	}
	first, ok := loaded(ctx, t, c, ChatModel)
	if !ok {
		t.Fatal("the loaded model is not listed")
	}
	if first.Size <= 0 || first.SizeVRAM < 0 || first.SizeVRAM > first.Size || first.ContextLength != 1024 ||
		len(first.Digest) != 64 || first.Details.Family != "llama" {
		t.Errorf("listed as %+v", first)
	}
	if left := time.Until(first.ExpiresAt); left > 10*time.Minute || left < 5*time.Minute {
		t.Errorf("to be kept for 10 minutes, %v are left", left)
	}
	hold(time.Hour)
	if later, _ := loaded(ctx, t, c, ChatModel); later.ExpiresAt.Sub(first.ExpiresAt) < 45*time.Minute {
		t.Errorf("a longer keep_alive moves the end from %v to %v", first.ExpiresAt, later.ExpiresAt)
	}
	unload()

	_, err := c.Embed(ctx, &api.EmbedRequest{Model: EmbeddingModel, Input: "hello", KeepAlive: &api.Duration{Duration: 0}})
	if err != nil {
		t.Fatal(err)
	}
	gone(ctx, t, c, EmbeddingModel)
}

// gone waits until a model is no longer loaded.
func gone(ctx context.Context, t *testing.T, c *api.Client, name string) {
	t.Helper()
	for range 200 {
		if _, ok := loaded(ctx, t, c, name); !ok {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s is still loaded", name)
}
