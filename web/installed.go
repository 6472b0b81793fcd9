package web

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golocal"
)

// Shelf holds the models of this machine. A name that is not installed is
// [fs.ErrNotExist].
type Shelf interface {
	// Installed lists them by name.
	Installed(ctx context.Context) ([]Installed, error)
	// Remove deletes one and tells how many bytes that frees; one in use only with force.
	Remove(ctx context.Context, name string, force bool) (int64, error)
	// Import takes one in from a GGUF file or a folder of safetensors; "" names
	// it after the path. The last FetchStep has Stage "ready".
	Import(ctx context.Context, path, name string) iter.Seq2[FetchStep, error]
}

// Installed is a model on this machine, with what is known of it.
type Installed struct {
	Name          string         `json:"name"`
	Digest        string         `json:"digest,omitempty"`
	Bytes         int64          `json:"bytes"` // on disk
	Family        string         `json:"family,omitempty"`
	Architecture  string         `json:"architecture,omitempty"`
	Parameters    string         `json:"parameters,omitempty"` // "22.7M"
	Quant         string         `json:"quantization,omitempty"`
	Context       int            `json:"context,omitempty"`    // tokens it was made for
	Capability    string         `json:"capability"`           // "embedding" or "chat"
	Use           string         `json:"in_use_for,omitempty"` // "embedding" or "chat"
	Template      bool           `json:"template"`             // of a chat model: it says how messages are put before it
	Thinking      bool           `json:"thinking,omitempty"`   // it reasons before it answers
	Base          bool           `json:"base,omitempty"`       // it continues text instead of answering
	Tiny          bool           `json:"tiny,omitempty"`       // it makes things up
	Refused       string         `json:"refused,omitempty"`    // why golocal will not use it
	Note          string         `json:"note,omitempty"`
	RefusedRemark golocal.Remark `json:"refused_remark,omitzero"`
	NoteRemark    golocal.Remark `json:"note_remark,omitzero"`
	Modified      time.Time      `json:"modified,omitzero"`

	// Of an embedding model.
	Dims           int    `json:"dims,omitempty"`
	MaxTokens      int    `json:"max_tokens,omitempty"` // longest input
	Pooling        string `json:"pooling,omitempty"`
	QueryPrefix    string `json:"query_prefix,omitempty"`
	DocumentPrefix string `json:"document_prefix,omitempty"`
	PromptSource   string `json:"prompt_source,omitempty"` // where the two prefixes come from; empty: none is used

	Loaded bool   `json:"loaded"`
	Where  string `json:"where,omitempty"` // of a loaded one: "100 % GPU", "CPU"
}

// installedList is the answer of GET /api/v1/models/installed.
type installedList struct {
	Models []Installed `json:"models"`
}

func (s *Server) installed(w http.ResponseWriter, r *http.Request) error {
	list, err := s.o.Shelf.Installed(r.Context())
	if err != nil {
		return err
	}
	if list == nil {
		list = []Installed{}
	}
	send(w, http.StatusOK, installedList{list})
	return nil
}

func (s *Server) showModel(w http.ResponseWriter, r *http.Request) error {
	name := r.URL.Query().Get("name")
	list, err := s.o.Shelf.Installed(r.Context())
	if err != nil {
		return err
	}
	for _, m := range list {
		if sameName(m.Name, name) {
			send(w, http.StatusOK, m)
			return nil
		}
	}
	return &Problem{Status: http.StatusNotFound, Code: "not_found", Message: "no model named " + name + " is installed", Next: "golocal models lists what is installed"}
}

func (s *Server) removeModel(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	name := strings.TrimSpace(q.Get("name"))
	if name == "" {
		return invalid("name: no model is named")
	}
	freed, err := s.o.Shelf.Remove(r.Context(), name, q.Get("force") == "true")
	if err != nil {
		return err
	}
	send(w, http.StatusOK, map[string]int64{"freed_bytes": freed})
	return nil
}

func (s *Server) importModel(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Path string `json:"path"`
		Name string `json:"name"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	path := expand(in.Path)
	if !absolute(path) {
		return invalid("path: not absolute")
	}
	stream(s, w, r, stepName, func(ctx context.Context) iter.Seq2[FetchStep, error] {
		return s.o.Shelf.Import(ctx, path, strings.TrimSpace(in.Name))
	})
	return nil
}

// Installed lists the models on this machine.
func (c *Client) Installed(ctx context.Context) ([]Installed, error) {
	l, err := get[installedList](ctx, c, "/api/v1/models/installed", nil)
	return l.Models, err
}

// ShowModel tells what is known of an installed model.
func (c *Client) ShowModel(ctx context.Context, name string) (Installed, error) {
	return get[Installed](ctx, c, "/api/v1/models/show", url.Values{"name": {name}})
}

// RemoveModel deletes a model and tells how many bytes that frees. One in use
// goes only with force.
func (c *Client) RemoveModel(ctx context.Context, name string, force bool) (int64, error) {
	q := url.Values{"name": {name}}
	if force {
		q.Set("force", "true")
	}
	var out struct {
		Freed int64 `json:"freed_bytes"`
	}
	err := c.call(ctx, http.MethodDelete, "/api/v1/models/installed?"+q.Encode(), nil, &out)
	return out.Freed, err
}

// ImportModel takes a model in from a file or folder, an absolute path on the
// daemon's machine; "" names it after the path.
func (c *Client) ImportModel(ctx context.Context, path, name string) iter.Seq2[FetchStep, error] {
	return c.steps(ctx, "/api/v1/models/import", map[string]string{"path": path, "name": name})
}

func (c *Client) steps(ctx context.Context, path string, in any) iter.Seq2[FetchStep, error] {
	return func(yield func(FetchStep, error) bool) {
		for e, err := range c.events(ctx, path, in) {
			var f FetchStep
			if err == nil {
				err = json.Unmarshal(e.Data, &f)
			}
			if !yield(f, err) || err != nil {
				return
			}
		}
	}
}
