package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"golocal"
	"golocal/web"
)

func (c *cli) statusCommand() *cobra.Command {
	var failed, files bool
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Show what is indexed, what is not and why, and which models run",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				st, err := s.Status(ctx)
				if err != nil {
					return err
				}
				if !failed && !files {
					if c.asJSON {
						return c.t.json(st)
					}
					partly := map[int64][]golocal.Document{}
					for _, r := range st.Roots {
						if r.Documents.Partly > 0 {
							page, err := s.Documents(ctx, web.Filter{Root: r.ID, State: web.Partly, Limit: shownPartly})
							if err != nil {
								return err
							}
							partly[r.ID] = page.Documents
						}
					}
					c.printStatus(st, partly, s.app != nil)
					return nil
				}
				docs, err := allDocuments(ctx, s, web.Filter{})
				if err != nil {
					return err
				}
				if failed {
					docs = notReady(docs)
				}
				switch {
				case !failed || c.asJSON:
					return c.printDocuments(docs, st.Roots)
				case len(docs) == 0:
					c.t.notef("every file could be read\n")
				default:
					c.t.printf("%s", failedText(docs, st.Roots))
				}
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&failed, "failed", false, "list the files that are not searchable, or not all of them, with the reason of each")
	cmd.Flags().BoolVar(&files, "files", false, "list every file with its state")
	return cmd
}

func notReady(docs []golocal.Document) []golocal.Document {
	var out []golocal.Document
	for _, d := range docs {
		if d.State != golocal.StateReady || len(d.Notes) > 0 {
			out = append(out, d)
		}
	}
	return out
}

// shownPartly is how many files that were read in part the overview names per folder.
const shownPartly = 3

func (c *cli) printStatus(st web.Status, partly map[int64][]golocal.Document, alone bool) {
	head := "settled: the index equals the folders"
	if alone {
		head = "no daemon runs; golocal up starts one that keeps the index current"
	} else if paused := pausedRoots(st.Roots); st.State == web.Paused {
		head = "paused: golocal resume goes on"
	} else if st.State == web.Settled && paused > 0 {
		head = fmt.Sprintf("settled, but for %s; golocal resume goes on with what is paused", plural(paused, "paused folder"))
	} else if st.State == web.Indexing {
		head = fmt.Sprintf("indexing: %d of %s done", st.Queue.Done, plural(st.Queue.Done+st.Queue.Waiting+st.Queue.Working, "file"))
		if st.Queue.Rate > 0 {
			head += fmt.Sprintf(", %.1f/s", st.Queue.Rate)
		}
		if st.Queue.ETA > 0 {
			head += fmt.Sprintf(", about %.0f s left", st.Queue.ETA)
		}
	}
	c.t.printf("%s\n", bold.Render(head))
	if st.Queue.Pace != "" {
		c.t.printf("%s\n", warn.Render(printableName(st.Queue.Pace)))
	}
	for _, line := range nowText(st.Queue, st.Roots, width(c.t.out)-2) {
		c.t.printf("  %s\n", faint.Render(line))
	}
	c.t.printf("\n")
	if len(st.Roots) == 0 {
		c.t.printf("no folder is watched yet; add one: golocal add FOLDER\n")
	}
	for _, r := range st.Roots {
		c.t.printf("%s\n  %s\n", printableName(r.Path), countsText(r.Documents, r.Chunks))
		c.printRules(r.Root)
		for _, d := range partly[r.ID] {
			c.t.printf("  %s: %s\n", printableName(d.Ref.Path), warn.Render(printable(noteText(d.Notes))))
		}
		if more := r.Documents.Partly - len(partly[r.ID]); more > 0 && len(partly[r.ID]) > 0 {
			c.t.printf("  %s\n", faint.Render(fmt.Sprintf("and %s more: golocal status --failed", plural(more, "file"))))
		}
		if r.Reason != "" {
			c.t.printf("  %s\n", warn.Render(printable(r.Reason)))
		}
	}
	if st.Index.Missing > 0 {
		c.t.printf("%s\n", warn.Render(fmt.Sprintf("%s wait for the embedding model; keywords find them already", plural(st.Index.Missing, "passage"))))
	}
	c.t.printf("\nindex   %s\n", strings.Join(indexText(st.Index), "\n        "))
	if st.Index.Trouble != nil {
		c.t.printf("        %s\n", warn.Render(st.Index.Trouble.Text))
	}
	if st.Index.Advice != "" {
		c.t.printf("        %s\n", warn.Render(printable(st.Index.Advice)))
	}
	if b := st.Index.Building; b != nil {
		c.t.printf("        %s\n", warn.Render(printable(b.Text)))
		if alone {
			c.t.printf("          next: golocal up goes on with it in the background, golocal sync now\n")
		}
	}
	for _, f := range c.examineCopies() {
		c.t.printf("old     %s\n", printable(f.Says))
		if f.Next != "" {
			c.t.printf("          next: %s\n", printable(f.Next))
		}
	}
	c.printModels(st.Models)
}

func pausedRoots(roots []web.RootStatus) int {
	n := 0
	for _, r := range roots {
		if r.Paused {
			n++
		}
	}
	return n
}

// printModels tells which model does what, and the next step where one is
// missing.
func (c *cli) printModels(m web.Models) {
	switch m.Runner {
	case "":
		c.t.printf("models  %s\n", warn.Render(printable(orText(m.Reason, "no runner"))))
	default:
		c.t.printf("models  %s %s at %s\n", m.Runner, m.Version, printable(m.Address))
	}
	if m.Embedding != nil {
		c.t.printf("        search by meaning: %s\n", modelText(*m.Embedding))
	} else {
		c.t.printf("        search by meaning: %s\n", warn.Render("no embedding model; search goes by keywords"))
	}
	if m.Chat != nil {
		c.t.printf("        writing answers:   %s\n", modelText(*m.Chat))
	} else {
		c.t.printf("        writing answers:   no chat model; answers are quotes from the files\n")
	}
	for _, l := range m.Loaded {
		parts := []string{printable(l.Name), bytesText(l.Bytes), printable(l.Where)}
		if l.Stay != "" {
			parts = append(parts, l.Stay)
		}
		c.t.printf("        loaded: %s\n", strings.Join(parts, ", "))
		if l.Next != "" {
			c.t.printf("          next: %s\n", printable(l.Next))
		}
	}
	if m.Swaps.Text != "" {
		c.t.printf("        %s\n          next: %s\n", warn.Render(printable(m.Swaps.Text)), printable(m.Swaps.Next))
	}
	if m.Swaps.Crashes > 0 {
		c.t.printf("        %s\n", warn.Render(crashText(m.Swaps.Crashes)))
	}
	if m.Reason != "" && m.Runner != "" {
		c.t.printf("        %s\n", warn.Render(printable(m.Reason)))
	}
	if m.Next != "" {
		c.t.printf("        next: %s\n", printable(m.Next))
	}
}

// indexText tells what the index holds and takes, and what it has room for.
func indexText(i web.Index) []string {
	lines := []string{fmt.Sprintf("%s of %s: %s on disk (text %s, vectors %s, words %s), %s of memory", plural(i.Chunks, "passage"), plural(i.Documents, "file"),
		bytesText(i.Bytes), bytesText(i.TextBytes), bytesText(i.VectorBytes), bytesText(i.PostingBytes), bytesText(i.MemoryBytes))}
	if r := i.Room; r != nil {
		lines = append(lines, fmt.Sprintf("room for about %s more here, then %s runs short", roughly(r.Chunks, "passage"), r.Short))
	}
	return lines
}

// roughly writes a number with two digits that count: "1.9 million passages".
func roughly(n int, noun string) string {
	if n >= 1_000_000 {
		return fmt.Sprintf("%.2g million %ss", min(float64(n)/1e6, 99), noun)
	}
	unit := 1
	for n/unit >= 100 {
		unit *= 10
	}
	return strings.Replace(plural(n/unit*unit, noun), fmt.Sprint(n/unit*unit), humanize.Comma(int64(n/unit*unit)), 1)
}

// noteText is the first of some notes, and how many more there are.
func noteText(notes []string) string {
	if len(notes) > 1 {
		return fmt.Sprintf("%s (and %d more)", notes[0], len(notes)-1)
	}
	return strings.Join(notes, "")
}

func modelText(m web.Model) string {
	s := printable(m.Name)
	if m.Parameters != "" {
		s += " (" + m.Parameters
		if m.Quant != "" {
			s += " " + m.Quant
		}
		s += ")"
	}
	if m.Speed != "" {
		s += faint.Render("  " + m.Speed)
	}
	if m.Note != "" {
		s += faint.Render("  " + printable(m.Note))
	}
	return s
}
