package engine

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ollama/ollama/api"
	names "github.com/ollama/ollama/types/model"
)

// registry is a stub of Ollama's registry with one model, library/tiny:latest.
type registry struct {
	*httptest.Server
	blobs    map[string][]byte
	manifest []byte
	weights  string // digest
	// hook may answer a request for the weights itself.
	hook func(w http.ResponseWriter, r *http.Request, n int) bool

	mu    sync.Mutex
	asked []string // Range headers of the requests for the weights
}

func newRegistry(t *testing.T, config string) *registry {
	t.Helper()
	weights, err := os.ReadFile(writeModel(t, embedder()))
	if err != nil {
		t.Fatal(err)
	}
	weights = append(weights, bytes.Repeat([]byte("padding "), 1<<15)...)
	g := &registry{blobs: map[string][]byte{}}
	add := func(mediaType string, b []byte) layer {
		l := layer{MediaType: mediaType, Digest: fmt.Sprintf("sha256:%x", sha256.Sum256(b)), Size: int64(len(b))}
		g.blobs[l.Digest] = b
		return l
	}
	w := add(typeWeights, weights)
	g.weights = w.Digest
	g.set(t, manifest{SchemaVersion: 2, MediaType: typeManifest, Config: add(typeConfig, []byte(config)), Layers: []layer{w}})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v2/library/tiny/manifests/latest", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept") != typeManifest {
			t.Errorf("manifest asked as %q", r.Header.Get("Accept"))
		}
		_, _ = w.Write(g.manifest)
	})
	mux.HandleFunc("GET /v2/library/tiny/blobs/{digest}", func(w http.ResponseWriter, r *http.Request) {
		digest := r.PathValue("digest")
		b, ok := g.blobs[digest]
		if !ok {
			http.NotFound(w, r)
			return
		}
		if digest == g.weights {
			g.mu.Lock()
			g.asked = append(g.asked, r.Header.Get("Range"))
			n := len(g.asked)
			g.mu.Unlock()
			if g.hook != nil && g.hook(w, r, n) {
				return
			}
		}
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b))
	})
	g.Server = httptest.NewTLSServer(mux)
	t.Cleanup(g.Close)
	return g
}

func (g *registry) set(t *testing.T, m manifest) {
	t.Helper()
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	g.manifest = b
}

// half sends the first half of what is asked for and cuts the connection.
func (g *registry) half(w http.ResponseWriter) {
	b := g.blobs[g.weights]
	w.Header().Set("Content-Length", fmt.Sprint(len(b)))
	_, _ = w.Write(b[:len(b)/2])
	http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

// harness returns a server whose registry is g.
func (g *registry) harness(t *testing.T) *harness {
	h := newHarness(t, func(o *Options) { o.Registry = g.URL })
	h.client = g.Client()
	h.client.CheckRedirect = onlyHTTPS
	return h
}

// pullNow pulls without the pauses that a real registry gets.
func (g *registry) pullNow(t *testing.T, h *harness, report func(api.ProgressResponse) error) error {
	t.Helper()
	base, err := url.Parse(g.URL)
	if err != nil {
		t.Fatal(err)
	}
	p := puller{store: h.store, client: h.client, base: base, repository: "library/tiny", report: report, log: quiet()}
	return p.pull(t.Context(), names.ParseName("tiny"))
}

func quietly(api.ProgressResponse) error { return nil }

const tinyConfig = `{"model_format":"gguf","model_family":"bert"}`

func TestPull_AModelAndItsProgress(t *testing.T) {
	g := newRegistry(t, tinyConfig)
	h := g.harness(t)
	var statuses []string
	var last api.ProgressResponse
	if err := h.dial(t).Pull(t.Context(), &api.PullRequest{Model: "tiny"}, func(p api.ProgressResponse) error {
		if !slices.Contains(statuses, p.Status) {
			statuses = append(statuses, p.Status)
		}
		if p.Digest == g.weights {
			last = p
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(statuses) != 6 || statuses[0] != "pulling manifest" || !strings.HasPrefix(statuses[2], "pulling ") || statuses[5] != "success" {
		t.Errorf("statuses %q", statuses)
	}
	if size := int64(len(g.blobs[g.weights])); last.Total != size || last.Completed != size {
		t.Errorf("last progress of the weights: %+v of %d bytes", last, size)
	}
	if w := h.call(t, "POST", "/api/embed", `{"model":"tiny","input":"a"}`); w.Code != 200 {
		t.Errorf("embed: %s", w.Body)
	}
	// What is there is not fetched again.
	if w := h.call(t, "POST", "/api/pull", `{"model":"tiny","stream":false}`); w.Code != 200 || !strings.Contains(w.Body.String(), "success") || len(g.asked) != 1 {
		t.Errorf("second pull: %s after %d requests", w.Body, len(g.asked))
	}
	// A manifest keeps its bytes, and with them its digest.
	if e, err := h.entry("tiny"); err != nil || e.digest != fmt.Sprintf("%x", sha256.Sum256(g.manifest)) {
		t.Errorf("%v, %v", e.digest, err)
	}
}

func TestPull_CutTransfersGoOn(t *testing.T) {
	g := newRegistry(t, tinyConfig)
	h := g.harness(t)
	g.hook = func(w http.ResponseWriter, _ *http.Request, n int) bool {
		if n == 1 {
			g.half(w)
		}
		return false
	}
	if err := g.pullNow(t, h, quietly); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("bytes=%d-", len(g.blobs[g.weights])/2)
	if !slices.Equal(g.asked, []string{"", want}) {
		t.Errorf("asked for %q, want the rest from %s", g.asked, want)
	}
}

func TestPull_ALaterPullGoesOn(t *testing.T) {
	g := newRegistry(t, tinyConfig)
	h := g.harness(t)
	down := true
	g.hook = func(w http.ResponseWriter, _ *http.Request, n int) bool {
		switch {
		case n == 1:
			g.half(w)
		case down:
			http.Error(w, "down", http.StatusBadGateway)
			return true
		}
		return false
	}
	err := g.pullNow(t, h, quietly)
	if err == nil || !strings.Contains(err.Error(), "kept for the next pull") || !strings.Contains(err.Error(), "502") {
		t.Fatalf("pull from a registry that is down: %v", err)
	}
	if got := len(g.asked); got != 1+maxTries {
		t.Errorf("%d requests", got)
	}
	if _, err := h.entry("tiny"); err == nil {
		t.Error("a model without weights is listed")
	}
	if n := h.store.partial(g.weights); n != int64(len(g.blobs[g.weights])/2) {
		t.Errorf("%d bytes are kept", n)
	}
	down = false
	var first int64 = -1
	if err := g.pullNow(t, h, func(p api.ProgressResponse) error {
		if p.Digest == g.weights && first < 0 {
			first = p.Completed
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if first < int64(len(g.blobs[g.weights])/2) {
		t.Errorf("progress began at %d", first)
	}
	left, err := fs.Glob(os.DirFS(h.store.blobs()), "*partial*")
	if err != nil || len(left) != 0 {
		t.Errorf("%q are left", left)
	}
}

func TestPull_BrokenDigests(t *testing.T) {
	t.Run("of the registry", func(t *testing.T) {
		g := newRegistry(t, tinyConfig)
		h := g.harness(t)
		broken := bytes.Clone(g.blobs[g.weights])
		broken[len(broken)-1]++
		g.blobs[g.weights] = broken
		err := g.pullNow(t, h, quietly)
		if err == nil || !strings.Contains(err.Error(), "digest mismatch") {
			t.Fatalf("pull: %v", err)
		}
		if _, ok := h.store.has(g.weights); ok || h.store.partial(g.weights) != 0 {
			t.Error("broken weights are kept")
		}
	})
	t.Run("of an earlier pull", func(t *testing.T) {
		g := newRegistry(t, tinyConfig)
		h := g.harness(t)
		path, err := h.store.blob(g.weights)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path+partialSuffix, []byte("not the beginning"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := g.pullNow(t, h, quietly); err != nil {
			t.Fatalf("a broken beginning is not begun again: %v", err)
		}
		if len(g.asked) != 2 || g.asked[1] != "" {
			t.Errorf("asked %q", g.asked)
		}
	})
	t.Run("longer than named", func(t *testing.T) {
		g := newRegistry(t, tinyConfig)
		h := g.harness(t)
		g.blobs[g.weights] = append(g.blobs[g.weights], "more"...)
		if err := g.pullNow(t, h, quietly); err == nil || !strings.Contains(err.Error(), "more than") {
			t.Errorf("pull: %v", err)
		}
	})
	t.Run("another range", func(t *testing.T) {
		g := newRegistry(t, tinyConfig)
		h := g.harness(t)
		g.hook = func(w http.ResponseWriter, _ *http.Request, n int) bool {
			if n == 1 {
				g.half(w)
			}
			w.Header().Set("Content-Range", "bytes 0-9/10")
			w.WriteHeader(http.StatusPartialContent)
			return true
		}
		if err := g.pullNow(t, h, quietly); err == nil || !strings.Contains(err.Error(), "range") {
			t.Errorf("pull: %v", err)
		}
	})
	t.Run("no ranges", func(t *testing.T) {
		g := newRegistry(t, tinyConfig)
		h := g.harness(t)
		g.hook = func(w http.ResponseWriter, _ *http.Request, n int) bool {
			if n == 1 {
				g.half(w)
			}
			_, _ = w.Write(g.blobs[g.weights])
			return true
		}
		if err := g.pullNow(t, h, quietly); err != nil {
			t.Errorf("pull: %v", err)
		}
	})
}

func TestPull_Refusals(t *testing.T) {
	t.Run("unknown model", func(t *testing.T) {
		g := newRegistry(t, tinyConfig)
		w := g.harness(t).call(t, "POST", "/api/pull", `{"model":"nope"}`)
		lines := strings.Split(strings.TrimSpace(w.Body.String()), "\n")
		if len(lines) != 2 || !strings.Contains(lines[1], `{"error":"pull model manifest: file does not exist"}`) {
			t.Errorf("%q", lines)
		}
		if w := g.harness(t).call(t, "POST", "/api/pull", `{"model":"nope","stream":false}`); w.Code != 404 {
			t.Errorf("%d", w.Code)
		}
	})
	t.Run("missing blob", func(t *testing.T) {
		g := newRegistry(t, tinyConfig)
		delete(g.blobs, g.weights)
		if err := g.pullNow(t, g.harness(t), quietly); err == nil || !strings.Contains(err.Error(), "404") {
			t.Errorf("%v", err)
		}
	})
	t.Run("offline", func(t *testing.T) {
		h := newHarness(t, func(o *Options) { o.Offline = true })
		if w := h.call(t, "POST", "/api/pull", `{"model":"tiny"}`); w.Code != 403 || !strings.Contains(w.Body.String(), "offline") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	})
	t.Run("plain http", func(t *testing.T) {
		h := newHarness(t, func(o *Options) { o.Registry = "http://registry.example" })
		for _, name := range []string{"tiny", "http://example.com/library/tiny"} {
			if w := h.call(t, "POST", "/api/pull", `{"model":"`+name+`"}`); w.Code != 400 || !strings.Contains(w.Body.String(), "https") {
				t.Errorf("%s: %d %s", name, w.Code, w.Body)
			}
		}
	})
	t.Run("redirect to http", func(t *testing.T) {
		g := newRegistry(t, tinyConfig)
		asked := false
		plain := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
		defer plain.Close()
		g.hook = func(w http.ResponseWriter, r *http.Request, _ int) bool {
			http.Redirect(w, r, plain.URL, http.StatusTemporaryRedirect)
			return true
		}
		if err := g.pullNow(t, g.harness(t), quietly); err == nil || !strings.Contains(err.Error(), "refused redirect to http") || asked {
			t.Errorf("%v, followed: %v", err, asked)
		}
		if len(g.asked) != 1 {
			t.Errorf("tried %d times", len(g.asked))
		}
	})
	t.Run("redirect to https", func(t *testing.T) {
		g := newRegistry(t, tinyConfig)
		mirror := newRegistry(t, tinyConfig)
		g.hook = func(w http.ResponseWriter, r *http.Request, _ int) bool {
			http.Redirect(w, r, mirror.URL+r.URL.Path, http.StatusTemporaryRedirect)
			return true
		}
		if err := g.pullNow(t, g.harness(t), quietly); err != nil {
			t.Errorf("%v", err)
		}
	})
	for name, config := range map[string]string{
		"runs at":      `{"remote_host":"https://ollama.com","remote_model":"x"}`,
		"needs Ollama": `{"model_format":"gguf","model_family":"mamba"}`,
	} {
		t.Run(name, func(t *testing.T) {
			g := newRegistry(t, config)
			if err := g.pullNow(t, g.harness(t), quietly); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%v", err)
			}
			if len(g.asked) != 0 {
				t.Error("the weights were fetched first")
			}
		})
	}
	t.Run("hostile manifest", func(t *testing.T) {
		g := newRegistry(t, tinyConfig)
		g.set(t, manifest{Layers: []layer{{Digest: "sha256:../../../etc/passwd", Size: 1}}})
		if err := g.pullNow(t, g.harness(t), quietly); err == nil || !strings.Contains(err.Error(), "invalid digest") {
			t.Errorf("%v", err)
		}
		g.set(t, manifest{Layers: []layer{{Digest: g.weights, Size: 1 << 41}}})
		if err := g.pullNow(t, g.harness(t), quietly); err == nil || !strings.Contains(err.Error(), "disk") {
			t.Errorf("a blob of two terabytes: %v", err)
		}
		g.manifest = bytes.Repeat([]byte(" "), maxSmall+1)
		if err := g.pullNow(t, g.harness(t), quietly); err == nil {
			t.Error("an endless manifest is read")
		}
	})
}

// Two pulls of one model at the same time fetch it once.
func TestPull_TogetherFetchesOnce(t *testing.T) {
	g := newRegistry(t, tinyConfig)
	h := g.harness(t)
	other := g.harness(t) // another process with the same store
	other.store = h.store
	var wg sync.WaitGroup
	for _, h := range []*harness{h, h, other} {
		wg.Go(func() {
			if err := g.pullNow(t, h, quietly); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if len(g.asked) != 1 {
		t.Errorf("fetched %d times", len(g.asked))
	}
}

func TestOutbound_IgnoresProxies(t *testing.T) {
	c := outbound()
	tr, ok := c.Transport.(*http.Transport)
	if !ok || tr.Proxy != nil || c.CheckRedirect == nil {
		t.Errorf("%+v", c)
	}
}
