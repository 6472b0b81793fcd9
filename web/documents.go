package web

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"time"

	"golocal"
)

var states = []golocal.State{golocal.StateReady, golocal.StateNoText, golocal.StateFailed, golocal.StateSkipped, golocal.StateUnsupported, golocal.StateUnstable, Partly}

// Partly is the filter for ready documents with notes: something of them is not
// searchable. It is no state of a document.
const Partly golocal.State = "partly"

// maxIDs bounds the documents that are asked for by their ids.
const maxIDs = 100

// Fits tells whether a document passes the filter's state.
func (f Filter) Fits(d golocal.Document) bool {
	if f.State == Partly {
		return d.State == golocal.StateReady && len(d.Notes) > 0
	}
	return f.State == "" || d.State == f.State
}

func (s *Server) documents(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	f := Filter{State: golocal.State(q.Get("state")), Query: q.Get("q")}
	if f.State != "" && !slices.Contains(states, f.State) {
		return invalid("state: unknown")
	}
	var err error
	if len(q["id"]) > maxIDs {
		return invalid("id: more than " + strconv.Itoa(maxIDs))
	}
	for _, v := range q["id"] {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil || n <= 0 {
			return invalid("id: not a positive number")
		}
		f.IDs = append(f.IDs, n)
	}
	if f.Root, err = number(r, "root", 0, 0, 1<<62); err != nil {
		return err
	}
	limit, err := number(r, "limit", 100, 1, 500)
	if err != nil {
		return err
	}
	offset, err := number(r, "offset", 0, 0, 1<<40)
	if err != nil {
		return err
	}
	f.Limit, f.Offset = int(limit), int(offset)
	page, err := s.o.Library.Documents(r.Context(), f)
	if err != nil {
		return err
	}
	if page.Documents == nil {
		page.Documents = []golocal.Document{}
	}
	send(w, http.StatusOK, page)
	return nil
}

// Content is a document with its chunks.
type Content struct {
	Document golocal.Document `json:"document"` // with Text and Sections
	Chunks   []golocal.Chunk  `json:"chunks"`
}

func (s *Server) document(w http.ResponseWriter, r *http.Request) error {
	n, err := id(r)
	if err != nil {
		return err
	}
	doc, chunks, err := s.o.Library.Document(r.Context(), n)
	if err != nil {
		return err
	}
	if chunks == nil {
		chunks = []golocal.Chunk{}
	}
	send(w, http.StatusOK, Content{doc, chunks})
	return nil
}

// file gives the bytes on disk for the PDF view. Whatever the file says of
// itself, it is never served as something a browser would run: a fixed type, a
// sandbox, and a download for all but PDF.
func (s *Server) file(w http.ResponseWriter, r *http.Request) error {
	n, err := id(r)
	if err != nil {
		return err
	}
	doc, _, err := s.o.Library.Document(r.Context(), n)
	if err != nil {
		return err
	}
	f, err := s.o.Library.Open(r.Context(), n)
	if err != nil {
		return err
	}
	defer f.Content.Close()
	h := w.Header()
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'")
	if doc.Type == "pdf" {
		h.Set("Content-Type", "application/pdf")
		h.Set("Content-Disposition", "inline")
	} else {
		h.Set("Content-Type", "application/octet-stream")
		h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(path.Base(doc.Ref.Path)))
	}
	http.NewResponseController(w).SetWriteDeadline(time.Now().Add(10 * s.stall))
	http.ServeContent(w, r, "", f.Modified, f.Content)
	return nil
}
