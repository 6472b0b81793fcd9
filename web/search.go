package web

import (
	"net/http"
	"strings"

	"golocal"
)

func (s *Server) search(w http.ResponseWriter, r *http.Request) error {
	query := strings.TrimSpace(r.URL.Query().Get("q"))
	like, err := number(r, "like", 0, 0, 1<<62)
	if err != nil {
		return err
	}
	if query == "" && like == 0 {
		return invalid("q: empty")
	}
	limit, err := number(r, "limit", 20, 1, 200)
	if err != nil {
		return err
	}
	scope, err := scoped(r)
	if err != nil {
		return err
	}
	var found golocal.Found
	if like > 0 {
		found, err = s.o.Searcher.Like(r.Context(), like, scope, int(limit))
	} else {
		found, err = s.o.Searcher.Retrieve(r.Context(), query, scope, int(limit))
	}
	if err != nil {
		return err
	}
	if found.Hits == nil {
		found.Hits = []golocal.Hit{}
	}
	send(w, http.StatusOK, found)
	return nil
}
