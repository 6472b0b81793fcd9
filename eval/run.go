package eval

import (
	"context"
	"fmt"
)

// Ranker returns up to 100 document ids for a query, best first.
type Ranker func(ctx context.Context, query string) ([]string, error)

// Report is what a run found.
type Report struct {
	Queries int                `json:"queries"`
	Legs    map[string]Metrics `json:"legs"` // by the name of the ranker
}

// Run asks every judged query of every ranker. done is called after each query
// with how many of all are through; it may be nil.
func Run(ctx context.Context, set Dataset, legs map[string]Ranker, done func(n, of int)) (Report, error) {
	report := Report{Queries: len(set.Queries), Legs: make(map[string]Metrics, len(legs))}
	share := 1 / float64(len(set.Queries))
	for i, q := range set.Queries {
		for name, rank := range legs {
			ranked, err := rank(ctx, q.Text)
			if err != nil {
				return report, fmt.Errorf("%s, query %s: %w", name, q.ID, err)
			}
			m := report.Legs[name]
			m.add(Score(ranked, set.Judged[q.ID]), share)
			report.Legs[name] = m
		}
		if done != nil {
			done(i+1, len(set.Queries))
		}
	}
	return report, nil
}
