package answers

import (
	"context"
	"errors"
	"strings"
	"testing"

	"golocal/eval"
)

const normans = "The Normans were the people who in the 10th and 11th centuries gave their name to Normandy, a region in France. They were descended from Norse raiders and pirates from Denmark, Iceland and Norway. " +
	"Rollo, their leader, agreed to swear fealty to King Charles III of West Francia. They did not keep the land for two years."

func TestHeld_FollowsWordsAndTheirOrder(t *testing.T) {
	for claim, want := range map[string]bool{
		"The Normans gave their name to Normandy.":                              true,
		"The Normans gave their name to Normandy, a region of France.":          true,
		"Their leader Rollo agreed to swear fealty to King Charles III.":        true,
		"King Charles III agreed to swear fealty to Rollo.":                     false, // who did what
		"The Normans gave their name to Normandy in the 12th century.":          false, // a number
		"The Normans gave their name to Brittany.":                              false, // a name
		"They were descended from raiders and pirates from Denmark.":            true,
		"They were not descended from Norse raiders and pirates from Denmark.":  false,
		"They kept the land for two years.":                                     false, // denied there
		"They did not keep the land for 2 years.":                               true,
		"They didn't keep the land for two years.":                              true,
		"The raiders were feared for their cruelty along the coasts of Norway.": false, // other words
		"France":              false, // says nothing by itself
		"Normandy, in France": false,
		"":                    false,
	} {
		if got := held(claim, normans); got != want {
			t.Errorf("%q is held: %v", claim, got)
		}
	}
}

func TestGives_AGoldAnswerInTheQuestionsWords(t *testing.T) {
	const question = "In what country is Normandy located?"
	for claim, want := range map[string]bool{
		"Normandy is located in France.":           true,
		"Normandy is located in Denmark.":          false,
		"Normandy is not located in France.":       false,
		"Normandy is located in France and Spain.": false, // more than is known
	} {
		if got := gives(claim, question, normans, []string{"France"}); got != want {
			t.Errorf("%q gives the answer: %v", claim, got)
		}
	}
}

func TestRunWritten_CountsWhatIsShownAsSupported(t *testing.T) {
	questions := []eval.Asked{
		{ID: "1", Text: "In what country is Normandy located?", Answers: []string{"France"}, Docs: []string{"n"}},
		{ID: "2", Text: "Who swore fealty?", Answers: []string{"Rollo"}, Docs: []string{"n"}},
		{ID: "3", Text: "Who is it?", Answers: []string{"Bela"}, Docs: []string{"o"}},
	}
	write := func(_ context.Context, question string) (Written, error) {
		switch question {
		case questions[0].Text:
			return Written{Text: "Normandy is located in France.", Said: []Said{{"Normandy is located in France.", supported, "n"}, {"Sure.", "not a claim", ""}, {"It rains there.", "unsupported", ""}}}, nil
		case questions[1].Text:
			return Written{Text: "King Charles III swore fealty to Rollo.", Said: []Said{{"King Charles III swore fealty to Rollo.", supported, "n"}, {"Tea is green and hot.", supported, "o"}}}, nil
		}
		return Written{Refused: true, Text: "Bela", Said: []Said{{"Bela.", supported, "o"}}}, nil
	}
	heard := 0
	r, err := RunWritten(t.Context(), questions, map[string]string{"n": normans, "o": "Tea is green and hot."}, write, func(n, of int) { heard++ })
	if err != nil {
		t.Fatal(err)
	}
	if r.Questions != 3 || r.Written != 2 || r.HoldGold != 1 || r.Sentences != 4 || r.Supported != 3 || r.SupportedWrong != 1./3 || r.BesideGold != 1./3 || heard != 3 {
		t.Errorf("%+v", r)
	}
	if o := r.Outcomes[1]; len(o.Wrong) != 1 || o.Wrong[0] != 0 || o.Beside != 1 {
		t.Errorf("%+v", o)
	}
	if _, err := RunWritten(t.Context(), questions, nil, func(context.Context, string) (Written, error) { return Written{}, errors.New("broken") }, nil); err == nil || !strings.Contains(err.Error(), "question 1: broken") {
		t.Errorf("error %v", err)
	}
}
