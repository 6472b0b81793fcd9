package models

import (
	"cmp"
	"context"

	"github.com/ollama/ollama/api"

	"golocal"
	"golocal/internal/remark"
)

// Runner is who runs the models.
type Runner struct {
	Kind        string           `json:"kind"`              // "ollama", "engine" or "none"
	Address     string           `json:"address,omitempty"` // URL of an Ollama, path of the engine's socket
	Version     string           `json:"version,omitempty"`
	Build       string           `json:"build,omitempty"`     // of the engine: what it was compiled for
	Reason      string           `json:"reason,omitempty"`    // why there is none
	NextStep    string           `json:"next_step,omitempty"` // what to do about it
	Remark      golocal.Remark   `json:"remark,omitzero"`     // Reason
	NextRemark  golocal.Remark   `json:"next_remark,omitzero"`
	OllamaStore string           `json:"ollama_store,omitempty"` // folder of Ollama's own models that the engine uses too
	Restarts    int              `json:"restarts"`               // of the engine since Open
	Notes       []string         `json:"notes,omitempty"`        // what the user should know, one line each
	Remarks     []golocal.Remark `json:"remarks,omitempty"`      // Notes, one by one
}

// InUse is the model that does one job, or why none does.
type InUse struct {
	Model      string         `json:"model,omitempty"`
	Reason     string         `json:"reason,omitempty"`
	NextStep   string         `json:"next_step,omitempty"`
	Remark     golocal.Remark `json:"remark,omitzero"` // Reason
	NextRemark golocal.Remark `json:"next_remark,omitzero"`
	Tiny       bool           `json:"tiny,omitempty"`
	Window     int            `json:"window,omitempty"` // largest context that the chat model is asked for, tokens
	Note       string         `json:"note,omitempty"`
	NoteRemark golocal.Remark `json:"note_remark,omitzero"`
}

// Status is the state of runner and models.
type Status struct {
	Runner    Runner         `json:"runner"`
	Embedding InUse          `json:"embedding"`
	Chat      InUse          `json:"chat"`
	Space     *golocal.Space `json:"space,omitempty"`
	Memory    int64          `json:"memory"` // of this machine, bytes; 0 when unknown
	Models    []Model        `json:"models"` // by name
	Swaps     Swaps          `json:"swaps"`
}

// Runner says who runs the models now, without asking anybody.
func (m *Models) Runner() Runner {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.runnerLocked()
}

func (m *Models) runnerLocked() Runner {
	r := Runner{Kind: "none", Restarts: m.restarts}
	for _, n := range m.notes {
		r.say(n)
	}
	switch {
	case m.conn != nil:
		r.Kind, r.Address, r.Version, r.Build = m.conn.kind, m.conn.at.String(), m.conn.version, m.conn.build
		r.OllamaStore = m.conn.theirs
	case m.why != nil:
		r.Reason, r.NextStep, r.Remark, r.NextRemark = m.why.Reason, m.why.Next, m.why.Why, m.why.Then
	default:
		r.Remark = remark.New(remark.Shutting)
		r.Reason = remark.Say("en", r.Remark)
	}
	return r
}

// say adds a note.
func (r *Runner) say(note golocal.Remark) {
	r.Notes, r.Remarks = append(r.Notes, remark.Say("en", note)), append(r.Remarks, note)
}

// Status asks the runner for its models and what is loaded. That nobody
// answers is part of the Status; the error is ctx's.
func (m *Models) Status(ctx context.Context) (Status, error) {
	var models []Model
	var loaded running
	err := m.do(ctx, func(c *connection) error {
		ctx, cancel := context.WithTimeout(ctx, m.t.query)
		defer cancel()
		var err error
		if models, err = m.list(ctx, c); err != nil {
			return err
		}
		if loaded, err = m.running(ctx, c); err != nil {
			return err
		}
		markLoaded(models, loaded.Models)
		m.placeAll(ctx, c, models)
		return nil
	})
	if ctx.Err() != nil {
		return Status{}, ctx.Err()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range models {
		models[i].Speed = m.speeds.of(models[i].Name)
	}
	s := Status{Runner: m.runnerLocked(), Memory: m.memory, Models: models}
	var own *engineCounts
	if s.Runner.Kind == "engine" {
		own = &loaded.engineCounts
	}
	s.Swaps = m.swaps.total(own, [2]string{m.embedding.model.Name, m.chat.model.Name})
	if err != nil && m.conn != nil {
		s.Runner.say(remark.Of(err))
	}
	s.Embedding = inUse(m.embedding, Embedding)
	s.Chat = inUse(m.chat, Chat)
	if m.embedding.ok {
		sp := space(m.embedding.model)
		s.Space = &sp
		s.Embedding.Note, s.Embedding.NoteRemark = m.embedding.model.Note, m.embedding.model.NoteRemark
	}
	if m.chat.ok {
		s.Chat.Window = m.sizing(m.chat.model).limit()
		if s.Chat.Tiny = m.chat.model.Tiny; s.Chat.Tiny {
			s.Chat.NoteRemark = remark.New(remark.TinyModel)
			s.Chat.Note = remark.Say("en", s.Chat.NoteRemark)
		}
	}
	return s, nil
}

func inUse(u use, want Capability) InUse {
	if u.ok {
		return InUse{Model: u.model.Name}
	}
	if u.why == nil {
		return InUse{Reason: remark.Text(remark.NoRunnerAtAll), Remark: remark.New(remark.NoRunnerAtAll)}
	}
	n := noModel(u.why, want)
	return InUse{Reason: n.Reason, NextStep: n.Next, Remark: n.Why, NextRemark: n.Then}
}

// markLoaded notes which models are in memory.
func markLoaded(models []Model, loaded []api.ProcessModelResponse) {
	for _, p := range loaded {
		for i := range models {
			if !sameModel(models[i].Name, cmp.Or(p.Name, p.Model)) {
				continue
			}
			models[i].Loaded = true
			models[i].Memory, models[i].VRAM = p.Size, p.SizeVRAM
			models[i].LoadedContext = p.ContextLength
			models[i].Expires = p.ExpiresAt
		}
	}
}
