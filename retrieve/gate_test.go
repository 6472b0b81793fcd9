package retrieve

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"golocal"
	"golocal/internal/prose"
)

func TestEvidence_MoreNeverLowersIt(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		f := Features{Dense: r.IntN(2) == 0}
		v := reflect.ValueOf(&f).Elem()
		for i := range v.NumField() {
			if v.Field(i).Kind() == reflect.Float64 {
				v.Field(i).SetFloat(r.Float64())
			}
		}
		before := Evidence(f)
		if !(before > 0 && before < 1) {
			t.Fatalf("evidence %v of %+v", before, f)
		}
		i := r.IntN(v.NumField())
		if v.Field(i).Kind() != reflect.Float64 {
			continue
		}
		v.Field(i).SetFloat(v.Field(i).Float() + r.Float64())
		if after := Evidence(f); after < before {
			t.Fatalf("raising %s lowers the evidence from %v to %v", v.Type().Field(i).Name, before, after)
		}
	}
}

func TestEvidence_Ends(t *testing.T) {
	for _, dense := range []bool{true, false} {
		if e := Evidence(Features{Dense: dense}); e > .1 {
			t.Errorf("dense %v: no evidence at all gives %v", dense, e)
		}
		full := Features{Coverage: 1, Sentence: 1, Rarest: 1, Fit: 1, Margin: .5, Agree: 1, Cosine: .7, Lead: .3, Dense: dense}
		if e := Evidence(full); e < .85 {
			t.Errorf("dense %v: a sentence with every word gives %v", dense, e)
		}
	}
}

func TestMeasure_SeesCoverageAndFit(t *testing.T) {
	q := "How many paid vacation days do I get?"
	hit := func(title, text string) []golocal.Hit {
		return []golocal.Hit{{Doc: golocal.Document{Title: title}, Chunk: golocal.Chunk{Text: text}}}
	}
	weights := prose.Weigh(prose.Content(prose.Words(q)), nil, 0)
	of := func(hits []golocal.Hit) Features {
		return measure(q, weights, match(1, 6, 2, 1), match(1, .7, 2, .2), hits)
	}
	good := of(hit("Paid time off", "Acme offers 20 days of vacation."))
	none := of(hit("Kitchen", "The coffee machine is on the third floor."))
	vague := of(hit("Paid time off", "Acme offers days of vacation."))
	if good.Coverage != 1 || good.Fit == 0 {
		t.Errorf("the answer's passage: %+v", good)
	}
	if none.Coverage != 0 || none.Sentence != 0 || none.Fit != 0 {
		t.Errorf("another subject: %+v", none)
	}
	// Of two sentences with the same words the one with the number counts.
	if two := of(hit("Paid time off", "Acme offers days of vacation. Acme offers 20 days of vacation.")); two.Fit != good.Fit {
		t.Errorf("the number in the second sentence fits %v, in the only one %v", two.Fit, good.Fit)
	}
	if vague.Fit >= good.Fit {
		t.Errorf("no number fits %v, a number %v", vague.Fit, good.Fit)
	}
	if good.Agree != 1 || good.Cosine != .7 || math.Abs(good.Lead-.5) > 1e-9 {
		t.Errorf("legs: %+v", good)
	}
	if !(Evidence(good) > Threshold && Evidence(of(nil)) < Threshold) {
		t.Errorf("evidence %v with, %v without passages", Evidence(good), Evidence(of(nil)))
	}
}

func TestMeasure_EmptyQuestionIsFinite(t *testing.T) {
	for _, q := range []string{"", "?!", "the of and"} {
		f := measure(q, prose.Weigh(prose.Content(prose.Words(q)), nil, 0), nil, nil, nil)
		if e := Evidence(f); math.IsNaN(e) || e > .2 {
			t.Errorf("%q: evidence %v", q, e)
		}
	}
}
