package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"golocal/eval"
)

// setJSON is one collection of eval --all --json.
type setJSON struct {
	Set       string `json:"set"`
	Split     string `json:"split"`
	Documents int    `json:"documents"`
	eval.Report
	Gate eval.Gate `json:"gate"`
}

// evalAll measures every collection in dir, by the judgements that f names, else
// by the only ones there are, and prints a table.
func (c *cli) evalAll(ctx context.Context, cache eval.Cache, dir string, f evalFlags) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("look for collections: %w", err)
	}
	var done []setJSON
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if info, err := os.Stat(path); err != nil || !info.IsDir() {
			continue // a file that says what the collections are
		}
		splits, err := eval.Splits(path)
		if err != nil {
			return err
		}
		split := f.split
		switch {
		case len(splits) == 0:
			continue
		case len(splits) == 1:
			split = splits[0]
		case !slices.Contains(splits, split):
			return usagef("%s has no judgements %q but %v: choose with --split", printable(e.Name()), split, splits)
		}
		one, err := c.evalOne(ctx, cache, path, split, f.seed)
		if err != nil {
			return err
		}
		done = append(done, one)
	}
	if len(done) == 0 {
		return usagef("no folder in %s is a judged collection: corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv", printable(dir))
	}
	if c.asJSON {
		return c.t.json(struct {
			Sets []setJSON `json:"sets"`
		}{done})
	}
	columns := []column{{title: "collection"}, {title: "documents", right: true}, {title: "queries", right: true},
		{title: "keyword nDCG@10", right: true}, {title: "dense", right: true}, {title: "hybrid", right: true},
		{title: "recall@10", right: true}, {title: "recall@100", right: true}, {title: "MRR@10", right: true},
		{title: "gate AUROC", right: true}, {title: "answered", right: true}, {title: "withheld", right: true}}
	var rows []row
	for _, s := range done {
		leg := func(name string) string {
			if m, ok := s.Legs[name]; ok {
				return figure(m.NDCG10)
			}
			return ""
		}
		final := s.Legs[s.Final()]
		rows = append(rows, row{cells: []string{printable(s.Set), strconv.Itoa(s.Documents), strconv.Itoa(s.Queries), leg("keyword"), leg("dense"), leg("hybrid"),
			figure(final.Recall10), figure(final.Recall100), figure(final.MRR10), figure(s.Gate.AUROC), figure(s.Gate.AnsweredPresent), figure(s.Gate.AnsweredWithheld)}})
	}
	c.t.printf("%s\n%s\n", table(columns, rows, 0), faint.Render("recall and MRR are hybrid's; answered: share of questions with their documents there, and withheld"))
	return nil
}

// evalOne measures one collection.
func (c *cli) evalOne(ctx context.Context, cache eval.Cache, dir, split string, seed uint64) (_ setJSON, err error) {
	set, err := c.openJudged(ctx, cache, dir, split)
	if err != nil {
		return setJSON{}, err
	}
	defer func() { err = errors.Join(err, set.home.close()) }()
	out := setJSON{Set: set.name, Split: split, Documents: len(set.Documents)}
	run, err := set.run(ctx, c)
	if err != nil {
		return out, err
	}
	out.Report = run.Report
	cases, err := set.gate(ctx, c, seed)
	if err != nil {
		return out, err
	}
	out.Gate = eval.Summarise(cases)
	return out, nil
}
