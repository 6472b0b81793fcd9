//go:build e2e

package e2e

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"golocal/eval/answers"
	"golocal/internal/judged"
)

// TestEvalAnswers_MadeCollection asks for the sentence of each notice that the
// question is about.
func TestEvalAnswers_MadeCollection(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir := filepath.Join(t.TempDir(), "notices")
	c := judged.Notices(1)
	if err := c.Write(dir); err != nil {
		t.Fatal(err)
	}
	says := map[string]string{}
	for _, d := range c.Documents {
		said, _, _ := strings.Cut(d.Text, ". ")
		says[d.ID] = said
	}
	var qa strings.Builder
	for _, q := range c.Questions {
		if strings.HasPrefix(q.Text, "What was decided") {
			continue // its words stand in the next sentence
		}
		if err := json.NewEncoder(&qa).Encode(map[string]any{"_id": q.ID, "question": q.Text, "answers": []string{says[q.Gold[0]]}, "support": []string{says[q.Gold[0]]}}); err != nil {
			t.Fatal(err)
		}
	}
	bare := h.run("eval", "answers", dir).want(t, 1)
	if !strings.Contains(bare.err, "qa.jsonl") {
		t.Errorf("without qa.jsonl: %s", bare.err)
	}
	write(t, filepath.Join(dir, "qa.jsonl"), qa.String())
	r := decode[answers.Report](t, h.run("eval", "answers", "--json", "--n", "40", dir).want(t, 0))
	if r.Questions != 40 || r.Present != 20 || r.Withheld != 20 || r.Supported != 40 || r.Support5 == nil || len(r.Outcomes) != 40 {
		t.Fatalf("%+v", r)
	}
	if r.Quote1 < .8 || r.Quote5 < .9 || *r.Support5 < r.Quote5 {
		t.Errorf("quote1 %.3f, quote5 %.3f, support5 %.3f", r.Quote1, r.Quote5, *r.Support5)
	}
	if r.AnsweredPresent < .8 || r.AnsweredWithheld > .3 {
		t.Errorf("answered: %.3f there, %.3f withheld", r.AnsweredPresent, r.AnsweredWithheld)
	}
	t.Logf("quote1 %.3f, quote5 %.3f, answered %.3f there, %.3f withheld", r.Quote1, r.Quote5, r.AnsweredPresent, r.AnsweredWithheld)
	people := h.run("eval", "answers", "--n", "4", dir).want(t, 0).out
	for _, want := range []string{"notices: 4 questions", "gold answer in the first quote", "supporting sentence in one of five", "answered, documents withheld"} {
		if !strings.Contains(people, want) {
			t.Errorf("no %q in\n%s", want, people)
		}
	}
	h.run("eval", "answers", "--n", "-1", dir).want(t, 2)

	w := decode[answers.WrittenReport](t, h.run("eval", "answers", "--generate", "--model", "smollm2:135m", "--json", "--n", "3", dir).want(t, 0))
	if w.Model != "smollm2:135m" || w.Questions != 3 || len(w.Outcomes) != 3 || w.Supported > w.Sentences || w.Written > 0 && w.Sentences == 0 {
		t.Errorf("%+v", w)
	}
	if people := h.run("eval", "answers", "--generate", "--model", "smollm2:135m", "--n", "1", dir).want(t, 0).out; !strings.Contains(people, "the cited document does not hold it") {
		t.Errorf("no table:\n%s", people)
	}
	h.run("eval", "answers", "--model", "smollm2:135m", dir).want(t, 2)
}
