package web

import (
	"context"
	"iter"
	"net/http"
)

// Fetcher gets a model that is missing. What is "embedding" or "chat"; pull
// says that somebody asked for the download, without which an Ollama is left as
// it is. The last FetchStep has Stage "ready". A download goes on when ctx ends:
// a Downloader owns it.
type Fetcher interface {
	Fetch(ctx context.Context, what string, pull bool) iter.Seq2[FetchStep, error]
}

// FetchStep tells how far fetching a model is.
type FetchStep struct {
	Stage string `json:"stage"` // "plan", "note", "download", "verify", "create" or "ready"
	Model string `json:"model"`
	Text  string `json:"text,omitempty"`  // one line for the user
	Done  int64  `json:"done,omitempty"`  // bytes
	Total int64  `json:"total,omitempty"` // bytes; 0 when unknown
}

func (s *Server) fetchModel(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		What string `json:"what"`
		Pull bool   `json:"pull"`
	}
	if err := decode(w, r, &in); err != nil {
		return err
	}
	if in.What != "embedding" && in.What != "chat" {
		return invalid("what: not embedding or chat")
	}
	stream(s, w, r, stepName, func(ctx context.Context) iter.Seq2[FetchStep, error] {
		return s.o.Fetcher.Fetch(ctx, in.What, in.Pull)
	})
	return nil
}

func stepName(f FetchStep) string {
	if f.Stage == "ready" {
		return "done"
	}
	return "progress"
}

// Fetch sees to it that a model for what, "embedding" or "chat", is installed.
// Without pull nothing is downloaded through an Ollama. Leaving does not stop it.
func (c *Client) Fetch(ctx context.Context, what string, pull bool) iter.Seq2[FetchStep, error] {
	return c.steps(ctx, "/api/v1/models/fetch", map[string]any{"what": what, "pull": pull})
}
