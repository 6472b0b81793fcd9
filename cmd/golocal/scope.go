package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"golocal/web"
)

func (c *cli) scopeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "scope",
		Short: "Save conditions of searches under a name",
		Long: `Save conditions of searches under a name, and use them with --scope NAME or with
in:NAME in the question. A condition is what a question may hold, too: path:,
folder:, type:, after:, before:, date:, tag:, author:, to:, title:, language:,
"words that stand together", each left out with - before it.`,
		Example: `  golocal scope save taxes folder:~/Documents/tax type:pdf
  golocal scope save news -- after:last-week -tag:draft
  golocal search --scope taxes "income of 2024"`,
	}
	cmd.AddCommand(
		&cobra.Command{
			Use:   "save NAME CONDITION…",
			Short: "Save conditions under a name, in place of those it had",
			Args:  cobra.MinimumNArgs(2),
			RunE: func(cmd *cobra.Command, args []string) error {
				words := make([]string, len(args)-1)
				for i, a := range args[1:] {
					words[i] = requote(a)
				}
				return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
					return s.SaveScope(ctx, web.SavedScope{Name: args[0], Text: strings.Join(words, " ")})
				})
			},
		},
		&cobra.Command{
			Use:   "ls",
			Short: "List the saved scopes",
			Args:  cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error {
				return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
					list, err := s.Scopes(ctx)
					if err != nil {
						return err
					}
					if c.asJSON {
						return c.t.json(list)
					}
					if len(list) == 0 {
						c.t.notef("no scope is saved yet; golocal scope save NAME CONDITION…\n")
					}
					for _, sc := range list {
						c.t.printf("%s  %s\n", bold.Render(printable(sc.Name)), printable(sc.Text))
					}
					return nil
				})
			},
		},
		&cobra.Command{
			Use:   "rm NAME…",
			Short: "Forget saved scopes",
			Args:  cobra.MinimumNArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error {
				return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
					for _, name := range args {
						if err := s.RemoveScope(ctx, name); err != nil {
							return fmt.Errorf("forget %s: %w", printable(name), err)
						}
					}
					return nil
				})
			},
		},
	)
	return cmd
}

// requote puts back the quotes that the shell took from an argument: path:"my
// notes" comes as path:my notes, and "net income" as net income.
func requote(arg string) string {
	if !strings.ContainsAny(arg, " \t") || strings.ContainsAny(arg, `"“”`) {
		return arg
	}
	name, value, ok := strings.Cut(arg, ":")
	if ok && !strings.ContainsAny(name, " \t") {
		return name + `:"` + value + `"`
	}
	return `"` + arg + `"`
}
