package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"golocal/index"
)

func (c *cli) repairCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "repair",
		Short: "Make a damaged index whole again",
		Long: `Check the index as golocal check --deep does and, where it is damaged, keep all
that proves whole, leave out the rest, and read that again from your files. The
damaged index is kept as index.db.damaged beside the new one, for 30 days or until a
folder is removed. No golocal may run.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			var done index.Repaired
			_, err := c.checkIndex(ctx, true, func(ctx context.Context, o index.CheckOptions) (_ index.Report, err error) {
				done, err = index.Repair(ctx, c.paths.Data, c.indexOptions(), o)
				return index.Report{}, err
			})
			if err != nil {
				return err
			}
			if !c.asJSON {
				c.printRepaired(done)
			}
			if done.Damaged && done.Folders > 0 {
				if err := c.readAgain(ctx); err != nil {
					return err
				}
			}
			if c.asJSON {
				return c.t.json(done)
			}
			return nil
		},
	}
}

// readAgain reads from the files what a repaired index lacks.
func (c *cli) readAgain(ctx context.Context) (err error) {
	s, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := c.syncAll(ctx, s, nil, false); err != nil {
		return err
	}
	if c.asJSON {
		return nil
	}
	return c.syncResult(ctx, s, nil)
}

func (c *cli) printRepaired(done index.Repaired) {
	if !done.Damaged {
		c.t.printf("%s nothing is damaged; nothing was changed\n", good.Render("✓"))
		return
	}
	const shown = 10
	for _, p := range done.Problems[:min(len(done.Problems), shown)] {
		c.t.printf("%s %s\n", bad.Render("✗"), printable(p))
	}
	if more := len(done.Problems) - shown; more > 0 {
		c.t.printf("  %s\n", faint.Render(fmt.Sprintf("and %d more", more)))
	}
	c.t.printf("%s repaired: %s of %s kept, with %s; what is not whole is read again from the files\n", good.Render("✓"),
		plural(done.Documents, "document"), plural(done.Folders, "folder"), plural(done.Vectors, "vector"))
	if done.Folders == 0 {
		c.t.printf("  the list of folders is lost: add them again with golocal add FOLDER\n")
	}
	if done.Old != "" {
		c.t.printf("  the damaged index is kept as %s; remove it when all is well\n", printable(done.Old))
	}
}
