package models

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"golocal"
	"golocal/internal/remark"
)

// Fit says where a model has room.
type Fit string

// The fits, best first.
const (
	FitsGPU    Fit = "gpu"       // all of it in GPU memory
	FitsPartly Fit = "partly"    // a share of it, the rest on the processor
	FitsMemory Fit = "memory"    // on the processor
	TooLarge   Fit = "too large" // Missing says by how much
)

// Suggestion is a well-known model, judged for this machine.
type Suggestion struct {
	Model        string         `json:"model"`
	Capability   Capability     `json:"capability"`
	Parameters   float64        `json:"parameters"` // billions
	Quantization string         `json:"quantization"`
	Download     int64          `json:"download"` // bytes; of an installed model its size on disk
	Context      int            `json:"context"`  // tokens that Need is computed for
	Cache        int64          `json:"cache"`    // bytes of Need that are the context's keys and values
	Need         int64          `json:"need"`     // bytes of memory when loaded
	Fit          Fit            `json:"fit"`
	Share        float64        `json:"gpu_share"`         // 0 to 1
	Missing      int64          `json:"missing,omitempty"` // bytes that this machine lacks
	Thinking     bool           `json:"thinking,omitempty"`
	Tiny         bool           `json:"tiny,omitempty"`
	NeedsOllama  string         `json:"needs_ollama,omitempty"` // why the built-in engine cannot run it
	OllamaRemark golocal.Remark `json:"needs_ollama_remark,omitzero"`
	Installed    bool           `json:"installed"`
	Command      string         `json:"command,omitempty"` // that gets it
	Text         string         `json:"text"`              // how it fits, one line
	Remark       golocal.Remark `json:"remark,omitzero"`   // Text
}

// Suggestions are what fits this machine, best first in each job. The chat
// models are judged with the first embedding model beside them, since both
// stay loaded.
type Suggestions struct {
	Memory     int64          `json:"memory"`         // of the machine, bytes; 0 when unknown
	Room       int64          `json:"room"`           // of Memory, what models may take
	GPU        GPUs           `json:"gpu"`            //
	GPURoom    int64          `json:"gpu_room"`       // bytes that models may take of its memory
	Runner     string         `json:"runner"`         // "ollama", "engine" or "none"
	Note       string         `json:"note,omitempty"` // what would change the picture, one line
	NoteRemark golocal.Remark `json:"note_remark,omitzero"`
	Embedding  []Suggestion   `json:"embedding"`
	Chat       []Suggestion   `json:"chat"`
}

// machine is what models have to fit.
type machine struct {
	memory   int64 // bytes; 0 when unknown
	gpus     GPUs
	ollama   bool // answers; without it a GPU is not used
	hasModel func(name string) (size int64, ok bool)
	// engine says why the built-in engine cannot run a model, nil for can;
	// the room does not know the engine.
	engine func(architecture, tokenizer string, experts int) error
}

// suggestedContext is the context that needs are computed for: what golocal
// asks a chat model for at most where nothing else limits it.
const suggestedContext = 8192

// driverBytes is what the driver keeps of each GPU's memory.
const driverBytes = 512 << 20

// room is what models may take of the processor's memory: the rest is the
// system's and that of other programs.
func (m machine) room() int64 { return m.memory / 10 * 7 }

// gpuRoom is what models may take of the GPUs' memory.
func (m machine) gpuRoom() int64 {
	n := m.gpus.Memory()
	if !m.gpus.Shared {
		n -= driverBytes * int64(len(m.gpus.Usable()))
	}
	return max(n, 0)
}

// suggest judges the catalogue. It is pure.
func suggest(m machine) (embedding, chat []Suggestion) {
	for _, w := range catalogue {
		if w.job == Embedding {
			embedding = append(embedding, m.judge(w, 0))
		}
	}
	slices.SortStableFunc(embedding, func(a, b Suggestion) int { return cmp.Compare(m.embeddingRank(a), m.embeddingRank(b)) })
	beside := embedding[0].Need
	for _, w := range catalogue {
		if w.job == Chat {
			chat = append(chat, m.judge(w, beside))
		}
	}
	slices.SortStableFunc(chat, func(a, b Suggestion) int { return cmp.Compare(m.chatValue(b), m.chatValue(a)) })
	return embedding, chat
}

// blocked tells that a model would have to wait for an Ollama.
func (m machine) blocked(s Suggestion) bool { return !m.ollama && s.NeedsOllama != "" }

// embeddingRank is golocal's own preference, among those that leave three
// quarters of the memory to the chat model; lower is better.
func (m machine) embeddingRank(s Suggestion) int {
	rank := preference(Model{Name: s.Model})
	room := max(m.room(), m.gpuRoom())
	switch {
	case s.Fit == TooLarge:
		return rank + 3000
	case m.blocked(s):
		return rank + 2000
	case room > 0 && s.Need > room/4:
		return rank + 1000 + int(s.Need>>20)/4
	}
	return rank
}

// chatValue ranks chat models as chooseChat does, and beyond that by where they
// would run: on the processor a prompt of some thousand tokens is read for
// minutes by more than about four billion parameters, and reasoning takes as
// long again. Higher is better.
func (m machine) chatValue(s Suggestion) float64 {
	const slow = 4.5
	v := worth(Model{Name: s.Model, Parameters: s.Parameters, Size: s.Download})
	switch s.Fit {
	case TooLarge:
		return -float64(s.Missing)
	case FitsMemory, FitsPartly:
		if s.Share < .9 {
			if s.Parameters > slow {
				v = min(v, slow*slow*slow/s.Parameters/s.Parameters)
			}
			if s.Thinking {
				v /= 2
			}
		}
	}
	if m.blocked(s) {
		v /= 1000
	}
	return v
}

// judge computes how a model fits with other bytes loaded beside it.
func (m machine) judge(w wellKnown, beside int64) Suggestion {
	context := min(suggestedContext, w.context)
	if w.job == Embedding {
		context = min(2048, w.context)
	}
	s := Suggestion{
		Model: w.name, Capability: w.job, Parameters: w.parameters, Quantization: w.quantization, Context: context,
		Download: w.weights, Thinking: w.thinks, Tiny: w.job == Chat && w.parameters < tinyBelow,
		Command: "golocal models pull " + w.name,
	}
	if size, ok := m.hasModel(w.name); ok {
		s.Installed, s.Command = true, ""
		w.weights, s.Download = size, size
	}
	s.Need, s.Cache = w.need(context), int64(float64(context)*w.cacheBytes())
	if m.engine != nil {
		if err := m.engine(w.architecture, w.tokenizer, w.experts); err != nil {
			s.NeedsOllama, s.OllamaRemark = err.Error(), remark.Of(err)
		}
	}
	if m.blocked(s) && !s.Installed {
		s.Command = "ollama pull " + w.name
	}
	room, gpu := m.room(), m.gpuRoom()
	total := room + gpu
	if m.gpus.Shared {
		total = max(room, gpu)
	}
	all := s.Need + beside
	only := gpu > 0 && !m.ollama && !m.gpus.Shared // with Ollama
	switch {
	case gpu > 0 && all <= gpu:
		s.Fit, s.Share = FitsGPU, 1
		s.Remark = remark.New(remark.FitGPU)
		if only {
			s.Remark = remark.New(remark.FitGPUOllama)
		}
	case m.memory > 0 && all > total:
		s.Fit, s.Missing = TooLarge, all-total
		s.Remark = remark.New(remark.FitTooLarge, s.Missing)
	case gpu > beside && !m.gpus.Shared:
		s.Fit, s.Share = FitsPartly, float64(gpu-beside)/float64(s.Need)
		code := remark.FitPartly
		if only {
			code = remark.FitPartlyOllama
		}
		s.Remark = remark.New(code, fmt.Sprintf("%.0f", s.Share*100))
	default:
		s.Fit = FitsMemory
		s.Remark = remark.New(remark.FitMemory)
	}
	s.Text = remark.Say("en", s.Remark)
	return s
}

// Suggest judges well-known models for this machine, with or without a runner.
// engine says why golocal's engine cannot run a model of an architecture, with
// a tokenizer (as GGUF names them) and a number of experts; nil for can. The
// error is ctx's.
func (m *Models) Suggest(ctx context.Context, engine func(architecture, tokenizer string, experts int) error) (Suggestions, error) {
	var installed []Model
	_ = m.do(ctx, func(c *connection) (err error) { // without a runner nothing is known to be installed
		installed, err = m.list(ctx, c)
		return err
	})
	if ctx.Err() != nil {
		return Suggestions{}, ctx.Err()
	}
	kind := m.Runner().Kind
	mc := machine{memory: m.memory, gpus: m.GPUs(ctx), ollama: kind == "ollama", engine: engine}
	mc.hasModel = func(name string) (int64, bool) {
		for _, model := range installed {
			if sameModel(model.Name, name) && model.Refused == "" {
				return model.Size, true
			}
		}
		return 0, false
	}
	out := Suggestions{Memory: m.memory, Room: mc.room(), GPU: mc.gpus, GPURoom: mc.gpuRoom(), Runner: kind}
	if out.GPU.Devices == nil {
		out.GPU.Devices = []GPU{}
	}
	if !mc.ollama && mc.gpuRoom() > 0 && !mc.gpus.Shared {
		out.NoteRemark = remark.New(remark.ProcessorOnly)
		out.Note = remark.Say("en", out.NoteRemark)
	}
	out.Embedding, out.Chat = suggest(mc)
	return out, nil
}
