package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"golocal/eval/speed"
	"golocal/eval/watching"
)

func (c *cli) benchWatchCommand() *cobra.Command {
	var short, strict bool
	cmd := &cobra.Command{
		Use:   "watch",
		Short: "Time how soon changes of files are searchable, and what they cost",
		Long: `Start this program on made folders in a temporary one, with a scripted model runner
that takes a fixed time and counts, and measure how soon and at what cost it follows
them. About 25 minutes and 2 GB of disk; nothing else should run meanwhile. --short is the
same in small, under a minute. With --strict a figure that misses its bar is an error.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return c.benchWatch(cmd.Context(), short, strict) },
	}
	cmd.Flags().BoolVar(&short, "short", false, "fewer files and shorter times")
	cmd.Flags().BoolVar(&strict, "strict", false, "exit with an error if a figure misses its bar")
	return cmd
}

func (c *cli) benchWatch(ctx context.Context, short, strict bool) (err error) {
	exe, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program's file: %w", err)
	}
	dir, err := os.MkdirTemp("", "gb") // short: a socket lies in it
	if err != nil {
		return fmt.Errorf("make a temporary folder: %w", err)
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	settings := watching.Usual(exe, dir)
	if short {
		settings = watching.Short(exe, dir)
	}
	report := speed.Report{Machine: machineText(), Load: loadAverage()}
	if report.Load > 1 {
		report.Notes = append(report.Notes, fmt.Sprintf("the load average is %.1f: other programs make these figures worse than they are", report.Load))
	}
	bar := c.progress()
	report.Figures, err = watching.Run(ctx, settings, bar.phase)
	bar.clear()
	if err != nil {
		return fmt.Errorf("bench watching: %w", err)
	}
	if c.asJSON {
		err = c.t.json(report)
	} else {
		report.Print(c.t.out)
	}
	if err != nil || !strict {
		return err
	}
	missed := 0
	for _, f := range report.Figures {
		if !f.Holds() {
			missed++
		}
	}
	if missed > 0 {
		return exitStatus{exitPartly, fmt.Sprintf("golocal: %s not reached", plural(missed, "bar"))}
	}
	return nil
}
