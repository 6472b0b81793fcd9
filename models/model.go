package models

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ollama/ollama/api"

	"golocal"
	"golocal/internal/remark"
)

// Capability is what a model can do for golocal.
type Capability string

// The capabilities that golocal uses.
const (
	Embedding Capability = "embedding" // text to vector
	Chat      Capability = "chat"      // messages to text
)

// Model is a model that the runner holds.
type Model struct {
	Name         string         `json:"name"` // with tag: "all-minilm:latest"
	Digest       string         `json:"digest"`
	Size         int64          `json:"size"` // bytes on disk
	Family       string         `json:"family,omitempty"`
	Architecture string         `json:"architecture,omitempty"` // as its file names it: "llama", "nomic-bert"
	Quantization string         `json:"quantization,omitempty"`
	Parameters   float64        `json:"parameters"` // billions; 0 when unknown
	Context      int            `json:"context"`    // tokens it was made for; 0 when unknown
	Dims         int            `json:"dims,omitempty"`
	Capability   Capability     `json:"capability"`
	Template     bool           `json:"template,omitempty"`      // it says how messages are put before it
	Thinking     bool           `json:"thinking,omitempty"`      // can write its reasoning before the answer
	AlwaysThinks bool           `json:"always_thinks,omitempty"` // and does so whatever it is told
	Base         bool           `json:"base,omitempty"`          // continues text instead of answering
	Tiny         bool           `json:"tiny,omitempty"`          // a chat model under a billion parameters: it makes things up
	Refused      string         `json:"refused,omitempty"`       // why golocal will not use it
	Why          golocal.Remark `json:"refused_remark,omitzero"` // Refused
	Modified     time.Time      `json:"modified"`

	// Of an embedding model.
	QueryPrefix    string         `json:"query_prefix,omitempty"`
	DocumentPrefix string         `json:"document_prefix,omitempty"`
	PromptSource   string         `json:"prompt_source,omitempty"` // where the two prefixes come from; "" is nowhere: none is used
	Pooling        string         `json:"pooling,omitempty"`
	MaxTokens      int            `json:"max_tokens,omitempty"` // longest input that keeps its quality, prefix and markers included
	Note           string         `json:"note,omitempty"`       // one line for the user
	NoteRemark     golocal.Remark `json:"note_remark,omitzero"` // Note

	// Of a model in memory.
	Loaded        bool       `json:"loaded"`
	Where         string     `json:"where,omitempty"`          // Placement.Text
	Memory        int64      `json:"memory,omitempty"`         // bytes, of which
	VRAM          int64      `json:"vram,omitempty"`           // are the GPU's
	LoadedContext int        `json:"loaded_context,omitempty"` // tokens
	Expires       time.Time  `json:"expires,omitzero"`         // when the runner unloads it
	Placement     *Placement `json:"placement,omitempty"`

	Speed *Speed `json:"speed,omitempty"` // of its last run; nil when golocal has not used it

	kvBytes int64 // of one token of context, 16-bit keys and values
}

// tinyBelow is the size in billions of parameters under which a chat model is
// Tiny: SmolLM2-135M answered a context of three lines wrongly 3 times of 5.
const tinyBelow = 1.0

// remoteReason says why a model would take text off this machine; the zero Remark
// for one that does not. Ollama's cloud models run on its vendor's servers behind
// the local address.
func remoteReason(name, remoteModel, remoteHost string) golocal.Remark {
	if remoteHost != "" || remoteModel != "" {
		return remark.New(remark.RunsElsewhere, cmp.Or(remoteHost, remoteModel))
	}
	_, tag, _ := strings.Cut(lastSegment(name), ":")
	if tag == "cloud" || strings.HasSuffix(tag, "-cloud") || strings.HasSuffix(lastSegment(name), "-cloud") {
		return remark.New(remark.RunsInCloud)
	}
	return golocal.Remark{}
}

// refuse sets why golocal does not use a model, if it does not.
func (m *Model) refuse(why golocal.Remark) {
	m.Refused, m.Why = remark.Say("en", why), why
}

// refused is the error for a model that golocal does not use.
func refused(name string, why golocal.Remark) error {
	return remark.Error(ErrRefused, remark.ModelRefused, name, why)
}

// lastSegment is a model's name and tag without registry and namespace.
func lastSegment(name string) string {
	return strings.ToLower(name[strings.LastIndexByte(name, '/')+1:])
}

// sameModel compares two names as Ollama does: no tag is ":latest", and the
// default registry and namespace may be left out.
func sameModel(a, b string) bool { return canonical(a) == canonical(b) }

func canonical(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	for _, prefix := range []string{"registry.ollama.ai/", "library/"} {
		name = strings.TrimPrefix(name, prefix)
	}
	if !strings.Contains(name[strings.LastIndexByte(name, '/')+1:], ":") {
		name += ":latest"
	}
	return name
}

// describe joins what /api/tags and /api/show say about a model.
func describe(tag api.ListModelResponse, show *api.ShowResponse) Model {
	m := Model{
		Name: cmp.Or(tag.Name, tag.Model), Digest: tag.Digest, Size: tag.Size, Modified: tag.ModifiedAt,
		Family: tag.Details.Family, Quantization: tag.Details.QuantizationLevel,
		Parameters: parameters(tag.Details.ParameterSize),
	}
	m.refuse(remoteReason(m.Name, tag.RemoteModel, tag.RemoteHost))
	m.Capability = Chat
	if show == nil {
		return m
	}
	if m.Refused == "" {
		m.refuse(remoteReason(m.Name, show.RemoteModel, show.RemoteHost))
	}
	m.Family = cmp.Or(m.Family, show.Details.Family)
	m.Quantization = cmp.Or(m.Quantization, show.Details.QuantizationLevel)
	info := modelInfo(show.ModelInfo)
	arch := info.text("general.architecture")
	m.Architecture = arch
	if n := info.number("general.parameter_count"); n > 0 {
		m.Parameters = n / 1e9
	}
	m.Context = int(info.number(arch + ".context_length"))
	f, known := familyOf(m.Name, arch)
	answers := false
	for _, c := range show.Capabilities {
		switch c {
		case "embedding":
			m.Capability = Embedding
		case "completion":
			answers = true
		case "thinking":
			m.Thinking = true
		}
	}
	if len(show.Capabilities) == 0 && (known || info.number(arch+".pooling_type") > 0 || strings.Contains(arch, "bert")) {
		m.Capability = Embedding
	} else if answers {
		m.Capability = Chat
	}
	if m.Capability == Embedding {
		m.Dims = int(info.number(arch + ".embedding_length"))
		m.Pooling = poolingName(int(info.number(arch + ".pooling_type")))
		m.MaxTokens = m.Context
		if known {
			m.QueryPrefix, m.DocumentPrefix = f.query, f.document
			m.PromptSource = "golocal's table: " + f.name
			m.Pooling = cmp.Or(m.Pooling, f.pooling)
			if m.MaxTokens == 0 || f.tokens < m.MaxTokens {
				m.MaxTokens = f.tokens
			}
			m.Dims = cmp.Or(m.Dims, f.dims)
		} else {
			m.NoteRemark = remark.New(remark.NoPrefix)
			m.Note = remark.Say("en", m.NoteRemark)
		}
		return m
	}
	template := strings.Join(strings.Fields(show.Template), "")
	m.Template = template != "" && template != "{{.Prompt}}"
	m.Base = template == "{{.Prompt}}" || slices.ContainsFunc([]string{"-base", ":base", "-text", ":text"}, func(end string) bool {
		return strings.Contains(lastSegment(m.Name), end)
	})
	m.Tiny = m.Parameters > 0 && m.Parameters < tinyBelow
	m.kvBytes = kvBytes(info, arch)
	if m.Thinking {
		f := readForm(show)
		m.AlwaysThinks = harmony(arch) || f == nil || !f.obeys()
	}
	return m
}

// kvBytes is the memory of one token of context, 0 when the model does not say.
func kvBytes(info modelInfo, arch string) int64 {
	s := shape{
		layers: info.number(arch + ".block_count"), heads: info.number(arch + ".attention.head_count"),
		kvHeads: info.number(arch + ".attention.head_count_kv"),
		key:     info.number(arch + ".attention.key_length"), value: info.number(arch + ".attention.value_length"),
	}
	if s.kvHeads == 0 {
		s.kvHeads = s.heads
	}
	width := 0.0
	if s.heads > 0 {
		width = info.number(arch+".embedding_length") / s.heads
	}
	if s.key == 0 {
		s.key = width
	}
	if s.value == 0 {
		s.value = width
	}
	bytes := s.cacheBytes()
	if bytes < 0 || bytes > 1<<30 || math.IsNaN(bytes) {
		return 0
	}
	return int64(bytes)
}

// modelInfo is a model's GGUF metadata as JSON gives it.
type modelInfo map[string]any

func (i modelInfo) text(key string) string {
	s, _ := i[key].(string)
	return s
}

func (i modelInfo) number(key string) float64 {
	n, _ := i[key].(float64)
	return n
}

func (i modelInfo) flag(key string, fallback bool) bool {
	if b, ok := i[key].(bool); ok {
		return b
	}
	return fallback
}

// poolingName names llama.cpp's pooling_type.
func poolingName(kind int) string {
	switch kind {
	case 1:
		return "mean"
	case 2:
		return "cls"
	case 3:
		return "last"
	}
	return ""
}

// parameters reads "3.2B", "134.52M" or "8x7B" as billions; 0 when it cannot.
func parameters(size string) float64 {
	s := strings.ToUpper(strings.TrimSpace(size))
	if s == "" {
		return 0
	}
	unit := map[byte]float64{'B': 1, 'M': 1e-3, 'K': 1e-6, 'T': 1e3}[s[len(s)-1]]
	if unit == 0 {
		return 0
	}
	s = s[:len(s)-1]
	times := 1.0
	if experts, each, ok := strings.Cut(s, "X"); ok {
		n, err := strconv.ParseFloat(experts, 64)
		if err != nil {
			return 0
		}
		times, s = n, each
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n < 0 || math.IsInf(n, 0) || math.IsNaN(n) {
		return 0
	}
	return n * times * unit
}

// list asks the runner for its models, all of them described. Descriptions
// are kept by name and digest, so that asking again costs one request.
func (m *Models) list(ctx context.Context, c *connection) ([]Model, error) {
	tags, err := c.client.List(ctx)
	if err != nil {
		return nil, fmt.Errorf("list models: %w", err)
	}
	models := make([]Model, 0, len(tags.Models))
	for _, tag := range tags.Models {
		key := tag.Name + "@" + tag.Digest
		m.mu.Lock()
		known, ok := m.described[key]
		m.mu.Unlock()
		if !ok {
			show, err := c.client.Show(ctx, &api.ShowRequest{Model: tag.Name})
			if err != nil {
				if broken(err) || ctx.Err() != nil {
					return nil, fmt.Errorf("show %s: %w", tag.Name, err)
				}
				known = describe(tag, nil)
				if known.Refused == "" {
					known.refuse(remark.New(remark.NoDescription, err))
				}
			} else {
				known = describe(tag, show)
			}
			if p, ok := m.prompt(known.Name); ok && known.Capability == Embedding {
				known.QueryPrefix, known.DocumentPrefix = p.Query, p.Document
				known.PromptSource, known.Note, known.NoteRemark = "config.yaml", "", golocal.Remark{}
			}
			m.mu.Lock()
			m.described[key] = known
			m.mu.Unlock()
		}
		models = append(models, known)
	}
	slices.SortFunc(models, func(a, b Model) int { return strings.Compare(a.Name, b.Name) })
	return models, nil
}
