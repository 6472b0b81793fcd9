package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"golocal"
	"golocal/web"
)

func (c *cli) searchCommand() *cobra.Command {
	var flags *narrow
	var limit int
	var like string
	var noSync, lines bool
	cmd := &cobra.Command{
		Use:   "search [flags] QUERY",
		Short: "Find passages by words and by meaning",
		Long: `Find passages by words and by meaning, best first. With --lines the output is
path:line:text, one hit a line, for editors and fzf.

  words                any of them, in any inflected form, whatever case and accents
  "two words"          must stand together; the parts of a name like retry_policy count more so
  budg*                any word that begins so
  parseConfigFile      is found whole, and by parse, config and file

A QUERY may also hold conditions: path:invoices, type:pdf, author:ann, to:bob, tag:tax,
title:lease, language:de, after:2024-05, before:yesterday, date:2024, in:NAME of a saved
scope (golocal scope), each left out with - before it, and dates in plain words: notes
from last week.`,
		Example: `  golocal search "notice period" type:pdf -path:old
  golocal search --folder ~/Documents --after 2024 invoice INV-2024-0031
  golocal search -- -draft "sales plan"
  golocal search --like notes/plan.md:40`,
		RunE: func(cmd *cobra.Command, args []string) error {
			var q string
			var err error
			if like == "" {
				if q, err = c.question(args); err != nil {
					return err
				}
			} else if len(args) > 0 {
				return usagef("--like and a QUERY exclude each other")
			}
			if limit < 1 || limit > 200 {
				return usagef("--limit %d: choose 1 to 200", limit)
			}
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				if s.app == nil && like == "" && len(flags.folders)+len(flags.files) == 0 {
					if done, err := c.searchAtOnce(ctx, s, q, flags, limit, lines); done || err != nil {
						return err
					}
				}
				if err := c.needModels(ctx, s, false, false); err != nil {
					return err
				}
				scope, ids, err := flags.scope(ctx, c, s)
				if err != nil {
					return err
				}
				if len(flags.folders) > 0 || s.app != nil && !noSync {
					if err := c.freshen(ctx, s, ids); err != nil {
						return err
					}
				}
				if err := c.needRoots(ctx, s); err != nil {
					return err
				}
				var found golocal.Found
				if like != "" {
					found, err = c.like(ctx, s, like, scope, limit)
				} else {
					found, err = s.Search(ctx, q, scope, limit)
				}
				if err != nil {
					return fmt.Errorf("search: %w", err)
				}
				roots, err := s.Roots(ctx)
				if err != nil {
					return err
				}
				return c.printFound(roots, found, lines)
			})
		},
	}
	flags = newNarrow(cmd.Flags(), "search")
	cmd.Flags().StringVar(&like, "like", "", "find passages like the one at PATH or PATH:LINE")
	cmd.Flags().IntVarP(&limit, "limit", "n", 10, "number of passages, at most 200")
	cmd.Flags().BoolVar(&lines, "lines", false, "print path:line:text")
	cmd.Flags().BoolVar(&noSync, "no-sync", false, "do not look for changed files first (without a daemon)")
	return cmd
}

// foundJSON is the documented shape of search --json.
type foundJSON struct {
	Query    string        `json:"query"`
	Asked    golocal.Query `json:"asked"` // how it was understood
	Evidence float64       `json:"evidence"`
	Enough   bool          `json:"enough"`
	Note     string        `json:"note,omitempty"`
	Seconds  float64       `json:"seconds"`
	Hits     []hitJSON     `json:"hits"`
}

// hitJSON is one passage: where it stands and why it was found.
type hitJSON struct {
	Path     string        `json:"path"` // absolute
	Document int64         `json:"document"`
	Title    string        `json:"title,omitempty"`
	Heading  []string      `json:"heading,omitempty"`
	Place    golocal.Place `json:"place"` // page, lines, slide, range of cells, …
	Span     golocal.Span  `json:"span"`  // bytes in the normalised text
	Text     string        `json:"text"`
	Score    float64       `json:"score"`
	Parts    golocal.Parts `json:"parts"`

	Highlights []golocal.Span `json:"highlights"`     // bytes in Text: the words that were asked for
	Excerpt    golocal.Span   `json:"excerpt"`        // bytes in Text: what the list shows of it
	Also       []alsoJSON     `json:"also,omitempty"` // where nearly the same passage stands
}

// alsoJSON is a passage that another stands for.
type alsoJSON struct {
	Path     string        `json:"path"` // absolute
	Document int64         `json:"document"`
	Place    golocal.Place `json:"place"`
}

// searchAtOnce asks a running daemon for the hits and for the folders they lie in
// at the same time. done is false where something is to be seen to first: no
// folder, or no vectors.
func (c *cli) searchAtOnce(ctx context.Context, s *session, q string, flags *narrow, limit int, lines bool) (done bool, err error) {
	scope, err := flags.conditions()
	if err != nil {
		return false, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var roots []web.RootStatus
	asked := make(chan error, 1)
	go func() {
		var err error
		roots, err = s.Roots(ctx)
		asked <- err
	}()
	found, err := s.Search(ctx, q, scope, limit)
	if err != nil {
		cancel()
		<-asked
		return false, fmt.Errorf("search: %w", err)
	}
	if err := <-asked; err != nil {
		return false, err
	}
	if len(roots) == 0 || found.Note != "" {
		return false, nil
	}
	return true, c.printFound(roots, found, lines)
}

func (c *cli) printFound(roots []web.RootStatus, f golocal.Found, lines bool) error {
	base := map[int64]string{}
	for _, r := range roots {
		base[r.ID] = r.Path
	}
	path := func(r golocal.Ref) string { return filepath.Join(base[r.Root], filepath.FromSlash(r.Path)) }
	out := foundJSON{Query: f.Query, Asked: f.Asked, Evidence: f.Evidence, Enough: f.Enough, Note: f.Note, Seconds: f.Seconds, Hits: []hitJSON{}}
	for _, h := range f.Hits {
		var also []alsoJSON
		for _, e := range h.Also {
			also = append(also, alsoJSON{path(e.Ref), e.Doc, e.Place})
		}
		out.Hits = append(out.Hits, hitJSON{
			Path:     path(h.Doc.Ref),
			Document: h.Doc.ID, Title: h.Doc.Title, Heading: h.Chunk.Heading,
			Place: h.Chunk.Place, Span: h.Chunk.Span, Text: h.Chunk.Text,
			Score: h.Score, Parts: h.Parts, Also: also,
			Highlights: append([]golocal.Span{}, h.Highlights...), Excerpt: h.Excerpt,
		})
	}
	if !c.quiet {
		c.noteAsked(f.Asked)
	}
	if f.Note != "" && !c.quiet {
		c.t.notef("%s\n", warn.Render(printable(f.Note)))
	}
	switch {
	case c.asJSON:
		if err := c.t.json(out); err != nil {
			return err
		}
	case lines:
		for _, h := range out.Hits {
			c.t.printf("%s:%d:%s\n", shortPath(h.Path), max(h.Place.Line, 1), printable(oneLine(h.Text)))
		}
	default:
		for i, h := range out.Hits {
			if i > 0 {
				c.t.printf("\n")
			}
			c.t.printf("%s  %s\n", bold.Render(link(c.t, h.Path, shortPath(h.Path)+placeText(h.Place))),
				faint.Render(fmt.Sprintf("%.2f  %s", h.Score, printable(strings.Join(h.Heading, " › ")))))
			text := wrap(excerptText(h.Text, h.Excerpt, h.Highlights), width(c.t.out)-4)
			c.t.printf("    %s\n", strings.ReplaceAll(text, "\n", "\n    "))
			if len(h.Also) > 0 {
				c.t.printf("    %s\n", faint.Render(alsoText(h.Also)))
			}
		}
		c.t.notef("%s\n", faint.Render(fmt.Sprintf("%s, %.0f ms", plural(len(out.Hits), "passage"), f.Seconds*1000)))
	}
	if len(out.Hits) == 0 {
		return exitStatus{exitNothing, ""}
	}
	return nil
}
