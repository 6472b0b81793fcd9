package eval

import (
	"context"
	"errors"
	"math"
	"slices"
	"sync"
	"testing"
)

func TestAUROC(t *testing.T) {
	for _, c := range []struct {
		name      string
		high, low []float64
		want      float64
	}{
		{"apart", []float64{.8, .9}, []float64{.1, .2, .3}, 1},
		{"upside down", []float64{.1}, []float64{.5, .6}, 0},
		{"all equal", []float64{.5, .5}, []float64{.5}, .5},
		{"one of four pairs wrong", []float64{.9, .4}, []float64{.5, .1}, .75},
		{"a tie counts half", []float64{.9, .5}, []float64{.5, .1}, .875},
		{"nothing to compare", nil, []float64{.5}, .5},
	} {
		if got := AUROC(c.high, c.low); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestWithhold(t *testing.T) {
	for _, n := range []int{0, 1, 2, 7, 1000} {
		picked := Withhold(n, 3)
		count := 0
		for _, p := range picked {
			if p {
				count++
			}
		}
		if len(picked) != n || count != n/2 {
			t.Errorf("%d of %d picked", count, n)
		}
	}
	if !slices.Equal(Withhold(100, 1), Withhold(100, 1)) || slices.Equal(Withhold(100, 1), Withhold(100, 2)) {
		t.Error("a seed does not decide")
	}
}

func TestSummarise(t *testing.T) {
	one := func(kind string, evidence float64) Case {
		return Case{Kind: kind, Judged: Judged{Evidence: evidence, Enough: evidence >= .5}}
	}
	g := Summarise([]Case{one(Present, .9), one(Present, .4), one(Withheld, .6), one(Withheld, .1), one(Unanswerable, .95), one(Unanswerable, 1)})
	near := func(a, b float64) bool { return math.Abs(a-b) < 1e-12 }
	if g.Queries != 4 || g.Present != 2 || g.Withheld != 2 || !near(g.AUROC, .75) || g.AnsweredPresent != .5 || g.AnsweredWithheld != .5 {
		t.Errorf("%+v", g)
	}
	if g.Unanswerable != 2 || *g.UnanswerableAUROC != 0 || *g.AnsweredUnanswerable != 1 {
		t.Errorf("unanswerable: %+v", g)
	}
	if want := (.01 + .36 + .36 + .01) / 4; !near(g.Brier, want) {
		t.Errorf("Brier %v, want %v", g.Brier, want)
	}
	if b := g.Reliability[4]; len(g.Reliability) != bins || b.Queries != 1 || b.Evidence != .4 || b.Answered != 1 {
		t.Errorf("reliability: %+v", g.Reliability)
	}
	// Each of four bins holds one question: distances .1, .6, .6, .1.
	if !near(g.Calibration, .35) {
		t.Errorf("calibration error %v", g.Calibration)
	}
	if all := Summarise([]Case{one(Present, 1)}); all.Reliability[bins-1].Queries != 1 || all.UnanswerableAUROC != nil {
		t.Errorf("evidence of 1: %+v", all)
	}
}

func TestAskGate(t *testing.T) {
	set := Dataset{Judged: map[string]map[string]int{}, Unanswerable: []Query{{"u", "what?"}}}
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		set.Queries = append(set.Queries, Query{id, "about " + id})
		set.Judged[id] = map[string]int{"doc " + id: 1, "bad " + id: 0}
	}
	var mu sync.Mutex
	without := map[string][]string{}
	judge := func(_ context.Context, question string, w []string) (Judged, error) {
		mu.Lock()
		defer mu.Unlock()
		without[question] = w
		return Judged{Evidence: float64(len(w))}, nil
	}
	calls := 0
	cases, err := AskGate(t.Context(), set, judge, 1, 3, func(n, of int) {
		if calls++; n != calls || of != 6 {
			t.Errorf("done(%d, %d) at call %d", n, of, calls)
		}
	})
	if err != nil || len(cases) != 6 || calls != 6 {
		t.Fatalf("%d cases, %d calls, %v", len(cases), calls, err)
	}
	withheld := Withhold(5, 1)
	for i, c := range cases {
		w := without[c.Text]
		switch {
		case i == 5:
			if c.Kind != Unanswerable || w != nil {
				t.Errorf("%+v without %v", c, w)
			}
		case withheld[i]:
			if c.Kind != Withheld || !slices.Equal(w, []string{"doc " + c.ID}) || c.Judged.Evidence != 1 {
				t.Errorf("%+v without %v", c, w)
			}
		default:
			if c.Kind != Present || w != nil {
				t.Errorf("%+v without %v", c, w)
			}
		}
	}
	broken := errors.New("broken")
	if _, err := AskGate(t.Context(), set, func(context.Context, string, []string) (Judged, error) { return Judged{}, broken }, 1, 2, nil); !errors.Is(err, broken) {
		t.Errorf("a failing search: %v", err)
	}
}
