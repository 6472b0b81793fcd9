package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"golocal/eval/speed"
	"golocal/eval/store"
)

func (c *cli) benchIndexCommand() *cobra.Command {
	var s store.Settings
	var growth bool
	cmd := &cobra.Command{
		Use:   "index",
		Short: "Time the index against chromem-go and against the machine's memory",
		Long: `Write made documents (a fixed seed) to an index in a temporary folder and to chromem-go,
and time searches, writes and opening of both. The default takes about ten minutes, 2 GB
of memory and 2 GB of disk; nothing else should run meanwhile. With --growth one index is
filled up to 300,000 passages instead and measured at 10,000, 30,000, 100,000 and at the end.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if growth && !cmd.Flags().Changed("chunks") {
				s.Chunks = 300_000
			}
			return c.benchIndex(cmd.Context(), s, growth)
		},
	}
	cmd.Flags().StringVar(&s.Vectors, "vectors", "", "take the vectors of a backup (golocal backup `FILE`), as many as it has, instead of made ones")
	cmd.Flags().BoolVar(&growth, "growth", false, "measure one growing index, at four sizes up to --chunks (300,000 by default)")
	cmd.Flags().IntVar(&s.Chunks, "chunks", 100_000, "passages in the index")
	cmd.Flags().IntVar(&s.Dims, "dims", 768, "numbers of a vector")
	cmd.Flags().IntVar(&s.Rounds, "rounds", 100, "searches per figure and client")
	return cmd
}

func (c *cli) benchIndex(ctx context.Context, s store.Settings, growth bool) (err error) {
	if s.Chunks < 20 || s.Dims < 1 || s.Rounds < 1 {
		return usagef("--chunks is at least 20, --dims and --rounds at least 1")
	}
	if s.Dir, err = os.MkdirTemp("", "golocal-bench-"); err != nil {
		return fmt.Errorf("make a temporary folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(s.Dir)) }()
	report := speed.Report{Machine: machineText(), Load: loadAverage()}
	if report.Load > 1 {
		report.Notes = append(report.Notes, fmt.Sprintf("the load average is %.1f: other programs make these figures worse than they are", report.Load))
	}
	bar := c.progress()
	if growth {
		g, err := store.Grow(ctx, s, bar.phase)
		bar.clear()
		if err != nil {
			return fmt.Errorf("bench a growing index: %w", err)
		}
		g.Machine, g.Load, g.Notes = report.Machine, report.Load, report.Notes
		if c.asJSON {
			return c.t.json(g)
		}
		g.Print(c.t.out)
		return nil
	}
	report.Figures, err = store.Run(ctx, s, bar.phase)
	bar.clear()
	if err != nil {
		return fmt.Errorf("bench the index: %w", err)
	}
	if c.asJSON {
		return c.t.json(report)
	}
	report.Print(c.t.out)
	return nil
}
