package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"golocal"
	"golocal/retrieve"
)

// Duplicates compares the texts of all documents.
func (t tracer) Duplicates(ctx context.Context, least float64) ([]golocal.Twins, error) {
	return retrieve.Duplicates(t.a.index.Texts(ctx), least)
}

func (c *cli) dupsCommand() *cobra.Command {
	var least float64
	cmd := &cobra.Command{
		Use:   "dups",
		Short: "List files that hold the same or nearly the same",
		Long: `List files that hold the same or nearly the same: byte for byte, the same text in
another format, or most of it. The first of a group is the longest; the others
say how much of their text they share with it.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !(least >= .5 && least <= 1) {
				return usagef("--near %v: choose .5 to 1", least)
			}
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				if err := c.needRoots(ctx, s); err != nil {
					return err
				}
				if s.app != nil {
					if err := c.syncAll(ctx, s, nil, false); err != nil {
						return err
					}
				}
				began := time.Now()
				groups, err := s.Duplicates(ctx, least)
				if err != nil {
					return fmt.Errorf("compare the files: %w", err)
				}
				return c.printTwins(ctx, s, groups, time.Since(began))
			})
		},
	}
	cmd.Flags().Float64Var(&least, "near", .8, "share of the text that nearly the same files have in common, .5 to 1")
	return cmd
}

// twinJSON is one file of a group of dups --json.
type twinJSON struct {
	Path     string  `json:"path"` // absolute
	Document int64   `json:"document"`
	Bytes    int64   `json:"bytes"`
	Kind     string  `json:"kind"`  // how it stands to the first: "same file", "same text", "nearly same text"
	Share    float64 `json:"share"` // of the text, in common with the first
}

func (c *cli) printTwins(ctx context.Context, s *session, groups []golocal.Twins, took time.Duration) error {
	roots, err := s.Roots(ctx)
	if err != nil {
		return err
	}
	base := map[int64]string{}
	for _, r := range roots {
		base[r.ID] = r.Path
	}
	out := make([][]twinJSON, len(groups))
	files, spare := 0, int64(0)
	for i, g := range groups {
		for n, d := range g.Documents {
			out[i] = append(out[i], twinJSON{filepath.Join(base[d.Doc.Ref.Root], filepath.FromSlash(d.Doc.Ref.Path)), d.Doc.ID, d.Doc.Size, d.Kind, d.Share})
			files++
			if n > 0 && d.Kind == golocal.SameBytes {
				spare += d.Doc.Size
			}
		}
	}
	if c.asJSON {
		return c.t.json(out)
	}
	for i, g := range out {
		if i > 0 {
			c.t.printf("\n")
		}
		for n, t := range g {
			if n == 0 {
				c.t.printf("%s\n", bold.Render(printable(shortPath(t.Path))))
				continue
			}
			kind := t.Kind
			if t.Kind == golocal.NearText {
				kind = fmt.Sprintf("%.0f %% of the text", 100*t.Share)
			}
			c.t.printf("  %s  %s\n", printable(shortPath(t.Path)), faint.Render(kind))
		}
	}
	c.t.notef("%s\n", faint.Render(fmt.Sprintf("%s in %s, %s in copies of the same file, %.1f s", plural(files, "file"), plural(len(groups), "group"), bytesText(spare), took.Seconds())))
	return nil
}
