package corpus

import (
	"context"
	"fmt"

	"golocal"
	"golocal/internal/place"
)

const (
	sentencesOfOne = 6  // of a summary of one file
	filesQuoted    = 30 // of a folder, with a sentence each
)

// Chosen are the files that a summary or a comparison is of.
func (a Answerer) Chosen(ctx context.Context, q Question) ([]golocal.Document, Coverage, error) {
	docs, cover, err := a.choose(ctx, q)
	if len(q.Names) > 1 && len(docs) == len(q.Names) && docs[0].ID != q.Names[0].ID {
		docs[0], docs[1] = docs[1], docs[0]
	}
	return docs, cover, err
}

// summary quotes the sentences that say most of a file, or one of each file of a
// folder.
func (a Answerer) summary(ctx context.Context, q Question) (Result, error) {
	docs, cover, err := a.Chosen(ctx, q)
	r := Result{Task: Summary, Coverage: cover}
	if err != nil {
		return r, err
	}
	n := sentencesOfOne
	if len(docs) > 1 {
		n = 1
	}
	without := 0
	for i, d := range docs {
		if d.State != golocal.StateReady {
			continue
		}
		if a.Progress != nil && len(docs) > 1 {
			if err := a.Progress(i+1, len(docs)); err != nil {
				return r, err
			}
		}
		if len(r.Items) >= filesQuoted && len(docs) > 1 {
			continue
		}
		doc, ok, err := a.Catalogue.DocumentByID(ctx, d.ID)
		if err != nil {
			return r, err
		}
		list := sentencesOf(doc, 5)
		if len(list) < n {
			list = sentencesOf(doc, 3)
		}
		if !ok || len(list) == 0 {
			without++
			continue
		}
		weigh(list)
		ruler := place.NewRuler(doc.Marks, doc.Text)
		for _, s := range central(list, n) {
			it := s.item(doc, ruler)
			if len(docs) > 1 {
				it.Text = a.path(doc, docs) + ": " + it.Text
			}
			r.Items = append(r.Items, it)
		}
	}
	r.Total = len(r.Items)
	switch {
	case len(docs) == 1 && r.Total > 0:
		r.Text = fmt.Sprintf(q.words().saysMost, a.path(docs[0], docs))
	case r.Total > 0:
		r.Text = fmt.Sprintf(q.words().saysMostEach, q.words().amount(r.Total, "file"))
	default:
		r.Text = q.words().noText
	}
	if without > 0 {
		r.Notes = append(r.Notes, fmt.Sprintf(q.words().without, q.words().amount(without, "file")))
	}
	if len(docs) > filesQuoted {
		r.Notes = append(r.Notes, fmt.Sprintf(q.words().firstQuoted, filesQuoted))
	}
	return r, nil
}
