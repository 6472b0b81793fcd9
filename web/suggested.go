package web

import (
	"context"
	"net/http"

	"golocal"
)

// Suggester tells which models fit this machine.
type Suggester interface {
	Suggest(ctx context.Context) (Suggestions, error)
}

// Suggestions are models by how well they fit this machine's memory.
type Suggestions struct {
	Memory     int64          `json:"memory"` // of the machine, bytes; 0 when unknown
	Room       int64          `json:"room"`   // of Memory, what models may take
	GPU        string         `json:"gpu"`    // one line
	GPURemark  golocal.Remark `json:"gpu_remark,omitzero"`
	GPURoom    int64          `json:"gpu_room"`       // bytes that models may take of its memory
	Note       string         `json:"note,omitempty"` // what would change the picture, one line
	NoteRemark golocal.Remark `json:"note_remark,omitzero"`
	Embedding  []Suggested    `json:"embedding"` // best first
	Chat       []Suggested    `json:"chat"`      // best first, with the first of Embedding loaded beside
}

// Suggested is a well-known model and how it fits.
type Suggested struct {
	Name         string         `json:"name"`
	Parameters   string         `json:"parameters"`
	Quant        string         `json:"quantization"`
	Download     int64          `json:"download"` // bytes
	Context      int            `json:"context"`  // tokens that Need is computed for
	Need         int64          `json:"need"`     // bytes of memory when loaded
	Fit          string         `json:"fit"`      // "gpu", "partly", "memory" or "too large"
	Share        float64        `json:"gpu_share"`
	Missing      int64          `json:"missing,omitempty"` // bytes that this machine lacks
	Thinking     bool           `json:"thinking,omitempty"`
	Tiny         bool           `json:"tiny,omitempty"`
	Ollama       string         `json:"needs_ollama,omitempty"` // why the built-in engine cannot run it
	Installed    bool           `json:"installed"`
	Text         string         `json:"text"`            // how it fits, one line
	Remark       golocal.Remark `json:"remark,omitzero"` // Text
	OllamaRemark golocal.Remark `json:"needs_ollama_remark,omitzero"`
}

func (s *Server) suggested(w http.ResponseWriter, r *http.Request) error {
	out, err := s.o.Suggester.Suggest(r.Context())
	if err != nil {
		return err
	}
	for _, l := range []*[]Suggested{&out.Embedding, &out.Chat} {
		if *l == nil {
			*l = []Suggested{}
		}
	}
	send(w, http.StatusOK, out)
	return nil
}
