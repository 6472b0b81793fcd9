package own

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"golocal"
	"golocal/internal/prose"
)

// shelf is a Library of made documents, and an Asker that finds by shared words.
type shelf struct {
	docs    []golocal.Document
	shy     map[int64]bool // documents whose answers are refused
	changed map[int64]bool // documents that the disk has otherwise
}

var towns = []string{"Ålesund", "Brno", "Cork", "Delft", "Évora", "Faro", "Ghent", "Hobart"}

func newShelf(n int) *shelf {
	s := &shelf{shy: map[int64]bool{}, changed: map[int64]bool{}}
	for i, town := range towns[:n] {
		s.docs = append(s.docs, golocal.Document{ID: int64(i + 1), Ref: golocal.Ref{Root: 1, Path: town + ".md"}, Type: "markdown", Title: town, State: golocal.StateReady,
			Text: fmt.Sprintf("# %s\n\nThe lighthouse of %[1]s%[2]d burns whale oil and keeper%[2]d polishes %[3]d brass lenses weekly.\n\n"+
				"The bakery at quay%[2]d kneads dough%[2]d with sourdough from %[4]d in tubs of oak%[2]d.\n", town, i, 20+i, 1900+i)})
	}
	return s
}

func (s *shelf) Documents(context.Context) ([]golocal.Document, error) {
	out := slices.Clone(s.docs)
	for i := range out {
		out[i].Text = ""
	}
	return out, nil
}

func (s *shelf) Text(_ context.Context, id int64) (golocal.Document, error) {
	for _, d := range s.docs {
		if d.ID == id {
			return d, nil
		}
	}
	return golocal.Document{}, errors.New("no such document")
}

func shelfPath(r golocal.Ref) string { return "/files/" + r.Path }

func (s *shelf) Search(_ context.Context, question string, _ int) ([]golocal.Hit, error) {
	var hits []golocal.Hit
	asked := prose.Stems(prose.Words(question))
	for _, d := range s.docs {
		n := 0
		for stem := range prose.Stems(prose.Words(d.Text)) {
			if asked[stem] {
				n++
			}
		}
		hits = append(hits, golocal.Hit{Doc: d, Score: float64(n)})
	}
	slices.SortStableFunc(hits, func(a, b golocal.Hit) int { return int(b.Score - a.Score) })
	for i := range hits {
		hits[i].Parts.KeywordRank = i + 1
		hits[i].Parts.DenseRank = len(hits) - i // meaning finds all the wrong way round
	}
	return hits, nil
}

func (s *shelf) Ask(ctx context.Context, question string, without int64) (Answer, error) {
	hits, err := s.Search(ctx, question, 0)
	if err != nil {
		return Answer{}, err
	}
	best := hits[0]
	if best.Doc.ID == without {
		return Answer{Refused: true, Evidence: .1}, nil
	}
	a := Answer{Refused: s.shy[best.Doc.ID], Evidence: .9, Quotes: []golocal.Citation{{Doc: best.Doc.ID, Quote: strings.Split(best.Doc.Text, "\n\n")[1], State: golocal.Current}}}
	if s.changed[best.Doc.ID] {
		a.Quotes[0].State = golocal.Changed
	}
	return a, nil
}

func TestMake(t *testing.T) {
	s := newShelf(4)
	m := Maker{Library: s, Path: shelfPath, Seed: 1}
	all, err := m.Make(t.Context(), 8)
	if err != nil || len(all) != 8 {
		t.Fatalf("%d questions, %v", len(all), err)
	}
	first := map[string]bool{}
	for i, q := range all {
		if i < 4 {
			first[q.Path] = true
		}
		if q.Written || !strings.HasPrefix(q.Path, "/files/") || q.Sentence == "" || strings.Contains(q.Text, q.Answer) {
			t.Errorf("%+v", q)
		}
	}
	if len(first) != 4 {
		t.Errorf("the first four come from %d documents", len(first))
	}
	if again, err := m.Make(t.Context(), 8); err != nil || !slices.Equal(all, again) {
		t.Errorf("made again: %v, %v", again, err)
	}
	if fewer, err := m.Make(t.Context(), 3); err != nil || !slices.Equal(fewer, all[:3]) {
		t.Errorf("three of them: %v, %v", fewer, err)
	}
	m.Seed = 2
	if other, err := m.Make(t.Context(), 8); err != nil || slices.Equal(all, other) {
		t.Errorf("another seed makes the same, %v", err)
	}
	if more, err := m.Make(t.Context(), 100); err != nil || len(more) != 8 {
		t.Errorf("%d of the 8 that there are, %v", len(more), err)
	}
	// Kept ones come first while their sentence stands.
	m.Seed, m.Kept = 1, []Question{all[5], {Text: "gone?", Path: "/files/gone.md"}, {Text: "edited?", Path: all[0].Path, Sentence: "no longer there"}}
	if got, err := m.Make(t.Context(), 4); err != nil || len(got) != 4 || got[0] != all[5] || slices.Contains(got[1:], all[5]) {
		t.Errorf("with kept ones: %v, %v", got, err)
	}
}

// writer writes until it breaks.
type writer struct{ calls, broken int }

func (w *writer) Write(_ context.Context, title, around, sentence string) (string, error) {
	if w.calls++; w.broken > 0 && w.calls >= w.broken {
		return "", errors.New("the model is gone")
	}
	if !strings.Contains(around, sentence) {
		return "", errors.New("the sentence is not in the text around it")
	}
	return fmt.Sprintf("What does %s say, the %d. time?", title, w.calls), nil
}

// TestMake_GoesOn is stopped while the third question is written, and goes on
// with the two that were kept.
func TestMake_GoesOn(t *testing.T) {
	var kept []Question
	ctx, stop := context.WithCancel(t.Context())
	w := &writer{}
	m := Maker{Library: newShelf(4), Path: shelfPath, Seed: 1, Writer: w, Keep: func(q []Question) error {
		kept = slices.Clone(q)
		if len(q) == 2 {
			stop()
		}
		return nil
	}}
	if _, err := m.Make(ctx, 6); !errors.Is(err, context.Canceled) || len(kept) != 2 || w.calls != 2 {
		t.Fatalf("%v, %d kept, %d written", err, len(kept), w.calls)
	}
	before := kept
	m.Kept = kept
	all, err := m.Make(t.Context(), 6)
	if err != nil || len(all) != 6 || !slices.Equal(all[:2], before) || w.calls != 6 {
		t.Errorf("%d questions, %d written in all, %v", len(all), w.calls, err)
	}
	for _, q := range all {
		if !q.Written {
			t.Errorf("not written: %+v", q)
		}
	}
	full := errors.New("disk full")
	m.Kept, m.Keep = nil, func([]Question) error { return full }
	if _, err := m.Make(t.Context(), 2); !errors.Is(err, full) {
		t.Errorf("keeping failed: %v", err)
	}
	// A model that fails costs the wording only.
	m.Keep, m.Writer = nil, &writer{broken: 1}
	if all, err := m.Make(t.Context(), 2); err != nil || len(all) != 2 || all[0].Written {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestRun(t *testing.T) {
	s := newShelf(4)
	questions, err := Maker{Library: s, Path: shelfPath, Seed: 1}.Make(t.Context(), 4)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]int64{}
	for _, d := range s.docs {
		ids[shelfPath(d.Ref)] = d.ID
	}
	s.shy[ids[questions[0].Path]] = true
	s.changed[ids[questions[1].Path]] = true
	calls := 0
	r, err := Run(t.Context(), s, s, shelfPath, questions, func(int, int) { calls++ })
	if err != nil || calls != 4 || r.Queries != 4 {
		t.Fatalf("%d calls, %+v, %v", calls, r.Report, err)
	}
	near := func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }
	if !near(r.Legs["hybrid"].NDCG10, 1) || !near(r.Legs["keyword"].MRR10, 1) || !near(r.Legs["dense"].MRR10, .25) {
		t.Errorf("legs: %+v", r.Legs)
	}
	if !near(r.Answered, .75) || !near(r.RightFile, .75) || !near(r.Standing, .5) || !near(r.Refused, 1) || r.AUROC != 1 {
		t.Errorf("%+v", r.Shares())
	}
	right := 0
	for _, a := range r.Asked[1:] {
		if a.RightQuote {
			right++
		}
		if want := strings.Contains(a.Sentence, "lighthouse"); a.RightQuote != want { // the shelf quotes the first paragraph
			t.Errorf("right quote %v for %+v", a.RightQuote, a)
		}
	}
	if !near(r.RightQuote, float64(right)/4) {
		t.Errorf("right quotes: %v, counted %d", r.RightQuote, right)
	}
	s.shy = nil
	now, err := Run(t.Context(), s, s, shelfPath, questions, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := now.Compare(r); err != nil {
		t.Fatal(err)
	}
	if d := now.Differences["answered"]; d.Questions != 4 || d.Better != 1 || d.Worse != 0 || d.Mean != .25 {
		t.Errorf("compared: %+v", d)
	}
	if d := now.Comparison.Legs["hybrid"]["ndcg@10"]; d.Questions != 4 || d.Mean != 0 {
		t.Errorf("compared: %+v", d)
	}
	if _, err := Run(t.Context(), s, s, shelfPath, []Question{{Text: "where?", Path: "/files/gone.md"}}, nil); err == nil || !strings.Contains(err.Error(), "gone.md") {
		t.Errorf("a file that is gone: %v", err)
	}
}
