package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"golocal"
	"golocal/eval"
	"golocal/eval/chunks"
	"golocal/ingest/chunk"
)

// evalChunksBest is how many chunks are scored for each question, as in
// Chroma's published figures.
const evalChunksBest = 5

func (c *cli) evalChunksCommand(cache *string) *cobra.Command {
	limit := chunk.Default
	var against string
	cmd := &cobra.Command{
		Use:   "chunks DIR",
		Short: "Measure how well passages hold the text that answers a question",
		Long: `Index the texts of DIR (corpora/*.md) in a home of their own, ask every
question of DIR/questions.jsonl over all of them together, and print how much of
the marked text the best five passages bring (recall), how much of what they
bring is marked (precision), and the questions that missed most. The form and the
figures are those of Chroma's chunking evaluation. Your own index is not touched.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if limit.Target < 1 || limit.Max < limit.Target {
				return usagef("--target %d and --max %d: a target of at least 1 and a maximum not below it", limit.Target, limit.Max)
			}
			return c.evalChunks(cmd.Context(), c.evalCache(*cache), args[0], limit, against)
		},
	}
	f := cmd.Flags()
	f.IntVar(&limit.Target, "target", limit.Target, "tokens that a passage should have")
	f.IntVar(&limit.Max, "max", limit.Max, "tokens that a passage may have")
	f.StringVar(&against, "against", "", "a file with the --json output of an earlier run, to compare question by question")
	return cmd
}

func (c *cli) evalChunks(ctx context.Context, cache eval.Cache, dir string, limit chunk.Limit, against string) (err error) {
	set, err := chunks.Read(dir)
	if err != nil {
		return err
	}
	var before *chunks.Report
	if against != "" {
		data, err := os.ReadFile(against)
		if err != nil {
			return fmt.Errorf("read the earlier run: %w", err)
		}
		if err := json.Unmarshal(data, &before); err != nil {
			return fmt.Errorf("read the earlier run %s: %w; make one with --json", against, err)
		}
	}
	var files []evalFile
	for _, corpus := range set.Corpora {
		files = append(files, evalFile{corpus.Name + ".md", corpus.Text})
	}
	own := *c
	own.limit = limit
	home, err := own.openEvalHome(ctx, cache, files)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, home.close()) }()
	bar := c.progress()
	report, err := chunks.Run(ctx, set, evalChunksBest, home.app.spans(set), func(n, of int) { bar.set("asking", int64(n), int64(of), false) })
	bar.clear()
	if err != nil {
		return fmt.Errorf("evaluate: %w", err)
	}
	if report.Chunks, report.Tokens, err = home.app.chunkSizes(ctx); err != nil {
		return err
	}
	if c.asJSON {
		out := struct {
			chunks.Report
			Target     int                `json:"target"`
			Max        int                `json:"max"`
			Difference *chunks.Difference `json:"difference,omitempty"`
		}{Report: report, Target: limit.Target, Max: limit.Max}
		if before != nil {
			d := report.Compare(*before)
			out.Difference = &d
		}
		return c.t.json(out)
	}
	report.Print(c.t.out, before)
	return nil
}

// spans ranks the chunks of the set's corpora as a search does.
func (a *app) spans(set chunks.Set) chunks.Ranker {
	return func(ctx context.Context, question string) ([]chunks.Span, error) {
		found, err := a.retriever.Retrieve(ctx, question, golocal.Scope{}, evalChunksBest)
		if err != nil {
			return nil, err
		}
		if found.Note != "" {
			return nil, errors.New(found.Note)
		}
		var spans []chunks.Span
		for _, h := range found.Hits {
			name := strings.TrimSuffix(h.Doc.Ref.Path, ".md")
			corpus, ok := set.Corpus(name)
			if !ok {
				return nil, fmt.Errorf("a passage of %q, which is no corpus", h.Doc.Ref.Path)
			}
			span, err := corpus.Span(h.Chunk.Span.Start, h.Chunk.Span.End, h.Chunk.Text)
			if err != nil {
				return nil, err
			}
			spans = append(spans, span)
		}
		return spans, nil
	}
}

// chunkSizes counts all chunks and the tokens of one in the mean.
func (a *app) chunkSizes(ctx context.Context) (count int, mean float64, err error) {
	roots, err := a.index.Roots(ctx)
	if err != nil {
		return 0, 0, err
	}
	tokens := 0
	for _, r := range roots {
		for doc, err := range a.index.Documents(ctx, r.ID) {
			if err != nil {
				return 0, 0, err
			}
			all, err := a.index.Chunks(ctx, doc.ID)
			if err != nil {
				return 0, 0, err
			}
			for _, k := range all {
				count++
				tokens += k.Tokens
			}
		}
	}
	return count, float64(tokens) / float64(max(1, count)), nil
}
