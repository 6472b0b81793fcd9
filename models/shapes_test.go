package models

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/ollama/ollama/api"

	"golocal"
	"golocal/internal/runnertest"
	"golocal/internal/tinymodel"
)

var shapes = map[string]tinymodel.Shape{"tiny-llama": tinymodel.Llama3, "tiny-mixtral": tinymodel.Mixtral}

// llama3Turns is Llama 3's way to write a conversation.
const llama3Turns = "{{ range .Messages }}<|start_header_id|>{{ .Role }}<|end_header_id|>\n\n{{ .Content }}<|eot_id|>{{ end }}" +
	"<|start_header_id|>assistant<|end_header_id|>\n\n"

// TestContract_ShapesThroughOllama makes models of the shapes of Llama 3 and
// Mixtral with the own converter of the Ollama GOLOCAL_TEST_OLLAMA, as
// "ollama create" does, and streams from them with the layers on the GPU that
// the user configured.
func TestContract_ShapesThroughOllama(t *testing.T) {
	program := os.Getenv("GOLOCAL_TEST_OLLAMA")
	if program == "" {
		return
	}
	host := runnertest.OllamaHost(t, program, t.TempDir())
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			createFolder(t, api.NewClient(&url.URL{Scheme: "http", Host: host}, http.DefaultClient), name, shape)
			between, asked := listening(t, host)
			layers := 1
			m, err := Open(t.Context(), Options{OllamaHost: between, Chat: name, NumGPU: &layers, State: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			defer m.Close()
			streams(t, m)
			if got := asked(); got != float64(layers) {
				t.Errorf("Ollama was asked for %v layers on the GPU, not for %d", got, layers)
			}
		})
	}
}

// TestContract_ShapesThroughEngine gives the same folders to the engine, which
// has no mixture of experts of this kind.
func TestContract_ShapesThroughEngine(t *testing.T) {
	program := os.Getenv("GOLOCAL_TEST_ENGINE")
	if program == "" {
		return
	}
	store := t.TempDir()
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), name)
			if err := tinymodel.WriteFolder(dir, shape); err != nil {
				t.Fatal(err)
			}
			m, err := Open(t.Context(), Options{OllamaHost: "none", Executable: program, Store: store, Chat: name, State: t.TempDir()})
			if err != nil {
				t.Fatal(err)
			}
			defer m.Close()
			err = m.Import(t.Context(), name, dir, nil)
			if name == "tiny-mixtral" {
				if err == nil || !strings.Contains(err.Error(), "Mixtral") || !strings.Contains(err.Error(), "needs Ollama") {
					t.Errorf("the engine says of Mixtral: %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			streams(t, m)
		})
	}
}

// streams has the chat model write some tokens of noise.
func streams(t *testing.T, m *Models) {
	t.Helper()
	pieces := 0
	var usage *golocal.Usage
	for d, err := range m.Generate(t.Context(), []golocal.Message{{Role: "user", Content: "Ships leave the harbour."}}, golocal.Limits{Tokens: 24, Window: 512, Seed: 1}) {
		if err != nil {
			t.Fatal(err)
		}
		if d.Text != "" {
			pieces++
		}
		if d.Usage != nil {
			usage = d.Usage
		}
	}
	if usage == nil || usage.Tokens < 2 || usage.PromptTokens < 20 || pieces < 2 {
		t.Errorf("%d pieces, %+v", pieces, usage)
	}
}

// createFolder uploads a folder and has Ollama convert it.
func createFolder(t *testing.T, c *api.Client, name string, shape tinymodel.Shape) {
	t.Helper()
	dir := t.TempDir()
	if err := tinymodel.WriteFolder(dir, shape); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		digest := fmt.Sprintf("sha256:%x", sha256.Sum256(data))
		if err := c.CreateBlob(t.Context(), digest, bytes.NewReader(data)); err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = digest
	}
	err = c.Create(t.Context(), &api.CreateRequest{Model: name, Files: files, Template: llama3Turns}, func(api.ProgressResponse) error { return nil })
	if err != nil {
		t.Fatalf("create %s: %v", name, err)
	}
}

// listening puts a proxy before a runner and returns its address, and the
// num_gpu of the last chat that passed.
func listening(t *testing.T, host string) (address string, asked func() any) {
	var mu sync.Mutex
	var last any
	proxy := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: host})
	proxy.FlushInterval = -1
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/api/chat" {
			body, err := io.ReadAll(r.Body)
			var req api.ChatRequest
			if err == nil && json.Unmarshal(body, &req) == nil {
				mu.Lock()
				last = req.Options["num_gpu"]
				mu.Unlock()
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return strings.TrimPrefix(s.URL, "http://"), func() any {
		mu.Lock()
		defer mu.Unlock()
		return last
	}
}
