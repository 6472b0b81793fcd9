package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"golocal"
)

// Tracer tells what became of a file in a search.
type Tracer interface {
	// Trace follows the file at an absolute path, or the document with an id that
	// is not 0. An unknown id is [fs.ErrNotExist].
	Trace(ctx context.Context, path string, document int64, query string, scope golocal.Scope, n int) (golocal.Outcome, error)
	// Duplicates groups the documents that share at least the part least of their
	// text, 0 to 1.
	Duplicates(ctx context.Context, least float64) ([]golocal.Twins, error)
}

// TraceRequest names a file, by its path or its document's id, and a search.
type TraceRequest struct {
	Path     string
	Document int64
	Query    string
	Scope    golocal.Scope
	Limit    int
}

func (s *Server) trace(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	query := strings.TrimSpace(q.Get("q"))
	if query == "" {
		return invalid("q: empty")
	}
	document, err := number(r, "document", 0, 0, 1<<62)
	if err != nil {
		return err
	}
	limit, err := number(r, "limit", 10, 1, 200)
	if err != nil {
		return err
	}
	scope, err := scoped(r)
	if err != nil {
		return err
	}
	file := expand(q.Get("file"))
	if document == 0 && !absolute(file) {
		return invalid("file: not an absolute path, and no document is named")
	}
	o, err := s.o.Tracer.Trace(r.Context(), file, document, query, scope, int(limit))
	if err != nil {
		return err
	}
	send(w, http.StatusOK, o)
	return nil
}

type twinList struct {
	Groups []golocal.Twins `json:"groups"`
}

func (s *Server) duplicates(w http.ResponseWriter, r *http.Request) error {
	least := .8
	if v := r.URL.Query().Get("least"); v != "" {
		var err error
		if least, err = strconv.ParseFloat(v, 64); err != nil || !(least >= .5 && least <= 1) {
			return invalid("least: not a number from 0.5 to 1")
		}
	}
	groups, err := s.o.Tracer.Duplicates(r.Context(), least)
	if err != nil {
		return err
	}
	if groups == nil {
		groups = []golocal.Twins{}
	}
	send(w, http.StatusOK, twinList{groups})
	return nil
}

// Trace tells what became of a file in a search.
func (c *Client) Trace(ctx context.Context, t TraceRequest) (golocal.Outcome, error) {
	q := url.Values{"q": {t.Query}}
	scopeQuery(q, t.Scope)
	if t.Path != "" {
		q.Set("file", t.Path)
	}
	if t.Document != 0 {
		q.Set("document", strconv.FormatInt(t.Document, 10))
	}
	if t.Limit > 0 {
		q.Set("limit", strconv.Itoa(t.Limit))
	}
	return get[golocal.Outcome](ctx, c, "/api/v1/trace", q)
}

// Duplicates groups the documents that hold the same or nearly the same.
func (c *Client) Duplicates(ctx context.Context, least float64) ([]golocal.Twins, error) {
	l, err := get[twinList](ctx, c, "/api/v1/duplicates", url.Values{"least": {strconv.FormatFloat(least, 'g', -1, 64)}})
	return l.Groups, err
}

// Like finds the passages most like one.
func (c *Client) Like(ctx context.Context, chunk int64, scope golocal.Scope, n int) (golocal.Found, error) {
	q := url.Values{"like": {strconv.FormatInt(chunk, 10)}}
	scopeQuery(q, scope)
	if n > 0 {
		q.Set("limit", strconv.Itoa(n))
	}
	return get[golocal.Found](ctx, c, "/api/v1/search", q)
}
