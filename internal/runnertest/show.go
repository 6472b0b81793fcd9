package runnertest

import (
	"slices"
	"testing"

	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/types/model"
)

func show(t *testing.T, c *api.Client) {
	list, err := c.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		name, architecture string
		capability         model.Capability
		context, dims      float64
	}{
		{EmbeddingModel, "bert", model.CapabilityEmbedding, 512, dims},
		{ChatModel, "llama", model.CapabilityCompletion, 8192, 576},
	} {
		t.Run(want.name, func(t *testing.T) {
			at := slices.IndexFunc(list.Models, func(m api.ListModelResponse) bool { return m.Name == want.name })
			if at < 0 {
				t.Fatal("it is not listed")
			}
			if m := list.Models[at]; len(m.Digest) != 64 || m.Size <= 0 || m.ModifiedAt.IsZero() || m.Details.Family != want.architecture {
				t.Errorf("listed as %+v", m)
			}
			r, err := c.Show(t.Context(), &api.ShowRequest{Model: want.name})
			if err != nil {
				t.Fatal(err)
			}
			d := r.Details
			if d.Family != want.architecture || d.Format != "gguf" || d.ParameterSize == "" || d.QuantizationLevel == "" {
				t.Errorf("details %+v", d)
			}
			if !slices.Contains(r.Capabilities, want.capability) || r.RemoteHost != "" || r.RemoteModel != "" {
				t.Errorf("capabilities %v, remote host %q", r.Capabilities, r.RemoteHost)
			}
			for key, value := range map[string]any{
				"general.architecture": want.architecture, want.architecture + ".context_length": want.context,
				want.architecture + ".embedding_length": want.dims,
			} {
				if r.ModelInfo[key] != value {
					t.Errorf("%s is %v, want %v", key, r.ModelInfo[key], value)
				}
			}
			if n, _ := r.ModelInfo["general.parameter_count"].(float64); n < 1e6 {
				t.Errorf("%v parameters", r.ModelInfo["general.parameter_count"])
			}
			if want.capability == model.CapabilityCompletion && r.Template == "" {
				t.Error("a chat model without template")
			}
		})
	}
	t.Run("the vocabulary", func(t *testing.T) { // golocal counts tokens with it
		const key = "tokenizer.ggml.tokens"
		short, err := c.Show(t.Context(), &api.ShowRequest{Model: EmbeddingModel})
		if err != nil {
			t.Fatal(err)
		}
		if v, _ := short.ModelInfo[key].([]any); len(v) > 0 {
			t.Errorf("%d tokens without asking", len(v))
		}
		long, err := c.Show(t.Context(), &api.ShowRequest{Model: EmbeddingModel, Verbose: true})
		if err != nil {
			t.Fatal(err)
		}
		if v, _ := long.ModelInfo[key].([]any); !slices.Contains(v, any("[CLS]")) {
			t.Errorf("%d tokens, [CLS] not among them", len(v))
		}
	})
}
