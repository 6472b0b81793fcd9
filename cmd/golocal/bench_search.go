package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"golocal/eval/searching"
	"golocal/eval/speed"
)

func (c *cli) benchSearchCommand() *cobra.Command {
	var files int
	cmd := &cobra.Command{
		Use:   "search",
		Short: "Time golocal search as a whole process, with a daemon and without",
		Long: `Index made files in a temporary home with the built-in engine and all-MiniLM, then
time this program's search command from its start to its end, the question's
embedding included: while a daemon runs, and with none. About four minutes; nothing
else should run meanwhile.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.benchSearch(cmd.Context(), files) },
	}
	cmd.Flags().IntVar(&files, "files", 10_000, "how many files, of one passage each")
	return cmd
}

func (c *cli) benchSearch(ctx context.Context, files int) (err error) {
	if files < 1 {
		return usagef("--files %d: choose 1 or more", files)
	}
	exe, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program's file: %w", err)
	}
	own := *c
	own.config.Ollama = "none"
	if err := own.fetchBench(ctx, benchModels[:1]); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "gb") // short: a socket lies in it
	if err != nil {
		return fmt.Errorf("make a temporary folder: %w", err)
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	report := speed.Report{Machine: machineText(), Load: loadAverage()}
	if report.Load > 1 {
		report.Notes = append(report.Notes, fmt.Sprintf("the load average is %.1f: other programs make these figures worse than they are", report.Load))
	}
	settings := searching.Usual(exe, dir, c.paths.Models)
	settings.Files = files
	bar := c.progress()
	report.Figures, err = searching.Run(ctx, settings, bar.phase)
	bar.clear()
	if err != nil {
		return fmt.Errorf("bench searching: %w", err)
	}
	if c.asJSON {
		return c.t.json(report)
	}
	report.Print(c.t.out)
	return nil
}
