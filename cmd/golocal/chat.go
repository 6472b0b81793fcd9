package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"golocal/chat"
	"golocal/chat/history"
	"golocal/web"
)

// conversationID is what the name of a conversation looks like.
var conversationID = regexp.MustCompile(`^[a-z2-7]{10}$`)

// newest stands for the conversation that was changed last.
const newest = "newest"

func (c *cli) chatCommand() *cobra.Command {
	var flags *narrow
	var generate, quotes, open, thinking bool
	var id, model string
	cmd := &cobra.Command{
		Use:   "chat [flags] [QUESTION]",
		Short: "Ask question after question, each on what was said before",
		Long: `Ask question after question: "it" and "there" mean what was said before. Questions
are read from standard input, one a line, after QUESTION if there is one; an empty
line or Ctrl-D ends. The conversation is kept (golocal chats), but with --no-history.
--continue goes on with the conversation that was changed last, --continue ID with
another.`,
		Example: `  golocal chat
  golocal chat --continue "And in the first year?"
  golocal chat --continue k3vd2m7qpa`,
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
			if id == newest && len(args) == 1 && conversationID.MatchString(args[0]) {
				id, args = args[0], nil
			}
			ask := web.Ask{Mode: "auto", Model: model, Think: thinking, Open: open, Conversation: id}
			if generate {
				ask.Mode = "generate"
			} else if quotes {
				ask.Mode = "quotes"
			}
			return c.with(cmd.Context(), func(ctx context.Context, s *session) error {
				return c.converse(ctx, s, ask, flags, strings.Join(args, " "))
			})
		},
	}
	flags = newNarrow(cmd.Flags(), "ask")
	cmd.Flags().StringVarP(&id, "continue", "c", "", "go on with a conversation: the one changed last, or the one whose ID follows")
	cmd.Flags().Lookup("continue").NoOptDefVal = newest
	cmd.Flags().BoolVar(&generate, "generate", false, "let a chat model write the answers; every sentence is checked")
	cmd.Flags().BoolVar(&quotes, "quotes", false, "answer with sentences of the files even if a chat model is there")
	cmd.Flags().BoolVar(&open, "open", false, "let a chat model add general knowledge; what is not from your files is marked")
	cmd.Flags().StringVar(&model, "model", "", "let this installed chat model write, instead of the one in use")
	cmd.Flags().BoolVar(&thinking, "thinking", false, "let a reasoning model reason before it answers, and print that too")
	return cmd
}

// converse asks first, if there is one, and then every line of standard input.
func (c *cli) converse(ctx context.Context, s *session, ask web.Ask, flags *narrow, first string) error {
	if err := c.needModels(ctx, s, ask.Mode == "generate" || ask.Open, false); err != nil {
		return err
	}
	var roots []int64
	var err error
	if ask.Scope, roots, err = flags.scope(ctx, c, s); err != nil {
		return err
	}
	if s.app != nil || len(flags.folders) > 0 {
		if err := c.freshen(ctx, s, roots); err != nil {
			return err
		}
	}
	if err := c.needRoots(ctx, s); err != nil {
		return err
	}
	if err := c.resume(ctx, s, &ask); err != nil {
		return err
	}
	if c.unkept {
		ask.Keep = new(false)
	}
	lines := bufio.NewScanner(c.t.in)
	lines.Buffer(nil, 64<<10)
	next := func() (string, bool) {
		if q := first; q != "" {
			first = ""
			return q, true
		}
		if isTerminal(c.t.in) {
			c.t.notef("\n%s ", bold.Render("?"))
		}
		return strings.TrimSpace(lineOf(lines)), ctx.Err() == nil
	}
	last := exitOK
	for {
		q, ok := next()
		if !ok || q == "" {
			break
		}
		ask.Question = q
		answer, begun, err := c.answer(ctx, s, ask)
		if err != nil {
			return err
		}
		ask.Conversation = begun.Conversation
		if begun.Conversation == "" { // nobody but this command knows what was said
			ask.Messages = append(ask.Messages, golocalMessages(q, *answer)...)
		}
		if c.asJSON {
			if err := c.t.json(turnJSON{begun.Conversation, begun.Turn, q, answer}); err != nil {
				return err
			}
		}
		last = exitOK
		if answer.Kind == chat.KindNone {
			last = exitNothing
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read the question from standard input: %w", err)
	}
	if ask.Conversation != "" && !c.asJSON {
		c.t.notef("%s\n", faint.Render("kept as "+ask.Conversation+"; go on: golocal chat --continue "+ask.Conversation))
	}
	if last != exitOK {
		return exitStatus{code: last}
	}
	return nil
}

// turnJSON is one answer of chat --json.
type turnJSON struct {
	Conversation string       `json:"conversation"` // "" when it is not kept
	Turn         string       `json:"turn"`
	Question     string       `json:"question"`
	Answer       *chat.Answer `json:"answer"`
}

func lineOf(lines *bufio.Scanner) string {
	if lines.Scan() {
		return lines.Text()
	}
	return ""
}

// resume finds the conversation to go on with, and shows where it stood.
func (c *cli) resume(ctx context.Context, s *session, ask *web.Ask) error {
	if ask.Conversation == "" {
		return nil
	}
	if ask.Conversation == newest {
		page, err := s.Conversations(ctx, history.Query{Limit: 200})
		if err != nil {
			return err
		}
		if len(page.Conversations) == 0 {
			return errors.New("there is no conversation to go on with; begin one: golocal chat")
		}
		at := page.Conversations[0]
		for _, o := range page.Conversations { // pinned ones come first, however old
			if o.Changed.After(at.Changed) {
				at = o
			}
		}
		ask.Conversation = at.ID
	}
	whole, err := s.Conversation(ctx, ask.Conversation)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no conversation %s; golocal chats lists them", printableName(ask.Conversation))
	}
	if err != nil {
		return err
	}
	if branch := whole.Branch(""); len(branch) > 0 && !c.asJSON && !c.quiet {
		t := branch[len(branch)-1]
		c.t.notef("%s\n", faint.Render(printable(fmt.Sprintf("%s (%s); last asked: %s", whole.Title, plural(len(whole.Turns), "question"), oneLine(t.Question)))))
	}
	return nil
}
