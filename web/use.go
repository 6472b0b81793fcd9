package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
)

// Chooser changes which model does what. A name that is not installed is
// [fs.ErrNotExist]; a model that cannot do the job is a [*Problem].
type Chooser interface {
	// Switch tells what using a model would mean. What is "embedding", "chat",
	// or "" for what the model can do; name "" is golocal's own choice.
	Switch(ctx context.Context, name, what string) (Switch, error)
	// Use writes the choice to the config and takes it up at once.
	Use(ctx context.Context, name, what string) (Switch, error)
	// Unload lets a model go from memory.
	Unload(ctx context.Context, name string) error
}

// Switch is a change of the model for a job.
type Switch struct {
	Name       string  `json:"name"`                 // empty: golocal chooses
	For        string  `json:"for"`                  // "embedding" or "chat"
	Before     string  `json:"before,omitempty"`     // the model that did it until now
	Passages   int     `json:"passages"`             // that are embedded for it, in the background
	Meanwhile  string  `json:"meanwhile,omitempty"`  // the model whose index answers until that is done
	Stops      string  `json:"stops,omitempty"`      // the model whose index was being built and is not any more
	Seconds    float64 `json:"seconds,omitempty"`    // that this takes, about; 0 when it cannot be told
	Overridden string  `json:"overridden,omitempty"` // the environment variable that stands above the config
}

func (s *Server) planUse(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	return s.change(w, r, q.Get("name"), q.Get("for"), s.o.Chooser.Switch)
}

func (s *Server) useModel(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Name string `json:"name"`
		For  string `json:"for"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	return s.change(w, r, in.Name, in.For, s.o.Chooser.Use)
}

func (s *Server) change(w http.ResponseWriter, r *http.Request, name, what string, do func(context.Context, string, string) (Switch, error)) error {
	name = strings.TrimSpace(name)
	if what != "" || name == "" {
		if err := checkJob(what); err != nil {
			return err
		}
	}
	done, err := do(r.Context(), name, what)
	if err != nil {
		return err
	}
	send(w, http.StatusOK, done)
	return nil
}

func (s *Server) unloadModel(w http.ResponseWriter, r *http.Request) error {
	name, err := modelName(w, r)
	if err != nil {
		return err
	}
	if err := s.o.Chooser.Unload(r.Context(), name); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// PlanUse tells what using a model for a job would mean. What is "embedding",
// "chat", or "" for what the model can do; name "" is golocal's own choice.
func (c *Client) PlanUse(ctx context.Context, name, what string) (Switch, error) {
	return get[Switch](ctx, c, "/api/v1/models/use", url.Values{"name": {name}, "for": {what}})
}

// UseModel changes the model for a job, in the config and at once.
func (c *Client) UseModel(ctx context.Context, name, what string) (Switch, error) {
	var s Switch
	err := c.call(ctx, http.MethodPost, "/api/v1/models/use", map[string]string{"name": name, "for": what}, &s)
	return s, err
}

// UnloadModel lets a model go from memory.
func (c *Client) UnloadModel(ctx context.Context, name string) error {
	return c.call(ctx, http.MethodPost, "/api/v1/models/unload", map[string]string{"name": name}, nil)
}
