package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"golocal"
)

func (c *cli) searchCommand() *cobra.Command {
	var folders []string
	var limit int
	var noSync, lines bool
	cmd := &cobra.Command{
		Use:   "search [flags] QUERY",
		Short: "Find passages by words and by meaning",
		Long: `Find passages by words and by meaning, best first. With --lines the output is
path:line:text, one hit a line, for editors and fzf.

  words                any of them, in any inflected form, whatever case and accents
  "two words"          together count more; so do the parts of a name like retry_policy
  budg*                any word that begins so
  title: heading: path: author: from: to: tag: language: date:2024-05
                       such a word must be there, as in  path:contracts title:lease notice
  parseConfigFile      is found whole, and by parse, config and file`,
		RunE: func(cmd *cobra.Command, args []string) error {
			q, err := c.question(args)
			if err != nil {
				return err
			}
			if limit < 1 || limit > 200 {
				return usagef("--limit %d: choose 1 to 200", limit)
			}
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				if err := c.needModels(ctx, s, false, false); err != nil {
					return err
				}
				scope, err := c.addFolders(ctx, s, folders)
				if err != nil {
					return err
				}
				if len(folders) > 0 || s.app != nil && !noSync {
					if err := c.freshen(ctx, s, scope.Roots); err != nil {
						return err
					}
				}
				if err := c.needRoots(ctx, s); err != nil {
					return err
				}
				found, err := s.Search(ctx, q, scope, limit)
				if err != nil {
					return fmt.Errorf("search: %w", err)
				}
				return c.printFound(ctx, s, found, lines)
			})
		},
	}
	cmd.Flags().StringArrayVar(&folders, "folder", nil, "add this folder, wait until it is indexed, and search only there")
	cmd.Flags().IntVarP(&limit, "limit", "n", 10, "number of passages, at most 200")
	cmd.Flags().BoolVar(&lines, "lines", false, "print path:line:text")
	cmd.Flags().BoolVar(&noSync, "no-sync", false, "do not look for changed files first (without a daemon)")
	return cmd
}

// foundJSON is the documented shape of search --json.
type foundJSON struct {
	Query    string    `json:"query"`
	Evidence float64   `json:"evidence"`
	Enough   bool      `json:"enough"`
	Note     string    `json:"note,omitempty"`
	Seconds  float64   `json:"seconds"`
	Hits     []hitJSON `json:"hits"`
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

	Highlights []golocal.Span `json:"highlights"` // bytes in Text: the words that were asked for
	Excerpt    golocal.Span   `json:"excerpt"`    // bytes in Text: what the list shows of it
}

func (c *cli) printFound(ctx context.Context, s *session, f golocal.Found, lines bool) error {
	roots, err := s.Roots(ctx)
	if err != nil {
		return err
	}
	base := map[int64]string{}
	for _, r := range roots {
		base[r.ID] = r.Path
	}
	out := foundJSON{Query: f.Query, Evidence: f.Evidence, Enough: f.Enough, Note: f.Note, Seconds: f.Seconds, Hits: []hitJSON{}}
	for _, h := range f.Hits {
		out.Hits = append(out.Hits, hitJSON{
			Path:     filepath.Join(base[h.Doc.Ref.Root], filepath.FromSlash(h.Doc.Ref.Path)),
			Document: h.Doc.ID, Title: h.Doc.Title, Heading: h.Chunk.Heading,
			Place: h.Chunk.Place, Span: h.Chunk.Span, Text: h.Chunk.Text,
			Score: h.Score, Parts: h.Parts,
			Highlights: append([]golocal.Span{}, h.Highlights...), Excerpt: h.Excerpt,
		})
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
		}
		c.t.notef("%s\n", faint.Render(fmt.Sprintf("%s, %.0f ms", plural(len(out.Hits), "passage"), f.Seconds*1000)))
	}
	if len(out.Hits) == 0 {
		return exitStatus{exitNothing, ""}
	}
	return nil
}
