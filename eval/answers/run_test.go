package answers

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golocal/eval"
)

func TestHolds(t *testing.T) {
	for _, c := range []struct {
		quote, answer string
		want          bool
	}{
		{"It sank in 1912.", "1912", true},
		{"It sank in 1912–14.", "1912", true},
		{"It cost 191200 marks.", "1912", false},
		{"He met The **Queen's** guards.", "the queen", true},
		{"The U.S. Army came.", "US army", false}, // letters apart are other words
		{"The U.S. Army came.", "U.S. Army", true},
		{"A cat sat.", "the", false}, // an article alone is nothing
		{"In Köln it rained.", "köln", true},
		{"", "Köln", false},
	} {
		if got := holds(c.quote, []string{"", c.answer}); got != c.want {
			t.Errorf("%q holds %q: %v", c.quote, c.answer, got)
		}
	}
}

func TestOverlaps(t *testing.T) {
	const gold = "They see three women washing clothes and singing ."
	for quote, want := range map[string]bool{
		"They see three women washing clothes and singing.": true,
		"Later on they see three women washing clothes.":    true,
		"Three women.":                                                   false, // too little to tell
		"Washing clothes and singing, women…":                            false,
		"It is said: see three women washing clothes":                    true,
		"The women drug them with corn whiskey and they see the toad.":   false,
		"Singing and clothes washing: three women see what they are to.": false, // the words alone, in another order
		"": false,
	} {
		if got := overlaps(quote, []string{"Other words", gold}); got != want {
			t.Errorf("%q: %v", quote, got)
		}
	}
}

func TestSample_EvenlyOverAll(t *testing.T) {
	all := make([]eval.Asked, 10)
	for i := range all {
		all[i].ID = fmt.Sprint(i)
	}
	for n, want := range map[int]string{0: "0123456789", 2: "05", 3: "036", 10: "0123456789", 11: "0123456789"} {
		var got strings.Builder
		for _, q := range Sample(all, n) {
			got.WriteString(q.ID)
		}
		if got.String() != want {
			t.Errorf("%d of ten: %s, want %s", n, got.String(), want)
		}
	}
}

// Eight questions, whose words say what their quotes hold with the gold document
// there and whether they are answered without it.
func TestRun_CountsShares(t *testing.T) {
	var questions []eval.Asked
	for i, text := range []string{"first", "first", "third", "third", "sixth", "never", "never refuses", "first stubborn"} {
		q := eval.Asked{ID: fmt.Sprint(i), Text: text, Answers: []string{"Ada"}, Docs: []string{"gold"}}
		if i < 4 {
			q.Support = []string{"It was Ada"}
		}
		questions = append(questions, q)
	}
	ask := func(_ context.Context, text string, without []string) (Answer, error) {
		if len(without) > 0 {
			if without[0] != "gold" {
				return Answer{}, errors.New("another document is withheld")
			}
			return Answer{Refused: !strings.Contains(text, "stubborn")}, nil
		}
		quotes := []string{"x", "x", "x", "x", "x", "x"}
		switch {
		case strings.HasPrefix(text, "first"):
			quotes[0] = "It was Ada."
		case text == "third":
			quotes[2] = "it was ADA, they said"
		case text == "sixth":
			quotes[5] = "It was Ada."
		}
		return Answer{Refused: strings.Contains(text, "refuses"), Quotes: quotes}, nil
	}
	heard := 0
	r, err := Run(t.Context(), questions, ask, 1, 4, func(n, of int) {
		if heard++; n != heard || of != len(questions) {
			t.Errorf("done %d of %d", n, of)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if r.Questions != 8 || r.Quote1 != 3./8 || r.Quote5 != 5./8 || r.Supported != 4 || r.Support5 == nil || *r.Support5 != 1 {
		t.Errorf("%+v", r)
	}
	if r.Present != 4 || r.Withheld != 4 || heard != 8 {
		t.Errorf("%d there, %d withheld, heard of %d", r.Present, r.Withheld, heard)
	}
	there, without := 0, 0
	for i, o := range r.Outcomes {
		if o.ID != fmt.Sprint(i) || o.Answered == (i == 6) {
			t.Errorf("%+v", o)
		}
		switch {
		case o.Withheld == nil && o.Answered:
			there++
		case o.Withheld != nil && *o.Withheld:
			without++
		}
		if o.Withheld != nil && *o.Withheld != (i == 7) {
			t.Errorf("without its document: %+v", o)
		}
	}
	if r.AnsweredPresent != float64(there)/4 || r.AnsweredWithheld != float64(without)/4 {
		t.Errorf("answered %v and %v, want %d and %d of 4", r.AnsweredPresent, r.AnsweredWithheld, there, without)
	}
	if _, err := Run(t.Context(), questions, func(context.Context, string, []string) (Answer, error) { return Answer{}, errors.New("broken") }, 1, 4, nil); err == nil || !strings.Contains(err.Error(), "broken") {
		t.Errorf("a failed question: %v", err)
	}
}

func TestSummarise_OfNothing(t *testing.T) {
	if r := Summarise(nil); r.Questions != 0 || r.Quote1 != 0 || r.AnsweredWithheld != 0 || r.Support5 != nil {
		t.Errorf("%+v", r)
	}
}
