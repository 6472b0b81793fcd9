package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"golocal/index"
)

func (c *cli) checkCommand() *cobra.Command {
	var deep bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check that the index is whole",
		Long: `Check that the index is whole: its structure, counts and checksums. With --deep
every file is read again too and compared with what is stored of it, every word
of the keyword index is made again, and searches are asked for the vectors. A
file that has changed since it was indexed is no damage. The check opens the
index itself, so no golocal may run. Exit code 12 says that something is wrong.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			x, err := c.openIndex(true)
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, x.Close()) }()
			report, err := c.checkIndex(cmd.Context(), deep, func(ctx context.Context, o index.CheckOptions) (index.Report, error) { return x.Check(ctx, o) })
			if err != nil {
				return err
			}
			if c.asJSON {
				if err := c.t.json(report); err != nil {
					return err
				}
			} else {
				c.printReport(report)
			}
			if n := len(report.Problems); n > 0 {
				return exitStatus{exitDamaged, fmt.Sprintf("golocal: %s in the index; golocal repair mends it", plural(n, "problem"))}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&deep, "deep", false, "compare with the files, and prove every passage, word and vector")
	return cmd
}

// checkIndex runs a check with its progress; a deep one reads the files.
func (c *cli) checkIndex(ctx context.Context, deep bool, check func(context.Context, index.CheckOptions) (index.Report, error)) (report index.Report, err error) {
	bar := c.progress()
	defer bar.clear()
	o := index.CheckOptions{Deep: deep, Progress: func(what string, done, total int) {
		if total == 0 {
			bar.phase(what)
			return
		}
		bar.set(what, int64(done), int64(total), false)
	}}
	if deep {
		r, err := c.rereader()
		if err != nil {
			return report, err
		}
		defer func() { err = errors.Join(err, r.close()) }()
		o.Reread = r.read
	}
	return check(ctx, o)
}

// shownProblems is how many of a list the terminal gets; --json has all.
const shownProblems = 20

func (c *cli) printReport(r index.Report) {
	for _, p := range r.Problems[:min(len(r.Problems), shownProblems)] {
		c.t.printf("%s %s\n", bad.Render("✗"), printable(p.String()))
	}
	if more := len(r.Problems) - shownProblems; more > 0 {
		c.t.printf("  %s\n", faint.Render(fmt.Sprintf("and %d more: golocal check --json", more)))
	}
	if len(r.Problems) == 0 {
		c.t.printf("%s %s, %s, %s: nothing wrong\n", good.Render("✓"), plural(r.Documents, "document"), plural(r.Chunks, "passage"), plural(r.Vectors, "vector"))
	}
	if !r.Deep {
		return
	}
	c.t.printf("  %s compared with their files\n", plural(r.Compared, "stored text"))
	if r.Searchable > 0 {
		c.t.printf("  %d of %s searched for\n", r.Searched, plural(r.Searchable, "vector"))
	}
	if n := len(r.Changed); n > 0 {
		var names []string
		for _, ref := range r.Changed[:min(n, 3)] {
			names = append(names, printable(ref.Path))
		}
		list := strings.Join(names, ", ")
		if n > len(names) {
			list += ", …"
		}
		c.t.printf("%s %s changed since indexed, which is no damage: %s; golocal sync reads them\n", warn.Render("!"), plural(n, "file"), list)
	}
	for _, u := range r.Uncompared {
		c.t.printf("%s %s not compared: %s\n", warn.Render("!"), plural(u.Documents, "document"), printable(u.Reason))
	}
}
