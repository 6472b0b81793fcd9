package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"golocal"
	"golocal/chat"
	"golocal/eval/verify"
)

func (c *cli) evalVerifyCommand() *cobra.Command {
	var n int
	var fitted bool
	var seed uint64
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Measure the check of written sentences on made ones",
		Long: `Check made sentences as those of a generated answer are checked: each states what
its made paragraph says, and has a twin with one thing wrong: a number, a year, a
name that stands nowhere, a name of another statement (swap), a negation, or the
thing that it is said of (subject). Prints how many wrong ones are flagged, that is
not shown as supported, and how many true ones. wrong_flagged counts numbers,
years and names; true_flagged all kinds. No model and none of your files is used.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if n < len(verify.Kinds) || n > 100_000 {
				return usagef("--n %d: choose %d to 100000", n, len(verify.Kinds))
			}
			r := verify.Run(verify.Make(n, seed, !fitted), verifies)
			if c.asJSON {
				return c.t.json(r)
			}
			c.printVerify(r)
			return nil
		},
	}
	cmd.Flags().IntVarP(&n, "n", "n", 600, "how many pairs of sentences to make")
	cmd.Flags().BoolVar(&fitted, "tuned", false, "take the statements that the limits of the check were chosen with, not the others")
	cmd.Flags().Uint64Var(&seed, "seed", 1, "another one makes other sentences")
	return cmd
}

// verifies tells whether golocal would show sentence as held by paragraph.
func verifies(paragraph, sentence string) bool {
	hit := golocal.Hit{Doc: golocal.Document{ID: 1}, Chunk: golocal.Chunk{ID: 1, Doc: 1, Text: paragraph, Span: golocal.Span{End: len(paragraph)}}}
	verdict, _ := chat.Verify([]golocal.Source{{Number: 1, Hit: hit, Text: paragraph}}, sentence)
	return verdict == chat.Supported
}

func (c *cli) printVerify(r verify.Report) {
	c.t.printf("%d true sentences, and each with one thing wrong\n\n", r.Pairs)
	columns := []column{{title: "wrong"}, {title: "pairs", right: true}, {title: "wrong flagged", right: true}, {title: "true flagged", right: true}}
	var rows []row
	for _, k := range verify.Kinds {
		f := r.Kinds[k]
		rows = append(rows, row{cells: []string{string(k), strconv.Itoa(f.Pairs), figure(f.WrongFlagged), figure(f.TrueFlagged)}})
	}
	c.t.printf("%s\n", table(columns, rows, 0))
	c.t.printf("%s", fmt.Sprintf("wrong numbers, dates and names flagged  %.4f\ntrue sentences flagged                  %.4f\n", r.WrongFlagged, r.TrueFlagged))
}
