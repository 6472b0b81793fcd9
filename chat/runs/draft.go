package runs

import (
	"fmt"
	"slices"
	"strings"

	"golocal"
	"golocal/chat"
)

// draft gathers an answer from its events, so that one that is broken off is kept
// as far as it got.
type draft struct {
	whole      *chat.Answer
	standalone string
	sources    chat.Sources
	quotes     []chat.Quote
	found      bool
	evidence   float64
	enough     bool
	sentences  []chat.Sentence
	checked    int // of said: bytes that sentences have taken
	said       strings.Builder
	reasoning  strings.Builder
}

func (d *draft) add(e chat.Event) {
	switch e := e.(type) {
	case chat.Standalone:
		d.standalone = e.Text
	case chat.Found:
		d.found, d.evidence, d.enough = true, e.Evidence, e.Enough
		if d.standalone == "" {
			d.standalone = e.Query
		}
	case chat.Sources:
		d.sources = e
	case chat.Quotes:
		d.quotes = slices.Clone(e.Quotes)
	case chat.Token:
		d.said.WriteString(e.Text)
	case chat.Reasoning:
		d.reasoning.WriteString(e.Text)
	case chat.Sentence:
		d.sentences = append(d.sentences, e)
		d.checked = d.said.Len()
	case chat.Answer:
		d.whole = &e
		if d.standalone == "" {
			d.standalone = e.Ledger.Question
		}
	}
}

// answer is the answer so far; nil where there is nothing of it.
func (d *draft) answer() *chat.Answer {
	if d.whole != nil {
		return d.whole
	}
	if len(d.sentences) == 0 && len(d.quotes) == 0 && d.said.Len() == 0 {
		return nil
	}
	a := &chat.Answer{
		Kind: chat.KindQuotes, Sentences: slices.Clone(d.sentences), Sources: slices.Clone(d.sources.Sources), Quotes: slices.Clone(d.quotes), Verdict: chat.NotAClaim,
		Reasoning: d.reasoning.String(), Note: "it was stopped before it was finished",
		Ledger: chat.Ledger{Question: d.standalone, Evidence: d.evidence, Enough: d.enough, Sources: []chat.Spent{}, Dropped: d.sources.Dropped},
	}
	if a.Sentences == nil {
		a.Sentences = []chat.Sentence{}
	}
	if a.Sources == nil {
		a.Sources = []golocal.Source{}
	}
	if a.Quotes == nil {
		a.Quotes = []chat.Quote{}
	}
	if a.Ledger.Dropped == nil {
		a.Ledger.Dropped = []golocal.Dropped{}
	}
	if d.said.Len() == 0 {
		if len(a.Quotes) > 0 {
			a.Verdict, a.Support = chat.Supported, 1
		}
		return a
	}
	a.Kind = chat.KindGenerated
	var b strings.Builder
	claims, good := 0.0, 0.0
	for _, s := range d.sentences {
		b.WriteString(s.Lead + s.Text)
		if b.Len() > 0 && s.Lead == "" {
			b.WriteByte(' ')
		}
		for _, c := range s.Citations {
			fmt.Fprintf(&b, "[%d]", c.Source)
		}
		switch s.Verdict {
		case chat.Supported:
			claims, good = claims+1, good+1
		case chat.Partly:
			claims, good = claims+1, good+.5
		case chat.Unsupported, chat.NotFromFiles:
			claims++
		}
	}
	// What no sentence has taken yet is kept, but never as proven.
	if rest := strings.TrimSpace(d.said.String()[min(d.checked, d.said.Len()):]); rest != "" {
		s := chat.Sentence{Index: len(a.Sentences), Lead: " ", Text: rest + " …", Verdict: chat.Unsupported, Citations: []golocal.Citation{}, Reasons: []string{"it was stopped in the middle of this sentence"}}
		a.Sentences = append(a.Sentences, s)
		b.WriteString(s.Lead + s.Text)
		claims++
	}
	a.Text = strings.TrimSpace(b.String())
	if claims > 0 {
		a.Support = good / claims
		a.Verdict = chat.Partly
		switch a.Support {
		case 1:
			a.Verdict = chat.Supported
		case 0:
			a.Verdict = chat.Unsupported
		}
	}
	return a
}
