package web

import (
	"context"
	"net/http"
)

// Launcher hands the file of a document to the system's program for its type, on
// the machine where the daemon runs. A missing document is [fs.ErrNotExist];
// errors of kind [*Problem] reach the user as they are.
type Launcher interface {
	Launch(ctx context.Context, document int64) error
}

// launch opens a document's file in its program. The request names a document of
// the index and never a path.
func (s *Server) launch(w http.ResponseWriter, r *http.Request) error {
	n, err := id(r)
	if err != nil {
		return err
	}
	if err := decode(w, r, &struct{}{}); err != nil {
		return err
	}
	if err := s.o.Launcher.Launch(r.Context(), n); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
