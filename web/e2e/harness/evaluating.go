package main

import (
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"path/filepath"
	"slices"
	"time"

	"golocal/web"
)

// evaluating is the harness's pretended evaluation: how far one is follows from
// the clock, and each run is better than the one before.
type evaluating struct {
	*daemon
	began time.Time
	of    int
	on    bool
	runs  []web.EvaluationOf
	made  int
}

func newEvaluating(d *daemon) *evaluating { return &evaluating{daemon: d} }

// move brings the run up to the clock; d.mu is held.
func (e *evaluating) move() web.Evaluating {
	step := int(time.Since(e.began) / (2 * e.delay))
	if e.on && step >= e.of+2 {
		e.on = false
		e.made++
		better := .04 * float64(e.made)
		e.runs = append([]web.EvaluationOf{{
			ID: fmt.Sprintf("20261128T12%02d00.000Z", e.made), At: time.Date(2026, 11, 28, 12, e.made, 0, 0, time.UTC), Questions: e.of, Settings: map[string]string{"embedding model": "all-minilm:22m", "files": "7", "golocal": "test"},
			Recall: .8 + better, Shares: map[string]float64{"answered": .86 + better, "right_file": .8 + better, "right_quote": .72 + better, "standing": 1, "refused": .6 + better},
		}}, e.runs...)
	}
	if step < 2 {
		return web.Evaluating{Step: "questions", Done: step, Of: e.of, Seconds: time.Since(e.began).Seconds()}
	}
	return web.Evaluating{Step: "asking", Done: min(step-2, e.of), Of: e.of, Seconds: time.Since(e.began).Seconds(), ETA: float64(e.of+2-step) * 2 * e.delay.Seconds()}
}

func (e *evaluating) Begin(_ context.Context, n int) (web.Evaluating, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if now := e.move(); e.on {
		return now, &web.Problem{Status: http.StatusConflict, Code: "busy", Message: "an evaluation goes on already", Next: "wait for it, or stop it"}
	}
	e.on, e.of, e.began = true, n, time.Now()
	return e.move(), nil
}

func (e *evaluating) Halt(context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.on = false
	return nil
}

func (e *evaluating) Evaluations(context.Context) (web.EvaluationList, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.move()
	out := web.EvaluationList{Runs: slices.Clone(e.runs)}
	if e.on {
		out.Running = &now
	}
	return out, nil
}

func (e *evaluating) Evaluation(_ context.Context, id, against string) (web.Evaluation, error) {
	docs := e.all()
	e.mu.Lock()
	defer e.mu.Unlock()
	head := func(id string) (web.EvaluationOf, error) {
		for _, r := range e.runs {
			if r.ID == id {
				return r, nil
			}
		}
		return web.EvaluationOf{}, fmt.Errorf("evaluation %s: %w", id, fs.ErrNotExist)
	}
	of, err := head(id)
	if err != nil {
		return web.Evaluation{}, err
	}
	out := web.Evaluation{EvaluationOf: of, AUROC: .91, Legs: map[string]map[string]float64{}, Curves: map[string][]float64{}}
	for i, leg := range []string{"keyword", "dense", "hybrid"} {
		low := of.Recall - .12 + .06*float64(i)
		out.Legs[leg] = map[string]float64{"ndcg@10": low - .1, "recall@10": low, "recall@100": low + .05, "mrr@10": low - .15}
		for k := range 20 {
			out.Curves[leg] = append(out.Curves[leg], min(1, low-.35/float64(k+1)+.005*float64(k)))
		}
	}
	for _, doc := range docs {
		if filepath.Base(doc.Ref.Path) == "handbook.md" {
			out.Worst = append(out.Worst, web.EvaluatedQuestion{Text: "What does a lost key of the boat house cost?", Path: filepath.Join(e.roots[0].Path, doc.Ref.Path), Sentence: "A lost key costs 30 euros.", Ranks: map[string]int{"keyword": 2, "hybrid": 4}, Answered: true})
		}
	}
	out.Worst = append(out.Worst, web.EvaluatedQuestion{Text: "Who keeps the accounts?", Path: "/gone/minutes.txt", Sentence: "The harbour office keeps the accounts.", Ranks: map[string]int{}})
	if against != "" {
		before, err := head(against)
		if err != nil {
			return out, err
		}
		out.Against = &before
		out.Differences = map[string]web.EvaluatedDifference{"recall": {Questions: of.Questions, Mean: of.Recall - before.Recall, Low: .01, High: .09, P: .031}}
		for k, v := range of.Shares {
			d := v - before.Shares[k]
			out.Differences[k] = web.EvaluatedDifference{Questions: of.Questions, Mean: d, Low: d - .05, High: d + .05, P: .2}
		}
	}
	return out, nil
}

func (e *evaluating) Forget(_ context.Context, id string) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.runs = slices.DeleteFunc(e.runs, func(r web.EvaluationOf) bool { return r.ID == id })
	return nil
}
