package web

import (
	"context"
	"net/http"
	"strings"

	"golocal"
)

// Tagger knows the tags of the files.
type Tagger interface {
	// Tags are those that begin so in any case, of most files first.
	Tags(ctx context.Context, start string) ([]golocal.Tag, error)
}

// tags offers tags while one is typed.
func (s *Server) tags(w http.ResponseWriter, r *http.Request) error {
	list, err := s.o.Tagger.Tags(r.Context(), strings.TrimSpace(r.URL.Query().Get("start")))
	if err != nil {
		return err
	}
	if list == nil {
		list = []golocal.Tag{}
	}
	send(w, http.StatusOK, struct {
		Tags []golocal.Tag `json:"tags"`
	}{list})
	return nil
}
