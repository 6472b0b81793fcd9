package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"golocal/engine"
	"golocal/engine/runner"
	"golocal/internal/remark"
	"golocal/models"
)

func (c *cli) suggestCommand() *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "suggest",
		Short: "Say which models fit this machine's memory and GPU, with the numbers behind it",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withModels(cmd.Context(), func(ctx context.Context, m *models.Models) error {
				s, err := m.Suggest(ctx, engineRuns)
				if err != nil {
					return err
				}
				if c.asJSON {
					return c.t.json(s)
				}
				c.printSuggestions(s, all)
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "list every model that golocal knows, the too large ones too")
	return cmd
}

// engineRuns says why the engine of this build cannot run a model.
func engineRuns(architecture, tokenizer string, experts int) error {
	if !runner.Supported() {
		return remark.Error(nil, remark.NoOwnEngine)
	}
	return engine.Runs(architecture, tokenizer, experts)
}

// fewSuggestions is how many of each job are shown.
const fewSuggestions = 3

func (c *cli) printSuggestions(s models.Suggestions, all bool) {
	memory := "memory of unknown size"
	if s.Memory > 0 {
		memory = fmt.Sprintf("%s of memory, models may take %s", bytesText(s.Memory), bytesText(s.Room))
	}
	c.t.printf("this machine: %s\n", memory)
	gpu := s.GPU.Text()
	if s.GPURoom > 0 {
		gpu += fmt.Sprintf("; models may take %s", bytesText(s.GPURoom))
	}
	c.t.printf("gpu: %s\n", printable(gpu))
	if s.Note != "" {
		c.t.printf("%s\n", warn.Render(printable(s.Note)))
	}
	c.suggestions("search by meaning", s.Embedding, all)
	title := "writes answers"
	if len(s.Embedding) > 0 {
		title += ", with " + s.Embedding[0].Model + " loaded beside it"
	}
	c.suggestions(title, s.Chat, all)
	if !all {
		c.t.printf("\n%s\n", faint.Render("more, and what is too large: golocal models suggest --all"))
	}
}

func (c *cli) suggestions(title string, list []models.Suggestion, all bool) {
	c.t.printf("\n%s\n", bold.Render(title))
	shown := 0
	for _, s := range list {
		if !all && (shown == fewSuggestions || s.Fit == models.TooLarge) {
			break
		}
		shown++
		fit := good.Render(s.Text)
		switch s.Fit {
		case models.TooLarge:
			fit = bad.Render(s.Text)
		case models.FitsPartly, models.FitsMemory:
			fit = s.Text
		}
		c.t.printf("  %-25s %s\n", s.Model, fit)
		size := "fetches " + bytesText(s.Download)
		if s.Installed {
			size = "installed, " + bytesText(s.Download)
		}
		c.t.printf("  %25s %s\n", "", faint.Render(fmt.Sprintf("%s %s, %s; %s in memory with %d tokens of context",
			parametersText(s.Parameters), s.Quantization, size, bytesText(s.Need), s.Context)))
		command := s.Command
		if s.Fit == models.TooLarge {
			command = ""
		}
		for _, remark := range []string{remarks(s), command} {
			if remark != "" {
				c.t.printf("  %25s %s\n", "", remark)
			}
		}
	}
	if shown == 0 {
		c.t.printf("  none fits; the smallest lacks %s\n", bytesText(least(list)))
	}
}

// remarks are what else counts before choosing a model.
func remarks(s models.Suggestion) string {
	switch {
	case s.NeedsOllama != "":
		return warn.Render("needs Ollama: " + s.NeedsOllama)
	case s.Tiny:
		return warn.Render("this small it makes things up; quotes stay the default answer")
	case s.Thinking:
		return faint.Render("can reason before it answers")
	}
	return ""
}

// least is what is missing for the smallest model.
func least(list []models.Suggestion) int64 {
	var n int64
	for _, s := range list {
		if n == 0 || s.Missing < n {
			n = s.Missing
		}
	}
	return n
}
