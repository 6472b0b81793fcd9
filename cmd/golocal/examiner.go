package main

import (
	"context"
	"path"
	"strings"

	"golocal"
	"golocal/chat/history"
	"golocal/internal/place"
)

// examiner tells how citations stand to the files now. It serves one request: what
// it has read of a file is not read twice.
type examiner struct {
	a    *app
	read map[golocal.Ref]*reading
}

// reading is a file as it is now.
type reading struct {
	doc     golocal.Document // with its text
	indexed bool
	differs bool // the file is another than doc: too large to be read at once
}

func newExaminer(a *app) *examiner { return &examiner{a, map[golocal.Ref]*reading{}} }

// movedLooks bounds how many files are read to find one that was moved.
const movedLooks = 20

// Examine implements history.Examiner.
func (e *examiner) Examine(ctx context.Context, c golocal.Citation) (golocal.Citation, error) {
	c.Now = nil
	r, err := e.file(ctx, c.Ref)
	if err != nil {
		return c, err
	}
	if !r.indexed {
		return e.elsewhere(ctx, c)
	}
	if r.differs {
		c.State, err = e.a.ingester.Check(ctx, r.doc, c.Quote)
		if err == nil && c.State == golocal.Gone {
			return e.elsewhere(ctx, c)
		}
		return c, err
	}
	span, same, ok := history.Relocate(r.doc.Text, c.Quote, c.Span.Start)
	c.State = golocal.Changed
	if same {
		c.State = golocal.Current
	}
	if now := standing(e.a, r.doc, span); ok && (!same || now.Place != c.Place) {
		c.Now = &now
	}
	return c, nil
}

// file reads what is known of a file, which is read anew first where it was
// changed a moment ago.
func (e *examiner) file(ctx context.Context, ref golocal.Ref) (*reading, error) {
	if r := e.read[ref]; r != nil {
		return r, nil
	}
	r := &reading{}
	doc, ok, err := e.a.index.Document(ctx, ref)
	if err != nil {
		return nil, err
	}
	if ok && e.a.differs(doc) && e.a.refresh(ctx, []golocal.Ref{ref}) {
		if doc, ok, err = e.a.index.Document(ctx, ref); err != nil {
			return nil, err
		}
	}
	if ok && doc.State == golocal.StateReady {
		if r.doc, r.indexed, err = e.a.index.DocumentByID(ctx, doc.ID); err != nil {
			return nil, err
		}
		r.differs = e.a.other(r.doc)
	}
	e.read[ref] = r
	return r, nil
}

// elsewhere looks for a quote whose file is gone in files of the same name, and
// in those that have come since.
func (e *examiner) elsewhere(ctx context.Context, c golocal.Citation) (golocal.Citation, error) {
	c.State = golocal.Gone
	looks := 0
	for doc, err := range e.a.index.Documents(ctx, 0) {
		if err != nil {
			return c, err
		}
		if doc.State != golocal.StateReady || doc.Ref == c.Ref || path.Base(doc.Ref.Path) != path.Base(c.Ref.Path) && doc.ID <= c.Doc {
			continue // a file that was moved is a new document
		}
		if looks++; looks > movedLooks {
			return c, nil
		}
		whole, ok, err := e.a.index.DocumentByID(ctx, doc.ID)
		if err != nil {
			return c, err
		}
		at := strings.Index(whole.Text, c.Quote)
		if !ok || at < 0 || c.Quote == "" {
			continue
		}
		now := standing(e.a, whole, golocal.Span{Start: at, End: at + len(c.Quote)})
		c.State, c.Now = golocal.Moved, &now
		return c, nil
	}
	return c, nil
}

func standing(a *app, doc golocal.Document, s golocal.Span) golocal.Standing {
	return golocal.Standing{Doc: doc.ID, Ref: doc.Ref, Path: a.path(doc.Ref), Place: place.NewRuler(doc.Marks, doc.Text).Of(s), Span: s, Quote: doc.Text[s.Start:s.End]}
}
