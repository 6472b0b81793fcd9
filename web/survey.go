package web

import (
	"context"
	"net/http"
	"strings"

	"golocal"
	"golocal/internal/remark"
)

// Surveyor tells what rules would take before anything is indexed, and reads
// again what failed.
type Surveyor interface {
	// Survey counts what adding the folder at an absolute path would index. It is
	// bounded in time and ends with ctx.
	Survey(ctx context.Context, path string) (Survey, error)
	// Preview compares a root's rules with others. An unknown root is [fs.ErrNotExist].
	Preview(ctx context.Context, root int64, rules golocal.Rules) (Preview, error)
	// RetryFailed reads again what failed in a root, 0 is every root, and tells how
	// many documents that are.
	RetryFailed(ctx context.Context, root int64) (int, error)
}

// Survey is what a folder holds, by the rules that it would be indexed by.
type Survey struct {
	Path     string         `json:"path"`              // as it would be added; empty with a Problem
	Problem  string         `json:"problem,omitempty"` // why it cannot be added, with what to do instead
	Remark   golocal.Remark `json:"remark,omitzero"`   // Problem
	Watched  bool           `json:"watched,omitempty"` // it is added already
	Files    int            `json:"files"`             // that would be read
	Bytes    int64          `json:"bytes"`
	Types    []TypeCount    `json:"types"`             // of them by their names, most files first
	Left     []LeftOut      `json:"left"`              // what would not be read, most first
	Whole    bool           `json:"whole"`             // false: there is more, the walk was stopped in time
	Passages int            `json:"passages"`          // about, from files of these types read before or from the types alone
	Seconds  float64        `json:"seconds,omitempty"` // that reading it takes, about; 0 when it cannot be told
}

// TypeCount counts files of a type.
type TypeCount struct {
	Type  string `json:"type"` // as of documents, or a name's ending; empty where the name tells none
	Files int    `json:"files"`
	Bytes int64  `json:"bytes"`
}

// LeftOut counts what is not read for one cause.
type LeftOut struct {
	Cause    string   `json:"cause"`    // "ignore", "secret", "size", …: see openapi.yaml
	Files    int      `json:"files"`    // left out one by one
	Folders  int      `json:"folders"`  // not looked into, whatever lies in them
	Bytes    int64    `json:"bytes"`    // of Files
	Examples []string `json:"examples"` // up to 3 paths below the folder
}

// Preview is what other rules change of a root.
type Preview struct {
	Problem string         `json:"problem,omitempty"` // why the rules cannot be followed
	Remark  golocal.Remark `json:"remark,omitzero"`   // Problem
	Files   int            `json:"files"`             // that would be read by the other rules
	Before  int            `json:"before"`            // and by those in force
	More    Changed        `json:"more"`              // what comes in
	Fewer   Changed        `json:"fewer"`             // what goes
	Whole   bool           `json:"whole"`             // false: there may be more, the walk was stopped in time
}

// Changed counts files whose verdict is another.
type Changed struct {
	Files    int      `json:"files"`
	Bytes    int64    `json:"bytes"`
	Examples []string `json:"examples"` // up to 5 paths below the root
}

func (s *Server) survey(w http.ResponseWriter, r *http.Request) error {
	path := expand(strings.TrimSpace(r.URL.Query().Get("path")))
	if !absolute(path) {
		send(w, http.StatusOK, Survey{Problem: remark.Text(remark.AddWhole), Remark: remark.New(remark.AddWhole), Types: []TypeCount{}, Left: []LeftOut{}})
		return nil
	}
	out, err := s.o.Surveyor.Survey(r.Context(), path)
	if err != nil {
		return err
	}
	if out.Types == nil {
		out.Types = []TypeCount{}
	}
	if out.Left == nil {
		out.Left = []LeftOut{}
	}
	send(w, http.StatusOK, out)
	return nil
}

func (s *Server) preview(w http.ResponseWriter, r *http.Request) error {
	n, err := id(r)
	if err != nil {
		return err
	}
	var in struct {
		Rules golocal.Rules `json:"rules"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	out, err := s.o.Surveyor.Preview(r.Context(), n, in.Rules)
	if err != nil {
		return err
	}
	for _, c := range []*Changed{&out.More, &out.Fewer} {
		if c.Examples == nil {
			c.Examples = []string{}
		}
	}
	send(w, http.StatusOK, out)
	return nil
}

type retried struct {
	Documents int `json:"documents"`
}

func (s *Server) retryFailed(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Root int64 `json:"root"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if in.Root < 0 {
		return invalid("root: negative")
	}
	n, err := s.o.Surveyor.RetryFailed(r.Context(), in.Root)
	if err != nil {
		return err
	}
	send(w, http.StatusOK, retried{n})
	return nil
}
