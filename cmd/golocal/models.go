package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"golocal/models"
	"golocal/web"
)

func (c *cli) modelsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "models",
		Short: "List the models, what they do and where they run; fetch, choose, remove them",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return c.listModels(cmd.Context()) },
	}
	cmd.AddCommand(
		c.suggestCommand(),
		c.pullCommand(), c.downloadsCommand(), c.pauseCommand(), c.resumeCommand(), c.cancelCommand(),
		c.showCommand(), c.useCommand(), c.unloadCommand(), c.importCommand(), c.removeModelCommand(),
	)
	return cmd
}

// modelList is what golocal models prints as JSON.
type modelList struct {
	web.Models
	Installed []web.Installed `json:"models"`
	Downloads []web.Download  `json:"downloads"`
}

// help is what would make a loaded model faster.
func (l modelList) help(name string) string {
	for _, x := range l.Loaded {
		if x.Name == name {
			return x.Next
		}
	}
	return ""
}

// speed is how fast a model that is in use was the last time.
func (l modelList) speed(name string) string {
	for _, m := range []*web.Model{l.Embedding, l.Chat} {
		if m != nil && m.Name == name {
			return m.Speed
		}
	}
	return ""
}

// printSwaps tells what keeping too much in memory has cost.
func (c *cli) printSwaps(s web.Swaps) {
	if s.Text != "" {
		c.t.printf("%s\n  next: %s\n", warn.Render(printable(s.Text)), printable(s.Next))
	}
	if s.Crashes > 0 {
		c.t.printf("%s\n", warn.Render(crashText(s.Crashes)))
	}
}

// readModels asks the daemon, or without one the runner itself: no index is
// opened for it.
func (c *cli) readModels(ctx context.Context) (modelList, error) {
	var l modelList
	s, err := c.daemon(ctx)
	if err != nil {
		return l, err
	}
	if s == nil {
		err := c.withModels(ctx, func(ctx context.Context, m *models.Models) error {
			st, err := m.Status(ctx)
			l = modelList{webModels(st, 0), installedModels(st), webDownloads(models.NewDownloads(m).List())}
			return err
		})
		return l, err
	}
	defer s.close()
	if l.Models, err = s.Models(ctx); err != nil {
		return l, err
	}
	if l.Installed, err = s.Installed(ctx); err != nil {
		return l, err
	}
	l.Downloads, err = s.Downloads(ctx)
	return l, err
}

// withModels opens the models room alone: no index, no daemon.
func (c *cli) withModels(ctx context.Context, f func(context.Context, *models.Models) error) error {
	m, err := models.Open(ctx, c.modelOptions())
	if err != nil {
		return err
	}
	return errors.Join(f(ctx, m), m.Close())
}

func (c *cli) listModels(ctx context.Context) error {
	l, err := c.readModels(ctx)
	if err != nil {
		return err
	}
	if c.asJSON {
		return c.t.json(l)
	}
	if l.Runner == "" {
		c.t.printf("%s\n", warn.Render(printable(orText(l.Reason, "no model runner"))))
	} else {
		c.t.printf("%s\n", faint.Render(fmt.Sprintf("runner: %s %s at %s", l.Runner, l.Version, printable(l.Address))))
	}
	if len(l.Installed) > 0 {
		c.t.printf("%s", c.modelTable(l))
	} else if l.Runner != "" {
		c.t.printf("no model is installed; fetch what golocal needs: golocal models pull\n")
	}
	if len(l.Downloads) > 0 {
		c.t.printf("\n%s", c.downloadTable(l.Downloads))
	}
	c.printSwaps(l.Swaps)
	if l.Runner != "" && l.Reason != "" {
		c.t.printf("%s\n", warn.Render(printable(l.Reason)))
	}
	if l.Next != "" {
		c.t.printf("next: %s\n", printable(l.Next))
	}
	return nil
}

// modelExit gives a missing model or runner, and a name that is none, their exit codes.
func modelExit(err error) error {
	p, ok := errors.AsType[*web.Problem](err)
	switch {
	case !ok:
		return err
	case p.Code == "invalid":
		return usageError{p}
	case p.Code == "not_found" || p.Code == "model" || p.Code == "no_runner":
		return exitStatus{exitNoModel, "golocal: " + p.Error()}
	}
	return err
}

// completeModels offers the names of installed models to the shell: those that
// a running daemon knows, since asking for them otherwise takes too long.
func (c *cli) completeModels(cmd *cobra.Command, args []string, start string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return c.complete(cmd, func(ctx context.Context, s *session) ([]string, error) {
		list, err := s.Installed(ctx)
		var names []string
		for _, m := range list {
			names = append(names, m.Name)
		}
		return names, err
	})
}

// completeDownloads is completeModels for downloads.
func (c *cli) completeDownloads(cmd *cobra.Command, args []string, start string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return c.complete(cmd, func(ctx context.Context, s *session) ([]string, error) {
		list, err := s.Downloads(ctx)
		var names []string
		for _, d := range list {
			names = append(names, d.Name)
		}
		return names, err
	})
}

func (c *cli) complete(cmd *cobra.Command, names func(context.Context, *session) ([]string, error)) ([]cobra.Completion, cobra.ShellCompDirective) {
	const none = cobra.ShellCompDirectiveNoFileComp
	var err error
	if c.paths, err = findPaths(); err != nil {
		return nil, none
	}
	ctx, cancel := context.WithTimeout(cmd.Context(), 2*time.Second)
	defer cancel()
	s, err := c.daemon(ctx)
	if err != nil || s == nil {
		return nil, none
	}
	defer s.close()
	list, err := names(ctx, s)
	if err != nil {
		return nil, none
	}
	return list, none
}

// needModels fetches what is missing for the work at hand: the embedding
// model, and for written answers the chat model. Without a way to an embedding
// model the work goes on by keywords, and says so; without a chat model nothing
// can be written. With an Ollama nothing is downloaded unless pull is set: its
// models are its owner's business.
func (c *cli) needModels(ctx context.Context, s *session, chat, pull bool) error {
	m, err := s.Models(ctx)
	if err != nil {
		return err
	}
	if m.Embedding == nil {
		if err := c.fetch(ctx, s, "embedding", pull); err != nil {
			if ctx.Err() != nil {
				return err
			}
			c.t.notef("%s\n", warn.Render("searching by keywords only: "+printable(errorText(err))))
		}
	}
	if chat && m.Chat == nil {
		if err := c.fetch(ctx, s, "chat", pull); err != nil {
			if ctx.Err() != nil {
				return err
			}
			return exitStatus{exitNoModel, "golocal: no chat model to write the answer: " + errorText(err) + "; without --generate and --open the answer is quotes"}
		}
	}
	return nil
}

// fetch gets a model and shows how far that is; pull as for needModels.
func (c *cli) fetch(ctx context.Context, s *session, what string, pull bool) error {
	bar := c.progress()
	defer bar.clear()
	for step, err := range s.Fetch(ctx, what, pull) {
		if err != nil {
			return err
		}
		c.showFetch(bar, step)
	}
	return nil
}

func (c *cli) showFetch(bar *progress, f web.FetchStep) {
	switch {
	case bar == nil || f.Stage == string(models.StageReady):
	case f.Total > 0 && f.Stage == string(models.StageDownload):
		bar.set("fetching "+f.Model, f.Done, f.Total, true)
	case f.Stage == string(models.StagePlan) || f.Stage == string(models.StageNote):
		bar.clear()
		c.t.notef("%s\n", printable(f.Text))
	case f.Text != "":
		bar.phase(f.Text)
	}
}

func webStep(p models.Progress) web.FetchStep {
	return web.FetchStep{Stage: string(p.Stage), Model: p.Model, Text: p.Text, Done: p.Done, Total: p.Total}
}

// errorText is err's message without the names of our own layers.
func errorText(err error) string {
	if p, ok := errors.AsType[*web.Problem](err); ok {
		return orText(p.Message, p.Code)
	}
	return strings.TrimPrefix(err.Error(), "golocal: ")
}
