package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"golocal/eval"
	"golocal/eval/report"
)

// evalFlags are those of golocal eval.
type evalFlags struct {
	split, save, against, html, cache string
	worst, n                          int
	seed                              uint64
	all, own, clear                   bool
}

func (c *cli) evalCommand() *cobra.Command {
	var f evalFlags
	cmd := &cobra.Command{
		Use:   "eval [flags] DIR | --all DIR | --own",
		Short: "Measure search: on judged collections in the form of BEIR, or on your own files",
		Long: `Measure search. Your own index is only read, and with DIR not even that.

  eval DIR        index the documents of a judged collection (corpus.jsonl,
                  queries.jsonl, qrels/SPLIT.tsv) in a home of its own, ask every
                  judged query, and print nDCG@10, recall and MRR for keywords,
                  for meaning, and for both, and the questions that lost most
  eval --all DIR  the same for every collection in DIR, with the evidence gate, as
                  one table
  eval --own      make questions from your own files and see whether they are found,
                  answered with the right sentence, and refused where the file
                  that answers is withheld

The index of a collection, its vectors and those of the questions are kept, so
that a second run embeds nothing and one that was stopped goes on. What was not
used for longest goes when all have 4 GB; --clear-cache removes them.

--save keeps a run question by question; --against compares with one (paired
bootstrap: mean difference, 95 % interval, p); --html writes a report for a
browser, in one file that loads nothing.`,
		Example: `  golocal eval --save before.json ~/sets/scifact
  golocal eval --against before.json --html report.html ~/sets/scifact
  golocal eval --own --n 100`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			cache := c.evalCache(f.cache)
			switch given := len(args) == 1; {
			case f.own && f.all, f.clear && (f.own || f.all || given):
				return usagef("--own, --all and --clear-cache exclude each other")
			case f.clear:
				return c.clearEvalCache(cache)
			case f.own && given:
				return usagef("--own measures on the folders that are watched and takes no DIR; golocal add adds one")
			case f.own:
				return c.evalOwn(cmd.Context(), cache, f)
			case !given:
				return usagef("name the folder of a judged collection, or measure on your own files: golocal eval --own")
			case f.worst < 0:
				return usagef("--worst %d: choose 0 or more", f.worst)
			case f.all && (f.save != "" || f.against != "" || f.html != ""):
				return usagef("--save, --against and --html are for one collection: leave --all out")
			case f.all:
				return c.evalAll(cmd.Context(), cache, args[0], f)
			}
			return c.eval(cmd.Context(), cache, args[0], f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.split, "split", "test", "which judgements: the name of a file in qrels")
	flags.IntVar(&f.worst, "worst", 10, "how many of the worst questions to show")
	flags.StringVar(&f.save, "save", "", "keep the run in this file")
	flags.StringVar(&f.against, "against", "", "compare with the run in this file")
	flags.StringVar(&f.html, "html", "", "write a report for a browser to this file")
	flags.BoolVar(&f.all, "all", false, "measure every collection in DIR and print one table")
	flags.BoolVar(&f.own, "own", false, "measure on your own files")
	flags.IntVarP(&f.n, "n", "n", 50, "with --own: how many questions to make")
	flags.Uint64Var(&f.seed, "seed", 1, "with --own: another one makes other questions; with --all: another one withholds other documents")
	flags.BoolVar(&f.clear, "clear-cache", false, "remove the indexes that were kept, and end")
	cmd.PersistentFlags().StringVar(&f.cache, "cache", "", "folder to keep indexes in (default: eval in golocal's cache)")
	cmd.AddCommand(c.evalAnswersCommand(&f.cache), c.evalChunksCommand(&f.cache), c.evalExtractionCommand(), c.evalGateCommand(&f.cache), c.evalVerifyCommand())
	return cmd
}

// evalJSON is the documented shape of eval --json.
type evalJSON struct {
	eval.Report
	Worst   []eval.Question  `json:"worst,omitempty"`
	Against *eval.Comparison `json:"against,omitempty"`
}

func (c *cli) eval(ctx context.Context, cache eval.Cache, dir string, f evalFlags) (err error) {
	var before *eval.Run
	if f.against != "" {
		run, err := eval.Load[eval.Run](f.against)
		if err != nil {
			return err
		}
		before = &run
	}
	set, err := c.openJudged(ctx, cache, dir, f.split)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, set.home.close()) }()
	run, err := set.run(ctx, c)
	if err != nil {
		return err
	}
	if f.save != "" {
		if err := eval.Save(f.save, run); err != nil {
			return err
		}
	}
	out := evalJSON{Report: run.Report, Worst: run.Worst(f.worst)}
	if before != nil {
		compared, err := run.Compare(*before)
		if err != nil {
			return err
		}
		out.Against = &compared
	}
	if f.html != "" {
		page, err := report.Run(run, out.Against, out.Worst)
		if err != nil {
			return err
		}
		if err := writeReport(f.html, page); err != nil {
			return err
		}
	}
	if c.asJSON {
		return c.t.json(out)
	}
	c.t.printf("%s: %d documents, %d queries of %s\n\n", printable(set.name), len(set.Documents), run.Queries, printable(f.split))
	c.t.printf("%s", legTable(run.Report))
	if out.Against != nil {
		c.printComparison(*out.Against, run.Names())
	}
	c.printWorst(out.Worst, run.Report)
	return nil
}

// writeReport writes a page for a browser.
func writeReport(path string, page []byte) error {
	if err := os.WriteFile(path, page, 0o600); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// legTable is a line for each leg.
func legTable(r eval.Report) string {
	columns := []column{{}, {title: "nDCG@10", right: true}, {title: "recall@10", right: true}, {title: "recall@100", right: true}, {title: "MRR@10", right: true}}
	var rows []row
	for _, leg := range r.Names() {
		m := r.Legs[leg]
		rows = append(rows, row{cells: []string{leg, figure(m.NDCG10), figure(m.Recall10), figure(m.Recall100), figure(m.MRR10)}})
	}
	return table(columns, rows, 0)
}

// figure writes a share as papers do.
func figure(v float64) string { return fmt.Sprintf("%.4f", v) }

// printComparison shows each figure's distance to the earlier run.
func (c *cli) printComparison(d eval.Comparison, legs []string) {
	columns := []column{{title: "against the earlier run"}, {title: "difference", right: true}, {title: "95 % interval", right: true}, {title: "p", right: true}, {title: "better", right: true}, {title: "worse", right: true}}
	var rows []row
	for _, leg := range legs {
		for _, key := range eval.MetricNames() {
			x, ok := d.Legs[leg][key]
			if !ok {
				continue
			}
			rows = append(rows, row{cells: []string{leg + " " + key, fmt.Sprintf("%+.4f", x.Mean), fmt.Sprintf("%+.4f to %+.4f", x.Low, x.High),
				fmt.Sprintf("%.4f", x.P), fmt.Sprint(x.Better), fmt.Sprint(x.Worse)}})
		}
	}
	c.t.printf("\n%s", table(columns, rows, 0))
	var keys []string
	for key := range d.Settings {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		c.t.printf("%s: %s before, %s now\n", printable(key), printable(orText(d.Settings[key][0], "none")), printable(orText(d.Settings[key][1], "none")))
	}
	if d.Note != "" {
		c.t.printf("%s\n", warn.Render(d.Note))
	}
}

// mostGold is how many documents of a question are named.
const mostGold = 5

// printWorst names the questions that lost most and where their documents are.
func (c *cli) printWorst(worst []eval.Question, r eval.Report) {
	if len(worst) == 0 {
		return
	}
	final := r.Final()
	c.t.printf("\n%s\n", bold.Render("Worst questions, by nDCG@10 of "+final))
	for _, q := range worst {
		var scores []string
		for _, leg := range r.Names() {
			scores = append(scores, fmt.Sprintf("%s %.3f", leg, q.Legs[leg].NDCG10))
		}
		c.t.printf("\n%s  %s\n  %s\n", bold.Render(printable(q.ID)), printable(cut(oneLine(q.Text), 160)), faint.Render(strings.Join(scores, ", ")))
		for i, g := range q.Gold {
			if i == mostGold {
				c.t.printf("  and %d more\n", len(q.Gold)-mostGold)
				break
			}
			var ranks []string
			for _, leg := range r.Names() {
				ranks = append(ranks, leg+" "+rankText(g.Ranks[leg]))
			}
			c.t.printf("  expected %s %s: %s\n", printable(g.Doc), faint.Render(printable(cut(oneLine(g.Title), 60))), strings.Join(ranks, ", "))
		}
	}
}

// rankText writes a place in a ranking.
func rankText(rank int) string {
	if rank == 0 {
		return "not in 100"
	}
	return fmt.Sprintf("%d.", rank)
}
