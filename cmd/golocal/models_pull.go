package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"golocal/web"
)

func (c *cli) pullCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "pull [NAME|embedding|chat]…",
		Short: "Fetch models: by name, or what golocal needs for search (embedding) and for answers (chat)",
		Long: `Fetch models: by name, or what golocal needs for search (embedding) and for
answers (chat); both of these when nothing is named.

With a running golocal the download is its own: leaving this command with
Ctrl-C does not stop it. Without one the command does it; what has come when it
is left is kept, and the next pull goes on there.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"embedding", "chat"}
			}
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				if s.app == nil { // all of them go on, whichever is watched
					for _, name := range args {
						if !isJob(name) {
							if _, err := s.StartDownload(ctx, name, ""); err != nil {
								return modelExit(err)
							}
						}
					}
				}
				for _, name := range args {
					if err := c.pull(ctx, s, name); err != nil {
						return c.left(ctx, s, name, err)
					}
				}
				return c.afterPull(ctx, s, args)
			})
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return []string{"embedding", "chat"}, cobra.ShellCompDirectiveNoFileComp
		},
	}
}

func isJob(name string) bool { return name == "embedding" || name == "chat" }

// pull fetches one model and shows how far that is.
func (c *cli) pull(ctx context.Context, s *session, name string) error {
	if isJob(name) {
		return c.fetch(ctx, s, name, true)
	}
	if _, err := s.StartDownload(ctx, name, ""); err != nil {
		return err
	}
	return c.watchDownload(ctx, s, name)
}

// watchDownload shows a download until it ends.
func (c *cli) watchDownload(ctx context.Context, s *session, name string) error {
	bar := c.progress()
	defer bar.clear()
	told := 0
	reason := ""
	for d, err := range s.FollowDownload(ctx, name) {
		if errors.Is(err, fs.ErrNotExist) {
			return exitStatus{exitError, "golocal: the download of " + name + " was cancelled"}
		}
		if err != nil {
			return err
		}
		for told = min(told, len(d.Notes)); told < len(d.Notes); told++ {
			c.showFetch(bar, web.FetchStep{Stage: "note", Text: d.Notes[told]})
		}
		switch d.State {
		case "done":
			return nil
		case "failed":
			return &web.Problem{Code: "model", Message: d.Reason, Next: "try again: golocal models pull " + d.Name}
		case "paused":
			return exitStatus{exitError, fmt.Sprintf("golocal: the download of %s is paused at %s; go on: golocal models resume %s", d.Name, soFar(d), d.Name)}
		}
		if d.Reason != "" && d.Reason != reason {
			c.showFetch(bar, web.FetchStep{Stage: "note", Text: d.Reason})
		}
		reason = d.Reason
		step := web.FetchStep{Stage: "download", Model: d.Name, Done: d.Done, Total: d.Total}
		if d.Text != "" {
			step.Stage, step.Text = "verify", d.Text
		}
		c.showFetch(bar, step)
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return errors.New("watch the download: golocal ended; it goes on when golocal is started again")
}

// left explains what becomes of a download that a command leaves.
func (c *cli) left(ctx context.Context, s *session, name string, err error) error {
	if ctx.Err() == nil {
		return modelExit(err)
	}
	if s.app != nil {
		return exitStatus{exitInterrupted, fmt.Sprintf("golocal: interrupted; what has come of the model is kept, go on: golocal models pull %s", name)}
	}
	shown := name
	if isJob(name) {
		shown = "NAME"
	}
	return exitStatus{exitInterrupted, fmt.Sprintf(`golocal: the download goes on in the background
  see how far it is: golocal models downloads
  pause or end it:   golocal models pause %s, golocal models cancel %s`, shown, shown)}
}

func (c *cli) afterPull(ctx context.Context, s *session, args []string) error {
	if slices.ContainsFunc(args, isJob) && !c.asJSON {
		m, err := s.Models(ctx)
		if err != nil {
			return err
		}
		c.printModels(m)
	}
	var names []web.Installed
	for _, name := range args {
		if isJob(name) {
			continue
		}
		m, err := s.ShowModel(ctx, name)
		if err != nil {
			return modelExit(err)
		}
		names = append(names, m)
		if !c.asJSON {
			c.t.printf("%s is installed, %s", printable(m.Name), bytesText(m.Bytes))
			if m.Use == "" && m.Refused == "" && !m.Base {
				c.t.printf("; use it for %s: golocal models use %s", jobs[m.Capability], printable(m.Name))
			}
			c.t.printf("\n")
		}
	}
	if c.asJSON {
		if len(names) == 0 {
			m, err := s.Models(ctx)
			if err != nil {
				return err
			}
			return c.t.json(m)
		}
		return c.t.json(names)
	}
	return nil
}

func (c *cli) downloadsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "downloads",
		Short: "Show how far the downloads of models are",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			l, err := c.readModels(cmd.Context())
			if err != nil {
				return err
			}
			if c.asJSON {
				return c.t.json(l.Downloads)
			}
			if len(l.Downloads) == 0 {
				c.t.notef("no model is being downloaded; fetch one: golocal models pull NAME\n")
				return nil
			}
			c.t.printf("%s", c.downloadTable(l.Downloads))
			return nil
		},
	}
}

// steerCommand is a command that gives an order about downloads.
func (c *cli) steerCommand(use, short string, order web.Order, tell func(context.Context, *session, web.Download) error) *cobra.Command {
	return &cobra.Command{
		Use:   use,
		Short: short,
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				for _, name := range args {
					d, err := s.SteerDownload(ctx, name, order)
					if err != nil {
						return modelExit(err)
					}
					if err := tell(ctx, s, d); err != nil {
						return err
					}
				}
				return nil
			})
		},
		ValidArgsFunction: c.completeDownloads,
	}
}

func (c *cli) pauseCommand() *cobra.Command {
	return c.steerCommand("pause NAME…", "Pause a download; what has come is kept", web.Pause, func(_ context.Context, _ *session, d web.Download) error {
		c.t.printf("%s is paused at %s; go on: golocal models resume %s\n", printable(d.Name), soFar(d), printable(d.Name))
		return nil
	})
}

func (c *cli) resumeCommand() *cobra.Command {
	return c.steerCommand("resume NAME…", "Go on with a download that is paused or has failed", web.Resume, func(ctx context.Context, s *session, d web.Download) error {
		if s.app == nil {
			c.t.printf("%s goes on at %s; see how far it is: golocal models downloads\n", printable(d.Name), soFar(d))
			return nil
		}
		if err := c.watchDownload(ctx, s, d.Name); err != nil {
			return c.left(ctx, s, d.Name, err)
		}
		return c.afterPull(ctx, s, []string{d.Name})
	})
}

func (c *cli) cancelCommand() *cobra.Command {
	return c.steerCommand("cancel NAME…", "Stop a download and forget it", web.Cancel, func(_ context.Context, _ *session, d web.Download) error {
		c.t.printf("the download of %s is cancelled; pulling it later goes on from what the model runner still has\n", printable(d.Name))
		return nil
	})
}

// soFar writes "40 MB of 100 MB".
func soFar(d web.Download) string {
	s := bytesText(d.Done)
	if d.Total > 0 {
		s += " of " + bytesText(d.Total)
	}
	return strings.TrimSpace(s)
}
