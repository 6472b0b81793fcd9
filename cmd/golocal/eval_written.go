package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"golocal/chat"
	"golocal/eval"
	"golocal/eval/answers"
	"golocal/models"
)

// evalWritten has a chat model answer, and judges what is shown as supported.
func (c *cli) evalWritten(ctx context.Context, cache eval.Cache, dir, split, model string, n int) (err error) {
	set, err := c.openJudged(ctx, cache, dir, split)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, set.home.close()) }()
	questions, err := eval.ReadAsked(dir, set.Dataset)
	if err != nil {
		return err
	}
	if model != "" {
		if err := set.home.app.models.Use(ctx, models.Chat, model); err != nil {
			return fmt.Errorf("use %s: %w", printable(model), err)
		}
	}
	report, err := set.written(ctx, c, answers.Sample(questions, n))
	if err != nil {
		return err
	}
	if c.asJSON {
		return c.t.json(report)
	}
	c.printWritten(set.name, report)
	return nil
}

// written asks the assistant that answers users to write.
func (s *judgedSet) written(ctx context.Context, c *cli, questions []eval.Asked) (answers.WrittenReport, error) {
	bar := c.progress()
	defer bar.clear()
	a := s.home.app
	model, ok, err := a.chatModel(ctx, "")
	if err != nil {
		return answers.WrittenReport{}, err
	}
	if !ok {
		return answers.WrittenReport{}, exitStatus{exitNoModel, "golocal: no chat model to write the answers; golocal models shows how to get one"}
	}
	assistant := chat.New(a.chatOptions(a.models))
	texts := map[string]string{}
	for _, d := range s.Documents {
		texts[d.ID] = d.Title + "\n" + d.Text
	}
	write := func(ctx context.Context, question string) (answers.Written, error) {
		for event, err := range assistant.Answer(ctx, chat.Request{Question: question, Mode: chat.ModeGenerate}) {
			if err != nil {
				return answers.Written{}, err
			}
			done, ok := event.(chat.Answer)
			if !ok {
				continue
			}
			out := answers.Written{Refused: done.Kind != chat.KindGenerated, Text: done.Said()}
			for _, x := range done.Sentences {
				said := answers.Said{Text: x.Text, Verdict: string(x.Verdict)}
				if len(x.Citations) > 0 {
					said.Doc = s.docs[x.Citations[0].Doc]
				}
				out.Said = append(out.Said, said)
			}
			return out, nil
		}
		return answers.Written{}, errors.New("the answer ended early")
	}
	report, err := answers.RunWritten(ctx, questions, texts, write, func(n, of int) { bar.set(model.Name+" answers "+s.name, int64(n), int64(of), false) })
	report.Model = model.Name
	if err != nil {
		return report, fmt.Errorf("evaluate the written answers on %s: %w", s.name, err)
	}
	return report, nil
}

func (c *cli) printWritten(name string, r answers.WrittenReport) {
	c.t.printf("%s: %s that a document answers, written by %s\n\n", printable(name), plural(r.Questions, "question"), printable(r.Model))
	columns := []column{{}, {title: "share", right: true}, {title: "of", right: true}}
	rows := []row{
		{cells: []string{"questions with a written answer", figure(float64(r.Written) / float64(max(1, r.Questions))), strconv.Itoa(r.Questions)}},
		{cells: []string{"answers that hold a gold answer", figure(r.HoldGold), strconv.Itoa(r.Written)}},
		{cells: []string{"sentences shown as supported", figure(float64(r.Supported) / float64(max(1, r.Sentences))), strconv.Itoa(r.Sentences)}},
		{cells: []string{"supported, and the cited document does not hold it", figure(r.SupportedWrong), strconv.Itoa(r.Supported)}},
		{cells: []string{"supported by a document that does not answer the question", figure(r.BesideGold), strconv.Itoa(r.Supported)}},
	}
	c.t.printf("%s", table(columns, rows, 0))
}
