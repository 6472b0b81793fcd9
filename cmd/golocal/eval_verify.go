package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"golocal"
	"golocal/chat"
	"golocal/eval"
	"golocal/eval/verify"
)

func (c *cli) evalVerifyCommand() *cobra.Command {
	var n int
	var fitted bool
	var seed uint64
	var split string
	cmd := &cobra.Command{
		Use:   "verify [DIR]",
		Short: "Measure the check of written sentences on made ones",
		Long: `Check made sentences as those of a generated answer are checked: each states what
its made paragraph says, and has a twin with one thing wrong: a number, a year, a
name that stands nowhere, a name of another statement (swap), a negation, or the
thing that it is said of (subject). Prints how many wrong ones are flagged, that is
not shown as supported, and how many true ones. wrong_flagged counts numbers,
years and names; true_flagged all kinds. No model and none of your files is used.

With DIR, a judged collection in English, the sentences are those of its passages: each
as it stands (true), with the subject of another sentence of its passage (joined; some
of these are true by accident), or with a "not" (denied). Where DIR/qa.jsonl has long
answers that people wrote, it prints how many of their sentences are flagged, too.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 && (n < 1 || n > 100_000) {
				return usagef("--n %d: choose 1 to 100000", n)
			}
			if len(args) == 1 {
				return c.evalVerifyTexts(args[0], split, n, seed)
			}
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
	cmd.Flags().StringVar(&split, "split", "test", "with DIR, which judgements: the name of a file in qrels")
	return cmd
}

// verifies tells whether golocal would show sentence as held by the passage.
func verifies(p verify.Passage, sentence string) bool {
	hit := golocal.Hit{Doc: golocal.Document{ID: 1, Title: p.Title}, Chunk: golocal.Chunk{ID: 1, Doc: 1, Text: p.Text, Span: golocal.Span{End: len(p.Text)}}}
	verdict, _ := chat.Verify([]golocal.Source{{Number: 1, Hit: hit, Text: p.Text}}, sentence)
	return verdict == chat.Supported
}

// textsReport is how the check fared on the passages of a collection.
type textsReport struct {
	Collection string                        `json:"collection"`
	Kinds      map[verify.Kind]verify.Figure `json:"kinds"`
	Written    int                           `json:"written"`         // sentences of long answers that people wrote
	Flagged    float64                       `json:"written_flagged"` // share of these that is not shown as supported
}

func (c *cli) evalVerifyTexts(dir, split string, n int, seed uint64) error {
	set, err := eval.Read(dir, split)
	if err != nil {
		return err
	}
	passages := make([]verify.Passage, len(set.Documents))
	at := map[string]verify.Passage{}
	for i, d := range set.Documents {
		passages[i] = verify.Passage{Title: d.Title, Text: d.Text}
		at[d.ID] = passages[i]
	}
	r := textsReport{Collection: filepath.Base(dir), Kinds: verify.Run(verify.FromTexts(passages, n, seed), verifies).Kinds}
	questions, err := eval.ReadAsked(dir, set)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var written []verify.Pair
	for _, q := range questions {
		for _, a := range q.Answers {
			if len(q.Docs) == 1 && len(strings.Fields(a)) >= longAnswer {
				written = append(written, verify.Written(at[q.Docs[0]], a)...)
			}
		}
	}
	r.Written, r.Flagged = len(written), verify.Flagged(written, verifies)
	if c.asJSON {
		return c.t.json(r)
	}
	columns := []column{{title: r.Collection}, {title: "pairs", right: true}, {title: "wrong flagged", right: true}, {title: "true flagged", right: true}}
	var rows []row
	for _, k := range verify.TextKinds {
		f := r.Kinds[k]
		rows = append(rows, row{cells: []string{string(k), strconv.Itoa(f.Pairs), figure(f.WrongFlagged), figure(f.TrueFlagged)}})
	}
	if r.Written > 0 {
		rows = append(rows, row{cells: []string{"written by people", strconv.Itoa(r.Written), "", figure(r.Flagged)}})
	}
	c.t.printf("%s", table(columns, rows, 0))
	return nil
}

// longAnswer is how many words an answer has at least that states something.
const longAnswer = 8

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
