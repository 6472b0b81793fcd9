package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"golocal/eval"
)

func (c *cli) evalGateCommand(cache *string) *cobra.Command {
	var split, features string
	var seed uint64
	cmd := &cobra.Command{
		Use:   "gate DIR",
		Short: "Measure whether golocal knows when the files don't answer",
		Long: `Ask the judged questions of DIR, a seeded half of them with the documents that
answer withheld from the search, and print how well the evidence tells the two
apart (AUROC: 1 always, .5 by chance), how many of each are answered at the
threshold in force, and how well the evidence is calibrated: of the questions with
evidence .8, eight of ten should have their document. Questions that DIR/qa.jsonl
calls unanswerable are asked too and counted apart. Your own index is not touched.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.evalGate(cmd.Context(), c.evalCache(*cache), args[0], split, features, seed)
		},
	}
	cmd.Flags().StringVar(&split, "split", "test", "which judgements: the name of a file in qrels")
	cmd.Flags().StringVar(&features, "features", "", "write what the evidence is made from to this file, as CSV, a line a question")
	cmd.Flags().Uint64Var(&seed, "seed", 1, "another one withholds from another half")
	return cmd
}

func (c *cli) evalGate(ctx context.Context, cache eval.Cache, dir, split, features string, seed uint64) (err error) {
	set, err := c.openJudged(ctx, cache, dir, split)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, set.home.close()) }()
	cases, err := set.gate(ctx, c, seed)
	if err != nil {
		return err
	}
	if features != "" {
		if err := writeFeatures(features, cases); err != nil {
			return err
		}
	}
	g := eval.Summarise(cases)
	if c.asJSON {
		return c.t.json(g)
	}
	c.t.printf("%s: %d questions with their documents, %d with them withheld\n\n", printable(set.name), g.Present, g.Withheld)
	c.printGate(g)
	return nil
}

func (c *cli) printGate(g eval.Gate) {
	c.t.printf("AUROC              %.4f\n", g.AUROC)
	c.t.printf("answered, present  %.4f\n", g.AnsweredPresent)
	c.t.printf("answered, withheld %.4f\n", g.AnsweredWithheld)
	if g.Unanswerable > 0 {
		c.t.printf("of %d that the collection calls unanswerable: AUROC %.4f, answered %.4f\n", g.Unanswerable, *g.UnanswerableAUROC, *g.AnsweredUnanswerable)
	}
	c.t.printf("Brier score        %.4f (.25 knows nothing)\n", g.Brier)
	c.t.printf("calibration error  %.4f\n\n", g.Calibration)
	columns := []column{{title: "evidence"}, {title: "questions", right: true}, {title: "mean evidence", right: true}, {title: "documents there", right: true}}
	var rows []row
	for _, b := range g.Reliability {
		if b.Queries > 0 {
			rows = append(rows, row{cells: []string{fmt.Sprintf("%.1f to %.1f", b.From, b.To), strconv.Itoa(b.Queries), fmt.Sprintf("%.3f", b.Evidence), fmt.Sprintf("%.3f", b.Answered)}})
		}
	}
	c.t.printf("%s", table(columns, rows, 0))
}

// writeFeatures writes a line for each case: what it is, what the search
// thought of it, and the features.
func writeFeatures(path string, cases []eval.Case) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write the features: %w", err)
	}
	w := csv.NewWriter(file)
	lines := [][]string{append([]string{"id", "kind", "evidence", "enough"}, featureNames()...)}
	for _, k := range cases {
		line := []string{k.ID, k.Kind, strconv.FormatFloat(k.Judged.Evidence, 'g', -1, 64), strconv.FormatBool(k.Judged.Enough)}
		for _, v := range k.Judged.Features {
			line = append(line, strconv.FormatFloat(v, 'g', -1, 64))
		}
		lines = append(lines, line)
	}
	if err := errors.Join(w.WriteAll(lines), file.Close()); err != nil {
		return fmt.Errorf("write the features: %w", err)
	}
	return nil
}
