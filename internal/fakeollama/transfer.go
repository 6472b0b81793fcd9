package fakeollama

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"os"
	"slices"

	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/types/model"
)

func (s *Server) pull(w http.ResponseWriter, r *http.Request) {
	var req api.PullRequest
	if !read(w, r, &req) {
		return
	}
	if name := model.ParseName(req.Model); name.IsValid() && name.Host != model.DefaultName().Host {
		s.pullFrom(w, r, req, name)
		return
	}
	b := s.now()
	out := stream(w)
	out.send(api.ProgressResponse{Status: "pulling manifest"})
	s.mu.Lock()
	at := slices.IndexFunc(s.pullable, func(m Model) bool { return m.Name == named(req.Model) })
	var m Model
	if at >= 0 {
		m = s.pullable[at]
	}
	s.mu.Unlock()
	if at < 0 {
		out.send(map[string]string{"error": "pull model manifest: file does not exist"})
		return
	}
	digest := "sha256:" + m.Digest()
	for part := range int64(5) {
		if b.Pull == "hang" && part == 2 {
			<-r.Context().Done()
			return
		}
		if b.Pull == "cut" && part == 2 {
			panic(http.ErrAbortHandler)
		}
		if !pause(r, b.WordDelay) {
			return
		}
		out.send(api.ProgressResponse{Status: "pulling " + digest[7:19], Digest: digest, Total: m.Size, Completed: m.Size * part / 4})
	}
	out.send(api.ProgressResponse{Status: "verifying sha256 digest"})
	if b.Pull == "digest" {
		out.send(map[string]string{"error": "digest mismatch, file must be downloaded again"})
		return
	}
	out.send(api.ProgressResponse{Status: "writing manifest"})
	s.install(m)
	s.mu.Lock()
	s.counts.Pulled = append(s.counts.Pulled, m.Name)
	s.mu.Unlock()
	out.send(api.ProgressResponse{Status: "success"})
}

// install puts the model in the place of one with the same name.
func (s *Server) install(m Model) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.models = slices.DeleteFunc(s.models, func(old Model) bool { return old.Name == m.Name })
	s.models = append(s.models, m)
}

// create takes "from" (an installed model, a model of Pullable or a local
// path) or "files" whose blobs were sent before. The new model is a copy of
// the Pullable one with that name, else a chat model.
func (s *Server) create(w http.ResponseWriter, r *http.Request) {
	var req api.CreateRequest
	if !read(w, r, &req) {
		return
	}
	if req.Model == "" {
		fail(w, http.StatusBadRequest, "invalid model name")
		return
	}
	if req.From == "" && len(req.Files) == 0 {
		fail(w, http.StatusBadRequest, "neither 'from' or 'files' was specified")
		return
	}
	s.mu.Lock()
	for _, digest := range req.Files {
		if _, ok := s.blobs[digest]; !ok {
			s.mu.Unlock()
			fail(w, http.StatusBadRequest, "blob "+digest+" is missing")
			return
		}
	}
	m := Chat()
	for _, p := range s.pullable {
		if p.Name == named(req.Model) {
			m = p
		}
	}
	s.mu.Unlock()
	if req.From != "" {
		if from, ok := s.find(req.From); ok {
			m = from
		} else if _, err := os.Stat(req.From); err != nil {
			missing(w, req.From)
			return
		}
	}
	m.Name = named(req.Model)
	out := stream(w)
	out.send(api.ProgressResponse{Status: "parsing GGUF"})
	s.install(m)
	s.mu.Lock()
	s.counts.Created = append(s.counts.Created, m.Name)
	s.mu.Unlock()
	out.send(api.ProgressResponse{Status: "success"})
}

func (s *Server) putBlob(w http.ResponseWriter, r *http.Request) {
	h := sha256.New()
	n, err := io.Copy(h, r.Body)
	if err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return
	}
	if digest := r.PathValue("digest"); "sha256:"+hex.EncodeToString(h.Sum(nil)) != digest {
		fail(w, http.StatusBadRequest, "digest does not match the body")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.blobs[r.PathValue("digest")] = n
	w.WriteHeader(http.StatusCreated)
}

func (s *Server) headBlob(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.blobs[r.PathValue("digest")]; !ok {
		w.WriteHeader(http.StatusNotFound)
	}
}

func (s *Server) delete(w http.ResponseWriter, r *http.Request) {
	var req api.DeleteRequest
	if !read(w, r, &req) {
		return
	}
	if _, ok := s.find(req.Model); !ok {
		missing(w, req.Model)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.models = slices.DeleteFunc(s.models, func(m Model) bool { return m.Name == named(req.Model) })
	delete(s.loaded, named(req.Model))
}
