// Package retrieve finds the passages that answer a question: by words and by
// meaning at once, fused, with a calibrated guess whether they answer it at all.
// It reads; it never writes.
package retrieve

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"golocal"
	"golocal/internal/remark"
)

// Embedder turns a question into a vector of the space that Searcher compares
// in. A golocal.ErrUnavailable that has a method Reason() string is shown to the
// user by that reason.
type Embedder interface {
	EmbedQuery(ctx context.Context, text string) (golocal.Vector, error)
}

// Searcher is the index as retrieve sees it: the two legs, best first, and the
// passages behind their ids. Lookup keeps the order of ids and leaves out those
// that have vanished.
type Searcher interface {
	Nearest(ctx context.Context, question golocal.Vector, k int, scope golocal.Scope) ([]golocal.Match, error)
	Match(ctx context.Context, query string, k int, scope golocal.Scope) ([]golocal.Match, error)
	Lookup(ctx context.Context, ids []int64) ([]golocal.Hit, error)
}

// Rarity tells in how many of total passages each word occurs.
type Rarity interface {
	Frequency(ctx context.Context, words []string) (counts []int, total int, err error)
}

// Speller finds the word of the files that is most like one that they do not
// have; ok is false where none is near.
type Speller interface {
	Near(ctx context.Context, word string) (near string, ok bool, err error)
}

// Options are what a Retriever works with.
type Options struct {
	Searcher     Searcher
	Embedder     Embedder                                 // nil: by words only
	Rarity       Rarity                                   // nil: every word of a question weighs the same
	Depth        int                                      // hits taken from each leg; 0 is 100
	Weight       float64                                  // of the keyword leg, 0 to 1, in choosing the passages that are looked at whole; 0 is .5
	Spread       func(golocal.Space) float64              // of a space's cosines: what the vector leg counts as much as the keyword leg's whole range; nil or 0 takes it from each question's own
	PerDoc       int                                      // passages of one document before it lets others pass; 0 is 3, below 0 no limit
	Threshold    float64                                  // evidence from which there is Enough, 0 to 1; 0 is Threshold
	Surroundings Surroundings                             // nil: sources are the passages alone
	Vectors      Vectors                                  // nil: nothing is known of stored vectors
	Speller      Speller                                  // nil: a word that no file has finds nothing
	Scopes       func(name string) (text string, ok bool) // saved ones, as in:NAME; nil for none
	Now          func() time.Time                         // for "last week"; nil is time.Now
	Patience     time.Duration                            // longest wait for the question's vector before going by words only; 0 is 10 s
	Observe      func(Features)                           // is given what each search's evidence comes from; may be nil
	Log          *slog.Logger
}

// Retriever searches. It is safe for concurrent use.
type Retriever struct{ o Options }

// New returns a Retriever over o.Searcher.
func New(o Options) *Retriever {
	if o.Depth == 0 {
		o.Depth = 100
	}
	if o.PerDoc == 0 {
		o.PerDoc = 3
	}
	if o.Weight == 0 {
		o.Weight = .5
	}
	if o.Threshold == 0 {
		o.Threshold = Threshold
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Patience == 0 {
		o.Patience = 10 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Retriever{o}
}

// Retrieve returns the n best passages for what a text asks (see Analyse) within
// scope, and how likely they answer it. Without an embedding model it searches by
// words only and says so in Note. Where a date guessed from plain words, a phrase
// or a misspelt word leaves nothing to find, it searches without, or for the
// nearest word, and says so in Asked. Errors are the index's, or ctx's.
func (r *Retriever) Retrieve(ctx context.Context, query string, scope golocal.Scope, n int) (golocal.Found, error) {
	start := time.Now()
	found := golocal.Found{Query: strings.TrimSpace(query), Hits: []golocal.Hit{}}
	if n <= 0 {
		n = 10
	}
	s, err := r.ask(ctx, found.Query, scope, n)
	found.Asked = s.asked
	if err != nil || s.nothing.Code != "" {
		found.Remark, found.Note = s.nothing, remark.Say("en", s.nothing)
		return found, err
	}
	if r.o.Observe != nil {
		r.o.Observe(s.features)
	}
	found.Remark, found.Note, found.Evidence = s.legs.note, remark.Say("en", s.legs.note), Evidence(s.features)
	found.Enough = len(s.hits) > 0 && found.Evidence >= r.o.Threshold
	found.Hits = append(found.Hits, s.hits[:min(n, len(s.hits))]...)
	took := time.Since(start)
	found.Seconds = took.Seconds()
	r.o.Log.Debug("searched", "keyword", len(s.legs.keyword), "dense", len(s.legs.dense), "hits", len(found.Hits), "evidence", found.Evidence, "dur", took)
	return found, nil
}

type legs struct {
	keyword, dense []golocal.Match
	question       golocal.Vector // none where the vector leg was not searched
	note           golocal.Remark
}

// search runs both legs at the same time.
func (r *Retriever) search(ctx context.Context, query string, scope golocal.Scope) (legs, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var l legs
	var keywordErr, denseErr error
	var wg sync.WaitGroup
	wg.Go(func() {
		if l.keyword, keywordErr = r.o.Searcher.Match(ctx, Keywords(query), r.o.Depth, scope); keywordErr != nil {
			cancel()
		}
	})
	l.dense, l.question, l.note, denseErr = r.dense(ctx, query, scope)
	if denseErr != nil {
		cancel()
	}
	wg.Wait()
	if err := errors.Join(keywordErr, denseErr); err != nil {
		// The leg that failed first cancelled the other: its error is the cause.
		if keywordErr != nil && !errors.Is(keywordErr, context.Canceled) {
			err = keywordErr
		} else if denseErr != nil && !errors.Is(denseErr, context.Canceled) {
			err = denseErr
		}
		return l, err
	}
	if l.note.Code == "" && query != "" && len(l.dense) == 0 && len(l.keyword) > 0 {
		l.note = remark.New(remark.NoVectors)
	}
	return l, nil
}

// dense runs the vector leg. A question that cannot be embedded is no error:
// the note says why there are no hits.
func (r *Retriever) dense(ctx context.Context, query string, scope golocal.Scope) ([]golocal.Match, golocal.Vector, golocal.Remark, error) {
	var none golocal.Vector
	if query == "" { // nothing but conditions
		return nil, none, golocal.Remark{}, nil
	}
	if r.o.Embedder == nil {
		return nil, none, remark.New(remark.NoEmbedder), nil
	}
	found, question, note, err := r.compare(ctx, query, scope)
	if errors.Is(err, golocal.ErrUnavailable) && ctx.Err() == nil {
		// Another space took over since the question was embedded.
		found, question, note, err = r.compare(ctx, query, scope)
	}
	if errors.Is(err, golocal.ErrUnavailable) && ctx.Err() == nil {
		return nil, none, remark.New(remark.VectorsBusy), nil
	}
	return found, question, note, err
}

// compare embeds the question and searches its neighbours.
func (r *Retriever) compare(ctx context.Context, query string, scope golocal.Scope) ([]golocal.Match, golocal.Vector, golocal.Remark, error) {
	embedding, cancel := context.WithTimeout(ctx, r.o.Patience)
	defer cancel()
	question, err := r.o.Embedder.EmbedQuery(embedding, query)
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return nil, question, golocal.Remark{}, ctx.Err()
	case errors.Is(err, golocal.ErrUnavailable):
		return nil, question, unavailable(err), nil
	case embedding.Err() != nil:
		r.o.Log.Warn("embed a question: too slow", "patience", r.o.Patience)
		return nil, question, remark.New(remark.EmbedderSlow, r.o.Patience), nil
	default:
		r.o.Log.Warn("embed a question", "err", err)
		return nil, question, remark.New(remark.EmbedderFailed, err), nil
	}
	found, err := r.o.Searcher.Nearest(ctx, question, r.o.Depth, scope)
	return found, question, golocal.Remark{}, err
}

// unavailable says why a question cannot be embedded.
func unavailable(err error) golocal.Remark {
	var why interface{ Reason() string }
	if errors.As(err, &why) {
		said := remark.By(err)
		if said.Code == "" {
			said = remark.AsIs(why.Reason())
		}
		return remark.New(remark.Unembedded, said)
	}
	return remark.New(remark.NoRunner)
}

// lookup fetches the passages; those that vanished since the legs ran are left out.
func (r *Retriever) lookup(ctx context.Context, ranked []scored) ([]golocal.Hit, error) {
	ids := make([]int64, len(ranked))
	at := make(map[int64]scored, len(ranked))
	for i, s := range ranked {
		ids[i], at[s.chunk] = s.chunk, s
	}
	if len(ids) == 0 {
		return nil, nil
	}
	hits, err := r.o.Searcher.Lookup(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i := range hits {
		s := at[hits[i].Chunk.ID]
		hits[i].Score, hits[i].Parts = s.score, s.parts
	}
	return hits, nil
}
