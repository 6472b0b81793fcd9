package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"golocal/index"
)

func (c *cli) checkCommand() *cobra.Command {
	var deep bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check that the index is whole",
		Long:  "Check that the index is whole: its structure, counts and checksums; with --deep every vector and passage too. It opens the index itself, so no golocal may run.",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			x, err := index.Open(c.paths.Data, c.indexOptions())
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, x.Close()) }()
			report, err := x.Check(cmd.Context(), deep)
			if err != nil {
				return err
			}
			if c.asJSON {
				if err := c.t.json(report); err != nil {
					return err
				}
			}
			if len(report.Problems) > 0 {
				if !c.asJSON {
					for _, p := range report.Problems {
						c.t.printf("%s %s\n", bad.Render("✗"), printable(p.String()))
					}
				}
				return exitStatus{exitError, fmt.Sprintf("golocal: %s in the index; golocal repair mends it", plural(len(report.Problems), "problem"))}
			}
			if !c.asJSON {
				c.t.printf("%s %s, %s, %d vectors: nothing wrong\n", good.Render("✓"), plural(report.Documents, "document"), plural(report.Chunks, "passage"), report.Vectors)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&deep, "deep", false, "check every passage and vector")
	return cmd
}
