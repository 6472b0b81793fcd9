package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"golocal"
	"golocal/web"
)

func (c *cli) addCommand() *cobra.Command {
	var wait bool
	var flags *ruleFlags
	cmd := &cobra.Command{
		Use:   "add FOLDER…",
		Short: "Watch folders and index their files, or change what of them is indexed",
		Long:  "Watch folders and index their files.\n\n" + rulesHelp,
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				var ids []int64
				for _, a := range args {
					root, err := c.addWithRules(ctx, s, a, flags)
					if err != nil {
						return err
					}
					c.t.printf("watching %s\n", printableName(root.Path))
					if text := rulesText(root.Rules); text != "" {
						c.t.printf("  %s\n", faint.Render(text))
					}
					if root.Paused {
						c.t.notef("%s\n", warn.Render("it is paused; golocal resume goes on with it"))
						continue
					}
					ids = append(ids, root.ID)
				}
				if len(ids) == 0 {
					return nil
				}
				if !wait && s.app == nil {
					c.t.notef("%s\n", faint.Render("the daemon indexes them now; golocal status shows how far it is"))
					return nil
				}
				if err := c.needModels(ctx, s, false, false); err != nil {
					return err
				}
				if err := c.syncAll(ctx, s, ids, false); err != nil {
					return err
				}
				return c.syncResult(ctx, s, ids)
			})
		},
	}
	flags = newRuleFlags(cmd.Flags())
	cmd.Flags().BoolVar(&wait, "wait", false, "return when they are indexed, also with a daemon")
	return cmd
}

func (c *cli) rmCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rm FOLDER…",
		Short: "Stop watching folders and forget what was read in them; the files stay",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				for _, a := range args {
					root, err := watchedFolder(ctx, s, a)
					if err != nil {
						return err
					}
					if err := s.RemoveRoot(ctx, root.ID); err != nil {
						return fmt.Errorf("remove %s: %w", printableName(a), err)
					}
					c.t.printf("forgotten: %s (%s); the files themselves are untouched\n", printableName(root.Path), plural(root.Documents.Ready, "file"))
				}
				return nil
			})
		},
	}
}

func (c *cli) lsCommand() *cobra.Command {
	var files bool
	var why string
	cmd := &cobra.Command{
		Use:   "ls [FOLDER]",
		Short: "List the watched folders, or the files of one, or tell why a file is indexed or not",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				if cmd.Flags().Changed("why") {
					return c.printWhy(ctx, s, why)
				}
				roots, err := s.Roots(ctx)
				if err != nil {
					return err
				}
				var filter web.Filter
				if len(args) == 1 {
					files = true
					root, err := watchedFolder(ctx, s, args[0])
					if err != nil {
						return err
					}
					filter.Root = root.ID
				}
				if files {
					docs, err := allDocuments(ctx, s, filter)
					if err != nil {
						return err
					}
					return c.printDocuments(docs, roots)
				}
				if c.asJSON {
					return c.t.json(roots)
				}
				if len(roots) == 0 {
					c.t.notef("no folder is watched yet; add one: golocal add FOLDER\n")
				}
				for _, r := range roots {
					c.t.printf("%s  %s\n", printableName(r.Path), faint.Render(countsText(r.Documents, r.Chunks)))
					c.printRules(r.Root)
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&why, "why", "", "tell which rule decides about the file or folder at this path")
	cmd.Flags().BoolVar(&files, "files", false, "list the files of all folders")
	return cmd
}

// with runs f in a session and closes it.
func (c *cli) with(ctx context.Context, f func(context.Context, *session) error) (err error) {
	s, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	return f(ctx, s)
}

// allDocuments pages through a listing.
func allDocuments(ctx context.Context, s *session, f web.Filter) ([]golocal.Document, error) {
	f.Limit = 500
	var docs []golocal.Document
	for {
		page, err := s.Documents(ctx, f)
		if err != nil {
			return nil, err
		}
		docs = append(docs, page.Documents...)
		f.Offset += len(page.Documents)
		if len(page.Documents) == 0 || f.Offset >= page.Total {
			return docs, nil
		}
	}
}

// printDocuments lists files with their state and, where there is one, the
// reason for it.
func (c *cli) printDocuments(docs []golocal.Document, roots []web.RootStatus) error {
	if c.asJSON {
		if docs == nil {
			docs = []golocal.Document{}
		}
		return c.t.json(docs)
	}
	base := map[int64]string{}
	for _, r := range roots {
		base[r.ID] = r.Path
	}
	for _, d := range docs {
		path := shortPath(filepath.Join(base[d.Ref.Root], filepath.FromSlash(d.Ref.Path)))
		switch d.State {
		case golocal.StateReady:
			note := ""
			if len(d.Notes) > 0 {
				note = "  " + warn.Render(printable(strings.Join(d.Notes, "; ")))
			}
			c.t.printf("%s  %s%s\n", path, faint.Render(plural(d.Chunks, "passage")), note)
		case golocal.StateFailed:
			c.t.printf("%s  %s  %s\n", path, bad.Render("failed"), printable(d.Reason))
		default:
			c.t.printf("%s  %s  %s\n", path, warn.Render(string(d.State)), printable(d.Reason))
		}
	}
	return nil
}
