package web

import (
	"context"
	"math"
	"net/http"
	"net/url"

	"golocal"
)

// Explainer tells why a file is indexed, or why not.
type Explainer interface {
	// Why judges the absolute path by the rules as they stand now.
	Why(ctx context.Context, path string) (Why, error)
	// Path is the absolute path of a document's file, of any bytes; an unknown
	// document is [fs.ErrNotExist].
	Path(ctx context.Context, document int64) (string, error)
}

// Why tells what becomes of a path and which rule decides.
type Why struct {
	Path       string            `json:"path"`          // as asked
	Ref        *golocal.Ref      `json:"ref,omitempty"` // where it lies; nil outside of the watched folders
	Folder     bool              `json:"folder,omitempty"`
	Verdict    string            `json:"verdict"`         // "taken", "listed", "left out", "not there" or "outside"
	Rule       string            `json:"rule"`            // what decides, one line
	Next       string            `json:"next,omitempty"`  // the step that changes it
	Remark     golocal.Remark    `json:"remark,omitzero"` // Rule
	NextRemark golocal.Remark    `json:"next_remark,omitzero"`
	Document   *golocal.Document `json:"document,omitempty"` // what the index knows of it, without Text and Sections
	Waiting    bool              `json:"waiting,omitempty"`  // it has changed and is about to be read
}

func (s *Server) why(w http.ResponseWriter, r *http.Request) error {
	path := expand(r.URL.Query().Get("path"))
	if path == "" { // not every name can be written as text, as on a page: the id names its file all the same
		n, err := number(r, "document", 0, 1, math.MaxInt64)
		if err != nil {
			return err
		}
		if n != 0 {
			if path, err = s.o.Explainer.Path(r.Context(), n); err != nil {
				return err
			}
		}
	}
	if !absolute(path) {
		return &Problem{Status: http.StatusBadRequest, Code: "invalid", Message: "path: not absolute", Next: "give the file's whole path, from the top"}
	}
	y, err := s.o.Explainer.Why(r.Context(), path)
	if err != nil {
		return err
	}
	send(w, http.StatusOK, y)
	return nil
}

// Why tells what becomes of the file at an absolute path, of any bytes.
func (c *Client) Why(ctx context.Context, path string) (Why, error) {
	y, err := get[Why](ctx, c, "/api/v1/why", url.Values{"path": {path}})
	y.Path = path
	return y, err
}
