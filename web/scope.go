package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golocal"
)

// SavedScope is conditions of a search under a name: "path:invoices type:pdf".
type SavedScope struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Scopes keeps saved scopes. Remove answers [fs.ErrNotExist] for an unknown name;
// errors of kind [*Problem] reach the user as they are.
type Scopes interface {
	List(ctx context.Context) ([]SavedScope, error)
	Save(ctx context.Context, s SavedScope) error
	Remove(ctx context.Context, name string) error
}

type scopeList struct {
	Scopes []SavedScope `json:"scopes"`
}

func (s *Server) scopes(w http.ResponseWriter, r *http.Request) error {
	list, err := s.o.Scopes.List(r.Context())
	if err != nil {
		return err
	}
	if list == nil {
		list = []SavedScope{}
	}
	send(w, http.StatusOK, scopeList{list})
	return nil
}

func (s *Server) saveScope(w http.ResponseWriter, r *http.Request) error {
	var in SavedScope
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if err := s.o.Scopes.Save(r.Context(), in); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) removeScope(w http.ResponseWriter, r *http.Request) error {
	if err := s.o.Scopes.Remove(r.Context(), r.PathValue("name")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// scoped reads the scope of a GET route: root, folder, path, type, after, before,
// tag, author and in; root, path, type, tag and author may come often.
func scoped(r *http.Request) (golocal.Scope, error) {
	q := r.URL.Query()
	scope := golocal.Scope{Folder: strings.Trim(q.Get("folder"), "/"), Paths: q["path"], Types: q["type"], After: q.Get("after"), Before: q.Get("before"), In: q.Get("in")}
	for _, v := range q["root"] {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil || n < 0 {
			return scope, invalid("root: not a number")
		}
		if n > 0 {
			scope.Roots = append(scope.Roots, n)
		}
	}
	for _, field := range []string{"tag", "author"} {
		for _, v := range q[field] {
			scope.With = append(scope.With, golocal.Term{Field: field, Text: v})
		}
	}
	return scope, checkScope(scope)
}

// checkScope refuses days that are none, and fields that no passage has.
func checkScope(s golocal.Scope) error {
	for name, day := range map[string]string{"after": s.After, "before": s.Before} {
		if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
			return invalid(name + ": not a day such as 2024-05-03")
		}
	}
	for _, t := range append(append([]golocal.Term{}, s.With...), s.Without...) {
		switch t.Field {
		case "", "title", "heading", "path", "folder", "author", "to", "tag", "language", "type":
		default:
			return invalid("scope: there is no field " + strconv.Quote(t.Field))
		}
	}
	return nil
}

// scopeQuery is scope as scoped reads it; other terms than tags and authors are
// lost, as the text of a search has them.
func scopeQuery(q url.Values, s golocal.Scope) {
	for _, id := range s.Roots {
		q.Add("root", strconv.FormatInt(id, 10))
	}
	q["path"], q["type"] = s.Paths, s.Types
	for name, v := range map[string]string{"folder": s.Folder, "after": s.After, "before": s.Before, "in": s.In} {
		if v != "" {
			q.Set(name, v)
		}
	}
	for _, t := range s.With {
		if t.Field == "tag" || t.Field == "author" {
			q.Add(t.Field, t.Text)
		}
	}
}

// Scopes lists the saved scopes.
func (c *Client) Scopes(ctx context.Context) ([]SavedScope, error) {
	l, err := get[scopeList](ctx, c, "/api/v1/scopes", nil)
	return l.Scopes, err
}

// SaveScope saves a scope in place of one with its name.
func (c *Client) SaveScope(ctx context.Context, s SavedScope) error {
	return c.call(ctx, http.MethodPost, "/api/v1/scopes", s, nil)
}

// RemoveScope forgets a saved scope.
func (c *Client) RemoveScope(ctx context.Context, name string) error {
	return c.call(ctx, http.MethodDelete, "/api/v1/scopes/"+url.PathEscape(name), nil, nil)
}
