package web

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"strings"

	"golocal"
	"golocal/chat"
	"golocal/chat/runs"
)

// Ask is the body of POST /api/v1/ask.
type Ask struct {
	Question   string            `json:"question"`
	Mode       string            `json:"mode,omitempty"`  // "auto" (also when empty), "quotes" or "generate"
	Model      string            `json:"model,omitempty"` // that writes the answer, a tiny one too; empty: the one in use
	Think      bool              `json:"think,omitempty"` // let a model reason first that could be told not to
	Open       bool              `json:"open,omitempty"`  // let the model add general knowledge, marked as not from the files
	Scope      golocal.Scope     `json:"scope"`
	Messages   []golocal.Message `json:"messages,omitempty"`   // what was said before, oldest first; of a kept conversation the daemon knows it
	Standalone string            `json:"standalone,omitempty"` // the question in words that need nothing before them; searched as it is

	Conversation string `json:"conversation,omitempty"` // "" begins a new one
	Parent       string `json:"parent,omitempty"`       // the turn it follows; "" is the one asked last, "first" none
	// Keep, where it is false, makes this a question of the request's own: it is
	// in no conversation, and a client that leaves stops it.
	Keep *bool `json:"keep,omitempty"`
}

func (s *Server) ask(w http.ResponseWriter, r *http.Request) error {
	var in Ask
	if err := decode(w, r, &in); err != nil {
		return err
	}
	in.Question, in.Standalone = strings.TrimSpace(in.Question), strings.TrimSpace(in.Standalone)
	switch {
	case in.Question == "":
		return invalid("question: empty")
	case len(in.Question) > maxQuestion:
		return invalid("question: longer than 8 KB")
	case len(in.Standalone) > maxQuestion:
		return invalid("standalone: longer than 8 KB")
	}
	if err := checkScope(in.Scope); err != nil {
		return err
	}
	if in.Mode == "" {
		in.Mode = "auto"
	}
	if in.Mode != "auto" && in.Mode != "quotes" && in.Mode != "generate" {
		return invalid("mode: not auto, quotes or generate")
	}
	if in.Open && in.Mode == "quotes" {
		return invalid("open: quotes are from the files only; ask in another mode")
	}
	for _, m := range in.Messages {
		if m.Role != "user" && m.Role != "assistant" {
			return invalid("messages: a role is neither user nor assistant")
		}
	}
	if in.Model = strings.TrimSpace(in.Model); in.Model != "" && in.Mode != "quotes" {
		if err := s.writer(r.Context(), &in.Model); err != nil {
			return err
		}
	}
	keep := in.Keep == nil || *in.Keep
	if !keep && in.Conversation+in.Parent != "" {
		return invalid("keep: a question of a conversation is kept")
	}
	q := chat.Request{Question: in.Question, Scope: in.Scope, Mode: in.Mode, Model: in.Model, Think: in.Think, Open: in.Open, Messages: in.Messages, Standalone: in.Standalone}
	started, err := s.o.Runner.Start(r.Context(), runs.Question{Request: q, Conversation: in.Conversation, Parent: in.Parent, Keep: keep})
	if err != nil {
		return err
	}
	if !keep {
		defer s.o.Runner.Stop(context.WithoutCancel(r.Context()), started.Run) // nothing, where it has ended
	}
	return s.follow(w, r, started.Run, 0)
}

// writer puts a model's whole name in place of the one that was asked for, and
// refuses one that is not there or cannot write. Without a runner nobody knows,
// and the answer is quotes.
func (s *Server) writer(ctx context.Context, name *string) error {
	use, err := s.o.Chooser.Switch(ctx, *name, "chat")
	if p, ok := errors.AsType[*Problem](err); ok && p.Status == http.StatusServiceUnavailable {
		return nil
	}
	if err == nil {
		*name = use.Name
	}
	return err
}

func (s *Server) sync(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Root    int64 `json:"root"`
		Confirm bool  `json:"confirm"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if in.Root < 0 {
		return invalid("root: negative")
	}
	name := func(p Progress) string {
		if p.State == Settled {
			return "done"
		}
		return "progress"
	}
	stream(s, w, r, name, func(ctx context.Context) iter.Seq2[Progress, error] {
		return s.o.Daemon.Sync(ctx, in.Root, in.Confirm)
	})
	return nil
}
