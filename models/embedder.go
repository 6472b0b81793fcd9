package models

import (
	"context"
	"time"

	"golocal"
	"golocal/internal/remark"
)

// Embedder makes vectors of one space. It is ready for use as long as its
// Models is.
type Embedder struct {
	m  *Models
	of func(context.Context) (Model, error) // whose vectors they are
}

// In makes vectors of a space that need not be Space: of the index that still
// answers while another model's is built. The error of its methods is a *Gone
// when the space's model is not installed any more.
func (m *Models) In(s golocal.Space) Embedder {
	return Embedder{m, func(ctx context.Context) (Model, error) { return m.modelOf(ctx, s) }}
}

// used makes vectors of Space.
func (m *Models) used() Embedder { return Embedder{m, m.embedder} }

// Embed is Embedder.Embed in Space.
func (m *Models) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	return m.used().Embed(ctx, texts)
}

// EmbedQuery is Embedder.EmbedQuery in Space.
func (m *Models) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	return m.used().EmbedQuery(ctx, text)
}

// EmbedSentences is Embedder.EmbedSentences in Space.
func (m *Models) EmbedSentences(ctx context.Context, texts []string) ([][]float32, error) {
	return m.used().EmbedSentences(ctx, texts)
}

// Counter is Embedder.Counter of the embedding model in use.
func (m *Models) Counter(ctx context.Context) (func(string) int, error) {
	return m.used().Counter(ctx)
}

// Model is the installed model whose vectors these are.
func (to Embedder) Model(ctx context.Context) (Model, error) { return to.of(ctx) }

// Gone says that the model of a space is not installed any more: nobody can
// embed a question in it. It is a golocal.ErrUnavailable.
type Gone struct{ Model string }

// Reason is one line for the user.
func (g *Gone) Reason() string {
	return remark.Say("en", g.Remark())
}

// Remark is the reason in all languages.
func (g *Gone) Remark() golocal.Remark { return remark.New(remark.ModelGone, g.Model) }

func (g *Gone) Error() string { return g.Reason() }

// Is makes every Gone a golocal.ErrUnavailable.
func (g *Gone) Is(target error) bool { return target == golocal.ErrUnavailable }

// makes reports whether a model has the weights of a space.
func makes(e Model, s golocal.Space) bool {
	if s.Digest == "" {
		return e.Digest == "" && sameModel(e.Name, s.Model)
	}
	return e.Digest == s.Digest
}

// checked is a model that was installed at that time.
type checked struct {
	model Model
	at    time.Time
}

// modelOf finds the installed model whose vectors those of a space are. It
// has the space's prefixes, whatever the config says by now.
func (m *Models) modelOf(ctx context.Context, s golocal.Space) (Model, error) {
	m.mu.Lock()
	used, other := m.embedding, m.others[s]
	m.mu.Unlock()
	if used.ok && makes(used.model, s) && used.model.QueryPrefix == s.QueryPrefix && used.model.DocumentPrefix == s.DocumentPrefix {
		e, err := m.embedder(ctx)
		if err == nil && !makes(e, s) {
			err = ErrModelChanged
		}
		return e, err
	}
	if time.Since(other.at) < m.t.recheck {
		return other.model, nil
	}
	err := m.do(ctx, func(c *connection) error {
		installed, err := m.list(ctx, c)
		if err != nil {
			return err
		}
		for _, e := range installed {
			if e.Capability == Embedding && e.Refused == "" && e.Dims == s.Dims && makes(e, s) {
				e.QueryPrefix, e.DocumentPrefix = s.QueryPrefix, s.DocumentPrefix
				other = checked{e, time.Now()}
				return nil
			}
		}
		return &Gone{s.Model}
	})
	if err != nil {
		return Model{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.others[s] = other
	return other.model, nil
}
