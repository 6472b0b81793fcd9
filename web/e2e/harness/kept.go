package main

import (
	"context"
	"fmt"
	"io/fs"
	"strings"

	"golocal"
	"golocal/chat/history"
	"golocal/web"
)

// nothingKept stands for the conversations where none are kept.
type nothingKept struct{}

func (nothingKept) List(context.Context, history.Query) (history.Page, error) {
	return history.Page{Conversations: []history.Conversation{}}, nil
}

func (nothingKept) Conversation(_ context.Context, id string) (history.Whole, error) {
	return history.Whole{}, fmt.Errorf("conversation %s: %w", id, fs.ErrNotExist)
}

func (nothingKept) Change(_ context.Context, id string, _ history.Change) (history.Conversation, error) {
	return history.Conversation{}, fmt.Errorf("conversation %s: %w", id, fs.ErrNotExist)
}

func (nothingKept) Remove(context.Context, ...string) (int, error) { return 0, nil }

func (nothingKept) RemoveAll(context.Context) (int, error) { return 0, nil }

// kept is what the status tells of the conversations.
func (d *daemon) kept(ctx context.Context) (web.History, error) {
	if d.history == nil {
		return web.History{}, nil
	}
	u, err := d.history.Usage(ctx)
	return web.History{On: true, Conversations: u.Conversations, Bytes: u.Bytes}, err
}

// plainWords finds words of ASCII as they are written, in any case.
type plainWords struct{}

func (plainWords) Segment(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }), " ")
}

func (p plainWords) All(query string) string {
	all := strings.Fields(p.Segment(query))
	for i, w := range all {
		all[i] = `"` + w + `"*`
	}
	return strings.Join(all, " AND ")
}

func (p plainWords) Excerpt(query, text string, size int) (golocal.Span, []golocal.Span) {
	var marks []golocal.Span
	for _, w := range strings.Fields(p.Segment(query)) {
		if i := strings.Index(strings.ToLower(text), w); i >= 0 && i+len(w) <= size {
			marks = append(marks, golocal.Span{Start: i, End: i + len(w)})
		}
	}
	return golocal.Span{End: min(len(text), size)}, marks
}
