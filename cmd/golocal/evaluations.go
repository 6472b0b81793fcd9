package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"golocal/eval"
	"golocal/eval/own"
	"golocal/web"
)

// evaluations are the measurements on the user's own files that belong to the
// daemon. Each run is a file, named after the moment it began.
type evaluations struct {
	a     *app
	dir   string
	begun chan evaluationRun // holds one

	mu     sync.Mutex // guards the rest
	now    *web.Evaluating
	began  time.Time
	asking time.Time          // when the first question was asked
	stop   context.CancelFunc // of now
	failed string
	heads  map[string]web.EvaluationOf // by id; runs never change
}

// evaluationRun is a run that is to begin.
type evaluationRun struct {
	ctx       context.Context // ends when it is stopped
	stop      context.CancelFunc
	questions int
}

// evaluationsKept is how many runs are kept; the oldest go first.
const evaluationsKept = 50

// curveDepth is how far a curve of recall is shown, worstShown how many questions.
const (
	curveDepth = 20
	worstShown = 20
)

func newEvaluations(a *app) *evaluations {
	return &evaluations{a: a, dir: filepath.Join(a.c.paths.Run, "evaluations"), begun: make(chan evaluationRun, 1), heads: map[string]web.EvaluationOf{}}
}

// Begin implements web.Evaluator.
func (e *evaluations) Begin(_ context.Context, n int) (web.Evaluating, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.a.index.ReadOnly() {
		return web.Evaluating{}, &web.Problem{Status: http.StatusConflict, Code: "read_only", Message: "the index can only be read, so golocal does nothing of its own", Next: "golocal doctor tells why"}
	}
	if e.now != nil {
		return *e.now, &web.Problem{Status: http.StatusConflict, Code: "busy", Message: "an evaluation goes on already", Next: "wait for it, or stop it"}
	}
	e.now, e.began, e.asking, e.failed = &web.Evaluating{Step: "questions", Of: n}, time.Now(), time.Time{}, ""
	one := evaluationRun{questions: n}
	one.ctx, one.stop = context.WithCancel(context.Background()) // it outlives who asked
	e.stop = one.stop
	e.begun <- one // empty: only the one that goes on is ever in it
	return *e.now, nil
}

// Halt implements web.Evaluator.
func (e *evaluations) Halt(context.Context) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.stop != nil {
		e.stop()
	}
	return nil
}

// work runs what is begun, until ctx ends.
func (e *evaluations) work(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case one := <-e.begun:
			ends := context.AfterFunc(ctx, one.stop)
			err := e.measure(one.ctx, one.questions)
			stopped := one.ctx.Err() != nil
			ends()
			one.stop()
			e.mu.Lock()
			e.now, e.stop = nil, nil
			if err != nil && !stopped {
				e.failed = strings.ReplaceAll(err.Error(), "\n", " ")
			}
			e.mu.Unlock()
		}
	}
}

// measure asks as commands do, through the interface, and keeps the result.
func (e *evaluations) measure(ctx context.Context, n int) error {
	pipe := newPipeListener()
	serving, end := context.WithCancel(ctx)
	g, serving := errgroup.WithContext(serving)
	g.Go(func() error { return web.Serve(serving, pipe, e.a.server.LocalHandler()) })
	transport := transportTo(pipe.dial)
	err := e.run(ctx, &session{Client: web.NewClient(transport), app: e.a}, n)
	transport.CloseIdleConnections()
	end()
	return errors.Join(err, g.Wait())
}

func (e *evaluations) run(ctx context.Context, s *session, n int) error {
	c := e.a.c
	files, err := c.openFiles(ctx, s)
	if err != nil {
		return err
	}
	if len(files.docs) == 0 {
		return errors.New("no file is indexed yet; add a folder first")
	}
	id := e.began.UTC().Format("20060102T150405.000Z")
	before, err := e.last()
	if err != nil {
		return err
	}
	maker := own.Maker{Library: files, Path: files.path, Seed: 1, Done: func(n, of int) { e.step("questions", n, of) }}
	if before != nil { // what was asked before is asked again, so that runs compare
		for _, a := range before.Asked {
			maker.Kept = append(maker.Kept, a.Question)
		}
	}
	writer, _, closeWriter, err := c.ownWriter(ctx, s)
	if err != nil {
		return err
	}
	defer closeWriter()
	if writer != nil {
		maker.Writer = writer
	}
	questions, err := maker.Make(ctx, n)
	if err != nil {
		return err
	}
	if len(questions) == 0 {
		return errors.New("no sentence of your files makes a question: they have too few whole sentences with rare words")
	}
	e.step("asking", 0, len(questions))
	result, err := own.Run(ctx, files, files, files.path, questions, func(n, of int) { e.step("asking", n, of) })
	if err != nil {
		return err
	}
	result.Settings = files.settings()
	if err := os.MkdirAll(e.dir, 0o700); err != nil {
		return fmt.Errorf("keep the evaluation: %w", err)
	}
	if err := eval.Save(filepath.Join(e.dir, id+".json"), result); err != nil {
		return err
	}
	return e.prune()
}

// step notes how far the run is.
func (e *evaluations) step(name string, done, of int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.now == nil {
		return
	}
	if name == "asking" && e.asking.IsZero() {
		e.asking = time.Now()
	}
	e.now = &web.Evaluating{Step: name, Done: done, Of: of}
	if name == "asking" && done > 2 {
		e.now.ETA = time.Since(e.asking).Seconds() / float64(done) * float64(of-done)
	}
}

// Evaluations implements web.Evaluations.
func (e *evaluations) Evaluations(context.Context) (web.EvaluationList, error) {
	out := web.EvaluationList{Runs: []web.EvaluationOf{}}
	ids, err := e.ids()
	if err != nil {
		return out, err
	}
	for _, id := range slices.Backward(ids) {
		head, ok := e.head(id)
		if !ok {
			continue // of another version, or gone meanwhile
		}
		out.Runs = append(out.Runs, head)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	out.Failed = e.failed
	if e.now != nil {
		now := *e.now
		now.Seconds = time.Since(e.began).Seconds()
		out.Running = &now
	}
	return out, nil
}

func (e *evaluations) head(id string) (web.EvaluationOf, bool) {
	e.mu.Lock()
	head, ok := e.heads[id]
	e.mu.Unlock()
	if ok {
		return head, true
	}
	r, err := e.load(id)
	if err != nil {
		return head, false
	}
	head = headOf(id, r)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.heads[id] = head
	return head, true
}

func headOf(id string, r own.Result) web.EvaluationOf {
	at, _ := time.Parse("20060102T150405.000Z", id)
	out := web.EvaluationOf{ID: id, At: at, Questions: r.Queries, Written: r.Written, Settings: r.Settings, Recall: r.Legs[r.Final()].Recall10, Shares: map[string]float64{}}
	if out.Settings == nil {
		out.Settings = map[string]string{}
	}
	for _, s := range r.Shares() {
		out.Shares[s.Key] = s.Value
	}
	return out
}

// Evaluation implements web.Evaluations.
func (e *evaluations) Evaluation(_ context.Context, id, against string) (web.Evaluation, error) {
	r, err := e.load(id)
	if err != nil {
		return web.Evaluation{}, err
	}
	out := web.Evaluation{EvaluationOf: headOf(id, r), Legs: map[string]map[string]float64{}, Curves: map[string][]float64{}, AUROC: r.AUROC, Worst: worstOf(r)}
	for _, leg := range r.Names() {
		out.Legs[leg] = map[string]float64{}
		for _, name := range eval.MetricNames() {
			out.Legs[leg][name] = r.Legs[leg].Value(name)
		}
		out.Curves[leg] = r.Curve(leg)[:curveDepth]
	}
	if against == "" {
		return out, nil
	}
	before, err := e.load(against)
	if err != nil {
		return out, err
	}
	if err := r.Compare(before); err != nil {
		return out, &web.Problem{Status: http.StatusConflict, Code: "apart", Message: "the two evaluations asked no question in common", Next: "compare with another"}
	}
	head := headOf(against, before)
	out.Against, out.Differences = &head, map[string]web.EvaluatedDifference{}
	for key, d := range r.Differences {
		out.Differences[key] = webDifference(d)
	}
	if d, ok := r.Comparison.Legs[r.Final()]["recall@10"]; ok {
		out.Differences["recall"] = webDifference(d)
	}
	return out, nil
}

func webDifference(d eval.Difference) web.EvaluatedDifference {
	return web.EvaluatedDifference{Questions: d.Questions, Mean: d.Mean, Low: d.Low, High: d.High, P: d.P}
}

// worstOf are the questions that fared worst: those without the right answer,
// those whose file was found late or not at all, and those that were answered
// although the file was withheld.
func worstOf(r own.Result) []web.EvaluatedQuestion {
	final := r.Final()
	var out []web.EvaluatedQuestion
	for i, a := range r.Asked {
		q := web.EvaluatedQuestion{Text: a.Text, Path: a.Path, Sentence: a.Sentence, Ranks: map[string]int{}, Answered: a.Answered, RightFile: a.RightFile, RightQuote: a.RightQuote, Refused: a.Refused}
		if len(r.Questions[i].Gold) > 0 {
			q.Ranks = r.Questions[i].Gold[0].Ranks
		}
		if !a.RightQuote || q.Ranks[final] != 1 || !a.Refused {
			out = append(out, q)
		}
	}
	loss := func(q web.EvaluatedQuestion) int {
		rank := q.Ranks[final]
		if rank == 0 {
			rank = eval.Deepest + 1
		}
		n := rank
		for i, wrong := range []bool{!q.Refused, !q.RightQuote, !q.RightFile, !q.Answered} {
			if wrong {
				n += 20 * (i + 1)
			}
		}
		return n
	}
	slices.SortStableFunc(out, func(a, b web.EvaluatedQuestion) int { return cmp.Compare(loss(b), loss(a)) })
	return out[:min(worstShown, len(out))]
}

// Forget implements web.Evaluations.
func (e *evaluations) Forget(_ context.Context, id string) error {
	if !evaluationName.MatchString(id) {
		return fmt.Errorf("evaluation %q: %w", id, fs.ErrNotExist)
	}
	if err := os.Remove(filepath.Join(e.dir, id+".json")); err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.heads, id)
	return nil
}
