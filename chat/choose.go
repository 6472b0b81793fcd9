package chat

import (
	"context"
	"time"

	"golocal"
)

// choose ranks the quotes, judges whether they answer, packs the sources for a
// model where they do, and hands both out.
func (r *run) choose(question string, model Model, generate bool) error {
	start := time.Now()
	hits := r.found.Hits
	if err := r.emit(Status{Phase: PhaseQuotes, Text: r.words.choosing}); err != nil {
		return err
	}
	considered := hits[:min(quoted, len(hits))]
	most := compared
	if generate {
		most = comparedBeside
	}
	best := rank(question, considered, r.grids(), r.similar(question), most)
	if err := r.ctx.Err(); err != nil {
		return err
	}
	r.ledger.Evidence = confidence(r.found.Evidence, best)
	r.ledger.Enough = r.ledger.Evidence >= r.o.Evidence
	if generate && (r.ledger.Enough || r.req.Open) {
		r.pack(question, model)
	}
	r.packed = len(r.sources)
	numbers := make(map[int64]int, len(r.sources))
	for _, s := range r.sources {
		numbers[s.Hit.Chunk.ID] = s.Number
	}
	r.quotes = []Quote{}
	var stale []Quote
	for _, b := range best[:min(2*quotesShown, len(best))] {
		if len(r.quotes) == quotesShown {
			break
		}
		q := b.asQuote(considered, 0)
		if err := r.settle(&q.Citation, considered[b.hit].Doc); err != nil {
			return err
		}
		// A quote that the file has no more goes behind those that it has.
		if q.Citation.State == golocal.Changed || q.Citation.State == golocal.Gone {
			stale = append(stale, q)
		} else {
			r.quotes = append(r.quotes, q)
		}
	}
	r.quotes = append(r.quotes, stale[:min(len(stale), quotesShown-len(r.quotes))]...)
	// What is quoted is a source, also when no model gets it.
	for i := range r.quotes {
		c := &r.quotes[i].Citation
		for _, h := range considered {
			if h.Doc.ID != c.Doc || c.Span.Start < h.Chunk.Span.Start || c.Span.End > h.Chunk.Span.End {
				continue
			}
			n := numbers[h.Chunk.ID]
			if n == 0 {
				n = len(r.sources) + 1
				numbers[h.Chunk.ID] = n
				r.sources = append(r.sources, golocal.Source{Number: n, Hit: h, Text: h.Chunk.Text})
			}
			c.Source = n
			break
		}
	}
	if r.sources == nil {
		r.sources = []golocal.Source{}
	}
	r.ledger.Seconds.Quotes = time.Since(start).Seconds()
	if err := r.emit(Sources{Sources: r.sources, Dropped: r.ledger.Dropped}); err != nil {
		return err
	}
	return r.emit(Quotes{r.quotes})
}

// grids finds the tables that quoted rows stand in.
func (r *run) grids() *grids {
	return &grids{ctx: r.ctx, blocks: r.o.Blocks, known: map[int64][]*grid{}, failed: func(err error) {
		r.o.Log.Warn("read the header of a table", "err", err)
	}}
}

// settle completes a citation: the path for people, and whether the file still
// holds the quote.
func (r *run) settle(c *golocal.Citation, doc golocal.Document) error {
	if r.o.Path != nil {
		c.Path = r.o.Path(c.Ref)
	}
	if r.o.Checker == nil {
		return nil
	}
	key := checkKey{c.Doc, c.Quote}
	state, known := r.checked[key]
	if !known {
		var err error
		state, err = r.o.Checker.Check(r.ctx, doc, c.Quote)
		if r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		if err != nil {
			// Not shown as current what could not be looked at.
			r.o.Log.Warn("check a citation against its file", "doc", doc.ID, "err", err)
			state = golocal.Gone
		}
		r.checked[key] = state
	}
	c.State = state
	return nil
}

type checkKey struct {
	doc   int64
	quote string
}

// similar compares the question's meaning with sentences', or is nil when
// nothing can.
func (r *run) similar(question string) func([]string) []float64 {
	// A search by words only could not embed the question a moment ago.
	if r.o.Embedder == nil || r.found.Note != "" {
		return nil
	}
	return func(texts []string) []float64 {
		if len(texts) == 0 {
			return nil
		}
		q, err := r.o.Embedder.EmbedQuery(r.ctx, question)
		if err == nil {
			var vectors [][]float32
			if vectors, err = r.o.Embedder.EmbedSentences(r.ctx, texts); err == nil && len(vectors) == len(texts) {
				return cosine(q, vectors)
			}
		}
		if r.ctx.Err() == nil {
			r.o.Log.Warn("compare sentences with the question", "err", err, "sentences", len(texts))
		}
		return nil
	}
}

// likeness compares meanings of the answer's own sentences, or is nil when nothing can.
func (r *run) likeness() *likeness {
	if r.o.Embedder == nil || r.found.Note != "" {
		return nil
	}
	return &likeness{vectors: map[unitKey][]float32{}, embed: func(texts []string) [][]float32 {
		vectors, err := r.o.Embedder.EmbedSentences(r.ctx, texts)
		if err != nil && r.ctx.Err() == nil {
			r.o.Log.Warn("compare a sentence with its sources", "err", err, "sentences", len(texts))
		}
		return vectors
	}}
}

// estimate guesses the tokens of a text on the high side: a third of the bytes
// of Latin text, one per character of scripts without spaces.
func estimate(text string) int {
	n, wide := 0, 0
	for _, r := range text {
		if r >= 0x2E80 {
			wide++
		} else {
			n++
		}
	}
	return wide + (n+2)/3
}

// packInOrder takes passages in order while they fit.
func packInOrder(_ context.Context, _ string, hits []golocal.Hit, budget int, count func(string) int) (kept []golocal.Source, dropped []golocal.Dropped) {
	for _, h := range hits {
		n := count(h.Chunk.Text) + count(label(h)) + 4*perMessage
		if n > budget {
			dropped = append(dropped, golocal.Dropped{Chunk: h.Chunk.ID, Doc: h.Doc.ID, Ref: h.Doc.Ref, Tokens: n, Why: "the model's window is full"})
			continue
		}
		budget -= n
		kept = append(kept, golocal.Source{Number: len(kept) + 1, Hit: h, Text: h.Chunk.Text, Tokens: n})
	}
	return kept, dropped
}
