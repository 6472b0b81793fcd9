package engine

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/ollama/ollama/api"

	"golocal/engine/runner"
)

const maxMessages = 4096

func (s *Server) chat(w http.ResponseWriter, r *http.Request) error {
	began := time.Now()
	var req api.ChatRequest
	if err := decode(w, r, maxTexts, &req); err != nil {
		return err
	}
	if err := refuse(req.Format, len(req.Tools) > 0, req.Logprobs, req.Messages); err != nil {
		return err
	}
	m, err := s.writer(req.Model, "chat", req.Think)
	if err != nil {
		return err
	}
	opts, err := m.options(req.Options)
	if err != nil {
		return err
	}
	resp := func(reason string) api.ChatResponse {
		return api.ChatResponse{
			Model: req.Model, CreatedAt: time.Now().UTC(), Message: api.Message{Role: "assistant"},
			Done: reason != "", DoneReason: reason,
		}
	}
	if len(req.Messages) == 0 {
		reason, err := s.idle(r.Context(), m, opts.NumCtx, req.KeepAlive)
		if err != nil {
			return err
		}
		writeJSON(w, http.StatusOK, resp(reason))
		return nil
	}

	msgs := append(append([]api.Message{}, m.messages...), req.Messages...)
	if m.system != "" && req.Messages[0].Role != "system" {
		msgs = append([]api.Message{{Role: "system", Content: m.system}}, msgs...)
	}
	think := req.Think
	if think == nil && m.thinks() {
		think = &api.ThinkValue{Value: true}
	}
	render := func(n int) (string, int, bool, error) {
		kept, ok := cut(msgs, n)
		if !ok {
			return "", 0, false, nil
		}
		prompt, err := m.render(kept, think)
		return prompt, nextCut(msgs, n), true, err
	}
	job := writing{
		server: s, model: m, opts: opts, lane: laneOf(r.Header.Get(LaneHeader), laneChat), keep: keepAlive(req.KeepAlive),
		render: render, split: func(prompt string) splitter { return m.splitter(think, prompt, &msgs[len(msgs)-1]) },
		truncate: req.Truncate == nil || *req.Truncate,
	}
	if job.truncate {
		job.first = firstCut(msgs, opts.NumCtx)
	}
	return s.answer(w, r, req.Stream, began, &job, func(p piece, metrics api.Metrics) any {
		a := resp(p.reason)
		a.Message.Content, a.Message.Thinking, a.Metrics = p.content, p.thinking, metrics
		return a
	})
}

// refuse names what the engine has not.
func refuse(format json.RawMessage, tools, logprobs bool, msgs []api.Message) error {
	if f := string(format); f != "" && f != `""` && f != "null" {
		return badRequest("the built-in engine has no structured output: it needs Ollama")
	}
	if tools {
		return badRequest("the built-in engine has no tools: they need Ollama")
	}
	if logprobs {
		return badRequest("the built-in engine gives no logprobs: they need Ollama")
	}
	if len(msgs) > maxMessages {
		return badRequest("at most %d messages in a request", maxMessages)
	}
	for _, m := range msgs {
		switch {
		case len(m.Images) > 0:
			return badRequest("the built-in engine reads no images: they need Ollama")
		case m.Role != "system" && m.Role != "user" && m.Role != "assistant":
			return badRequest("invalid role: %.40q", m.Role)
		}
	}
	return nil
}

// writer finds a model that writes text.
func (s *Server) writer(name, what string, think *api.ThinkValue) (*installed, error) {
	m, err := s.installed(name)
	if err != nil {
		return nil, err
	}
	if m.pools() {
		return nil, badRequest("%q does not support %s", name, what)
	}
	if think != nil && think.Bool() && !m.thinks() {
		return nil, badRequest("%q does not support thinking", name)
	}
	return m, nil
}

// idle handles a request without text: it loads the model, or with a keep-alive
// of 0 lets it go.
func (s *Server) idle(ctx context.Context, m *installed, numCtx int, keep *api.Duration) (reason string, err error) {
	if keep != nil && keep.Duration == 0 {
		s.pool.unload(m.weights.Digest)
		return "unload", nil
	}
	err = s.pool.use(ctx, m, numCtx, keepAlive(keep), func() bool { return false },
		func(runnerProcess, time.Duration) error { return nil })
	return "load", err
}

// writing is one request for text.
type writing struct {
	server *Server
	model  *installed
	opts   api.Options
	lane   lane
	keep   *time.Duration

	// render writes the prompt without the first n messages, and says what to
	// leave out next; ok is false when nothing is left to leave out.
	render   func(n int) (prompt string, next int, ok bool, err error)
	first    int  // messages to leave out at once
	truncate bool // leave out messages when the prompt is too long
	split    func(prompt string) splitter
	restart  func() // forgets what was sent, if that is possible; nil is not
}

// piece is a part of a reply; the last one has a reason.
type piece struct {
	content, thinking, reason string
}

// answer runs the job and sends its pieces: one line each, or together.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, streamed *bool, began time.Time, job *writing, form func(piece, api.Metrics) any) error {
	if streamed != nil && !*streamed {
		var content, thinking strings.Builder
		job.restart = func() { content.Reset(); thinking.Reset() }
		return job.run(r.Context(), began, func(p piece, metrics api.Metrics) error {
			content.WriteString(p.content)
			thinking.WriteString(p.thinking)
			if p.reason != "" {
				writeJSON(w, http.StatusOK, form(piece{content.String(), thinking.String(), p.reason}, metrics))
			}
			return nil
		})
	}
	st := &stream{ResponseWriter: w}
	if err := job.run(r.Context(), began, func(p piece, metrics api.Metrics) error { return st.line(form(p, metrics)) }); err != nil {
		s.fail(st, r, err)
	}
	return nil
}

// run loads the model, waits for the turn, and writes. After a crash it starts
// again if nothing was sent, or that can be forgotten.
func (j *writing) run(ctx context.Context, began time.Time, send func(piece, api.Metrics) error) error {
	sent := false
	return j.server.pool.use(ctx, j.model, j.opts.NumCtx, j.keep, func() bool { return sent && j.restart == nil },
		func(proc runnerProcess, loading time.Duration) error {
			if sent {
				j.restart()
				sent = false
			}
			done, err := j.server.turns.take(ctx, j.lane)
			if err != nil {
				return err
			}
			defer done()
			for n := j.first; ; {
				prompt, next, ok, err := j.render(n)
				if err != nil {
					return err
				}
				if !ok {
					return runner.ErrTooLong
				}
				err = j.server.pool.govern.during(func() error {
					return j.complete(ctx, proc, prompt, func(p piece, m api.Metrics) error {
						sent = true
						if p.reason != "" {
							m.TotalDuration, m.LoadDuration = since(began), loading
						}
						return send(p, m)
					})
				}, proc)
				if !errors.Is(err, runner.ErrTooLong) || !j.truncate || sent {
					return err
				}
				n = next
			}
		})
}

// complete writes the continuation of one prompt.
func (j *writing) complete(ctx context.Context, proc runnerProcess, prompt string, send func(piece, api.Metrics) error) error {
	o := j.opts
	req := runner.CompletionRequest{
		Prompt: prompt, NumCtx: o.NumCtx, NumPredict: o.NumPredict, Temperature: o.Temperature,
		TopK: o.TopK, TopP: o.TopP, MinP: o.MinP, Seed: o.Seed,
		RepeatPenalty: o.RepeatPenalty, RepeatLastN: o.RepeatLastN, Stop: o.Stop,
	}
	split := j.split(prompt)
	ended := false
	for ev, err := range proc.Complete(ctx, req) {
		if err != nil {
			return err
		}
		content, thinking, err := split.add(ev.Text, ev.Done)
		if err != nil {
			return err
		}
		p := piece{content: content, thinking: thinking}
		var metrics api.Metrics
		if ev.Done {
			ended = true
			p.reason = ev.Reason
			metrics = api.Metrics{
				PromptEvalCount: ev.PromptTokens, PromptEvalDuration: seconds(ev.PromptSeconds),
				EvalCount: ev.Tokens, EvalDuration: seconds(ev.Seconds),
			}
		} else if p.content == "" && p.thinking == "" {
			continue // held back until it is clear what it is
		}
		if err := send(p, metrics); err != nil {
			return err
		}
	}
	if !ended {
		return errors.Join(context.Cause(ctx), errors.New("the runner's reply has no end"))
	}
	return nil
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
