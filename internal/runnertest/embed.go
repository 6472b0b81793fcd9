package runnertest

import (
	"math"
	"net/http"
	"strings"
	"testing"

	"github.com/ollama/ollama/api"
)

// dims is what EmbeddingModel's vectors have.
const dims = 384

func embed(t *testing.T, c *api.Client) {
	whole, cut := false, true
	vectors := func(t *testing.T, input any) [][]float32 {
		t.Helper()
		resp, err := c.Embed(t.Context(), &api.EmbedRequest{Model: EmbeddingModel, Input: input, Truncate: &whole})
		if err != nil {
			t.Fatal(err)
		}
		return resp.Embeddings
	}
	texts := []string{
		"Ships leave the harbour before dawn.",
		"hi",
		strings.Repeat("The printer in the lobby needs a new cartridge. ", 20),
		"Grüße aus Zürich, 東京 🙂",
		"Ships leave the port early in the morning.",
		"",
	}
	t.Run("a batch is its texts one by one, in order", func(t *testing.T) {
		batch := vectors(t, texts)
		if len(batch) != len(texts) {
			t.Fatalf("%d vectors for %d texts", len(batch), len(texts))
		}
		for i, text := range texts {
			one := vectors(t, []string{text}) // alone, "" is no text for Ollama
			if len(one) != 1 || len(one[0]) != dims || len(batch[i]) != dims {
				t.Fatalf("text %d: %d vectors of %d dimensions", i, len(one), len(one[0]))
			}
			if c := dot(one[0], batch[i]); c < 0.9999 {
				t.Errorf("text %d alone and in a batch: cosine %.6f", i, c)
			}
			if n := dot(batch[i], batch[i]); math.Abs(n-1) > 1e-3 { // NaN and Inf fail too
				t.Errorf("text %d: its vector has the squared length %v", i, n)
			}
		}
		if near, far := dot(batch[0], batch[4]), dot(batch[0], batch[2]); near < far+0.1 {
			t.Errorf("related texts have cosine %.3f, others %.3f", near, far)
		}
	})
	t.Run("many texts", func(t *testing.T) {
		many := make([]string, 40)
		for i := range many {
			many[i] = texts[i%2]
		}
		got := vectors(t, many)
		if len(got) != len(many) {
			t.Fatalf("%d vectors for %d texts", len(got), len(many))
		}
		for i := range many {
			if c := dot(got[i], got[i%2]); c < 0.9999 {
				t.Errorf("text %d: cosine %.6f with its equal", i, c)
			}
		}
	})
	t.Run("no text", func(t *testing.T) {
		if got := vectors(t, []string{}); len(got) != 0 {
			t.Errorf("%d vectors", len(got))
		}
	})
	long := strings.Repeat("word ", 3000)
	t.Run("too long", func(t *testing.T) {
		_, err := c.Embed(t.Context(), &api.EmbedRequest{Model: EmbeddingModel, Input: []string{"short", long}, Truncate: &whole})
		if text := refused(t, err, http.StatusBadRequest); !strings.Contains(text, "exceeds the context length") {
			t.Errorf("says %q", text)
		}
	})
	t.Run("too long and to be cut", func(t *testing.T) {
		// Ollama 0.17.4 answers 400 for some texts even so: what it cuts
		// may become longer when it is tokenized again. So golocal never asks
		// to cut, and models.Embed splits what is too long.
		resp, err := c.Embed(t.Context(), &api.EmbedRequest{Model: EmbeddingModel, Input: long, Truncate: &cut})
		if err != nil {
			refused(t, err, http.StatusBadRequest)
		} else if len(resp.Embeddings) != 1 || len(resp.Embeddings[0]) != dims {
			t.Errorf("%d vectors", len(resp.Embeddings))
		}
	})
	t.Run("a chat model", func(t *testing.T) {
		// Ollama gives the hidden state of a model that was not made for this;
		// the engine refuses. golocal asks no chat model for vectors.
		resp, err := c.Embed(t.Context(), &api.EmbedRequest{Model: ChatModel, Input: "hello"})
		if err != nil {
			if text := refused(t, err, http.StatusBadRequest); !strings.Contains(text, "does not support embeddings") {
				t.Errorf("says %q", text)
			}
		} else if len(resp.Embeddings) != 1 || len(resp.Embeddings[0]) == dims {
			t.Errorf("%d vectors like those of another model", len(resp.Embeddings))
		}
	})
}

// dot is the cosine of unit vectors.
func dot(a, b []float32) (sum float64) {
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}
