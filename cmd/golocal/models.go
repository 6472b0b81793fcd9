package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"golocal/models"
	"golocal/web"
)

func (c *cli) modelsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "models",
		Short: "List the models, who runs them and what they do",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return c.listModels(cmd.Context()) },
	}
	cmd.AddCommand(
		c.suggestCommand(),
		&cobra.Command{
			Use:   "pull [embedding|chat]…",
			Short: "Fetch the models that are missing; both kinds when none is named",
			Args:  cobra.OnlyValidArgs, ValidArgs: []string{"embedding", "chat"},
			RunE: func(cmd *cobra.Command, args []string) error {
				if len(args) == 0 {
					args = []string{"embedding", "chat"}
				}
				return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
					for _, what := range args {
						if err := c.fetch(ctx, s, what, true); err != nil {
							return err
						}
					}
					m, err := s.Models(ctx)
					if err != nil {
						return err
					}
					if c.asJSON {
						return c.t.json(m)
					}
					c.printModels(m)
					return nil
				})
			},
		},
		&cobra.Command{
			Use:   "import FILE [NAME]",
			Short: "Take in a model from a GGUF file or a folder of safetensors",
			Args:  cobra.RangeArgs(1, 2),
			RunE: func(cmd *cobra.Command, args []string) error {
				name := ""
				if len(args) == 2 {
					name = args[1]
				}
				return c.withModels(cmd.Context(), func(ctx context.Context, m *models.Models) error {
					bar := c.progress()
					defer bar.clear()
					return m.Import(ctx, name, args[0], func(p models.Progress) { c.showFetch(bar, webStep(p)) })
				})
			},
		},
	)
	return cmd
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
	return c.withModels(ctx, func(ctx context.Context, m *models.Models) error {
		st, err := m.Status(ctx)
		if err != nil {
			return err
		}
		if c.asJSON {
			return c.t.json(st)
		}
		c.printRunner(st.Runner)
		if len(st.Models) == 0 {
			c.t.printf("no model is installed; fetch what golocal needs: golocal models pull\n")
		}
		for _, m := range st.Models {
			use := ""
			switch m.Name {
			case st.Embedding.Model:
				use = good.Render("search by meaning")
			case st.Chat.Model:
				use = good.Render("writes answers")
			}
			facts := []string{string(m.Capability), bytesText(m.Size)}
			if m.Parameters > 0 {
				facts = append(facts, parametersText(m.Parameters))
			}
			if m.Quantization != "" {
				facts = append(facts, m.Quantization)
			}
			if m.Context > 0 {
				facts = append(facts, fmt.Sprintf("%d tokens", m.Context))
			}
			if m.Loaded {
				facts = append(facts, "loaded: "+strings.TrimPrefix(loadedText(m), m.Name+": "))
			}
			c.t.printf("%-28s %s  %s\n", printable(m.Name), faint.Render(strings.Join(facts, ", ")), use)
			if m.Placement != nil && m.Placement.NextStep != "" {
				c.t.printf("%-28s %s\n", "", warn.Render(printable(m.Placement.NextStep)))
			}
			if m.Speed != nil && m.Speed.Text != "" {
				c.t.printf("%-28s %s\n", "", faint.Render(m.Speed.Text))
			}
			for _, note := range []string{m.Refused, m.Note} {
				if note != "" {
					c.t.printf("%-28s %s\n", "", warn.Render(printable(note)))
				}
			}
		}
		c.printSwaps(st.Swaps.Text, st.Swaps.NextStep, st.Swaps.Crashes)
		for _, use := range []models.InUse{st.Embedding, st.Chat} {
			if use.Model == "" && use.Reason != "" {
				c.t.printf("%s\n", warn.Render(printable(use.Reason)))
				if use.NextStep != "" {
					c.t.printf("  next: %s\n", printable(use.NextStep))
				}
			}
		}
		return nil
	})
}

// printSwaps tells what keeping too much in memory has cost.
func (c *cli) printSwaps(text, next string, crashes int) {
	if text != "" {
		c.t.printf("%s\n  next: %s\n", warn.Render(printable(text)), printable(next))
	}
	if crashes > 0 {
		c.t.printf("%s\n", warn.Render(crashText(crashes)))
	}
}

func (c *cli) printRunner(r models.Runner) {
	if r.Kind == "none" {
		c.t.printf("%s\n", warn.Render(printable(r.Reason)))
		if r.NextStep != "" {
			c.t.printf("  next: %s\n", printable(r.NextStep))
		}
		return
	}
	s := fmt.Sprintf("runner: %s %s", r.Kind, r.Version)
	if r.Build != "" {
		s += ", built for " + r.Build
	}
	c.t.printf("%s, %s\n", s, printable(r.Address))
	for _, n := range r.Notes {
		c.t.printf("  %s\n", warn.Render(printable(n)))
	}
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
			return exitStatus{exitNoModel, "golocal: no chat model to write the answer: " + errorText(err) + "; without --generate the answer is quotes"}
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
	return err.Error()
}
