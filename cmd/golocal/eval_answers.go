package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"golocal/chat"
	"golocal/eval"
	"golocal/eval/answers"
)

func (c *cli) evalAnswersCommand(cache *string) *cobra.Command {
	var split string
	var n int
	var seed uint64
	var generate bool
	var model string
	cmd := &cobra.Command{
		Use:   "answers DIR",
		Short: "Measure whether quotes hold the answer, and whether golocal refuses without it",
		Long: `Ask the questions of DIR/qa.jsonl that a document answers as golocal ask --quotes
does, and print how many have a gold answer in the first quote and in one of five
(case, articles and punctuation do not matter), and, where the collection names
sentences that support an answer, of how many one of five quotes overlaps one.
Quotes that are shown below a refusal count there. A seeded half is asked again
with the documents that answer withheld: how many are answered there, and how many
of the other half with its documents. With --generate a chat model writes the
answers instead, and every sentence that is shown as supported is judged by a fixed
script of words, numbers, names and their order against the document that it cites:
supported_wrong is the share that the document does not hold. Your own index is not
touched.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if n < 0 {
				return usagef("--n %d: choose how many questions to ask, or 0 for all", n)
			}
			if model != "" && !generate {
				return usagef("--model is for --generate")
			}
			if generate {
				return c.evalWritten(cmd.Context(), c.evalCache(*cache), args[0], split, model, n)
			}
			return c.evalAnswers(cmd.Context(), c.evalCache(*cache), args[0], split, n, seed)
		},
	}
	cmd.Flags().StringVar(&split, "split", "test", "which judgements: the name of a file in qrels")
	cmd.Flags().IntVarP(&n, "n", "n", 0, "ask this many, evenly over the collection; 0 asks all")
	cmd.Flags().BoolVar(&generate, "generate", false, "have a chat model write the answers, and judge what is shown as supported")
	cmd.Flags().StringVar(&model, "model", "", "with --generate: the chat model; the one in use else")
	cmd.Flags().Uint64Var(&seed, "seed", 1, "another one withholds from another half")
	return cmd
}

func (c *cli) evalAnswers(ctx context.Context, cache eval.Cache, dir, split string, n int, seed uint64) (err error) {
	set, err := c.openJudged(ctx, cache, dir, split)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, set.home.close()) }()
	questions, err := eval.ReadAsked(dir, set.Dataset)
	if err != nil {
		return err
	}
	report, err := set.answers(ctx, c, answers.Sample(questions, n), seed)
	if err != nil {
		return err
	}
	if c.asJSON {
		return c.t.json(report)
	}
	c.printAnswers(set.name, report)
	return nil
}

// answers asks the assistant that answers users, in quotes mode.
func (s *judgedSet) answers(ctx context.Context, c *cli, questions []eval.Asked, seed uint64) (answers.Report, error) {
	bar := c.progress()
	defer bar.clear()
	a := s.home.app
	assistant := chat.New(a.chatOptions(a.models))
	all := slices.Sorted(maps.Keys(s.docs))
	ask := func(ctx context.Context, question string, without []string) (answers.Answer, error) {
		req := chat.Request{Question: question, Mode: chat.ModeQuotes}
		if len(without) > 0 {
			gone := map[int64]bool{}
			for _, id := range without {
				gone[s.ids[id]] = true
			}
			req.Scope.Docs = slices.DeleteFunc(slices.Clone(all), func(id int64) bool { return gone[id] })
			if len(req.Scope.Docs) == 0 {
				return answers.Answer{Refused: true}, nil // nothing is left that could answer
			}
		}
		for event, err := range assistant.Answer(ctx, req) {
			if err != nil {
				return answers.Answer{}, err
			}
			if done, ok := event.(chat.Answer); ok {
				out := answers.Answer{Refused: done.Kind == chat.KindNone}
				for _, q := range done.Quotes {
					out.Quotes = append(out.Quotes, q.Citation.Quote)
				}
				return out, nil
			}
		}
		return answers.Answer{}, errors.New("the answer ended early")
	}
	report, err := answers.Run(ctx, questions, ask, seed, runtime.GOMAXPROCS(0), func(n, of int) { bar.set("asking "+s.name, int64(n), int64(of), false) })
	if err != nil {
		return report, fmt.Errorf("evaluate the answers on %s: %w", s.name, err)
	}
	return report, nil
}

func (c *cli) printAnswers(name string, r answers.Report) {
	c.t.printf("%s: %s that a document answers\n\n", printable(name), plural(r.Questions, "question"))
	columns := []column{{}, {title: "share", right: true}, {title: "questions", right: true}}
	line := func(what string, share float64, of int) row {
		return row{cells: []string{what, figure(share), strconv.Itoa(of)}}
	}
	rows := []row{line("gold answer in the first quote", r.Quote1, r.Questions), line("gold answer in one of five", r.Quote5, r.Questions)}
	if r.Support5 != nil {
		rows = append(rows, line("supporting sentence in one of five", *r.Support5, r.Supported))
	}
	rows = append(rows, line("answered, documents there", r.AnsweredPresent, r.Present), line("answered, documents withheld", r.AnsweredWithheld, r.Withheld))
	c.t.printf("%s", table(columns, rows, 0))
}
