// Package answers measures quotes as answers: whether they hold the gold answer,
// and whether golocal refuses where the document that answers is withheld; and
// written answers: whether what is shown as supported is.
package answers

import (
	"context"
	"fmt"
	"sync"

	"golang.org/x/sync/errgroup"

	"golocal/eval"
)

// Answer is what came back for a question.
type Answer struct {
	Refused bool
	Quotes  []string // best first; of a refusal the nearest misses
}

// Ask asks golocal a question with the documents of the given ids withheld.
type Ask func(ctx context.Context, question string, without []string) (Answer, error)

// shown is how many quotes are looked at.
const shown = 5

// Report is how golocal fared. Shares are 0 to 1.
type Report struct {
	Questions        int       `json:"questions"`          // that a document answers
	Quote1           float64   `json:"quote1"`             // share whose first quote holds a gold answer, shown below a refusal or not
	Quote5           float64   `json:"quote5"`             // the same of one of five
	Supported        int       `json:"supported"`          // questions with gold sentences
	Support5         *float64  `json:"support5,omitempty"` // share of them of which one of five quotes overlaps one
	Present          int       `json:"present"`            // the half that is asked only with its documents there
	Withheld         int       `json:"withheld"`           // the half that is asked again without them
	AnsweredPresent  float64   `json:"answered_present"`   // share of Present that is not refused
	AnsweredWithheld float64   `json:"answered_withheld"`  // share of Withheld that is not refused without its documents
	Outcomes         []Outcome `json:"outcomes"`           // by question, in the collection's order
}

// Outcome is what became of one question.
type Outcome struct {
	ID       string `json:"id"`
	Text     string `json:"text"`
	Rank     int    `json:"rank"`               // of the first quote that holds a gold answer, from 1; 0: none of five
	Support  *int   `json:"support,omitempty"`  // the same for gold sentences, where the collection names some
	Answered bool   `json:"answered"`           // with its documents there
	Withheld *bool  `json:"withheld,omitempty"` // answered without them; not asked of the other half
}

// Sample takes n of the questions, evenly over the collection; 0, or more than
// there are, takes all.
func Sample(all []eval.Asked, n int) []eval.Asked {
	if n <= 0 || n >= len(all) {
		return all
	}
	out := make([]eval.Asked, n)
	for i := range out {
		out[i] = all[i*len(all)/n]
	}
	return out
}

// Run asks every question with all documents there, and a seeded half again with
// those that answer withheld. done, which may be nil, hears how far it is; one
// call at a time.
func Run(ctx context.Context, questions []eval.Asked, ask Ask, seed uint64, workers int, done func(n, of int)) (Report, error) {
	withheld := eval.Withhold(len(questions), seed)
	outcomes := make([]Outcome, len(questions))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(1, workers))
	var mu sync.Mutex // of through, and of calls to done
	through := 0
	for i, q := range questions {
		g.Go(func() error {
			a, err := ask(ctx, q.Text, nil)
			if err != nil {
				return fmt.Errorf("question %s: %w", q.ID, err)
			}
			outcomes[i] = judge(q, a)
			if withheld[i] {
				a, err := ask(ctx, q.Text, q.Docs)
				if err != nil {
					return fmt.Errorf("question %s with its documents withheld: %w", q.ID, err)
				}
				answered := !a.Refused
				outcomes[i].Withheld = &answered
			}
			if done != nil {
				mu.Lock()
				defer mu.Unlock()
				through++
				done(through, len(questions))
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return Report{}, err
	}
	return Summarise(outcomes), nil
}

func judge(q eval.Asked, a Answer) Outcome {
	out := Outcome{ID: q.ID, Text: q.Text, Answered: !a.Refused}
	if len(q.Support) > 0 {
		out.Support = new(int)
	}
	for i, quote := range a.Quotes[:min(shown, len(a.Quotes))] {
		if out.Rank == 0 && holds(quote, q.Answers) {
			out.Rank = i + 1
		}
		if out.Support != nil && *out.Support == 0 && overlaps(quote, q.Support) {
			*out.Support = i + 1
		}
	}
	return out
}

// Summarise takes the figures from the outcomes.
func Summarise(outcomes []Outcome) Report {
	r := Report{Questions: len(outcomes), Outcomes: outcomes}
	var first, any, support, present, withheld int
	count := func(n *int, yes bool) {
		if yes {
			*n++
		}
	}
	for _, o := range outcomes {
		count(&first, o.Rank == 1)
		count(&any, o.Rank > 0)
		if o.Support != nil {
			r.Supported++
			count(&support, *o.Support > 0)
		}
		if o.Withheld != nil {
			r.Withheld++
			count(&withheld, *o.Withheld)
		} else {
			r.Present++
			count(&present, o.Answered)
		}
	}
	share := func(n, of int) float64 { return float64(n) / float64(max(1, of)) }
	r.Quote1, r.Quote5 = share(first, r.Questions), share(any, r.Questions)
	r.AnsweredPresent, r.AnsweredWithheld = share(present, r.Present), share(withheld, r.Withheld)
	if r.Supported > 0 {
		s := share(support, r.Supported)
		r.Support5 = &s
	}
	return r
}
