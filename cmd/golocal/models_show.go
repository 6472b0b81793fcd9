package main

import (
	"context"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"golocal/models"
	"golocal/web"
)

func (c *cli) showCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show NAME",
		Short: "Tell what is known of an installed model",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := c.showModel(cmd.Context(), args[0])
			if err != nil {
				return modelExit(err)
			}
			if c.asJSON {
				return c.t.json(m)
			}
			c.printModel(m)
			return nil
		},
		ValidArgsFunction: c.completeModels,
	}
}

// showModel asks the daemon, or without one the runner itself.
func (c *cli) showModel(ctx context.Context, name string) (web.Installed, error) {
	s, err := c.daemon(ctx)
	if err != nil {
		return web.Installed{}, err
	}
	if s != nil {
		defer s.close()
		return s.ShowModel(ctx, name)
	}
	var m web.Installed
	err = c.withModels(ctx, func(ctx context.Context, room *models.Models) error {
		found, err := room.Find(ctx, name)
		if err != nil {
			return modelProblem(err)
		}
		st, err := room.Status(ctx)
		if err != nil {
			return err
		}
		for _, one := range installedModels(st) {
			if one.Name == found.Name {
				m = one
				return nil
			}
		}
		return fmt.Errorf("model %s: %w", name, fs.ErrNotExist)
	})
	return m, err
}

func (c *cli) printModel(m web.Installed) {
	c.t.printf("%s\n", bold.Render(printable(m.Name)))
	line := func(title, text string) {
		if text != "" {
			c.t.printf("  %s  %s\n", faint.Render(fmt.Sprintf("%-17s", title)), text)
		}
	}
	if m.Refused != "" {
		line("refused", warn.Render(printable("it "+m.Refused)))
	}
	embeds := m.Capability == string(models.Embedding)
	switch {
	case embeds:
		line("makes", "vectors, for search by meaning")
	case m.Base:
		line("makes", "text that continues a text; it does not answer")
	default:
		line("makes", "answers")
	}
	if m.Use != "" {
		line("in use for", good.Render(jobs[m.Use]))
	}
	family := printable(m.Family)
	if m.Architecture != "" && m.Architecture != m.Family {
		family = strings.TrimPrefix(family+", architecture "+printable(m.Architecture), ", ")
	}
	line("family", family)
	size := bytesText(m.Bytes) + " on disk"
	if m.Parameters != "" {
		size += ", " + m.Parameters + " parameters"
	}
	line("size", size)
	line("weights", printable(m.Quant))
	if m.Context > 0 {
		line("context", plural(m.Context, "token"))
	}
	if embeds {
		if m.Dims > 0 {
			line("vector", fmt.Sprintf("%d numbers", m.Dims))
		}
		line("pooling", m.Pooling)
		if m.MaxTokens > 0 {
			line("longest input", plural(m.MaxTokens, "token"))
		}
		if m.PromptSource == "" {
			line("prefixes", "none is used: golocal does not know this model; name its own in config.yaml under embedding-prompts")
		} else {
			line("before a question", quoted(m.QueryPrefix))
			line("before a passage", quoted(m.DocumentPrefix))
			line("prefixes from", printable(m.PromptSource))
		}
	} else {
		template := "none: messages are joined plainly"
		if m.Template {
			template = "its own"
		}
		line("template", template)
		if m.Thinking {
			line("reasons", "before it answers; the reasoning is shown folded and is no part of the answer")
		}
		if m.Tiny {
			line("mind", "a model this small makes things up: quotes from the files are the default answer")
		}
	}
	where := "no"
	if m.Loaded {
		where = orText(m.Where, "yes")
	}
	line("in memory", where)
}

// quoted shows a prefix with the spaces at its ends.
func quoted(prefix string) string {
	if prefix == "" {
		return "nothing"
	}
	return fmt.Sprintf("%q", prefix)
}
