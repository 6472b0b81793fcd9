package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"golocal"
	"golocal/chat"
	"golocal/eval"
	"golocal/eval/own"
	"golocal/eval/report"
	"golocal/models"
	"golocal/web"
)

// evalOwn measures on the watched folders.
func (c *cli) evalOwn(ctx context.Context, cache eval.Cache, f evalFlags) error {
	if f.n < 1 || f.n > 1000 {
		return usagef("--n %d: choose 1 to 1000", f.n)
	}
	var before *own.Result
	if f.against != "" {
		r, err := eval.Load[own.Result](f.against)
		if err != nil {
			return err
		}
		before = &r
	}
	return c.with(ctx, func(ctx context.Context, s *session) error {
		if err := c.needRoots(ctx, s); err != nil {
			return err
		}
		files, err := c.openFiles(ctx, s)
		if err != nil {
			return err
		}
		if len(files.docs) == 0 {
			return exitStatus{exitNothing, "golocal: no file is indexed yet; wait for it: golocal sync"}
		}
		questions, err := c.ownQuestions(ctx, cache, files, f, before)
		if err != nil {
			return err
		}
		if len(questions) == 0 {
			return exitStatus{exitNothing, "golocal: no sentence of your files makes a question: they have too few whole sentences with rare words"}
		}
		bar := c.progress()
		result, err := own.Run(ctx, files, files, files.path, questions, func(n, of int) { bar.set("asking", int64(n), int64(of), false) })
		bar.clear()
		if err != nil {
			return fmt.Errorf("evaluate: %w", err)
		}
		result.Settings = files.settings()
		if before != nil {
			if err := result.Compare(*before); err != nil {
				return err
			}
		}
		if f.save != "" {
			if err := eval.Save(f.save, result); err != nil {
				return err
			}
		}
		worst := result.Worst(f.worst)
		if f.html != "" {
			page, err := report.Own(result, worst)
			if err != nil {
				return err
			}
			if err := writeReport(f.html, page); err != nil {
				return err
			}
		}
		if c.asJSON {
			return c.t.json(result)
		}
		c.printOwn(result, worst, f.n)
		return nil
	})
}

// ownQuestions are those of the earlier run, else those that were made before
// from these folders with this seed, else new ones. Each is kept as soon as it
// is made.
func (c *cli) ownQuestions(ctx context.Context, cache eval.Cache, files *ownFiles, f evalFlags, before *own.Result) (_ []own.Question, err error) {
	maker := own.Maker{Library: files, Path: files.path, Seed: f.seed}
	n := f.n
	if before != nil {
		n = len(before.Asked)
		for _, a := range before.Asked {
			maker.Kept = append(maker.Kept, a.Question)
		}
		return maker.Make(ctx, n)
	}
	writer, name, closeWriter, err := c.ownWriter(ctx, files.s)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closeWriter()) }()
	if writer != nil {
		maker.Writer = writer
	}
	key := []string{"own", name, fmt.Sprint(f.seed)}
	for _, r := range files.roots {
		key = append(key, r.Path)
	}
	entry, err := cache.Take(ctx, eval.Key(key...), func(holder string) {
		c.t.notef("another evaluation%s makes questions from these folders; waiting for it, at most %v\n", inBrackets(holder), eval.Patience)
	})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, entry.Release()) }()
	kept := filepath.Join(entry.Dir, "questions.json")
	if maker.Kept, err = eval.Load[[]own.Question](kept); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	maker.Keep = func(all []own.Question) error {
		if maker.Writer == nil && len(all) < n { // clozes cost nothing to make again
			return nil
		}
		return eval.Save(kept, all)
	}
	bar := c.progress()
	defer bar.clear()
	maker.Done = func(n, of int) { bar.set("making questions", int64(n), int64(of), false) }
	return maker.Make(ctx, n)
}

// ownWriter is the chat model as an own.Writer where there is one that is good
// enough: not a base model, and of a billion parameters or more. Its name tells
// questions apart; "cloze" is none.
func (c *cli) ownWriter(ctx context.Context, s *session) (own.Writer, string, func() error, error) {
	closed := func() error { return nil }
	var m *models.Models
	if s.app != nil {
		m = s.app.models
	} else {
		var err error
		if m, err = models.Open(ctx, c.modelOptions()); err != nil {
			return nil, "", closed, err
		}
		closed = m.Close
	}
	model, ok := m.ChatModel()
	if !ok || model.Tiny || model.Base {
		return nil, "cloze", closed, nil
	}
	return questionWriter{m}, model.Digest, closed, nil
}

// questionWriter writes questions with the chat model.
type questionWriter struct{ m *models.Models }

// Write asks for one question.
func (w questionWriter) Write(ctx context.Context, title, around, sentence string) (string, error) {
	prompt := "Title: " + title + "\n\nText:\n" + around + "\n\nSentence: " + sentence +
		"\n\nWrite one question that somebody who has not seen this text could ask and that the sentence answers. " +
		"Name what it is about, in other words than the sentence where you can. Write the question alone, in the language of the sentence."
	var out strings.Builder
	for d, err := range w.m.Generate(ctx, []golocal.Message{{Role: "user", Content: prompt}}, golocal.Limits{Tokens: 80}) {
		if err != nil {
			return "", err
		}
		out.WriteString(d.Text)
	}
	return out.String(), nil
}

// ownFiles is a session as own.Library and own.Asker: all of it goes the way
// that other commands go, with a daemon or without.
type ownFiles struct {
	s         *session
	roots     []web.RootStatus
	docs      []golocal.Document
	embedding *web.Model
}

func (c *cli) openFiles(ctx context.Context, s *session) (*ownFiles, error) {
	f := &ownFiles{s: s}
	var err error
	if f.roots, err = s.Roots(ctx); err != nil {
		return nil, err
	}
	m, err := s.Models(ctx)
	if err != nil {
		return nil, err
	}
	f.embedding = m.Embedding
	f.docs, err = allDocuments(ctx, s, web.Filter{State: golocal.StateReady})
	return f, err
}

func (f *ownFiles) path(ref golocal.Ref) string {
	for _, r := range f.roots {
		if r.ID == ref.Root {
			return filepath.Join(r.Path, filepath.FromSlash(ref.Path))
		}
	}
	return ref.Path
}

// Documents lists what can be searched.
func (f *ownFiles) Documents(context.Context) ([]golocal.Document, error) { return f.docs, nil }

// Text gives a document with its text.
func (f *ownFiles) Text(ctx context.Context, id int64) (golocal.Document, error) {
	content, err := f.s.Document(ctx, id)
	return content.Document, err
}

// Search finds passages.
func (f *ownFiles) Search(ctx context.Context, question string, n int) ([]golocal.Hit, error) {
	found, err := f.s.Search(ctx, question, golocal.Scope{}, n)
	return found.Hits, err
}

// Ask answers with quotes, which every golocal can.
func (f *ownFiles) Ask(ctx context.Context, question string, without int64) (own.Answer, error) {
	ask := web.Ask{Question: question, Mode: "quotes", Keep: new(false)} // it is no conversation of the user's
	if without != 0 {
		for _, d := range f.docs {
			if d.ID != without {
				ask.Scope.Docs = append(ask.Scope.Docs, d.ID)
			}
		}
		if len(ask.Scope.Docs) == 0 {
			return own.Answer{Refused: true}, nil // nothing is left that could answer
		}
	}
	for e, err := range f.s.Ask(ctx, ask) {
		if err != nil {
			return own.Answer{}, err
		}
		event, err := chat.Decode(e.Data)
		if err != nil {
			return own.Answer{}, err
		}
		if a, ok := event.(chat.Answer); ok {
			out := own.Answer{Refused: a.Kind == chat.KindNone, Evidence: a.Ledger.Evidence}
			for _, q := range a.Quotes {
				out.Quotes = append(out.Quotes, q.Citation)
			}
			return out, nil
		}
	}
	if ctx.Err() != nil {
		return own.Answer{}, context.Cause(ctx)
	}
	return own.Answer{}, errors.New("the answer ended early")
}

// settings are what the figures depend on, for comparing runs.
func (f *ownFiles) settings() map[string]string {
	out := map[string]string{"golocal": version, "files": fmt.Sprint(len(f.docs))}
	if f.embedding != nil {
		out["embedding model"] = f.embedding.Name
	}
	return out
}

func (c *cli) printOwn(r own.Result, worst []eval.Question, wanted int) {
	c.t.printf("%s from your own files, %d of them in the chat model's words\n", plural(r.Queries, "question"), r.Written)
	if r.Queries < wanted && r.Comparison == nil {
		c.t.printf("%s\n", warn.Render(fmt.Sprintf("%d were asked for; your files have no more sentences that make one", wanted)))
	}
	c.t.printf("\n%s\n", legTable(r.Report))
	for _, s := range r.Shares() {
		line := fmt.Sprintf("%-32s %5.1f %%", s.What, 100*s.Value)
		if d, ok := r.Differences[s.Key]; ok {
			line += fmt.Sprintf("   %+.1f, 95 %% interval %+.1f to %+.1f, p %.4f", 100*d.Mean, 100*d.Low, 100*d.High, d.P)
		}
		c.t.printf("%s\n", line)
	}
	c.t.printf("%-32s %5.3f\n", "AUROC, there against withheld", r.AUROC)
	if r.Comparison != nil {
		c.printComparison(*r.Comparison, r.Names())
	}
	c.printWorst(worst, r.Report)
}
