package engine

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ollama/ollama/api"
	names "github.com/ollama/ollama/types/model"

	"golocal/engine/runner"
)

func TestAPI_OllamasClientSeesAnOllama(t *testing.T) {
	h := newHarness(t)
	h.add(t, "embed", embedder())
	h.add(t, "talk:tiny", chatter())
	c := h.dial(t)
	ctx := t.Context()

	if v, err := c.Version(ctx); err != nil || v != apiVersion {
		t.Errorf("version %q, %v", v, err)
	}
	list, err := c.List(ctx)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]api.ListModelResponse{}
	for _, m := range list.Models {
		got[m.Name] = m
	}
	if m := got["embed:latest"]; m.Details.Family != "bert" || m.Details.Format != "gguf" || m.Size == 0 || len(m.Digest) != 64 || m.Details.QuantizationLevel != "F16" {
		t.Errorf("embed in the list: %+v", m)
	}
	if _, ok := got["talk:tiny"]; !ok {
		t.Errorf("talk:tiny is not among %v", got)
	}

	show, err := c.Show(ctx, &api.ShowRequest{Model: "EMBED", Verbose: true})
	if err != nil {
		t.Fatal(err)
	}
	tokens, _ := show.ModelInfo["tokenizer.ggml.tokens"].([]any)
	if len(tokens) != 4 || tokens[2] != "▁hello" {
		t.Errorf("tokens of verbose show: %v", tokens)
	}
	if !slices.Equal(show.Capabilities, []names.Capability{names.CapabilityEmbedding}) {
		t.Errorf("capabilities %v", show.Capabilities)
	}
	if n, _ := show.ModelInfo["bert.context_length"].(float64); n != 64 {
		t.Errorf("context_length %v", show.ModelInfo["bert.context_length"])
	}
	show, err = c.Show(ctx, &api.ShowRequest{Model: "embed"})
	if err != nil {
		t.Fatal(err)
	}
	if v, ok := show.ModelInfo["tokenizer.ggml.tokens"]; !ok || v == nil {
		t.Errorf("short arrays are kept in a plain show, got %v", v)
	}

	e, err := c.Embed(ctx, &api.EmbedRequest{Model: "embed", Input: []string{"b bb", "a"}})
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range []string{"b bb", "a"} {
		want := vectorOf(text)
		if err := normalize(want); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(e.Embeddings[i], want) {
			t.Errorf("vector of %q: %v, want %v", text, e.Embeddings[i], want)
		}
	}
	if e.PromptEvalCount != 3 || e.TotalDuration <= 0 {
		t.Errorf("embed metrics: %d tokens, %v", e.PromptEvalCount, e.TotalDuration)
	}

	var text strings.Builder
	var last api.ChatResponse
	err = c.Chat(ctx, &api.ChatRequest{
		Model: "talk:tiny", Messages: []api.Message{{Role: "system", Content: "Be kind."}, {Role: "user", Content: "Hi"}},
		Options: map[string]any{"num_ctx": 2048, "temperature": 0, "seed": 7, "top_k": 3, "stop": []string{"END"}, "num_predict": 9},
	}, func(r api.ChatResponse) error {
		text.WriteString(r.Message.Content)
		last = r
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if text.String() != "Hello there." || !last.Done || last.DoneReason != "stop" || last.Model != "talk:tiny" {
		t.Errorf("chat gave %q, last %+v", text.String(), last)
	}
	if last.PromptEvalCount == 0 || last.EvalCount != 4 || last.EvalDuration != 500*time.Millisecond ||
		last.PromptEvalDuration != 250*time.Millisecond || last.TotalDuration <= 0 || last.LoadDuration <= 0 {
		t.Errorf("chat metrics: %+v", last.Metrics)
	}
	req := h.fakes[1].prompts[0]
	want := "<|im_start|>system\nBe kind.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"
	if req.Prompt != want {
		t.Errorf("prompt %q, want %q", req.Prompt, want)
	}
	if req.NumCtx != 2048 || req.Temperature != 0 || req.Seed != 7 || req.TopK != 3 || req.NumPredict != 9 || !slices.Equal(req.Stop, []string{"END"}) {
		t.Errorf("options reached the runner as %+v", req)
	}

	ps, err := c.ListRunning(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if len(ps.Models) != 2 || ps.Models[0].Size == 0 || time.Until(ps.Models[0].ExpiresAt) < 4*time.Minute {
		t.Errorf("ps: %+v", ps.Models)
	}
	if i := slices.IndexFunc(ps.Models, func(m api.ProcessModelResponse) bool { return m.Name == "talk:tiny" }); i < 0 || ps.Models[i].ContextLength != 2048 {
		t.Errorf("ps: %+v", ps.Models)
	}

	if err := c.Delete(ctx, &api.DeleteRequest{Model: "embed"}); err != nil {
		t.Fatal(err)
	}
	var status api.StatusError
	if _, err := c.Show(ctx, &api.ShowRequest{Model: "embed"}); !errors.As(err, &status) || status.StatusCode != 404 || status.ErrorMessage != "model 'embed' not found" {
		t.Errorf("show of a deleted model: %v", err)
	}
	if h.fakes[0].closings() == 0 {
		t.Error("the runner of the deleted model still runs")
	}
}

func TestAPI_Refusals(t *testing.T) {
	h := newHarness(t)
	h.add(t, "embed", embedder())
	h.add(t, "talk", chatter())
	long := strings.Repeat("w ", 80)
	for _, c := range []struct {
		name, method, path, body string
		status                   int
		text                     string
	}{
		{"no body", "POST", "/api/chat", "", 400, "missing request body"},
		{"broken body", "POST", "/api/chat", "{", 400, ""},
		{"wrong type", "POST", "/api/show", `{"model":3}`, 400, ""},
		{"no model", "POST", "/api/show", `{}`, 400, "model is required"},
		{"path for a name", "POST", "/api/show", `{"model":"../../etc/passwd"}`, 400, "invalid model name"},
		{"unknown model", "POST", "/api/embed", `{"model":"nope","input":"a"}`, 404, "model 'nope' not found"},
		{"number to embed", "POST", "/api/embed", `{"model":"embed","input":[1]}`, 400, "invalid input type"},
		{"too long", "POST", "/api/embed", `{"model":"embed","truncate":false,"input":"` + long + `"}`, 400, "the input length exceeds the context length"},
		{"too many dimensions", "POST", "/api/embed", `{"model":"embed","input":"a","dimensions":5}`, 400, "between 1 and 4"},
		{"chat model embeds", "POST", "/api/embed", `{"model":"talk","input":"a"}`, 400, "does not support embeddings"},
		{"embedder chats", "POST", "/api/chat", `{"model":"embed","messages":[{"role":"user","content":"a"}]}`, 400, `"embed" does not support chat`},
		{"embedder generates", "POST", "/api/generate", `{"model":"embed","prompt":"a"}`, 400, "does not support generate"},
		{"tools", "POST", "/api/chat", `{"model":"talk","messages":[{"role":"user","content":"a"}],"tools":[{"type":"function"}]}`, 400, "need Ollama"},
		{"format", "POST", "/api/chat", `{"model":"talk","format":"json","messages":[{"role":"user","content":"a"}]}`, 400, "needs Ollama"},
		{"image", "POST", "/api/chat", `{"model":"talk","messages":[{"role":"user","content":"a","images":["aGk="]}]}`, 400, "need Ollama"},
		{"role", "POST", "/api/chat", `{"model":"talk","messages":[{"role":"boss","content":"a"}]}`, 400, "invalid role"},
		{"option", "POST", "/api/chat", `{"model":"talk","messages":[{"role":"user","content":"a"}],"options":{"temperature":"hot"}}`, 400, "temperature"},
		{"context", "POST", "/api/chat", `{"model":"talk","messages":[{"role":"user","content":"a"}],"options":{"num_ctx":-1}}`, 400, "num_ctx"},
		{"thinking", "POST", "/api/chat", `{"model":"talk","think":true,"messages":[{"role":"user","content":"a"}]}`, 400, "does not support thinking"},
		{"delete unknown", "DELETE", "/api/delete", `{"model":"nope"}`, 404, "not found"},
		{"digest", "HEAD", "/api/blobs/sha256:..%2Fx", "", 400, ""},
		{"no such blob", "HEAD", "/api/blobs/sha256:" + strings.Repeat("0", 64), "", 404, ""},
		{"wrong blob", "POST", "/api/blobs/sha256:" + strings.Repeat("0", 64), "x", 400, "digest mismatch"},
		{"route", "POST", "/api/push", "{}", 404, "no such route"},
		{"too large", "POST", "/api/show", `{"model":"` + strings.Repeat("a", maxBody) + `"}`, 413, "too large"},
	} {
		w := h.call(t, c.method, c.path, c.body)
		var e struct{ Error string }
		if err := json.Unmarshal(w.Body.Bytes(), &e); c.method != "HEAD" && err != nil {
			t.Errorf("%s: body %q is no JSON error", c.name, w.Body)
		}
		if w.Code != c.status || !strings.Contains(e.Error, c.text) || c.method != "HEAD" && e.Error == "" {
			t.Errorf("%s: %d %q, want %d with %q", c.name, w.Code, e.Error, c.status, c.text)
		}
	}
}

func TestChat_NotStreamedIsOneAnswer(t *testing.T) {
	h := newHarness(t)
	h.add(t, "talk", chatter())
	for path, body := range map[string]string{
		"/api/chat":     `{"model":"talk","stream":false,"messages":[{"role":"user","content":"Hi"}]}`,
		"/api/generate": `{"model":"talk","stream":false,"prompt":"Hi"}`,
	} {
		w := h.call(t, "POST", path, body)
		var got struct {
			Message    api.Message
			Response   string
			Done       bool
			DoneReason string `json:"done_reason"`
			EvalCount  int    `json:"eval_count"`
		}
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
			t.Fatalf("%s: %v in %s", path, err, w.Body)
		}
		if got.Message.Content+got.Response != "Hello there." || !got.Done || got.DoneReason != "stop" || got.EvalCount != 4 {
			t.Errorf("%s: %+v", path, got)
		}
	}
	if p := h.fakes[0].prompts; p[0].Prompt != p[1].Prompt {
		t.Errorf("chat and generate wrote different prompts for one message: %q and %q", p[0].Prompt, p[1].Prompt)
	}
	w := h.call(t, "POST", "/api/generate", `{"model":"talk","stream":false,"raw":true,"prompt":"Once"}`)
	if got := h.fakes[0].prompts[2].Prompt; w.Code != 200 || got != "Once" {
		t.Errorf("raw prompt became %q", got)
	}
}

func TestChat_EmptyRequestLoadsAndUnloads(t *testing.T) {
	h := newHarness(t)
	h.add(t, "talk", chatter())
	if w := h.call(t, "POST", "/api/chat", `{"model":"talk","messages":[]}`); !strings.Contains(w.Body.String(), `"done_reason":"load"`) {
		t.Errorf("load: %s", w.Body)
	}
	if len(h.fakes) != 1 || h.fakes[0].closings() != 0 {
		t.Fatalf("%d runners", len(h.fakes))
	}
	if w := h.call(t, "POST", "/api/chat", `{"model":"talk","messages":[],"keep_alive":0}`); !strings.Contains(w.Body.String(), `"done_reason":"unload"`) {
		t.Errorf("unload: %s", w.Body)
	}
	if h.fakes[0].closings() != 1 {
		t.Error("keep_alive 0 left the runner")
	}
}

// The prompt loses its oldest messages when it outgrows the context; the
// system's and the last stay, and the count that is reported is of what was read.
func TestChat_LongConversationIsCut(t *testing.T) {
	h := newHarness(t)
	h.add(t, "talk", chatter())
	msgs := []api.Message{{Role: "system", Content: "rule"}}
	for range 6 {
		msgs = append(msgs, api.Message{Role: "user", Content: strings.Repeat("old ", 20)}, api.Message{Role: "assistant", Content: "said"})
	}
	msgs = append(msgs, api.Message{Role: "user", Content: "last question"})
	body, err := json.Marshal(api.ChatRequest{Model: "talk", Messages: msgs, Options: map[string]any{"num_ctx": 60}})
	if err != nil {
		t.Fatal(err)
	}
	w := h.call(t, "POST", "/api/chat", string(body))
	lines := strings.Split(strings.TrimSpace(w.Body.String()), "\n")
	var last api.ChatResponse
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil {
		t.Fatal(err)
	}
	final := h.fakes[0].prompts[len(h.fakes[0].prompts)-1].Prompt
	words := len(strings.Fields(final))
	if !strings.Contains(final, "rule") || !strings.Contains(final, "last question") || words > 60 {
		t.Errorf("prompt of %d words: %q", words, final)
	}
	if got := strings.Count(final, "old"); got == 0 || got >= 120 {
		t.Errorf("%d words of the old messages are left", got)
	}
	if last.PromptEvalCount != words {
		t.Errorf("reported %d prompt tokens of %d", last.PromptEvalCount, words)
	}
	// One more message would not have fitted.
	if previous := h.fakes[0].prompts[len(h.fakes[0].prompts)-2].Prompt; len(strings.Fields(previous)) <= 60 {
		t.Error("more was cut than needed")
	}

	msgs = []api.Message{{Role: "system", Content: "rule"}, {Role: "user", Content: strings.Repeat("word ", 70)}}
	for _, truncate := range []bool{true, false} {
		body, err := json.Marshal(api.ChatRequest{Model: "talk", Messages: msgs, Truncate: &truncate, Options: map[string]any{"num_ctx": 60}})
		if err != nil {
			t.Fatal(err)
		}
		if w := h.call(t, "POST", "/api/chat", string(body)); w.Code != 400 || !strings.Contains(w.Body.String(), runner.ErrTooLong.Error()) {
			t.Errorf("a last message that cannot fit, truncate %v: %d %s", truncate, w.Code, w.Body)
		}
	}
}

func TestChat_ClientGoesAndTheRunnerStops(t *testing.T) {
	h := newHarness(t)
	h.add(t, "talk", chatter())
	h.make = func(string) (*fakeRunner, error) {
		f := newFake()
		f.reply = slices.Repeat([]string{"more "}, 1<<20)
		return f, nil
	}
	c := h.dial(t)
	gone := errors.New("gone")
	err := c.Chat(t.Context(), &api.ChatRequest{Model: "talk", Messages: []api.Message{{Role: "user", Content: "go on"}}}, func(api.ChatResponse) error { return gone })
	if !errors.Is(err, gone) {
		t.Fatalf("chat: %v", err)
	}
	// The turn is free again: a second chat begins.
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	err = c.Chat(ctx, &api.ChatRequest{Model: "talk", Messages: []api.Message{{Role: "user", Content: "again"}}}, func(api.ChatResponse) error { return gone })
	if !errors.Is(err, gone) {
		t.Errorf("the first chat still computes: %v", err)
	}
}

func TestEmbed_BadVectorsNeverGetOut(t *testing.T) {
	nan := float32(math.NaN())
	for name, change := range map[string]func(*fakeRunner){
		"wrong dims": func(f *fakeRunner) { f.info.EmbeddingLength = 3 },
		"error":      func(f *fakeRunner) { f.before = func(any) error { return errors.New("GGML_ASSERT") } },
	} {
		h := newHarness(t)
		h.add(t, "embed", embedder())
		h.make = func(string) (*fakeRunner, error) { f := newFake(); change(f); return f, nil }
		if w := h.call(t, "POST", "/api/embed", `{"model":"embed","input":"a"}`); w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "embeddings") {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
	for _, v := range [][]float32{{nan, 1}, {float32(math.Inf(1)), 0}, {0, 0}} {
		if err := normalize(v); err == nil {
			t.Errorf("normalize accepts %v", v)
		}
	}
}

func TestEmbed_SlicesKeepTheOrder(t *testing.T) {
	h := newHarness(t)
	h.add(t, "embed", embedder())
	var texts []string
	for i := range 50 {
		texts = append(texts, strings.Repeat("x", 1+(i*37)%50)+" y")
	}
	body, err := json.Marshal(api.EmbedRequest{Model: "embed", Input: texts, Dimensions: 3})
	if err != nil {
		t.Fatal(err)
	}
	w := h.call(t, "POST", "/api/embed", string(body))
	var resp api.EmbedResponse
	if err := json.Unmarshal(w.Body.Bytes(), &resp); err != nil || len(resp.Embeddings) != 50 {
		t.Fatalf("%v in %.200s", err, w.Body)
	}
	for i, text := range texts {
		want := vectorOf(text)[:3]
		if err := normalize(want); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(resp.Embeddings[i], want) {
			t.Errorf("vector %d is not that of its text", i)
		}
	}
	var sizes []int
	for _, b := range h.fakes[0].batches {
		sizes = append(sizes, len(b.Inputs))
	}
	if !slices.Equal(sizes, []int{16, 16, 16, 2}) {
		t.Errorf("slices of %v texts", sizes)
	}
}
