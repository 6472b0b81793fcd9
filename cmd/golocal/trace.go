package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"golocal"
	"golocal/chat"
	"golocal/internal/remark"
	"golocal/retrieve"
	"golocal/watch"
	"golocal/web"
)

// tracer is the app as web.Tracer.
type tracer struct {
	a         *app
	assistant *chat.Assistant
}

// Trace says what became of a file: on its way into the index, then in the search.
func (t tracer) Trace(ctx context.Context, path string, id int64, query string, scope golocal.Scope, n int) (golocal.Outcome, error) {
	var doc golocal.Document
	known := false
	o := golocal.Outcome{Path: path}
	if id != 0 {
		var err error
		if doc, known, err = t.a.index.DocumentByID(ctx, id); err != nil {
			return o, err
		}
		if !known {
			return o, fmt.Errorf("document %d: %w", id, fs.ErrNotExist)
		}
		doc.Text, doc.Sections, doc.Marks, doc.Lines = "", nil, nil, nil
		o.Path = t.a.path(doc.Ref)
	} else {
		ref, done, err := t.place(ctx, &o)
		if err != nil || done {
			return o, err
		}
		if doc, known, err = t.a.index.Document(ctx, ref); err != nil {
			return o, err
		}
		if !known {
			t.absent(&o, ref)
			return o, nil
		}
	}
	o.Doc = &doc
	if unread, err := t.unread(ctx, &o, doc); err != nil || unread {
		return o, err
	}
	trace, err := t.a.retriever.Trace(ctx, query, scope, n, doc.ID)
	if err != nil {
		return o, err
	}
	var dropped []golocal.Dropped
	if trace.Found.Enough {
		_, dropped = t.assistant.Plan(ctx, query, trace.Found)
	}
	o.Trace = &trace
	cause, said, next := retrieve.Explain(trace, dropped)
	explain(&o, cause, said, next)
	return o, nil
}

// place finds the watched folder that a path lies in; done when there is none or
// nothing can be told there.
func (t tracer) place(ctx context.Context, o *golocal.Outcome) (ref golocal.Ref, done bool, err error) {
	roots, err := t.a.index.Roots(ctx)
	if err != nil {
		return ref, true, err
	}
	path := filepath.Clean(o.Path)
	real, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err == nil {
		real = filepath.Join(real, filepath.Base(path))
	}
	longest := -1
	for _, r := range roots {
		for _, p := range []string{path, real} {
			rel, err := filepath.Rel(r.Path, p)
			if p != "" && err == nil && filepath.IsLocal(rel) && len(r.Path) > longest {
				longest, ref = len(r.Path), golocal.Ref{Root: r.ID, Path: filepath.ToSlash(rel)}
			}
		}
	}
	info, statErr := os.Lstat(path)
	switch {
	case longest < 0 && statErr != nil:
		explain(o, "no file", remark.New(remark.TraceNoSuchFile), remark.New(remark.TraceNoFileNext))
	case longest < 0:
		explain(o, "no folder", remark.New(remark.TraceNoFolder), remark.New(remark.TraceNoFolderNext, filepath.Dir(path)))
	case statErr == nil && info.IsDir():
		explain(o, "a folder", remark.New(remark.TraceIsFolder), remark.New(remark.TraceIsFolderNext))
	default:
		for _, s := range t.a.watcher.Status() {
			if s.Root.ID == ref.Root && s.State == watch.Missing {
				if _, known, err := t.a.index.Document(ctx, ref); err != nil || known {
					return ref, false, err // what is indexed of it is kept and found
				}
				explain(o, "folder missing", remark.New(remark.TraceFolderMissing), remark.New(remark.TraceFolderMissingNext, s.Root.Path))
				return ref, true, nil
			}
		}
		return ref, false, nil
	}
	return ref, true, nil
}

// absent explains a file that the index does not know.
func (t tracer) absent(o *golocal.Outcome, ref golocal.Ref) {
	if _, err := os.Lstat(o.Path); errors.Is(err, fs.ErrNotExist) {
		explain(o, "no file", remark.New(remark.TraceGoneFile), remark.New(remark.TraceNoFileNext))
		return
	}
	why := t.a.watcher.Why(o.Path)
	switch {
	case why.Verdict == watch.Absent:
		explain(o, "no access", remark.New(remark.TraceNoAccess, orRemark(why.Remark, why.Rule)), golocal.Remark{})
	case why.Verdict == watch.LeftOut:
		explain(o, "left out", remark.New(remark.TraceLeftOut, orRemark(why.Remark, why.Rule)), why.NextRemark)
	default: // taken, and not in the index: in the queue, or not met yet
		code := remark.TraceWaiting
		if !t.a.watcher.Queue().Has(ref) {
			code = remark.TraceUnseen
		}
		explain(o, "waiting", remark.New(code), remark.New(remark.TraceWaitingNext, shellWord(o.Path)))
	}
}

// unread explains a document that no search can find.
func (t tracer) unread(ctx context.Context, o *golocal.Outcome, doc golocal.Document) (bool, error) {
	reason := orRemark(doc.Why, doc.Reason)
	switch doc.State {
	case golocal.StateReady:
		if doc.Chunks > 0 {
			return false, nil
		}
		explain(o, "no text", remark.New(remark.TraceNothing), golocal.Remark{})
	case golocal.StateNoText:
		var next golocal.Remark
		if !t.a.c.config.OCR && (doc.Type == "pdf" || doc.Type == "image") {
			next = remark.New(remark.TraceNothingNext, t.a.c.paths.Config)
		}
		explain(o, "no text", remark.New(remark.TraceNothingAs, reason), next)
	case golocal.StateSkipped:
		why, err := explainer{t.a}.Why(ctx, o.Path)
		if err != nil {
			return true, err
		}
		explain(o, "skipped", remark.New(remark.TraceSkipped, reason), why.NextRemark)
	case golocal.StateUnsupported:
		explain(o, "unsupported", remark.New(remark.TraceUnsupported, reason), remark.New(remark.TraceUnsupportedNext))
	default:
		explain(o, "failed", remark.New(remark.TraceFailed, reason), remark.New(remark.TraceFailedNext))
	}
	if t.a.watcher.Queue().Has(doc.Ref) {
		explain(o, o.Cause, remark.New(remark.TraceAgain, o.Remark), o.NextRemark)
	}
	return true, nil
}

// explain says why a file is in a result or is not, and what helps.
func explain(o *golocal.Outcome, cause string, said, next golocal.Remark) {
	o.Cause, o.Remark, o.NextRemark = cause, said, next
	o.Text, o.Next = remark.Say("en", said), remark.Say("en", next)
}

// orRemark is a remark, or its text where there is none.
func orRemark(r golocal.Remark, text string) any {
	if r.Code == "" {
		return text
	}
	return r
}

func (c *cli) whyCommand() *cobra.Command {
	var limit int
	var flags *narrow
	cmd := &cobra.Command{
		Use:   "why PATH|DOCUMENT QUESTION",
		Short: "Tell why a file is in an answer or is not",
		Long: `Tell why a file is in the answer to a question or is not: left out, unread,
waiting, how far behind in the search by words and by meaning, not sure enough,
without room in the model's window; and what helps. DOCUMENT is the number of a
document, as search --json gives it.`,
		Example: `  golocal why ~/Documents/lease.pdf "when does the lease end?"`,
		Args:    cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if limit < 1 || limit > 200 {
				return usagef("--limit %d: choose 1 to 200", limit)
			}
			path, id := "", int64(0)
			if n, err := strconv.ParseInt(args[0], 10, 64); err == nil && !exists(args[0]) {
				id = n
			} else if path, err = filepath.Abs(args[0]); err != nil {
				return fmt.Errorf("find %s: %w", args[0], err)
			}
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				scope, roots, err := flags.scope(ctx, c, s)
				if err != nil {
					return err
				}
				if s.app != nil {
					if err := c.syncAll(ctx, s, roots, false); err != nil {
						return err
					}
				}
				o, err := s.Trace(ctx, web.TraceRequest{Path: path, Document: id, Query: strings.Join(args[1:], " "), Scope: scope, Limit: limit})
				if err != nil {
					return fmt.Errorf("why: %w", err)
				}
				if c.asJSON {
					return c.t.json(o)
				}
				c.printOutcome(o)
				return nil
			})
		},
	}
	cmd.Flags().IntVarP(&limit, "limit", "n", 10, "passages that the search uses, at most 200")
	flags = newNarrow(cmd.Flags(), "search")
	return cmd
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func (c *cli) printOutcome(o golocal.Outcome) {
	c.t.printf("%s  %s\n%s\n", bold.Render(printable(shortPath(o.Path))), faint.Render(o.Cause), wrap(printable(o.Text), width(c.t.out)))
	if o.Next != "" {
		c.t.printf("→ %s\n", printable(o.Next))
	}
	if o.Trace == nil || len(o.Trace.Passages) == 0 {
		return
	}
	rank := func(n int) string {
		if n == 0 {
			return "–"
		}
		return strconv.Itoa(n)
	}
	c.t.printf("\n%s\n", faint.Render("its passages      by words  by meaning  together  result"))
	for _, p := range o.Trace.Passages {
		dense := rank(p.Dense)
		if !p.Vector {
			dense = "no vector"
		}
		c.t.printf("%-18s %7s  %10s  %8s  %6s   %s\n", cut(strings.TrimLeft(placeText(p.Chunk.Place), ": "), 18), rank(p.Keyword), dense, rank(p.Fused), rank(p.Rank),
			faint.Render(printable(cut(oneLine(p.Chunk.Text), 60))))
	}
	c.t.printf("%s\n", faint.Render(fmt.Sprintf("evidence %.0f %% of the search, %.0f %% are needed", 100*o.Trace.Evidence, 100*o.Trace.Threshold)))
	for _, l := range o.Trace.Asked.Limits {
		c.t.printf("%s\n", faint.Render(printable(l.Says)))
	}
}
