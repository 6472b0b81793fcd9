package engine

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"time"

	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/template"
)

// generate continues one prompt, put into the model's template unless raw.
func (s *Server) generate(w http.ResponseWriter, r *http.Request) error {
	began := time.Now()
	var req api.GenerateRequest
	if err := decode(w, r, maxTexts, &req); err != nil {
		return err
	}
	msgs := []api.Message{{Role: "user", Content: req.Prompt}}
	if len(req.Images) > 0 {
		msgs[0].Images = req.Images
	}
	if err := refuse(req.Format, false, req.Logprobs, msgs); err != nil {
		return err
	}
	switch {
	case req.Suffix != "":
		return badRequest("%q does not support insert", req.Model)
	case len(req.Context) > 0:
		return badRequest("the built-in engine keeps no context between prompts; use /api/chat")
	case req.Raw && (req.Template != "" || req.System != ""):
		return badRequest("raw mode does not support template, system, or context")
	}
	resp := func(reason string) api.GenerateResponse {
		return api.GenerateResponse{Model: req.Model, CreatedAt: time.Now().UTC(), Done: reason != "", DoneReason: reason}
	}
	if req.Prompt == "" && req.KeepAlive != nil && req.KeepAlive.Duration == 0 {
		m, err := s.installed(req.Model) // as in Ollama, models that only embed are let go here too
		if err != nil {
			return err
		}
		s.pool.unload(m.weights.Digest)
		writeJSON(w, http.StatusOK, resp("unload"))
		return nil
	}
	m, err := s.writer(req.Model, "generate", req.Think)
	if err != nil {
		return err
	}
	opts, err := m.options(req.Options)
	if err != nil {
		return err
	}
	if req.Prompt == "" {
		reason, err := s.idle(r.Context(), m, opts.NumCtx, req.KeepAlive)
		if err != nil {
			return err
		}
		writeJSON(w, http.StatusOK, resp(reason))
		return nil
	}

	think := req.Think
	if think == nil && m.thinks() && !req.Raw {
		think = &api.ThinkValue{Value: true}
	}
	if system := cmp.Or(req.System, m.system); system != "" {
		msgs = append([]api.Message{{Role: "system", Content: system}}, msgs...)
	}
	prompt := req.Prompt
	switch {
	case req.Raw:
	case req.Template != "":
		prompt, err = renderWith(req.Template, msgs, think)
	default:
		prompt, err = m.render(msgs, think)
	}
	if err != nil {
		return err
	}
	job := writing{
		server: s, model: m, opts: opts, lane: laneOf(r.Header.Get(LaneHeader), laneChat), keep: keepAlive(req.KeepAlive),
		render: func(n int) (string, int, bool, error) { return prompt, n + 1, n == 0, nil },
		split: func(prompt string) splitter {
			if req.Raw {
				return wholeSplitter{}
			}
			return m.splitter(think, prompt, nil)
		},
	}
	return s.answer(w, r, req.Stream, began, &job, func(p piece, metrics api.Metrics) any {
		a := resp(p.reason)
		a.Response, a.Thinking, a.Metrics = p.content, p.thinking, metrics
		return a
	})
}

// renderWith writes messages with the template of a request.
func renderWith(source string, msgs []api.Message, think *api.ThinkValue) (string, error) {
	t, err := template.Parse(source)
	if err != nil {
		return "", badRequest("template: %v", err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, template.Values{Messages: msgs, Think: think != nil && think.Bool(), IsThinkSet: think != nil}); err != nil {
		return "", fmt.Errorf("write prompt: %w", badRequest("template: %v", err))
	}
	return b.String(), nil
}
