package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"golocal/web"
)

func (c *cli) useCommand() *cobra.Command {
	var what string
	var yes bool
	cmd := &cobra.Command{
		Use:   "use NAME",
		Short: "Use an installed model from now on; auto lets golocal choose again",
		Long: `Use an installed model for what it can do, from now on. The choice is written
to config.yaml, and a running golocal takes it up at once. With the name auto
and --for golocal chooses again.

For another embedding model the passages of all files are embedded again, in
the background. Until that is done the index of the model before answers, and
then the new one takes over in one step; golocal status tells how far it is.
To give it up, use the model before: what was done is kept for a day.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if what != "" && !isJob(what) {
				return usagef("--for %s: choose chat or embedding", what)
			}
			name := args[0]
			if name == "auto" {
				if what == "" {
					return usagef("auto needs to know for what: golocal models use auto --for chat")
				}
				name = ""
			}
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error { return c.use(ctx, s, name, what, yes) })
		},
		ValidArgsFunction: c.completeModels,
	}
	cmd.Flags().StringVar(&what, "for", "", "chat or embedding; what the model can do when left out")
	cmd.Flags().BoolVarP(&yes, "yes", "y", false, "do not ask, for scripts")
	return cmd
}

func (c *cli) use(ctx context.Context, s *session, name, what string, yes bool) error {
	plan, err := s.PlanUse(ctx, name, what)
	if err != nil {
		return modelExit(err)
	}
	if plan.Passages > 0 && !yes {
		c.t.notef("%s\n", planText(plan))
		ok, err := c.agreed(fmt.Sprintf("use %s?", printable(plan.Name)))
		if err != nil || !ok {
			return err
		}
	}
	done, err := s.UseModel(ctx, name, plan.For)
	if err != nil {
		return modelExit(err)
	}
	if c.asJSON {
		return c.t.json(done)
	}
	if done.Overridden == "" {
		done.Overridden = overriddenHere(done)
	}
	chosen := printable(orText(done.Name, "golocal's own choice"))
	if done.Stops != "" {
		defer c.t.printf("the index for %s is not built any further; what there is of it is kept for a day\n", printable(done.Stops))
	}
	if done.Overridden != "" {
		c.t.printf("%s is written to config.yaml for %s\n", chosen, jobs[done.For])
		c.t.printf("%s\n", warn.Render(done.Overridden+" is set in the environment and stands above it: unset it, and start golocal again"))
		return nil
	}
	how := "in the background; golocal status tells how far it is"
	if s.app != nil {
		how = "when golocal runs, or now with golocal sync"
	}
	switch {
	case done.Passages == 0:
		c.t.printf("%s is used for %s from now on\n", chosen, jobs[done.For])
	case done.Meanwhile == "":
		c.t.printf("%s is used for %s from now on\n", chosen, jobs[done.For])
		c.t.printf("%s %s embedded for it %s\n", plural(done.Passages, "passage"), are(done.Passages), how)
	default:
		c.t.printf("%s is used for %s once its index is built; until then that of %s answers\n", chosen, jobs[done.For], printable(done.Meanwhile))
		c.t.printf("%s %s embedded for it %s\n", plural(done.Passages, "passage"), are(done.Passages), how)
	}
	return nil
}

func are(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// overriddenHere names the variable of this command's own environment that
// stands above the config: commands without a daemon would follow it.
func overriddenHere(s web.Switch) string {
	for job, v := range variables {
		if string(job) == s.For && os.Getenv(v.env) != "" {
			return v.env
		}
	}
	return ""
}

func planText(p web.Switch) string {
	text := fmt.Sprintf("%s of the index %s embedded with %s", plural(p.Passages, "passage"), are(p.Passages), printable(p.Name))
	if p.Seconds > 0 {
		text += ", which takes about " + aboutText(p.Seconds)
	}
	if p.Meanwhile == "" {
		return text + ".\nUntil then search goes by keywords for those not yet done."
	}
	return text + ".\nUntil that is done the index of " + printable(p.Meanwhile) + " answers."
}

// agreed asks a yes or no question.
func (c *cli) agreed(question string) (bool, error) {
	if !isTerminal(c.t.in) {
		return false, usagef("%s say --yes, or answer on a terminal", question)
	}
	c.t.notef("%s [y/N] ", question)
	line, err := bufio.NewReader(c.t.in).ReadString('\n')
	if err != nil && line == "" {
		return false, nil // the input ended: no
	}
	answer := strings.ToLower(strings.TrimSpace(line))
	return answer == "y" || answer == "yes", nil
}

func (c *cli) unloadCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "unload NAME",
		Short: "Let a model go from memory; the next use loads it again",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				if err := s.UnloadModel(ctx, args[0]); err != nil {
					return modelExit(err)
				}
				c.t.printf("%s is out of memory; the next use loads it again\n", printable(args[0]))
				return nil
			})
		},
		ValidArgsFunction: c.completeModels,
	}
}

func (c *cli) removeModelCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "rm NAME…",
		Short: "Remove models from this machine",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				for _, name := range args {
					freed, err := s.RemoveModel(ctx, name, force)
					if err != nil {
						return modelExit(err)
					}
					if freed > 0 {
						c.t.printf("%s is removed; %s are free again\n", printable(name), bytesText(freed))
					} else {
						c.t.printf("%s is removed; another name keeps its weights, so no space is freed\n", printable(name))
					}
				}
				return nil
			})
		},
		ValidArgsFunction: c.completeModels,
	}
	cmd.Flags().BoolVar(&force, "force", false, "also one that is in use")
	return cmd
}

func (c *cli) importCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE [NAME]",
		Short: "Take in a model from a GGUF file or a folder of safetensors",
		Args:  cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			path, err := filepath.Abs(args[0])
			if err != nil {
				return fmt.Errorf("import %s: %w", args[0], err)
			}
			name := ""
			if len(args) == 2 {
				name = args[1]
			}
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				bar := c.progress()
				defer bar.clear()
				var last web.FetchStep
				for step, err := range s.ImportModel(ctx, path, name) {
					if err != nil {
						return modelExit(err)
					}
					c.showFetch(bar, step)
					last = step
				}
				bar.clear()
				c.t.printf("%s is installed\n", printable(orText(last.Model, "the model")))
				return nil
			})
		},
	}
}
