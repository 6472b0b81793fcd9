package web

import (
	"context"
	"iter"
	"net/http"
	"strings"

	"golocal"
	"golocal/chat"
)

// Ask is the body of POST /api/v1/ask.
type Ask struct {
	Question string            `json:"question"`
	Mode     string            `json:"mode,omitempty"`  // "auto" (also when empty), "quotes" or "generate"
	Think    bool              `json:"think,omitempty"` // let a model reason first that could be told not to
	Scope    golocal.Scope     `json:"scope"`
	Messages []golocal.Message `json:"messages,omitempty"` // the conversation so far, oldest first
}

func (s *Server) ask(w http.ResponseWriter, r *http.Request) error {
	var in Ask
	if err := decode(w, r, &in); err != nil {
		return err
	}
	in.Question = strings.TrimSpace(in.Question)
	switch {
	case in.Question == "":
		return invalid("question: empty")
	case len(in.Question) > maxQuestion:
		return invalid("question: longer than 8 KB")
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
	for _, m := range in.Messages {
		if m.Role != "user" && m.Role != "assistant" {
			return invalid("messages: a role is neither user nor assistant")
		}
	}
	q := chat.Request{Question: in.Question, Scope: in.Scope, Mode: in.Mode, Think: in.Think, Messages: in.Messages}
	stream(s, w, r, chat.Event.Name, func(ctx context.Context) iter.Seq2[chat.Event, error] {
		return s.o.Answerer.Answer(ctx, q)
	})
	return nil
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
