// Package registrystub is a registry of models for tests: it speaks the part of
// the OCI distribution protocol that Ollama's registry serves to a pull
// (manifests, and blobs with ranges), with faults that a test switches on and
// counts of what was asked. Serve it with httptest, which listens on loopback.
package registrystub

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Media types of a manifest and of the blobs that a model has, as Ollama's.
const (
	TypeManifest = "application/vnd.docker.distribution.manifest.v2+json"
	TypeConfig   = "application/vnd.docker.container.image.v1+json"
	TypeWeights  = "application/vnd.ollama.image.model"
)

// Registry is the stub. It is an http.Handler.
type Registry struct {
	// Direct redirects every blob to another name of this machine, "localhost"
	// for "127.0.0.1", as Ollama's registry does to its storage; Ollama's
	// downloads need that. Set it before the first request.
	Direct bool

	mu        sync.Mutex // guards the fields below
	blobs     map[string][]byte
	manifests map[string][]byte // by NAMESPACE/MODEL:TAG
	faults    map[string]*Faults
	counts    map[string]*Counts
}

// Counts tells what was asked of one blob or manifest.
type Counts struct {
	Ranges []string // Range headers of the requests for content, "" for all of it
	Bytes  int64    // of content that were sent
	Open   int      // requests that are being answered
}

// Blob is content that a manifest names.
type Blob struct {
	MediaType string
	Content   []byte
}

type descriptor struct {
	MediaType string `json:"mediaType"`
	Digest    string `json:"digest"`
	Size      int    `json:"size"` // bytes
}

// New returns a registry that holds nothing.
func New() *Registry {
	return &Registry{
		blobs: map[string][]byte{}, manifests: map[string][]byte{},
		faults: map[string]*Faults{}, counts: map[string]*Counts{},
	}
}

// Digest is the name that a blob goes by: "sha256:" and 64 hexadecimal digits.
func Digest(content []byte) string { return fmt.Sprintf("sha256:%x", sha256.Sum256(content)) }

// Add publishes a model under NAMESPACE/MODEL:TAG.
func (g *Registry) Add(name string, config []byte, layers ...Blob) {
	g.mu.Lock()
	defer g.mu.Unlock()
	add := func(b Blob) descriptor {
		d := Digest(b.Content)
		g.blobs[d] = b.Content
		return descriptor{b.MediaType, d, len(b.Content)}
	}
	m := struct {
		SchemaVersion int          `json:"schemaVersion"`
		MediaType     string       `json:"mediaType"`
		Config        descriptor   `json:"config"`
		Layers        []descriptor `json:"layers"`
	}{SchemaVersion: 2, MediaType: TypeManifest, Config: add(Blob{TypeConfig, config})}
	for _, l := range layers {
		m.Layers = append(m.Layers, add(l))
	}
	raw, err := json.Marshal(m)
	if err != nil {
		panic(err) // strings and numbers
	}
	g.manifests[name] = raw
}

// Manifest returns what the registry says of NAMESPACE/MODEL:TAG.
func (g *Registry) Manifest(name string) []byte {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.manifests[name]
}

// SetManifest replaces a manifest by any bytes.
func (g *Registry) SetManifest(name string, raw []byte) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.manifests[name] = raw
}

// Set changes the faults of a blob, by its digest, or of a manifest, by
// NAMESPACE/MODEL:TAG.
func (g *Registry) Set(key string, change func(*Faults)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.faults[key] == nil {
		g.faults[key] = &Faults{}
	}
	change(g.faults[key])
}

// Counts tells what was asked of a blob or manifest so far; keys as of Set.
func (g *Registry) Counts(key string) Counts {
	g.mu.Lock()
	defer g.mu.Unlock()
	if c := g.counts[key]; c != nil {
		out := *c
		out.Ranges = append([]string{}, c.Ranges...)
		return out
	}
	return Counts{}
}

// ServeHTTP answers one request.
func (g *Registry) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rest, ok := strings.CutPrefix(r.URL.Path, "/v2/")
	parts := strings.Split(rest, "/") // NAMESPACE/MODEL/KIND/REFERENCE
	if !ok || len(parts) != 4 || r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.NotFound(w, r)
		return
	}
	switch parts[2] {
	case "manifests":
		if r.Header.Get("Accept") != TypeManifest {
			http.Error(w, "manifests come as "+TypeManifest, http.StatusNotAcceptable)
			return
		}
		key := parts[0] + "/" + parts[1] + ":" + parts[3]
		g.mu.Lock()
		content, ok := g.manifests[key]
		g.mu.Unlock()
		g.send(w, r, key, content, ok)
	case "blobs":
		if host, port, err := net.SplitHostPort(r.Host); g.Direct && err == nil && host == "127.0.0.1" {
			http.Redirect(w, r, "http://"+net.JoinHostPort("localhost", port)+r.URL.Path, http.StatusTemporaryRedirect)
			return
		}
		g.mu.Lock()
		content, ok := g.blobs[parts[3]]
		g.mu.Unlock()
		g.send(w, r, parts[3], content, ok)
	default:
		http.NotFound(w, r)
	}
}

// send answers with the content, or with the fault that is set for it.
func (g *Registry) send(w http.ResponseWriter, r *http.Request, key string, content []byte, ok bool) {
	f, done := g.begin(r, key)
	defer done()
	switch {
	case !ok:
		http.NotFound(w, r)
		return
	case f.Cuts > 0 || f.Stalls > 0: // these come first
	case f.Redirect != "":
		http.Redirect(w, r, f.Redirect+r.URL.Path, http.StatusTemporaryRedirect)
		return
	case f.Status != 0:
		if f.RetryAfter != "" {
			w.Header().Set("Retry-After", f.RetryAfter)
		}
		http.Error(w, http.StatusText(f.Status), f.Status)
		return
	case f.ContentRange != "" && r.Header.Get("Range") != "":
		w.Header().Set("Content-Range", f.ContentRange)
		w.WriteHeader(http.StatusPartialContent)
		return
	}
	if f.Content != nil {
		content = f.Content
	}
	if f.NoRanges {
		r.Header.Del("Range")
	}
	http.ServeContent(&faulty{ResponseWriter: w, g: g, r: r, key: key, f: f}, r, "", time.Time{}, bytes.NewReader(content))
}

// begin counts a request and takes its share of the faults.
func (g *Registry) begin(r *http.Request, key string) (Faults, func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.counts[key] == nil {
		g.counts[key] = &Counts{}
	}
	c, f := g.counts[key], Faults{}
	c.Open++
	if now := g.faults[key]; now != nil {
		f = *now
		if r.Method == http.MethodGet {
			now.take()
		}
	}
	if r.Method == http.MethodHead {
		f.Cuts, f.Stalls = 0, 0
	} else {
		c.Ranges = append(c.Ranges, r.Header.Get("Range"))
	}
	return f, func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		c.Open--
	}
}
