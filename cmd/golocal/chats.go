package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"golocal"
	"golocal/chat"
	"golocal/chat/history"
)

func golocalMessages(question string, a chat.Answer) []golocal.Message {
	return []golocal.Message{{Role: "user", Content: question}, {Role: "assistant", Content: a.Said()}}
}

func (c *cli) chatsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "chats [WORDS…]",
		Short: "List the conversations that are kept, or those that hold the words",
		Long: `List the conversations that are kept, pinned ones first, then the newest; with
WORDS those that hold them all, in their title, a question or an answer.`,
		Example: `  golocal chats
  golocal chats vacation
  golocal chats show k3vd2m7qpa
  golocal chats rm --older-than 30d`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				list, err := allConversations(ctx, s, strings.Join(args, " "))
				if err != nil {
					return err
				}
				return c.printConversations(list, len(args) > 0)
			})
		},
	}
	cmd.AddCommand(c.showChatCommand(), c.exportChatCommand(), c.removeChatsCommand(), c.renameChatCommand(), c.pinChatCommand())
	return cmd
}

func allConversations(ctx context.Context, s *session, text string) ([]history.Conversation, error) {
	list := []history.Conversation{}
	q := history.Query{Text: text, Limit: 200}
	for {
		page, err := s.Conversations(ctx, q)
		if err != nil {
			return nil, err
		}
		list = append(list, page.Conversations...)
		if q.After = page.Next; q.After == "" {
			return list, nil
		}
	}
}

func (c *cli) printConversations(list []history.Conversation, searched bool) error {
	if c.asJSON {
		return c.t.json(list)
	}
	if len(list) == 0 {
		if searched {
			c.t.notef("no conversation holds these words\n")
			return exitStatus{code: exitNothing}
		}
		c.t.notef("no conversation is kept yet; begin one: golocal chat\n")
		return nil
	}
	rows := make([]row, len(list))
	for i, h := range list {
		title := printableName(h.Title)
		if h.Pinned {
			title += " (pinned)"
		}
		rows[i] = row{cells: []string{h.ID, title, strconv.Itoa(h.Turns), humanize.Time(h.Changed)}}
		for _, hit := range h.Hits {
			rows[i].below = append(rows[i].below, faint.Render(printable(oneLine(hit.Excerpt))))
		}
	}
	wide := 0
	if isTerminal(c.t.out) {
		wide = width(c.t.out)
	}
	c.t.printf("%s", table([]column{{title: "ID"}, {title: "TITLE"}, {title: "QUESTIONS", right: true, rank: 2}, {title: "CHANGED", rank: 1}}, rows, wide))
	return nil
}

// noConversation names what helps where an id is unknown.
func noConversation(id string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no conversation %s; golocal chats lists them", printableName(id))
	}
	return err
}

func (c *cli) showChatCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show ID",
		Short: "Show a conversation, and what has changed in the files since",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				w, err := s.Conversation(ctx, args[0])
				if err != nil {
					return noConversation(args[0], err)
				}
				if c.asJSON {
					return c.t.json(w)
				}
				c.printConversation(w)
				return nil
			})
		},
	}
}

// printConversation shows the branch that was asked last.
func (c *cli) printConversation(w history.Whole) {
	c.t.printf("%s\n", bold.Render(printableName(w.Title)))
	branch := w.Branch("")
	for _, t := range branch {
		c.t.printf("\n%s\n", bold.Render("? "+printable(oneLine(t.Question))))
		if t.Standalone != "" && t.Standalone != t.Question {
			c.t.notef("%s\n", faint.Render("searched as: "+printable(oneLine(t.Standalone))))
		}
		if t.Open {
			c.t.notef("%s\n", faint.Render("general knowledge was allowed"))
		}
		if t.Answer != nil {
			p := &answerPrinter{t: c.t, speaks: chat.Request{Question: t.Question}.Language(), open: t.Open || slices.ContainsFunc(t.Answer.Sentences, func(s chat.Sentence) bool { return s.Verdict == chat.NotFromFiles })}
			for _, s := range t.Answer.Sentences {
				p.event(s)
			}
			p.event(*t.Answer)
		}
		switch t.State {
		case history.Stopped:
			c.t.notef("%s\n", warn.Render("stopped before it was finished"))
		case history.Running:
			c.t.notef("%s\n", faint.Render("being answered"))
		case history.Failed:
			c.t.notef("%s\n", bad.Render("no answer: "+printable(t.Problem)))
		}
	}
	if more := len(w.Turns) - len(branch); more > 0 {
		c.t.notef("\n%s\n", faint.Render(plural(more, "question")+" in other branches; golocal chats show --json has them"))
	}
}

func (c *cli) exportChatCommand() *cobra.Command {
	var format, file string
	cmd := &cobra.Command{
		Use:   "export ID",
		Short: "Write a conversation as Markdown with footnotes, or as JSON",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if c.asJSON && !cmd.Flags().Changed("format") {
				format = "json"
			}
			if format != "md" && format != "json" {
				return usagef("--format %s: choose md or json", format)
			}
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				var b bytes.Buffer
				if err := s.ExportConversation(ctx, args[0], format, &b); err != nil {
					return noConversation(args[0], err)
				}
				if file == "" {
					c.t.printf("%s", b.String())
					return nil
				}
				if _, err := os.Lstat(file); err == nil {
					return fmt.Errorf("%s is there already; name a new file", printable(file))
				}
				if err := replaceFile(file, b.Bytes(), 0o600); err != nil {
					return fmt.Errorf("write %s: %w", printable(file), err)
				}
				c.t.notef("%s in %s\n", bytesText(int64(b.Len())), printable(file))
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&format, "format", "md", "md or json")
	cmd.Flags().StringVarP(&file, "output", "o", "", "file to write; it must not be there yet")
	return cmd
}

func (c *cli) removeChatsCommand() *cobra.Command {
	var all bool
	var older string
	cmd := &cobra.Command{
		Use:   "rm ID…",
		Short: "Forget conversations for good",
		Long: `Forget conversations for good: no byte of them stays in golocal's files. --older-than
takes those whose last question is older (30d, 12h); pinned ones stay, as they do
not with --all.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if n := len(args); all && (n > 0 || older != "") || older != "" && n > 0 || n == 0 && !all && older == "" {
				return usagef("name conversations, or --all, or --older-than; see: golocal chats rm --help")
			}
			age, err := ageOf(older)
			if err != nil {
				return err
			}
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				ids := args
				if older != "" {
					list, err := allConversations(ctx, s, "")
					if err != nil {
						return err
					}
					for _, h := range list {
						if !h.Pinned && time.Since(h.Changed) > age {
							ids = append(ids, h.ID)
						}
					}
				}
				n := 0
				if all || len(ids) > 0 {
					if n, err = s.RemoveConversations(ctx, ids...); err != nil {
						return noConversation(strings.Join(ids, " "), err)
					}
				}
				if c.asJSON {
					return c.t.json(map[string]int{"removed": n})
				}
				c.t.printf("%s forgotten\n", plural(n, "conversation"))
				if n < len(args) {
					return fmt.Errorf("%d of the names are no conversation; golocal chats lists them", len(args)-n)
				}
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "forget every conversation")
	cmd.Flags().StringVar(&older, "older-than", "", "forget those whose last question is older: 30d, 12h")
	return cmd
}

// ageOf reads "30d" and what Go calls a duration.
func ageOf(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	if days, ok := strings.CutSuffix(text, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n >= 0 && n < 100_000 {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	} else if d, err := time.ParseDuration(text); err == nil && d >= 0 {
		return d, nil
	}
	return 0, usagef("--older-than %s: write days or hours, as 30d or 12h", text)
}

func (c *cli) renameChatCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rename ID TITLE",
		Short: "Give a conversation another title",
		Args:  cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			title := strings.Join(args[1:], " ")
			return c.changeChat(cmd.Context(), args[0], history.Change{Title: &title})
		},
	}
}

func (c *cli) pinChatCommand() *cobra.Command {
	var off bool
	cmd := &cobra.Command{
		Use:   "pin ID",
		Short: "Keep a conversation at the top, and from being forgotten for its age",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			on := !off
			return c.changeChat(cmd.Context(), args[0], history.Change{Pinned: &on})
		},
	}
	cmd.Flags().BoolVar(&off, "off", false, "pin it no longer")
	return cmd
}

func (c *cli) changeChat(ctx context.Context, id string, change history.Change) error {
	return c.with(ctx, func(ctx context.Context, s *session) error {
		h, err := s.ChangeConversation(ctx, id, change)
		if err != nil {
			return noConversation(id, err)
		}
		if c.asJSON {
			return c.t.json(h)
		}
		pinned := ""
		if h.Pinned {
			pinned = " (pinned)"
		}
		c.t.printf("%s  %s%s\n", h.ID, printableName(h.Title), pinned)
		return nil
	})
}
