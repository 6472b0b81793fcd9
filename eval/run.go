package eval

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Ranker returns up to Deepest document ids for a query, best first. It is
// called from several goroutines.
type Ranker func(ctx context.Context, query string) ([]string, error)

// Report is what a run found, in the mean.
type Report struct {
	Queries int                `json:"queries"`
	Legs    map[string]Metrics `json:"legs"` // by the name of the ranker
}

// Run is a run question by question: what --save keeps.
type Run struct {
	Report
	Set       string            `json:"set"`    // the collection's name
	Split     string            `json:"split"`  // which judgements
	Digest    string            `json:"digest"` // of documents and judgements, Dataset.Digest
	Settings  map[string]string `json:"settings,omitempty"`
	Questions []Question        `json:"questions"`
}

// Question is how one query fared.
type Question struct {
	ID   string             `json:"id"`
	Text string             `json:"text"`
	Gold []Gold             `json:"gold"` // best judged first
	Legs map[string]Metrics `json:"legs"`
}

// Gold is a document that should have been found, and where each leg has it.
type Gold struct {
	Doc   string         `json:"doc"`
	Title string         `json:"title,omitempty"`
	Grade int            `json:"grade"`
	Ranks map[string]int `json:"ranks"` // by leg, from 1; absent: not among the first Deepest
}

// Ask asks every judged query of every ranker, up to workers at a time. done is
// called after each query with how many of all are through, by one goroutine at
// a time; it may be nil.
func Ask(ctx context.Context, set Dataset, legs map[string]Ranker, workers int, done func(n, of int)) (Run, error) {
	run := Run{Split: set.Split, Digest: set.Digest(), Questions: make([]Question, len(set.Queries))}
	titles := make(map[string]string, len(set.Documents))
	for _, d := range set.Documents {
		titles[d.ID] = d.Title
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(1, workers))
	var mu sync.Mutex // of through
	through := 0
	for i, q := range set.Queries {
		g.Go(func() error {
			ranked := make(map[string][]string, len(legs))
			for _, name := range slices.Sorted(maps.Keys(legs)) {
				var err error
				if ranked[name], err = legs[name](ctx, q.Text); err != nil {
					return fmt.Errorf("%s, query %s: %w", name, q.ID, err)
				}
			}
			run.Questions[i] = NewQuestion(q, set.Judged[q.ID], titles, ranked)
			if done != nil {
				mu.Lock()
				defer mu.Unlock()
				through++
				done(through, len(set.Queries))
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return run, err
	}
	run.Report = run.Mean()
	return run, nil
}

// NewQuestion measures the rankings that the legs gave for a query.
func NewQuestion(q Query, judged map[string]int, titles map[string]string, ranked map[string][]string) Question {
	out := Question{ID: q.ID, Text: q.Text, Gold: gold(judged, titles), Legs: make(map[string]Metrics, len(ranked))}
	for name, ids := range ranked {
		ranks := Ranks(ids, judged)
		for i := range out.Gold {
			if r := ranks[out.Gold[i].Doc]; r > 0 {
				out.Gold[i].Ranks[name] = r
			}
		}
		out.Legs[name] = measure(ranks, judged)
	}
	return out
}

// gold lists the documents that are judged relevant.
func gold(judged map[string]int, titles map[string]string) []Gold {
	var all []Gold
	for id, grade := range judged {
		if grade > 0 {
			all = append(all, Gold{Doc: id, Title: titles[id], Grade: grade, Ranks: map[string]int{}})
		}
	}
	slices.SortFunc(all, func(a, b Gold) int { return cmp.Or(cmp.Compare(b.Grade, a.Grade), cmp.Compare(a.Doc, b.Doc)) })
	return all
}

// Mean averages the questions.
func (r Run) Mean() Report {
	out := Report{Queries: len(r.Questions), Legs: map[string]Metrics{}}
	for _, q := range r.Questions {
		for name, m := range q.Legs {
			sum := out.Legs[name]
			sum.add(m)
			out.Legs[name] = sum
		}
	}
	for name, sum := range out.Legs {
		out.Legs[name] = sum.over(float64(len(r.Questions)))
	}
	return out
}

// Curve is recall at 1, 2, … Deepest of a leg: the share of a question's gold
// documents among the first so many, in the mean over questions.
func (r Run) Curve(leg string) []float64 {
	curve := make([]float64, Deepest)
	for _, q := range r.Questions {
		for _, g := range q.Gold {
			if rank := g.Ranks[leg]; rank > 0 && rank <= Deepest {
				curve[rank-1] += 1 / float64(len(q.Gold))
			}
		}
	}
	sum := 0.0
	for i, v := range curve {
		sum += v
		curve[i] = sum / float64(len(r.Questions))
	}
	return curve
}

// Names are the legs of the run, in the order of reading: keyword, dense,
// hybrid, then others by name.
func (r Report) Names() []string {
	order := map[string]int{"keyword": -3, "dense": -2, "hybrid": -1}
	return slices.SortedFunc(maps.Keys(r.Legs), func(a, b string) int {
		return cmp.Or(cmp.Compare(order[a], order[b]), cmp.Compare(a, b))
	})
}

// Final is the leg that users see: the last of Names.
func (r Report) Final() string {
	names := r.Names()
	if len(names) == 0 {
		return ""
	}
	return names[len(names)-1]
}
