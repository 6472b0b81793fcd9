package chat

import (
	"context"
	"iter"
	"slices"
	"testing"

	"golocal"
)

// edited is a Refresher of a folder in which n files changed, of which read can be
// read in time.
type edited struct{ n, read int }

func (e edited) Refresh(_ context.Context, hits []golocal.Hit) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for left := e.n; e.n > 0 && len(hits) > 0 && left >= e.n-e.read; left-- {
			if !yield(left, e.n) {
				return
			}
		}
	}
}

// twice is a Retriever that finds more when it is asked again.
type twice struct {
	first, then golocal.Found
	asked       *int
}

func (f twice) Retrieve(context.Context, string, golocal.Scope, int) (golocal.Found, error) {
	if *f.asked++; *f.asked > 1 {
		return f.then, nil
	}
	return f.first, nil
}

func TestAnswer_ChangedFilesAreReadFirst(t *testing.T) {
	old, now := golocal.Found{Hits: hits()[:1], Evidence: .9, Enough: true}, golocal.Found{Hits: hits(), Evidence: .9, Enough: true}
	for name, c := range map[string]struct {
		folder   edited
		question string
		said     []string
		asked    int
	}{
		"none":            {edited{}, question, nil, 1},
		"all are read":    {edited{2, 2}, question, []string{"Changed files are read first: 2", "Changed files are read first: 2, 1 left", "Changed files are read first: 2, 0 left"}, 2},
		"one is too slow": {edited{2, 1}, "Wie viele Tage Urlaub habe ich?", []string{"Geänderte Dateien werden zuerst gelesen: 2", "Geänderte Dateien werden zuerst gelesen: 2, noch 1"}, 2},
		"all are":         {edited{1, 0}, question, []string{"Changed files are read first: 1"}, 1},
	} {
		asked := 0
		events, a, err := ask(t, Options{Retriever: twice{old, now, &asked}, Refresher: c.folder}, Request{Question: c.question, Mode: ModeQuotes})
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, e := range events {
			if s, ok := e.(Status); ok && s.Phase == PhaseFresh {
				if said = append(said, s.Text); s.Of != c.folder.n || s.Done != len(said)-1 {
					t.Errorf("%s: %+v", name, s)
				}
			}
		}
		if !slices.Equal(said, c.said) || asked != c.asked || a.Kind != KindQuotes {
			t.Errorf("%s: %q, asked %d times, %s", name, said, asked, a.Kind)
		}
	}
}
