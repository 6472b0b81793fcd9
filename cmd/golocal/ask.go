package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"golocal"
	"golocal/chat"
	"golocal/web"
)

func (c *cli) askCommand() *cobra.Command {
	var flags *narrow
	var generate, quotes, open, thinking, noSync, keep bool
	var model string
	cmd := &cobra.Command{
		Use:   "ask [flags] QUESTION",
		Short: "Answer a question from your files",
		Long: `Answer a question from your files. Without a chat model, or with a tiny one, the
answer is the best sentences of the files, word for word, with their places.
With --generate a model writes it, and each sentence is checked against the
files. With --open the model may add what it knows itself, also where your files do
not answer; each sentence of that is marked. A QUESTION of "-" is read from standard input. The question is forgotten
unless --keep has it kept; golocal chat keeps what is said.`,
		Example: `  golocal ask "How many paid vacation days do I get?"
  golocal ask --folder ~/Documents --generate "What did the survey find?"`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if generate && quotes {
				return usagef("--generate and --quotes exclude each other")
			}
			if model != "" && quotes {
				return usagef("--model and --quotes exclude each other: no model writes quotes")
			}
			if open && quotes {
				return usagef("--open and --quotes exclude each other: quotes are from your files only")
			}
			q, err := c.question(args)
			if err != nil {
				return err
			}
			ask := web.Ask{Question: q, Mode: "auto", Model: model, Think: thinking, Open: open, Keep: &keep}
			if generate {
				ask.Mode = "generate"
			} else if quotes {
				ask.Mode = "quotes"
			}
			return c.ask(cmd.Context(), ask, flags, noSync)
		},
	}
	flags = newNarrow(cmd.Flags(), "ask")
	cmd.Flags().BoolVar(&generate, "generate", false, "let a chat model write the answer; every sentence is checked")
	cmd.Flags().BoolVar(&quotes, "quotes", false, "answer with sentences of the files even if a chat model is there")
	cmd.Flags().BoolVar(&open, "open", false, "let a chat model add general knowledge; what is not from your files is marked")
	cmd.Flags().StringVar(&model, "model", "", "let this installed chat model write, instead of the one in use")
	cmd.Flags().BoolVar(&thinking, "thinking", false, "let a reasoning model reason before it answers, and print that too")
	cmd.Flags().BoolVar(&keep, "keep", false, "keep question and answer as a conversation: golocal chats")
	cmd.Flags().BoolVar(&noSync, "no-sync", false, "do not look for changed files first (without a daemon)")
	return cmd
}

func (c *cli) ask(ctx context.Context, ask web.Ask, flags *narrow, noSync bool) (err error) {
	s, err := c.connect(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := c.needModels(ctx, s, ask.Mode == "generate" || ask.Open, false); err != nil {
		return err
	}
	var roots []int64
	if ask.Scope, roots, err = flags.scope(ctx, c, s); err != nil {
		return err
	}
	if len(flags.folders) > 0 || s.app != nil && !noSync {
		if err := c.freshen(ctx, s, roots); err != nil {
			return err
		}
	}
	if err := c.needRoots(ctx, s); err != nil {
		return err
	}

	answer, begun, err := c.answer(ctx, s, ask)
	if err != nil {
		return err
	}
	if c.asJSON {
		if err := c.t.json(answer); err != nil {
			return err
		}
	} else if begun.Conversation != "" {
		c.t.notef("%s\n", faint.Render("kept as "+begun.Conversation+"; go on: golocal chat --continue "+begun.Conversation))
	}
	if answer.Kind == chat.KindNone {
		return exitStatus{code: exitNothing}
	}
	return nil
}

// answer asks a question, prints the answer but as JSON, and returns it. Who
// interrupts it stops the model, also where the question is kept.
func (c *cli) answer(ctx context.Context, s *session, ask web.Ask) (*chat.Answer, chat.Begun, error) {
	printer := &answerPrinter{t: c.t, bar: c.progress(), notes: reasoning{whole: ask.Think}, open: ask.Open, speaks: chat.Request{Question: ask.Question, Messages: ask.Messages}.Language()}
	var answer *chat.Answer
	var begun chat.Begun
	for e, err := range s.Ask(ctx, ask) {
		if err != nil {
			printer.bar.clear()
			if ctx.Err() != nil && begun.Run != "" {
				err = errors.Join(context.Cause(ctx), c.stopRun(s, begun.Run))
			}
			return nil, begun, fmt.Errorf("answer: %w", err)
		}
		event, err := chat.Decode(e.Data)
		if err != nil {
			return nil, begun, err
		}
		switch e := event.(type) {
		case chat.Begun:
			begun = e
		case chat.Answer:
			answer = &e
		}
		if !c.asJSON {
			printer.event(event)
		} else if n, ok := event.(chat.Status); ok && n.Phase == chat.PhaseNotice && !c.quiet {
			c.t.notef("%s\n", printable(n.Text))
		}
	}
	switch {
	case answer == nil && ctx.Err() != nil:
		return nil, begun, context.Cause(ctx)
	case answer == nil:
		return nil, begun, errors.New("the answer ended early; ask again, and see golocal doctor if it happens twice")
	}
	return answer, begun, nil
}

// stopRun stops an answer of the daemon's; one that has ended already is fine.
func (c *cli) stopRun(s *session, run string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := s.StopRun(ctx, run); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// addFolder adds one folder; a folder that is watched already is fine.
func (c *cli) addFolder(ctx context.Context, s *session, folder string) (golocal.Root, error) {
	root, err := c.addFolderAs(ctx, s, folder, golocal.Rules{})
	if errors.Is(err, fs.ErrExist) {
		if r, err := watchedFolder(ctx, s, folder); err == nil {
			return r.Root, nil
		}
	}
	return root, err
}

// addFolderAs adds one folder with rules of its own; fs.ErrExist says that it is
// watched already.
func (c *cli) addFolderAs(ctx context.Context, s *session, folder string, rules golocal.Rules) (golocal.Root, error) {
	abs, err := filepath.Abs(folder)
	if err != nil {
		return golocal.Root{}, fmt.Errorf("add %s: %w", printableName(folder), err)
	}
	root, err := s.AddRoot(ctx, abs, rules)
	if err != nil {
		return root, fmt.Errorf("add %s: %w", printableName(folder), err)
	}
	return root, nil
}

// findRoot looks for the watched folder at path.
func findRoot(ctx context.Context, s *session, path string) (web.RootStatus, bool, error) {
	roots, err := s.Roots(ctx)
	if err != nil {
		return web.RootStatus{}, false, err
	}
	real, _ := filepath.EvalSymlinks(path)
	for _, r := range roots {
		if r.Path == path || real != "" && r.Path == real {
			return r, true, nil
		}
	}
	return web.RootStatus{}, false, nil
}

// needRoots refuses to search where nothing is watched.
func (c *cli) needRoots(ctx context.Context, s *session) error {
	roots, err := s.Roots(ctx)
	if err != nil {
		return err
	}
	if len(roots) == 0 {
		return exitStatus{exitNothing, "golocal: no folder is watched yet; add one: golocal add FOLDER"}
	}
	return nil
}
