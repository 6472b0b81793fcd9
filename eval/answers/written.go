package answers

import (
	"context"
	"fmt"
	"slices"

	"golocal/eval"
)

// Said is a sentence of a written answer as it was shown.
type Said struct {
	Text    string `json:"text"`
	Verdict string `json:"verdict"`
	Doc     string `json:"doc,omitempty"` // id of the document that it cites first; "" cites none
}

// supported is the verdict of a sentence that is shown as proven.
const supported = "supported"

// Written is what a model wrote.
type Written struct {
	Refused bool // or nothing was written
	Text    string
	Said    []Said
}

// Write has a model answer a question.
type Write func(ctx context.Context, question string) (Written, error)

// WrittenReport is how far what is shown as supported is. Shares are 0 to 1.
type WrittenReport struct {
	Model          string           `json:"model"`
	Questions      int              `json:"questions"`
	Written        int              `json:"written"`         // answers, of which
	HoldGold       float64          `json:"hold_gold"`       // share that holds a gold answer
	Sentences      int              `json:"sentences"`       // that claim something
	Supported      int              `json:"supported"`       // that are shown so, of which
	SupportedWrong float64          `json:"supported_wrong"` // share whose cited document does not hold the claim
	BesideGold     float64          `json:"beside_gold"`     // share that cites a document which does not answer the question
	Outcomes       []WrittenOutcome `json:"outcomes"`        // by question
}

// WrittenOutcome is what became of one question.
type WrittenOutcome struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Said   []Said `json:"said,omitempty"`
	Gold   bool   `json:"gold"`             // the answer holds a gold answer
	Wrong  []int  `json:"wrong,omitempty"`  // of Said: shown as supported, and not held
	Beside int    `json:"beside,omitempty"` // supported ones that cite another document than those that answer
}

// RunWritten has every question answered, one after the other as a person asks, and
// judges each sentence that is shown as supported: its cited document must hold it
// (see held), or, where that document is one that answers, the sentence must give a
// gold answer. texts are the documents by id. done may be nil.
func RunWritten(ctx context.Context, questions []eval.Asked, texts map[string]string, write Write, done func(n, of int)) (WrittenReport, error) {
	r := WrittenReport{Questions: len(questions), Outcomes: []WrittenOutcome{}}
	gold, wrong, beside := 0, 0, 0
	for i, q := range questions {
		w, err := write(ctx, q.Text)
		if err != nil {
			return r, fmt.Errorf("question %s: %w", q.ID, err)
		}
		o := WrittenOutcome{ID: q.ID, Text: q.Text}
		if !w.Refused {
			r.Written++
			o.Said = w.Said
			if o.Gold = holds(w.Text, q.Answers); o.Gold {
				gold++
			}
		}
		for j, s := range o.Said {
			if s.Verdict == "not a claim" {
				continue
			}
			r.Sentences++
			if s.Verdict != supported {
				continue
			}
			r.Supported++
			answers := slices.Contains(q.Docs, s.Doc)
			if !answers {
				o.Beside++
				beside++
			}
			if !held(s.Text, texts[s.Doc]) && !(answers && gives(s.Text, q.Text, texts[s.Doc], q.Answers)) {
				o.Wrong = append(o.Wrong, j)
				wrong++
			}
		}
		r.Outcomes = append(r.Outcomes, o)
		if done != nil {
			done(i+1, len(questions))
		}
	}
	share := func(n, of int) float64 { return float64(n) / float64(max(1, of)) }
	r.HoldGold, r.SupportedWrong, r.BesideGold = share(gold, r.Written), share(wrong, r.Supported), share(beside, r.Supported)
	return r, nil
}
