package main

import (
	"context"
	"fmt"
	"iter"
	"time"

	"golocal"
	"golocal/models"
)

// useSpace makes the index want the embedding model in use.
func (a *app) useSpace(ctx context.Context) error {
	space, ok := a.models.Space()
	if !ok {
		return nil
	}
	if now, ok := a.index.Wanted(); (!ok || now != space) && !a.index.ReadOnly() {
		return a.change(func() error { return a.want(ctx) })
	}
	a.setCounter(ctx)
	return nil
}

// change does what may make another space the active or the wanted one, while
// no vectors are made for either.
func (a *app) change(f func() error) error {
	return a.builds.change(func() error { return a.turn.change(f) })
}

// want tells the index which embedding model is in use; within a change.
func (a *app) want(ctx context.Context) error {
	space, ok := a.models.Space()
	if !ok {
		return nil
	}
	if err := a.index.Use(ctx, space); err != nil {
		return err
	}
	a.setCounter(ctx)
	wake(a.builder)
	return nil
}

// setCounter has passages cut by the vocabulary of the active space's model.
func (a *app) setCounter(ctx context.Context) {
	if space, ok := a.index.Space(); ok {
		a.count.set(ctx, a.models.In(space), space.Digest)
	}
}

// live is the app as ingest.Embedder: documents get vectors of the active space.
type live struct{ a *app }

func (l live) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	space, ok := l.a.index.Space()
	if !ok {
		return nil, errNoSpace
	}
	return l.a.models.In(space).Embed(ctx, texts)
}

var errNoSpace = fmt.Errorf("no embedding model is in use yet: %w", golocal.ErrUnavailable)

// asked is the app as retrieve.Embedder: a question is embedded in the space
// that searches compare in.
type asked struct{ a *app }

func (q asked) EmbedQuery(ctx context.Context, text string) (golocal.Vector, error) {
	space, ok := q.a.index.Serving()
	if !ok {
		return golocal.Vector{}, errNoSpace
	}
	embed := q.a.models.In(space).EmbedQuery
	if kept := q.a.c.questions; kept != nil {
		values, err := kept.Embed(ctx, space, text, embed)
		return golocal.Vector{Space: space, Values: values}, err
	}
	values, err := embed(ctx, text)
	return golocal.Vector{Space: space, Values: values}, err
}

// meanings is the app as chat.Embedder, with the model that questions need anyway.
type meanings struct{ a *app }

func (m meanings) embedder() (models.Embedder, error) {
	space, ok := m.a.index.Serving()
	if !ok {
		return models.Embedder{}, errNoSpace
	}
	return m.a.models.In(space), nil
}

func (m meanings) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	e, err := m.embedder()
	if err != nil {
		return nil, err
	}
	return e.EmbedQuery(ctx, text)
}

func (m meanings) EmbedSentences(ctx context.Context, texts []string) ([][]float32, error) {
	e, err := m.embedder()
	if err != nil {
		return nil, err
	}
	return e.EmbedSentences(ctx, texts)
}

// catalogue is the index as watch.Catalogue. A document that another version of
// the parsers or the chunker made looks changed, so that its file is read again;
// until that is done it answers as it is.
type catalogue struct{ a *app }

func (c catalogue) Documents(ctx context.Context, root int64, folder string) iter.Seq2[golocal.Document, error] {
	return func(yield func(golocal.Document, error) bool) {
		for d, err := range c.a.index.Standings(ctx, root, folder) {
			if err == nil && (d.State != golocal.StateSkipped || d.Sum != golocal.Sum{}) && !c.a.ingester.Current(d) {
				d.Size, d.Modified = -1, time.Time{}
			}
			if !yield(d, err) {
				return
			}
		}
	}
}
