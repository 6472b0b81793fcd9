package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"golocal/web"
)

func (c *cli) pauseFoldersCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "pause [FOLDER…]",
		Short: "Read nothing new in folders, all of them when none is named, until golocal resume",
		Long: `Stop reading and embedding files of the folders, or of all that are watched now.
Searches and answers go on with what is indexed; what changes meanwhile is not
forgotten and is read after golocal resume. A pause outlives a restart.`,
		RunE: func(cmd *cobra.Command, args []string) error { return c.setPause(cmd.Context(), args, true) },
	}
}

func (c *cli) resumeFoldersCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "resume [FOLDER…]",
		Short: "Go on with paused folders, all of them when none is named",
		RunE:  func(cmd *cobra.Command, args []string) error { return c.setPause(cmd.Context(), args, false) },
	}
}

func (c *cli) setPause(ctx context.Context, args []string, paused bool) error {
	return c.with(ctx, func(ctx context.Context, s *session) error {
		var roots []web.RootStatus
		for _, a := range args {
			root, err := watchedFolder(ctx, s, a)
			if err != nil {
				return err
			}
			roots = append(roots, root)
		}
		if len(args) == 0 {
			var err error
			if roots, err = s.Roots(ctx); err != nil {
				return err
			}
			if len(roots) == 0 {
				return exitStatus{exitNothing, "golocal: no folder is watched yet; add one: golocal add FOLDER"}
			}
		}
		for _, r := range roots {
			if _, err := s.SetRoot(ctx, r.ID, web.RootChange{Paused: &paused}); err != nil {
				return fmt.Errorf("%s: %w", printableName(r.Path), err)
			}
			word := "resumed"
			if paused {
				word = "paused"
			}
			c.t.printf("%s: %s\n", word, printableName(r.Path))
		}
		return nil
	})
}

// watchedFolder is the root at the path that a user typed.
func watchedFolder(ctx context.Context, s *session, typed string) (web.RootStatus, error) {
	abs, err := filepath.Abs(typed)
	if err != nil {
		return web.RootStatus{}, fmt.Errorf("find %s: %w", printableName(typed), err)
	}
	root, ok, err := findRoot(ctx, s, abs)
	if err == nil && !ok {
		err = usagef("%s is not a watched folder; golocal ls lists them", printableName(typed))
	}
	return root, err
}
