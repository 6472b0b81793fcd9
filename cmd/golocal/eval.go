package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"golocal"
	"golocal/eval"
)

// evalDepth is how many passages each leg gives for a query.
const evalDepth = 100

func (c *cli) evalCommand() *cobra.Command {
	var split string
	cmd := &cobra.Command{
		Use:   "eval DIR",
		Short: "Measure search on a judged collection in the form of BEIR",
		Long: `Index the documents of DIR (corpus.jsonl, queries.jsonl, qrels/SPLIT.tsv) in a
temporary home of their own, ask every judged query, and print nDCG@10, recall
and MRR for keywords, for meaning, and for both. Your own index is not touched.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return c.eval(cmd.Context(), args[0], split) },
	}
	cmd.AddCommand(c.evalChunksCommand())
	cmd.Flags().StringVar(&split, "split", "test", "which judgements: the name of a file in qrels")
	cmd.AddCommand(c.evalExtractionCommand())
	return cmd
}

func (c *cli) eval(ctx context.Context, dir, split string) (err error) {
	set, err := eval.Read(dir, split)
	if err != nil {
		return err
	}
	home, err := c.newEvalHome()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, home.close()) }()
	for i, d := range set.Documents {
		text := d.Text + "\n"
		if d.Title != "" {
			text = "# " + oneLine(d.Title) + "\n\n" + text
		}
		if err := home.write(strconv.Itoa(i)+".md", text); err != nil {
			return err
		}
	}
	if err := home.start(ctx); err != nil {
		return err
	}
	bar := c.progress()
	report, err := eval.Run(ctx, set, home.app.legs(set), func(n, of int) { bar.set("asking", int64(n), int64(of), false) })
	bar.clear()
	if err != nil {
		return fmt.Errorf("evaluate: %w", err)
	}
	if c.asJSON {
		return c.t.json(report)
	}
	c.t.printf("%d documents, %d queries of %s\n\n%-8s %8s %10s %11s %7s\n", len(set.Documents), report.Queries, split, "", "nDCG@10", "recall@10", "recall@100", "MRR@10")
	for _, leg := range []string{"keyword", "dense", "hybrid"} {
		if m, ok := report.Legs[leg]; ok {
			c.t.printf("%-8s %8.4f %10.4f %11.4f %7.4f\n", leg, m.NDCG10, m.Recall10, m.Recall100, m.MRR10)
		}
	}
	return nil
}

// legs are the ways to search, each as a ranking of the dataset's ids.
func (a *app) legs(set eval.Dataset) map[string]eval.Ranker {
	legs := map[string]eval.Ranker{
		"keyword": func(ctx context.Context, q string) ([]string, error) {
			found, err := a.index.Match(ctx, q, evalDepth, golocal.Scope{})
			if err != nil {
				return nil, err
			}
			return a.ranked(ctx, set, found)
		},
		"hybrid": func(ctx context.Context, q string) ([]string, error) {
			found, err := a.retriever.Retrieve(ctx, q, golocal.Scope{}, evalDepth)
			return documentIDs(set, found.Hits), err
		},
	}
	if _, ok := a.models.Space(); ok {
		legs["dense"] = func(ctx context.Context, q string) ([]string, error) {
			vector, err := asked{a}.EmbedQuery(ctx, q)
			if err != nil {
				return nil, err
			}
			found, err := a.index.Nearest(ctx, vector, evalDepth, golocal.Scope{})
			if err != nil {
				return nil, err
			}
			return a.ranked(ctx, set, found)
		}
	}
	return legs
}

func (a *app) ranked(ctx context.Context, set eval.Dataset, found []golocal.Match) ([]string, error) {
	ids := make([]int64, len(found))
	for i, m := range found {
		ids[i] = m.Chunk
	}
	hits, err := a.index.Lookup(ctx, ids)
	return documentIDs(set, hits), err
}

// documentIDs turns passages into the dataset's ids: a file is named after its
// document's place in the corpus, which says nothing to a search.
func documentIDs(set eval.Dataset, hits []golocal.Hit) []string {
	ids := make([]string, 0, len(hits))
	add := func(ref golocal.Ref) {
		if i, err := strconv.Atoi(strings.TrimSuffix(ref.Path, ".md")); err == nil && i < len(set.Documents) {
			ids = append(ids, set.Documents[i].ID)
		}
	}
	for _, h := range hits {
		add(h.Doc.Ref)
		for _, e := range h.Also { // what the hit stands for was found, too
			add(e.Ref)
		}
	}
	return ids
}
