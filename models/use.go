package models

import (
	"cmp"
	"context"
	"fmt"
	"net/http"

	"github.com/ollama/ollama/api"

	"golocal/internal/remark"
)

// Find returns the installed model of that name. The error wraps ErrNoModel
// when there is none.
func (m *Models) Find(ctx context.Context, name string) (Model, error) {
	var found Model
	err := m.do(ctx, func(c *connection) error {
		model, ok, err := m.installed(ctx, c, name)
		if err == nil && !ok {
			err = remark.Error(ErrNoModel, remark.NoModelNamed, name)
		}
		found = model
		return err
	})
	return found, err
}

// Use makes an installed model the configured one for a job, from now on; ""
// leaves the choice to golocal again. Space and ChatModel may differ
// afterwards: vectors of the old embedding model must not meet the new one's.
//
// The error says why the model cannot do the job; then nothing has changed.
func (m *Models) Use(ctx context.Context, c Capability, name string) error {
	if name != "" {
		if _, err := m.Candidate(ctx, c, name); err != nil {
			return err
		}
	}
	m.mu.Lock()
	if c == Embedding {
		m.o.Embedding = name
	} else {
		m.o.Chat = name
	}
	m.mu.Unlock()
	return m.Refresh(ctx)
}

// Candidate returns an installed model that can do a job, "" for the job that
// the model is made for. The error says why it cannot.
func (m *Models) Candidate(ctx context.Context, c Capability, name string) (Model, error) {
	model, err := m.Find(ctx, name)
	if err != nil {
		return Model{}, err
	}
	return named([]Model{model}, model.Name, cmp.Or(c, model.Capability))
}

// Unload lets the runner drop a model from memory. The next use loads it again.
func (m *Models) Unload(ctx context.Context, name string) error {
	model, err := m.Find(ctx, name)
	if err != nil {
		return err
	}
	stream := false
	m.swaps.forget(model.Name) // that it is loaded anew later is no swap
	return m.do(ctx, func(c *connection) error {
		ctx, cancel := context.WithTimeout(ctx, m.t.query)
		defer cancel()
		// An empty prompt with keep-alive 0 unloads any model, one that only embeds too.
		err := c.client.Generate(ctx, &api.GenerateRequest{Model: model.Name, Stream: &stream, KeepAlive: &api.Duration{}},
			func(api.GenerateResponse) error { return nil })
		if code, _ := status(err); code == http.StatusNotFound {
			return remark.Error(ErrNoModel, remark.NoModelNamed, name)
		}
		if err != nil && !broken(err) {
			return fmt.Errorf("unload %s: %w", model.Name, err)
		}
		return err
	})
}

// choice is the model that Ensure would fetch for a job, "" with an error when
// it cannot be told.
func (m *Models) choice(ctx context.Context, c Capability) (string, error) {
	conn, err := m.ready(ctx)
	if err != nil {
		return "", err
	}
	m.mu.Lock()
	configured := m.o.Embedding
	if c == Chat {
		configured = m.o.Chat
	}
	m.mu.Unlock()
	if configured != "" {
		return importedName(configured), nil
	}
	return defaultModel(conn.kind, c, m.memory), nil
}

// has tells whether a model does the job now.
func (m *Models) has(c Capability) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if c == Embedding {
		return m.embedding.ok
	}
	return m.chat.ok
}
