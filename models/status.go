package models

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/ollama/ollama/api"

	"golocal"
)

// Runner is who runs the models.
type Runner struct {
	Kind     string   `json:"kind"`              // "ollama", "engine" or "none"
	Address  string   `json:"address,omitempty"` // URL of an Ollama, path of the engine's socket
	Version  string   `json:"version,omitempty"`
	Build    string   `json:"build,omitempty"`     // of the engine: what it was compiled for
	Reason   string   `json:"reason,omitempty"`    // why there is none
	NextStep string   `json:"next_step,omitempty"` // what to do about it
	Restarts int      `json:"restarts"`            // of the engine since Open
	Notes    []string `json:"notes,omitempty"`     // what the user should know, one line each
}

// InUse is the model that does one job, or why none does.
type InUse struct {
	Model    string `json:"model,omitempty"`
	Reason   string `json:"reason,omitempty"`
	NextStep string `json:"next_step,omitempty"`
	Tiny     bool   `json:"tiny,omitempty"`
	Window   int    `json:"window,omitempty"` // of the chat model, tokens
	Note     string `json:"note,omitempty"`
}

// Status is the state of runner and models.
type Status struct {
	Runner    Runner         `json:"runner"`
	Embedding InUse          `json:"embedding"`
	Chat      InUse          `json:"chat"`
	Space     *golocal.Space `json:"space,omitempty"`
	Memory    int64          `json:"memory"` // of this machine, bytes; 0 when unknown
	Models    []Model        `json:"models"` // by name
}

// Runner says who runs the models now, without asking anybody.
func (m *Models) Runner() Runner {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.runnerLocked()
}

func (m *Models) runnerLocked() Runner {
	r := Runner{Kind: "none", Restarts: m.restarts, Notes: slices.Clone(m.notes)}
	switch {
	case m.conn != nil:
		r.Kind, r.Address, r.Version, r.Build = m.conn.kind, m.conn.at.String(), m.conn.version, m.conn.build
	case m.why != nil:
		r.Reason, r.NextStep = m.why.Reason, m.why.Next
	default:
		r.Reason = "golocal is shutting down"
	}
	return r
}

// Status asks the runner for its models and what is loaded. That nobody
// answers is part of the Status; the error is ctx's.
func (m *Models) Status(ctx context.Context) (Status, error) {
	var models []Model
	err := m.do(ctx, func(c *connection) error {
		ctx, cancel := context.WithTimeout(ctx, m.t.query)
		defer cancel()
		var err error
		if models, err = m.list(ctx, c); err != nil {
			return err
		}
		ps, err := c.client.ListRunning(ctx)
		if err != nil {
			return fmt.Errorf("list loaded models: %w", err)
		}
		markLoaded(models, ps.Models)
		return nil
	})
	if ctx.Err() != nil {
		return Status{}, ctx.Err()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	s := Status{Runner: m.runnerLocked(), Memory: m.memory, Models: models}
	if err != nil && m.conn != nil {
		s.Runner.Notes = append(s.Runner.Notes, err.Error())
	}
	s.Embedding = inUse(m.embedding, Embedding)
	s.Chat = inUse(m.chat, Chat)
	if m.embedding.ok {
		sp := space(m.embedding.model)
		s.Space = &sp
		s.Embedding.Note = m.embedding.model.Note
	}
	if m.chat.ok {
		s.Chat.Window = window(m.chat.model, m.memory)
		if s.Chat.Tiny = m.chat.model.Tiny; s.Chat.Tiny {
			s.Chat.Note = "a model this small makes things up: quotes from the files are the default answer"
		}
	}
	return s, nil
}

func inUse(u use, want Capability) InUse {
	if u.ok {
		return InUse{Model: u.model.Name}
	}
	if u.why == nil {
		return InUse{Reason: "no model runner"}
	}
	n := noModel(u.why, want)
	return InUse{Reason: n.Reason, NextStep: n.Next}
}

// markLoaded notes which models are in memory, and where.
func markLoaded(models []Model, running []api.ProcessModelResponse) {
	for _, p := range running {
		for i := range models {
			if !sameModel(models[i].Name, cmp.Or(p.Name, p.Model)) {
				continue
			}
			models[i].Loaded = true
			models[i].Where = where(p.Size, p.SizeVRAM)
			models[i].Memory, models[i].VRAM = p.Size, p.SizeVRAM
			models[i].LoadedContext = p.ContextLength
			models[i].Expires = p.ExpiresAt
		}
	}
}

// where says how much of a loaded model lies in GPU memory.
func where(size, vram int64) string {
	switch {
	case vram <= 0 || size <= 0:
		return "CPU"
	case vram >= size:
		return "100 % GPU"
	}
	percent := min(max(int(float64(vram)/float64(size)*100+0.5), 1), 99)
	if size < 1e9 {
		return fmt.Sprintf("%d %% GPU: %.0f of %.0f MB", percent, float64(vram)/1e6, float64(size)/1e6)
	}
	return fmt.Sprintf("%d %% GPU: %.1f of %.1f GB", percent, float64(vram)/1e9, float64(size)/1e9)
}
