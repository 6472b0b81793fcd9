package engine

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"log"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/ollama/ollama/api"
	names "github.com/ollama/ollama/types/model"

	"golocal/internal/registrystub"
)

// registry is a stub of Ollama's registry with one model, library/tiny:latest.
type registry struct {
	*registrystub.Registry
	*httptest.Server
	content []byte // of the weights
	padding int    // bytes of it
	weights string // their digest
}

const tinyName = "library/tiny:latest"

// newRegistry serves a tiny model over HTTPS, its weights with so many bytes of
// padding that do not repeat.
func newRegistry(t *testing.T, config string, padding ...int) *registry {
	t.Helper()
	weights, err := os.ReadFile(writeModel(t, embedder()))
	if err != nil {
		t.Fatal(err)
	}
	noise := make([]byte, cmp.Or(append(padding, 1<<18)...))
	rand.NewChaCha8([32]byte{}).Read(noise)
	g := &registry{Registry: registrystub.New(), content: append(weights, noise...), padding: len(noise)}
	g.weights = registrystub.Digest(g.content)
	g.Add(tinyName, []byte(config), registrystub.Blob{MediaType: typeWeights, Content: g.content})
	g.Server = httptest.NewUnstartedServer(g.Registry)
	g.Config.ErrorLog = log.New(io.Discard, "", 0) // connections that are given up
	g.StartTLS()
	t.Cleanup(g.Close)
	return g
}

// half is where a transfer of the weights is in the middle.
func (g *registry) half() int64 { return int64(len(g.content) / 2) }

// asked returns the Range headers of the requests for the weights.
func (g *registry) asked() []string { return g.Counts(g.weights).Ranges }

// fault sets what is wrong with the weights.
func (g *registry) fault(f registrystub.Faults) {
	g.Set(g.weights, func(now *registrystub.Faults) { *now = f })
}

func (g *registry) set(t *testing.T, m manifest) {
	t.Helper()
	b, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	g.SetManifest(tinyName, b)
}

// harness returns a server whose registry is g.
func (g *registry) harness(t *testing.T) *harness {
	h := newHarness(t, func(o *Options) { o.Registry = g.URL })
	h.client = g.Client()
	h.client.CheckRedirect = onlyHTTPS
	return h
}

// kept is how much of the weights an earlier pull left.
func (g *registry) kept(h *harness) int64 {
	return h.store.partial(layer{Digest: g.weights, Size: int64(len(g.content))})
}

// pullNow pulls without the pauses that a real registry gets.
func (g *registry) pullNow(t *testing.T, h *harness, report func(api.ProgressResponse) error) error {
	t.Helper()
	return g.puller(t, h, report).pull(t.Context(), names.ParseName("tiny"))
}

func (g *registry) puller(t *testing.T, h *harness, report func(api.ProgressResponse) error) *puller {
	t.Helper()
	base, err := url.Parse(g.URL)
	if err != nil {
		t.Fatal(err)
	}
	return &puller{store: h.store, client: h.client, base: base, repository: "library/tiny", report: report, log: quiet()}
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
	if size := int64(len(g.content)); last.Total != size || last.Completed != size {
		t.Errorf("last progress of the weights: %+v of %d bytes", last, size)
	}
	if w := h.call(t, "POST", "/api/embed", `{"model":"tiny","input":"a"}`); w.Code != 200 {
		t.Errorf("embed: %s", w.Body)
	}
	// What is there is not fetched again.
	if w := h.call(t, "POST", "/api/pull", `{"model":"tiny","stream":false}`); w.Code != 200 || !strings.Contains(w.Body.String(), "success") || len(g.asked()) != 1 {
		t.Errorf("second pull: %s after %d requests", w.Body, len(g.asked()))
	}
	// A manifest keeps its bytes, and with them its digest.
	if e, err := h.entry("tiny"); err != nil || e.digest != fmt.Sprintf("%x", sha256.Sum256(g.Manifest(tinyName))) {
		t.Errorf("%v, %v", e.digest, err)
	}
}

func TestPull_CutTransfersGoOn(t *testing.T) {
	g := newRegistry(t, tinyConfig)
	h := g.harness(t)
	g.fault(registrystub.Faults{Cuts: 1, CutAfter: g.half()})
	if err := g.pullNow(t, h, quietly); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("bytes=%d-", len(g.content)/2)
	if !slices.Equal(g.asked(), []string{"", want}) {
		t.Errorf("asked for %q, want the rest from %s", g.asked(), want)
	}
}

func TestPull_ALaterPullGoesOn(t *testing.T) {
	g := newRegistry(t, tinyConfig)
	h := g.harness(t)
	g.fault(registrystub.Faults{Cuts: 1, CutAfter: g.half(), Status: http.StatusBadGateway})
	err := g.pullNow(t, h, quietly)
	if err == nil || !strings.Contains(err.Error(), "kept for the next pull") || !strings.Contains(err.Error(), "502") {
		t.Fatalf("pull from a registry that is down: %v", err)
	}
	if got := len(g.asked()); got != 1+maxTries {
		t.Errorf("%d requests", got)
	}
	if _, err := h.entry("tiny"); err == nil {
		t.Error("a model without weights is listed")
	}
	if n := g.kept(h); n != int64(len(g.content)/2) {
		t.Errorf("%d bytes are kept", n)
	}
	g.fault(registrystub.Faults{})
	var first int64 = -1
	if err := g.pullNow(t, h, func(p api.ProgressResponse) error {
		if p.Digest == g.weights && first < 0 {
			first = p.Completed
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if first < int64(len(g.content)/2) {
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
		broken := bytes.Clone(g.content)
		broken[len(broken)-1]++
		g.fault(registrystub.Faults{Content: broken})
		err := g.pullNow(t, h, quietly)
		if err == nil || !strings.Contains(err.Error(), "digest mismatch") {
			t.Fatalf("pull: %v", err)
		}
		if _, ok := h.store.has(g.weights); ok || g.kept(h) != 0 {
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
		f, err := os.Create(path + partialSuffix)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := f.WriteString("not the beginning"); err != nil {
			t.Fatal(err)
		}
		if err := writeRecord(f, int64(len(g.content)), []span{{0, 17}}); err != nil {
			t.Fatal(err)
		}
		if err := g.pullNow(t, h, quietly); err != nil {
			t.Fatalf("a broken beginning is not begun again: %v", err)
		}
		if len(g.asked()) != 2 || g.asked()[1] != "" {
			t.Errorf("asked %q", g.asked())
		}
	})
	t.Run("longer than named", func(t *testing.T) {
		g := newRegistry(t, tinyConfig)
		h := g.harness(t)
		g.fault(registrystub.Faults{Content: append(bytes.Clone(g.content), "more"...)})
		if err := g.pullNow(t, h, quietly); err == nil || !strings.Contains(err.Error(), "more than") {
			t.Errorf("pull: %v", err)
		}
	})
	t.Run("another range", func(t *testing.T) {
		g := newRegistry(t, tinyConfig)
		h := g.harness(t)
		g.fault(registrystub.Faults{Cuts: 1, CutAfter: g.half(), ContentRange: "bytes 0-9/10"})
		if err := g.pullNow(t, h, quietly); err == nil || !strings.Contains(err.Error(), "range") {
			t.Errorf("pull: %v", err)
		}
	})
	t.Run("no ranges", func(t *testing.T) {
		g := newRegistry(t, tinyConfig)
		h := g.harness(t)
		g.fault(registrystub.Faults{Cuts: 1, CutAfter: g.half(), NoRanges: true})
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
		if w := g.harness(t).call(t, "POST", "/api/pull", `{"model":"nope","stream":false}`); w.Code != 500 { // as Ollama
			t.Errorf("%d", w.Code)
		}
	})
	t.Run("missing blob", func(t *testing.T) {
		g := newRegistry(t, tinyConfig)
		g.fault(registrystub.Faults{Status: http.StatusNotFound})
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
		g.fault(registrystub.Faults{Redirect: plain.URL})
		if err := g.pullNow(t, g.harness(t), quietly); err == nil || !strings.Contains(err.Error(), "refused redirect to http") || asked {
			t.Errorf("%v, followed: %v", err, asked)
		}
		if len(g.asked()) != 1 {
			t.Errorf("tried %d times", len(g.asked()))
		}
	})
	t.Run("redirect to https", func(t *testing.T) {
		g := newRegistry(t, tinyConfig)
		mirror := newRegistry(t, tinyConfig)
		g.fault(registrystub.Faults{Redirect: mirror.URL})
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
			if len(g.asked()) != 0 {
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
		g.SetManifest(tinyName, bytes.Repeat([]byte(" "), maxSmall+1))
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
	if len(g.asked()) != 1 {
		t.Errorf("fetched %d times", len(g.asked()))
	}
}

func TestOutbound_IgnoresProxies(t *testing.T) {
	c := outbound()
	tr, ok := c.Transport.(*http.Transport)
	if !ok || tr.Proxy != nil || c.CheckRedirect == nil {
		t.Errorf("%+v", c)
	}
}
