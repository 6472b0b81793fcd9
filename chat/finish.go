package chat

import (
	"strings"
	"time"

	"golocal"
)

// refuse ends with "your files don't answer this" and the nearest misses.
func (r *run) refuse(why string) error {
	text := r.words.none
	if len(r.found.Hits) == 0 {
		text = r.words.nothing
	}
	r.note(why)
	widen, err := r.widen()
	if err != nil {
		return err
	}
	return r.finish(Answer{Kind: KindNone, Text: text, Verdict: NotAClaim, Widen: widen})
}

// quote ends with the quotes as the answer.
func (r *run) quote() error {
	if len(r.quotes) == 0 {
		return r.refuse(r.words.noSentence)
	}
	return r.finish(Answer{Kind: KindQuotes, Verdict: Supported, Support: 1})
}

// finish completes an answer with what all have, and hands it out.
func (r *run) finish(a Answer) error {
	a.Sources, a.Quotes, a.Reasoning = r.sources, r.quotes, r.reasoning
	if a.Sentences == nil {
		a.Sentences = []Sentence{}
	}
	stale := 0
	for _, q := range r.quotes {
		if q.Citation.State == golocal.Changed || q.Citation.State == golocal.Gone {
			stale++
		}
	}
	if stale > 0 && stale == len(r.quotes) {
		r.note(r.words.stale)
	}
	a.Note, a.Counted = strings.Join(r.notes, "; "), r.counted
	r.ledger.Seconds.Total = time.Since(r.start).Seconds()
	a.Ledger = r.ledger
	r.o.Log.Debug("answered", "kind", a.Kind, "evidence", r.ledger.Evidence, "sources", len(a.Sources), "support", a.Support, "dur", time.Since(r.start))
	return r.emit(a)
}
