package engine

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/ollama/ollama/api"

	"golocal/engine/runner"
)

// versionResponse is Ollama's answer to "version" and what only the engine has.
type versionResponse struct {
	Version   string `json:"version"`         // of Ollama's API
	Engine    string `json:"engine"`          // "golocal"
	Supported bool   `json:"supported"`       // models can be run: built with cgo
	Build     string `json:"build,omitempty"` // vector instructions, as runner.Info.Build; known once a model was loaded
	Threads   int    `json:"threads"`         // of the computing runners, at most
	Offline   bool   `json:"offline"`         // pulls are refused
}

func (s *Server) version(w http.ResponseWriter, _ *http.Request) error {
	s.pool.mu.Lock()
	build := s.pool.build
	s.pool.mu.Unlock()
	writeJSON(w, http.StatusOK, versionResponse{
		Version: apiVersion, Engine: "golocal", Supported: runner.Supported(),
		Build: cmp.Or(build, runner.Build()), Threads: s.pool.govern.steer.most, Offline: s.offline,
	})
	return nil
}

func (s *Server) tags(w http.ResponseWriter, _ *http.Request) error {
	all, err := s.entries()
	if err != nil {
		return err
	}
	list := api.ListResponse{Models: []api.ListModelResponse{}}
	for _, e := range all {
		c, err := e.config()
		if err != nil {
			s.log.Warn("model passed over", "model", e.shown(), "err", err)
			continue
		}
		list.Models = append(list.Models, api.ListModelResponse{
			Name: e.shown(), Model: e.shown(), RemoteModel: c.RemoteModel, RemoteHost: c.RemoteHost,
			ModifiedAt: e.modified, Size: e.manifest.size(), Digest: e.digest, Details: details(c),
		})
	}
	writeJSON(w, http.StatusOK, list)
	return nil
}

// process is a loaded model in the answer to "ps". SizeVRAM is what a GPU
// holds of it: all on Apple silicon, where the two memories are one, else
// nothing.
type process struct {
	api.ProcessModelResponse
	Build   string `json:"build"`   // as runner.Info.Build
	Threads int    `json:"threads"` // that compute
	Users   int    `json:"users"`   // requests that use it now
}

func (s *Server) ps(w http.ResponseWriter, _ *http.Request) error {
	p := s.pool
	p.mu.Lock()
	defer p.mu.Unlock()
	list := struct {
		Models []process `json:"models"`
		counts
	}{Models: []process{}}
	for _, l := range p.loaded {
		if l.proc == nil || ended(l.proc) {
			continue
		}
		info := l.proc.Info()
		pr := process{Build: info.Build, Threads: info.Threads, Users: l.users}
		pr.ProcessModelResponse = api.ProcessModelResponse{
			Name: l.model.shown(), Model: l.model.shown(), Size: int64(l.bytes()), SizeVRAM: onGPU(l.bytes()), Digest: l.model.digest,
			Details: details(l.model.config), ExpiresAt: l.expires, ContextLength: l.numCtx,
		}
		list.Models = append(list.Models, pr)
	}
	slices.SortFunc(list.Models, func(a, b process) int {
		return cmp.Or(b.ExpiresAt.Compare(a.ExpiresAt), cmp.Compare(a.Name, b.Name))
	})
	list.counts = p.counts
	writeJSON(w, http.StatusOK, list)
	return nil
}

func (s *Server) delete(w http.ResponseWriter, r *http.Request) error {
	var req api.DeleteRequest
	if err := decode(w, r, maxBody, &req); err != nil {
		return err
	}
	raw := req.Model
	e, err := s.entry(raw)
	if err != nil {
		return err
	}
	if e.store != s.store {
		return &statusError{http.StatusForbidden, e.shown() + " lies in Ollama's own store; remove it with: ollama rm " + e.shown()}
	}
	if l, ok := e.layer(typeWeights); ok {
		s.pool.unload(l.Digest)
	}
	if err := e.store.remove(e); err != nil {
		return errors.Join(errors.New("delete "+e.shown()), err)
	}
	w.WriteHeader(http.StatusOK)
	return nil
}

// since is a duration that JSON's omitempty does not swallow.
func since(began time.Time) time.Duration { return max(1, time.Since(began)) }
