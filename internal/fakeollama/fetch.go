package fakeollama

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"syscall"
	"time"

	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/fs/ggml"
	"github.com/ollama/ollama/types/model"
)

// A name with a host is pulled for real, from the registry at that host. Texts,
// order and retries are those of Ollama 0.17.4 (server/images.go and
// server/download.go), with shorter pauses.

const (
	maxTries   = 6
	tryPause   = 5 * time.Millisecond
	sendPause  = 20 * time.Millisecond // between two progress lines of one blob
	typeModel  = "application/vnd.ollama.image.model"
	acceptType = "application/vnd.docker.distribution.manifest.v2+json"
)

var (
	errMismatch = errors.New("digest mismatch, file must be downloaded again")
	errRetries  = errors.New("max retries exceeded")
)

type layer struct {
	MediaType string `json:"mediaType"`
	Digest    string `json:"digest"`
	Size      int64  `json:"size"`
}

// fetch is one pull from a registry.
type fetch struct {
	s      *Server
	ctx    context.Context
	base   string // URL of the model in the registry
	report func(api.ProgressResponse)
}

func (s *Server) pullFrom(w http.ResponseWriter, r *http.Request, req api.PullRequest, name model.Name) {
	scheme := name.ProtocolScheme
	if req.Insecure {
		scheme = "http"
	}
	f := fetch{s: s, ctx: r.Context(), base: fmt.Sprintf("%s://%s/v2/%s", scheme, name.Host, name.DisplayNamespaceModel())}
	if req.Stream != nil && !*req.Stream {
		var last api.ProgressResponse
		f.report = func(p api.ProgressResponse) { last = p }
		if err := f.run(name); err != nil {
			fail(w, http.StatusInternalServerError, err.Error())
			return
		}
		reply(w, http.StatusOK, last)
		return
	}
	out := stream(w)
	f.report = func(p api.ProgressResponse) { out.send(p) }
	if err := f.run(name); err != nil {
		out.send(map[string]string{"error": err.Error()})
	}
}

func (f *fetch) run(name model.Name) error {
	f.report(api.ProgressResponse{Status: "pulling manifest"})
	raw, err := f.manifest(name.Tag)
	if err != nil {
		return fmt.Errorf("pull model manifest: %w", err)
	}
	var m struct {
		Config layer   `json:"config"`
		Layers []layer `json:"layers"`
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return fmt.Errorf("pull model manifest: %w", err)
	}
	all := append(m.Layers, m.Config)
	for _, l := range all {
		if err := f.blob(l); err != nil {
			return err
		}
	}
	f.report(api.ProgressResponse{Status: "verifying sha256 digest"})
	for _, l := range all {
		if err := f.s.verify(l.Digest); err != nil {
			return err
		}
	}
	f.report(api.ProgressResponse{Status: "writing manifest"})
	model := Model{Name: name.DisplayShortest(), Weights: string(raw)}
	for _, l := range all {
		model.Size += l.Size
		if l.MediaType == typeModel {
			if err := model.describe(f.s.content(l.Digest)); err != nil {
				return err
			}
		}
	}
	f.s.install(model)
	f.s.mu.Lock()
	f.s.counts.Pulled = append(f.s.counts.Pulled, model.Name)
	f.s.mu.Unlock()
	f.report(api.ProgressResponse{Status: "success"})
	return nil
}

// ask sends one request to the registry; ranges may be "".
func (f *fetch) ask(path, accept, ranges string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(f.ctx, http.MethodGet, f.base+path, nil)
	if err != nil {
		return nil, err
	}
	if accept != "" {
		req.Header.Set("Accept", accept)
	}
	if ranges != "" {
		req.Header.Set("Range", ranges)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	switch {
	case resp.StatusCode == http.StatusNotFound:
		resp.Body.Close()
		return nil, os.ErrNotExist
	case resp.StatusCode >= http.StatusBadRequest:
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			return nil, fmt.Errorf("%d: %w", resp.StatusCode, err)
		}
		return nil, fmt.Errorf("%d: %s", resp.StatusCode, body)
	}
	return resp, nil
}

func (f *fetch) manifest(tag string) ([]byte, error) {
	resp, err := f.ask("/manifests/"+tag, acceptType, "")
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// blob fetches what is missing of a blob; what came stays, whatever happens.
func (f *fetch) blob(l layer) error {
	select {
	case f.s.turn <- struct{}{}:
		defer func() { <-f.s.turn }()
	case <-f.ctx.Done():
		return f.ctx.Err()
	}
	p := api.ProgressResponse{Status: "pulling " + l.Digest[7:19], Digest: l.Digest, Total: l.Size}
	var err error
	for try := 0; try < maxTries; try++ {
		if p.Completed = int64(len(f.s.content(l.Digest))); p.Completed == l.Size {
			f.report(p)
			return nil
		}
		err = f.rest(l, p)
		if f.ctx.Err() != nil || errors.Is(err, syscall.ENOSPC) || errors.Is(err, os.ErrNotExist) {
			return err
		}
		if err != nil {
			time.Sleep(tryPause << try)
		}
	}
	return fmt.Errorf("%w: %w", errRetries, err)
}

func (f *fetch) rest(l layer, p api.ProgressResponse) error {
	resp, err := f.ask("/blobs/"+l.Digest, "", fmt.Sprintf("bytes=%d-%d", p.Completed, l.Size-1))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusPartialContent {
		return fmt.Errorf("unexpected status code %d", resp.StatusCode)
	}
	var told time.Time
	buf := make([]byte, 16<<10)
	for {
		n, err := resp.Body.Read(buf)
		if n > 0 {
			if err := f.s.store(l.Digest, buf[:n]); err != nil {
				return err
			}
			p.Completed += int64(n)
			if time.Since(told) > sendPause {
				told = time.Now()
				f.report(p)
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// content is what was fetched of a blob.
func (s *Server) content(digest string) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pulled[digest]
}

// store adds to a blob what the disk can take.
func (s *Server) store(digest string, b []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.disk != nil {
		used := int64(len(b))
		for _, have := range s.pulled {
			used += int64(len(have))
		}
		if used > s.disk() {
			return &os.PathError{Op: "write", Path: "blobs/sha256-" + digest[7:] + "-partial", Err: syscall.ENOSPC}
		}
	}
	s.pulled[digest] = append(s.pulled[digest], b...)
	return nil
}

// verify removes a blob whose digest is wrong.
func (s *Server) verify(digest string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	got := fmt.Sprintf("sha256:%x", sha256.Sum256(s.pulled[digest]))
	if got == digest {
		return nil
	}
	delete(s.pulled, digest)
	return fmt.Errorf("%w: want %s, got %s", errMismatch, digest, got)
}

// describe reads from a GGUF file what the fake tells of the model.
func (m *Model) describe(gguf []byte) error {
	g, err := ggml.Decode(bytes.NewReader(gguf), 0)
	if err != nil {
		return err
	}
	kv := g.KV()
	m.Family, m.Quantization = kv.Architecture(), kv.FileType().String()
	m.Parameters = float64(kv.ParameterCount()) / 1e9
	m.Context, m.Capabilities = int(kv.ContextLength()), []string{"completion"}
	if _, pools := kv[m.Family+".pooling_type"]; pools {
		m.Dims, m.Capabilities = int(kv.EmbeddingLength()), []string{"embedding"}
	}
	return nil
}
