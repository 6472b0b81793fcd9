package main

import (
	"context"
	"iter"

	"golocal"
)

// files is the app as corpus.Catalogue.
type files struct{ a *app }

func (f files) Understand(text string, scope golocal.Scope) (golocal.Query, error) {
	return f.a.retriever.Understand(text, scope)
}

func (f files) Documents(ctx context.Context, scope golocal.Scope) iter.Seq2[golocal.Document, error] {
	return f.a.index.Listing(ctx, scope)
}

func (f files) DocumentByID(ctx context.Context, id int64) (golocal.Document, bool, error) {
	return f.a.index.DocumentByID(ctx, id)
}
