package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"golocal/eval"
	"golocal/eval/own"
	"golocal/web"
)

// measured is a result of three questions: one right, one whose file stands at
// place 3 and one that is not found.
func measured(better bool) own.Result {
	r := own.Result{Run: eval.Run{Digest: "own files", Settings: map[string]string{"files": "3"}}}
	for i, rank := range []int{1, 3, 0} {
		ranks := map[string]int{}
		if rank > 0 {
			ranks["hybrid"], ranks["keyword"] = rank, rank
		}
		judged := map[string]int{"/a": 1}
		ranked := map[string][]string{"hybrid": {"/x", "/y", "/a"}, "keyword": {"/a"}}
		if rank == 1 || better {
			ranked["hybrid"] = []string{"/a"}
		}
		if rank == 0 && !better {
			ranked = map[string][]string{"hybrid": {"/x"}, "keyword": {"/x"}}
		}
		text := fmt.Sprintf("question %d", i)
		r.Questions = append(r.Questions, eval.NewQuestion(eval.Query{ID: fmt.Sprint(i), Text: text}, judged, nil, ranked))
		right := rank == 1 || better
		r.Asked = append(r.Asked, own.Asked{Question: own.Question{Text: text, Path: "/a", Sentence: "s"}, Answered: rank > 0, RightFile: right, RightQuote: right, Standing: true, Refused: rank == 1})
	}
	r.Report = r.Mean()
	r.Answered, r.RightQuote = 2./3, 1./3
	return r
}

func keptEvaluations(t *testing.T, ids ...string) *evaluations {
	t.Helper()
	e := newEvaluations(&app{c: &cli{paths: paths{Run: t.TempDir()}}})
	if err := os.MkdirAll(e.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		if err := eval.Save(filepath.Join(e.dir, id+".json"), measured(i > 0)); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

const first, second = "20261128T120000.000Z", "20261128T130000.000Z"

func TestEvaluations_BeforeAndAfter(t *testing.T) {
	e := keptEvaluations(t, first, second)
	list, err := e.Evaluations(t.Context())
	if err != nil || len(list.Runs) != 2 || list.Runs[0].ID != second || list.Runs[1].At.Hour() != 12 || list.Running != nil {
		t.Fatalf("%+v, %v", list, err)
	}
	got, err := e.Evaluation(t.Context(), second, first)
	if err != nil {
		t.Fatal(err)
	}
	if got.Against == nil || got.Against.ID != first || got.Recall != 1 || len(got.Curves["hybrid"]) != curveDepth || got.Legs["hybrid"]["recall@10"] != 1 {
		t.Errorf("%+v", got)
	}
	if d := got.Differences["recall"]; d.Questions != 3 || d.Mean <= 0 {
		t.Errorf("recall %+v", d)
	}
	if d := got.Differences["right_quote"]; d.Questions != 3 || d.Mean <= 0 {
		t.Errorf("right quotes %+v", d)
	}
	alone, err := e.Evaluation(t.Context(), first, "")
	if err != nil || alone.Against != nil || len(alone.Worst) != 2 || alone.Worst[0].Text != "question 2" || alone.Worst[1].Ranks["hybrid"] != 3 {
		t.Errorf("%+v, %v", alone.Worst, err)
	}
}

func TestEvaluations_ForgetsAndRefusesNames(t *testing.T) {
	e := keptEvaluations(t, first)
	for _, id := range []string{"", "..", "../token", "20261128T120000.000Z.json", second} {
		if _, err := e.Evaluation(t.Context(), id, ""); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v", id, err)
		}
		if err := e.Forget(t.Context(), id); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("forget %q: %v", id, err)
		}
	}
	if err := e.Forget(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	if list, err := e.Evaluations(t.Context()); err != nil || len(list.Runs) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestEvaluations_KeepsTheNewest(t *testing.T) {
	var ids []string
	for i := range evaluationsKept + 3 {
		ids = append(ids, fmt.Sprintf("20261128T12%02d%02d.000Z", i/60, i%60))
	}
	e := keptEvaluations(t, ids...)
	if err := e.prune(); err != nil {
		t.Fatal(err)
	}
	left, err := e.ids()
	if err != nil || len(left) != evaluationsKept || left[0] != ids[3] {
		t.Errorf("%d left from %s, %v", len(left), left[0], err)
	}
}

func TestEvaluations_StepTellsWhatIsLeft(t *testing.T) {
	e := keptEvaluations(t)
	e.step("asking", 1, 2) // nothing goes on
	e.now = &web.Evaluating{}
	e.step("questions", 2, 5)
	if *e.now != (web.Evaluating{Step: "questions", Done: 2, Of: 5}) {
		t.Errorf("%+v", e.now)
	}
	e.step("asking", 0, 5)
	e.step("asking", 4, 5)
	if e.now.Step != "asking" || e.now.Done != 4 || e.now.ETA <= 0 {
		t.Errorf("%+v", e.now)
	}
	ctx, stop := context.WithCancel(t.Context())
	e.stop = stop
	if err := e.Halt(t.Context()); err != nil || ctx.Err() == nil {
		t.Errorf("it is not stopped: %v", err)
	}
}
