package runs

import (
	"slices"
	"strings"

	"golocal/chat"
)

// draft gathers an answer from its events, so that one that is broken off is kept
// as far as it got.
type draft struct {
	whole     *chat.Answer
	stopped   chat.Stopped // what there is before it
	said      strings.Builder
	reasoning strings.Builder
}

func (d *draft) add(e chat.Event) {
	s := &d.stopped
	switch e := e.(type) {
	case chat.Standalone:
		s.Question = e.Text
	case chat.Found:
		s.Evidence, s.Enough = e.Evidence, e.Enough
		if s.Question == "" {
			s.Question = e.Query
		}
	case chat.Sources:
		s.Sources = e
	case chat.Quotes:
		s.Quotes = slices.Clone(e.Quotes)
	case chat.Token:
		d.said.WriteString(e.Text)
	case chat.Reasoning:
		d.reasoning.WriteString(e.Text)
	case chat.Sentence:
		s.Sentences = append(s.Sentences, e)
	case chat.Answer:
		d.whole = &e
		if s.Question == "" {
			s.Question = e.Ledger.Question
		}
	}
}

// answer is the answer so far; nil where there is nothing of it.
func (d *draft) answer() *chat.Answer {
	if d.whole != nil {
		return d.whole
	}
	s := d.stopped
	s.Written, s.Reasoning = d.said.String(), d.reasoning.String()
	return s.Answer()
}
