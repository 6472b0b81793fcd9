package web

import (
	"net/http"

	"golocal"
)

func (s *Server) status(w http.ResponseWriter, r *http.Request) error {
	st, err := s.current(r)
	if err != nil {
		return err
	}
	send(w, http.StatusOK, st)
	return nil
}

// current is the daemon's status with its lists never null.
func (s *Server) current(r *http.Request) (Status, error) {
	st, err := s.o.Daemon.Status(r.Context())
	if err != nil {
		return st, err
	}
	if st.Version == "" {
		st.Version = s.o.Version
	}
	if st.Roots == nil {
		st.Roots = []RootStatus{}
	}
	if st.Models.Loaded == nil {
		st.Models.Loaded = []Loaded{}
	}
	return st, nil
}

func (s *Server) models(w http.ResponseWriter, r *http.Request) error {
	st, err := s.current(r)
	if err != nil {
		return err
	}
	send(w, http.StatusOK, st.Models)
	return nil
}

// rootList is the answer of GET /api/v1/roots.
type rootList struct {
	Roots []RootStatus `json:"roots"`
}

func (s *Server) roots(w http.ResponseWriter, r *http.Request) error {
	st, err := s.current(r)
	if err != nil {
		return err
	}
	send(w, http.StatusOK, rootList{st.Roots})
	return nil
}

// rootAnswer is the answer of POST /api/v1/roots and PATCH /api/v1/roots/{id}.
type rootAnswer struct {
	Root golocal.Root `json:"root"`
}

func (s *Server) addRoot(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Path  string        `json:"path"`
		Bytes []byte        `json:"path_bytes"`
		Rules golocal.Rules `json:"rules"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if len(in.Bytes) > 0 {
		in.Path = string(in.Bytes)
	}
	path := expand(in.Path)
	if !absolute(path) {
		return &Problem{Status: http.StatusBadRequest, Code: "invalid", Message: "path: not absolute", Next: "give the folder's whole path, from the top"}
	}
	root, err := s.o.Folders.Add(r.Context(), path, in.Rules)
	if err != nil {
		return err
	}
	send(w, http.StatusCreated, rootAnswer{root})
	return nil
}

func (s *Server) setRoot(w http.ResponseWriter, r *http.Request) error {
	n, err := id(r)
	if err != nil {
		return err
	}
	var in RootChange
	if err := decode(w, r, &in); err != nil {
		return err
	}
	root, err := s.o.Folders.Set(r.Context(), n, in)
	if err != nil {
		return err
	}
	send(w, http.StatusOK, rootAnswer{root})
	return nil
}

func (s *Server) removeRoot(w http.ResponseWriter, r *http.Request) error {
	n, err := id(r)
	if err != nil {
		return err
	}
	if err := s.o.Folders.Remove(r.Context(), n); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) complete(w http.ResponseWriter, r *http.Request) error {
	send(w, http.StatusOK, struct {
		Folders []string `json:"folders"`
	}{folders(r.URL.Query().Get("path"))})
	return nil
}

func (s *Server) retry(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Document int64 `json:"document"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if in.Document <= 0 {
		return invalid("document: not a positive number")
	}
	if err := s.o.Daemon.Retry(r.Context(), in.Document); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
