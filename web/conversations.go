package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"golocal/chat/history"
)

// Conversations reads what is kept. An unknown conversation is [fs.ErrNotExist];
// where nothing is kept the list is empty.
type Conversations interface {
	List(ctx context.Context, q history.Query) (history.Page, error)
	// Conversation gives one whole; its citations are checked against the files.
	Conversation(ctx context.Context, id string) (history.Whole, error)
}

// Archivist changes and forgets what is kept, for good. An unknown conversation is
// [fs.ErrNotExist]; of several unknown ones are passed over.
type Archivist interface {
	Change(ctx context.Context, id string, c history.Change) (history.Conversation, error)
	Remove(ctx context.Context, ids ...string) (int, error)
	RemoveAll(ctx context.Context) (int, error)
}

// maxTitle bounds a title, bytes.
const maxTitle = 500

func (s *Server) conversations(w http.ResponseWriter, r *http.Request) error {
	limit, err := number(r, "limit", 50, 1, 200)
	if err != nil {
		return err
	}
	page, err := s.o.Conversations.List(r.Context(), history.Query{Text: r.URL.Query().Get("q"), Limit: int(limit), After: r.URL.Query().Get("after")})
	if errors.Is(err, history.ErrCursor) {
		return invalid(history.ErrCursor.Error())
	}
	if err != nil {
		return err
	}
	send(w, http.StatusOK, page)
	return nil
}

func (s *Server) conversation(w http.ResponseWriter, r *http.Request) error {
	whole, err := s.o.Conversations.Conversation(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	send(w, http.StatusOK, whole)
	return nil
}

func (s *Server) changeConversation(w http.ResponseWriter, r *http.Request) error {
	var in history.Change
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if in.Title != nil {
		*in.Title = strings.Join(strings.Fields(*in.Title), " ")
		if *in.Title == "" || len(*in.Title) > maxTitle {
			return invalid("title: empty, or longer than 500 bytes")
		}
	}
	c, err := s.o.Archivist.Change(r.Context(), r.PathValue("id"), in)
	if err != nil {
		return err
	}
	send(w, http.StatusOK, c)
	return nil
}

type removedConversations struct {
	Removed int `json:"removed"`
}

func (s *Server) removeConversation(w http.ResponseWriter, r *http.Request) error {
	n, err := s.o.Archivist.Remove(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	send(w, http.StatusOK, removedConversations{n})
	return nil
}

func (s *Server) removeConversations(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		IDs []string `json:"ids"`
		All bool     `json:"all"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if in.All == (len(in.IDs) > 0) {
		return invalid("body: name either ids or all")
	}
	var n int
	var err error
	switch {
	case in.All:
		n, err = s.o.Archivist.RemoveAll(r.Context())
	case len(in.IDs) == 1:
		n, err = s.o.Archivist.Remove(r.Context(), in.IDs[0])
	default:
		n, err = s.o.Archivist.Remove(r.Context(), in.IDs...)
	}
	if err != nil {
		return err
	}
	send(w, http.StatusOK, removedConversations{n})
	return nil
}

func (s *Server) exportConversation(w http.ResponseWriter, r *http.Request) error {
	format := r.URL.Query().Get("format")
	if format == "" {
		format = "md"
	}
	if format != "md" && format != "json" {
		return invalid("format: not md or json")
	}
	whole, err := s.o.Conversations.Conversation(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	var body []byte
	kind := "text/markdown; charset=utf-8"
	if turn := r.URL.Query().Get("turn"); turn != "" || format == "md" { // one way through the branches
		branch := whole.Branch(turn)
		if branch == nil && turn != "" {
			return &Problem{Status: http.StatusNotFound, Code: "not_found", Message: "turn " + turn + " is not in this conversation"}
		}
		whole.Turns = branch
	}
	if format == "md" {
		var b bytes.Buffer
		if err := history.WriteMarkdown(&b, whole); err != nil {
			return err
		}
		body = b.Bytes()
	} else {
		kind = "application/json; charset=utf-8"
		if body, err = json.MarshalIndent(whole, "", "  "); err != nil {
			return err
		}
		body = append(body, '\n')
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(history.FileTitle(whole.Title)+"."+format))
	w.WriteHeader(http.StatusOK)
	w.Write(body)
	return nil
}

func conversationPath(id string) string { return "/api/v1/conversations/" + url.PathEscape(id) }

// Conversations gives a piece of the list of conversations.
func (c *Client) Conversations(ctx context.Context, q history.Query) (history.Page, error) {
	v := url.Values{}
	if q.Text != "" {
		v.Set("q", q.Text)
	}
	if q.Limit > 0 {
		v.Set("limit", strconv.Itoa(q.Limit))
	}
	if q.After != "" {
		v.Set("after", q.After)
	}
	return get[history.Page](ctx, c, "/api/v1/conversations", v)
}

// Conversation gives one whole, its citations checked against the files.
func (c *Client) Conversation(ctx context.Context, id string) (history.Whole, error) {
	return get[history.Whole](ctx, c, conversationPath(id), nil)
}

// ChangeConversation renames or pins a conversation.
func (c *Client) ChangeConversation(ctx context.Context, id string, change history.Change) (history.Conversation, error) {
	var out history.Conversation
	err := c.call(ctx, http.MethodPatch, conversationPath(id), change, &out)
	return out, err
}

// RemoveConversations forgets conversations for good and tells how many there
// were; no ids is all of them.
func (c *Client) RemoveConversations(ctx context.Context, ids ...string) (int, error) {
	in := map[string]any{"all": true}
	if len(ids) > 0 {
		in = map[string]any{"ids": ids}
	}
	var out removedConversations
	err := c.call(ctx, http.MethodDelete, "/api/v1/conversations", in, &out)
	return out.Removed, err
}

// ExportConversation writes a conversation to w as "md" or "json".
func (c *Client) ExportConversation(ctx context.Context, id, format string, w io.Writer) error {
	res, err := c.do(ctx, http.MethodGet, conversationPath(id)+"/export?format="+url.QueryEscape(format), nil)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err := io.Copy(w, res.Body); err != nil {
		return fmt.Errorf("read the daemon's answer: %w", err)
	}
	return nil
}
