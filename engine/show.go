package engine

import (
	"maps"
	"net/http"
	"strings"

	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/fs/ggml"
)

func (s *Server) show(w http.ResponseWriter, r *http.Request) error {
	var req api.ShowRequest
	if err := decode(w, r, maxBody, &req); err != nil {
		return err
	}
	raw := req.Model
	e, err := s.entry(raw)
	if err != nil {
		return err
	}
	c, err := e.config()
	if err != nil {
		return err
	}
	if c.RemoteHost != "" { // told, so that callers can refuse it; never run
		writeJSON(w, http.StatusOK, api.ShowResponse{
			RemoteHost: c.RemoteHost, RemoteModel: c.RemoteModel, Details: details(c),
			ModelInfo: map[string]any{}, ModifiedAt: e.modified,
		})
		return nil
	}
	m, err := s.installed(raw)
	if err != nil {
		return err
	}
	kv, tensors := m.kv, m.tensors
	if req.Verbose {
		g, err := readGGUF(m.path, -1)
		if err != nil {
			return err
		}
		kv, tensors = g.KV(), g.Tensors()
	}
	resp := api.ShowResponse{
		License: strings.Join(m.license, "\n"), System: m.system, Template: m.template.String(),
		Parameters: m.parameters(""), Modelfile: m.modelfile(), Messages: m.messages,
		Details: details(m.config), Capabilities: m.capabilities(), ModifiedAt: m.modified,
		Requires: m.config.Requires, Renderer: m.config.Renderer, Parser: m.config.Parser,
		ModelInfo: facts(kv),
	}
	if req.Verbose {
		for _, t := range tensors.Items() {
			resp.Tensors = append(resp.Tensors, api.Tensor{Name: t.Name, Type: t.Type(), Shape: t.Shape})
		}
	}
	writeJSON(w, http.StatusOK, resp)
	return nil
}

// facts are a GGUF's keys as "show" gives them: arrays that were not kept are
// null, and two keys that only repeat other fields are left out.
func facts(kv ggml.KV) map[string]any {
	f := maps.Clone(map[string]any(kv))
	delete(f, "general.name")
	delete(f, "tokenizer.chat_template")
	return f
}
