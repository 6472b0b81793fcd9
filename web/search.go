package web

import (
	"net/http"
	"strings"

	"golocal"
)

func (s *Server) search(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	query := strings.TrimSpace(q.Get("q"))
	if query == "" {
		return invalid("q: empty")
	}
	limit, err := number(r, "limit", 20, 1, 200)
	if err != nil {
		return err
	}
	root, err := number(r, "root", 0, 0, 1<<62)
	if err != nil {
		return err
	}
	scope := golocal.Scope{Folder: strings.Trim(q.Get("folder"), "/")}
	if root > 0 {
		scope.Roots = []int64{root}
	}
	found, err := s.o.Searcher.Retrieve(r.Context(), query, scope, int(limit))
	if err != nil {
		return err
	}
	if found.Hits == nil {
		found.Hits = []golocal.Hit{}
	}
	send(w, http.StatusOK, found)
	return nil
}
