package engine

import (
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ollama/ollama/api"
	names "github.com/ollama/ollama/types/model"
)

// The engine as a child with real models: every GGUF file of the folder that
// GOLOCAL_TEST_MODELS names. Without it there is nothing to do.
func TestReal_ModelsThroughTheSocket(t *testing.T) {
	dir := os.Getenv("GOLOCAL_TEST_MODELS")
	if dir == "" {
		return
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.gguf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no *.gguf in %s, %v", dir, err)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	home := short(t)
	socket := filepath.Join(home, "s")
	cmd := exec.Command(exe, "engine", "--socket", socket, "--store", filepath.Join(home, "store"), "--offline")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = in.Close()
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}()
	c := dialClient(socket)
	await(t, c)
	ctx := t.Context()
	for _, file := range files {
		name := "real" + strings.TrimSuffix(filepath.Base(file), ".gguf")
		path, err := filepath.Abs(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Create(ctx, &api.CreateRequest{Model: name, From: path}, func(api.ProgressResponse) error { return nil }); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		show, err := c.Show(ctx, &api.ShowRequest{Model: name})
		if err != nil {
			t.Fatal(err)
		}
		if show.Capabilities[0] != names.CapabilityEmbedding {
			var first, second api.ChatResponse
			turn := func(last *api.ChatResponse, msgs ...api.Message) string {
				var text strings.Builder
				err := c.Chat(ctx, &api.ChatRequest{Model: name, Messages: msgs, Options: map[string]any{"temperature": 0, "num_predict": 24, "num_ctx": 2048}},
					func(r api.ChatResponse) error { text.WriteString(r.Message.Content); *last = r; return nil })
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				return text.String()
			}
			ask := api.Message{Role: "user", Content: "What is the capital of France? " + strings.Repeat("Think of the river and the tower. ", 20)}
			answer := turn(&first, ask)
			if answer == "" || first.EvalCount == 0 || first.PromptEvalCount < 100 {
				t.Errorf("%s: %q %+v", name, answer, first.Metrics)
			}
			turn(&second, ask, api.Message{Role: "assistant", Content: answer}, api.Message{Role: "user", Content: "And of Spain?"})
			if second.PromptEvalCount <= first.PromptEvalCount {
				t.Errorf("%s: second turn read %d tokens after %d", name, second.PromptEvalCount, first.PromptEvalCount)
			}
			continue
		}
		// Truth does not depend on neighbours: alone and in a batch the vector is the same.
		batch := []string{"hello world", strings.Repeat("a long text about something else. ", 30), "hi"}
		all, err := c.Embed(ctx, &api.EmbedRequest{Model: name, Input: batch})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for i, text := range batch {
			one, err := c.Embed(ctx, &api.EmbedRequest{Model: name, Input: text})
			if err != nil {
				t.Fatal(err)
			}
			var dot float64
			for d := range one.Embeddings[0] {
				dot += float64(one.Embeddings[0][d]) * float64(all.Embeddings[i][d])
			}
			if math.Abs(dot-1) > 1e-3 {
				t.Errorf("%s: vector %d alone and in a batch: cosine %f", name, i, dot)
			}
		}
		// all-MiniLM-L6-v2 as its authors publish it.
		if d := all.Embeddings[0]; strings.Contains(strings.ToLower(name), "minilm") {
			for i, want := range []float32{-.0345, .0309, .0067, .0261} {
				if math.Abs(float64(d[i]-want)) > 5e-4 {
					t.Errorf("%s: dimension %d is %f, published %f", name, i, d[i], want)
				}
			}
		}
		long := strings.Repeat("word ", 3000)
		no := false
		if _, err := c.Embed(ctx, &api.EmbedRequest{Model: name, Input: long, Truncate: &no}); err == nil || !strings.Contains(err.Error(), "the input length exceeds the context length") {
			t.Errorf("%s: too long: %v", name, err)
		}
		if _, err := c.Embed(ctx, &api.EmbedRequest{Model: name, Input: long}); err != nil {
			t.Errorf("%s: truncated: %v", name, err)
		}
	}
}
