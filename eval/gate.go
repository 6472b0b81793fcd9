package eval

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Judged is what a search thinks of a question: how likely the documents answer
// it, 0 to 1, whether that is enough, and what it knows besides, in the same
// order for every question.
type Judged struct {
	Evidence float64
	Enough   bool
	Features []float64
}

// Judge searches for question with the documents of the given ids withheld.
type Judge func(ctx context.Context, question string, without []string) (Judged, error)

// The kinds of Case.
const (
	Present      = "present"      // the gold documents are there
	Withheld     = "withheld"     // they are kept from the search
	Unanswerable = "unanswerable" // the collection says that no document answers
)

// Case is one question and what became of it.
type Case struct {
	ID     string
	Text   string
	Kind   string
	Judged Judged
}

// Gate is how well the evidence tells questions that the documents answer from
// those they don't.
type Gate struct {
	Queries          int     `json:"queries"` // judged ones
	Present          int     `json:"present"`
	Withheld         int     `json:"withheld"`
	AUROC            float64 `json:"auroc"`             // of the evidence, present against withheld
	AnsweredPresent  float64 `json:"answered_present"`  // share with enough evidence
	AnsweredWithheld float64 `json:"answered_withheld"` // the same; answers that should have been refused
	// Of questions that the collection itself says it does not answer; they are
	// in none of the figures above.
	Unanswerable         int      `json:"unanswerable,omitempty"`
	UnanswerableAUROC    *float64 `json:"unanswerable_auroc,omitempty"` // present against them
	AnsweredUnanswerable *float64 `json:"answered_unanswerable,omitempty"`
	Brier                float64  `json:"brier"`             // mean squared distance of the evidence from the truth; .25 knows nothing
	Calibration          float64  `json:"calibration_error"` // mean distance of evidence and share in the bins, by their size
	Reliability          []Bin    `json:"reliability"`
}

// Bin holds the questions whose evidence is at least From and below To.
type Bin struct {
	From     float64 `json:"from"`
	To       float64 `json:"to"`
	Queries  int     `json:"queries"`
	Evidence float64 `json:"evidence"` // in the mean
	Answered float64 `json:"share"`    // of them whose gold was there
}

// Withhold picks a half of n questions; equal seeds pick equally. Of an odd
// number the smaller half is picked.
func Withhold(n int, seed uint64) []bool {
	picked := make([]bool, n)
	for i, at := range rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15)).Perm(n) {
		picked[at] = i < n/2
	}
	return picked
}

// AskGate asks a seeded half of the judged queries with their gold documents
// withheld and the others with all documents there, then those that the
// collection calls unanswerable. done is as in Ask.
func AskGate(ctx context.Context, set Dataset, judge Judge, seed uint64, workers int, done func(n, of int)) ([]Case, error) {
	var cases []Case
	withheld := Withhold(len(set.Queries), seed)
	for i, q := range set.Queries {
		kind := Present
		if withheld[i] {
			kind = Withheld
		}
		cases = append(cases, Case{ID: q.ID, Text: q.Text, Kind: kind})
	}
	for _, q := range set.Unanswerable {
		cases = append(cases, Case{ID: q.ID, Text: q.Text, Kind: Unanswerable})
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(1, workers))
	var mu sync.Mutex // of through
	through := 0
	for i := range cases {
		g.Go(func() error {
			c := &cases[i]
			var without []string
			if c.Kind == Withheld {
				for _, d := range gold(set.Judged[c.ID], nil) {
					without = append(without, d.Doc)
				}
			}
			var err error
			if c.Judged, err = judge(ctx, c.Text, without); err != nil {
				return fmt.Errorf("query %s: %w", c.ID, err)
			}
			if done != nil {
				mu.Lock()
				defer mu.Unlock()
				through++
				done(through, len(cases))
			}
			return nil
		})
	}
	return cases, g.Wait()
}

// bins is how many the reliability table has.
const bins = 10

// Summarise takes the figures from the cases.
func Summarise(cases []Case) Gate {
	var g Gate
	by := map[string][]float64{}
	answered := map[string]float64{}
	sums := make([]Bin, bins)
	for _, c := range cases {
		e := c.Judged.Evidence
		by[c.Kind] = append(by[c.Kind], e)
		if c.Judged.Enough {
			answered[c.Kind]++
		}
		if c.Kind == Unanswerable {
			continue
		}
		truth := 0.0
		if c.Kind == Present {
			truth = 1
		}
		g.Brier += (e - truth) * (e - truth)
		b := &sums[min(bins-1, max(0, int(e*bins)))]
		b.Queries++
		b.Evidence += e
		b.Answered += truth
	}
	share := func(kind string) float64 { return answered[kind] / float64(max(1, len(by[kind]))) }
	g.Present, g.Withheld, g.Unanswerable = len(by[Present]), len(by[Withheld]), len(by[Unanswerable])
	g.Queries = g.Present + g.Withheld
	g.AUROC = AUROC(by[Present], by[Withheld])
	g.AnsweredPresent, g.AnsweredWithheld = share(Present), share(Withheld)
	if g.Unanswerable > 0 {
		auroc, rate := AUROC(by[Present], by[Unanswerable]), share(Unanswerable)
		g.UnanswerableAUROC, g.AnsweredUnanswerable = &auroc, &rate
	}
	g.Brier /= float64(max(1, g.Queries))
	for i, b := range sums {
		b.From, b.To = float64(i)/bins, float64(i+1)/bins
		if b.Queries > 0 {
			b.Evidence /= float64(b.Queries)
			b.Answered /= float64(b.Queries)
			distance := b.Evidence - b.Answered
			g.Calibration += max(distance, -distance) * float64(b.Queries) / float64(g.Queries)
		}
		g.Reliability = append(g.Reliability, b)
	}
	return g
}

// AUROC is the probability that one of high is above one of low, equals
// counting half: the area under the receiver operating characteristic (Fawcett,
// An Introduction to ROC Analysis, 2006), by ranks. It is .5 where either is
// empty.
func AUROC(high, low []float64) float64 {
	if len(high) == 0 || len(low) == 0 {
		return .5
	}
	type scored struct {
		value float64
		high  bool
	}
	all := make([]scored, 0, len(high)+len(low))
	for _, v := range high {
		all = append(all, scored{v, true})
	}
	for _, v := range low {
		all = append(all, scored{v, false})
	}
	slices.SortFunc(all, func(a, b scored) int { return cmp.Compare(a.value, b.value) })
	sum := 0.0 // of the ranks of high, the mean rank where values are equal
	for i := 0; i < len(all); {
		j, n := i, 0
		for j < len(all) && all[j].value == all[i].value {
			if all[j].high {
				n++
			}
			j++
		}
		sum += float64(n) * float64(i+1+j) / 2
		i = j
	}
	n := float64(len(high))
	return (sum - n*(n+1)/2) / (n * float64(len(low)))
}
