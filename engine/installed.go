package engine

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/fs/ggml"
	"github.com/ollama/ollama/model/parsers"
	"github.com/ollama/ollama/template"
	"github.com/ollama/ollama/thinking"
	names "github.com/ollama/ollama/types/model"
)

// installed is a model of a store with all that a request needs to know of it.
// It is shared and never changed.
type installed struct {
	entry
	config   names.ConfigV2
	weights  layer
	path     string // of the GGUF file
	kv       ggml.KV
	tensors  ggml.Tensors
	template *template.Template
	params   map[string]any // the model's own options
	system   string
	messages []api.Message // that precede every chat
	license  []string
}

// installed finds a model and reads it.
func (s *Server) installed(raw string) (*installed, error) {
	e, err := s.entry(raw)
	if err != nil {
		return nil, err
	}
	key := e.store.dir + "\x00" + e.digest
	if v, ok := s.read.Load(key); ok {
		m := *v.(*installed)
		m.entry = e // name and time may differ
		return &m, nil
	}
	m, err := e.read()
	if err != nil {
		return nil, err
	}
	s.read.Store(key, m)
	return m, nil
}

// errRemote says that a name in the store stands for a model elsewhere.
func errRemote(e entry, host string) error {
	return badRequest("%s runs at %s, not on this machine; choose a local model", e.shown(), host)
}

func (e entry) read() (*installed, error) {
	m := &installed{entry: e}
	var err error
	if m.config, err = e.config(); err != nil {
		return nil, err
	}
	if m.config.RemoteHost != "" {
		return nil, errRemote(e, m.config.RemoteHost)
	}
	var ok bool
	if m.weights, ok = e.layer(typeWeights); !ok {
		return nil, badRequest("%s has no GGUF weights: it needs Ollama", e.shown())
	}
	if _, ok := e.layer(typeAdapter); ok {
		return nil, badRequest("%s has an adapter: it needs Ollama", e.shown())
	}
	if m.path, err = e.store.blob(m.weights.Digest); err != nil {
		return nil, err
	}
	g, err := readGGUF(m.path, keepArrays)
	if err != nil {
		return nil, fmt.Errorf("read weights of %s: %w", e.shown(), err)
	}
	m.kv, m.tensors = g.KV(), g.Tensors()
	var source string
	for _, l := range e.manifest.Layers {
		var b []byte
		switch l.MediaType {
		case typeTemplate, typeParams, typeSystem, typeMessages, typeLicense:
			if b, err = e.store.read(l); err != nil {
				return nil, fmt.Errorf("read %s: %w", e.shown(), err)
			}
		}
		switch l.MediaType {
		case typeTemplate:
			source = string(b)
		case typeParams:
			err = json.Unmarshal(b, &m.params)
		case typeSystem:
			m.system = string(b)
		case typeMessages:
			err = json.Unmarshal(b, &m.messages)
		case typeLicense:
			m.license = append(m.license, string(b))
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %s: %w", e.shown(), l.MediaType, err)
		}
	}
	if source == "" {
		form := formFor(m.kv.ChatTemplate())
		source = form.template
		if m.params["stop"] == nil && len(form.stop) > 0 {
			if m.params == nil {
				m.params = map[string]any{}
			}
			m.params["stop"] = form.stopAny()
		}
	}
	if m.template, err = template.Parse(source); err != nil {
		return nil, fmt.Errorf("read %s: template: %w", e.shown(), err)
	}
	return m, nil
}

// pools tells whether the model makes one vector per text.
func (m *installed) pools() bool {
	_, ok := m.kv[m.kv.Architecture()+".pooling_type"]
	return ok
}

// parser returns the reply parser that the model names, nil for none.
func (m *installed) parser() parsers.Parser {
	name := m.config.Parser
	if name == "" && slices.Contains([]string{"gptoss", "gpt-oss"}, m.kv.Architecture()) {
		name = "harmony"
	}
	if name == "" {
		return nil
	}
	return parsers.ParserForName(name)
}

// thinks tells whether the model can write down its reasoning first.
func (m *installed) thinks() bool {
	if p := m.parser(); p != nil && p.HasThinkingSupport() {
		return true
	}
	opening, closing := thinking.InferTags(m.template.Template)
	return opening != "" && closing != ""
}

func (m *installed) capabilities() []names.Capability {
	if m.pools() {
		return []names.Capability{names.CapabilityEmbedding}
	}
	c := []names.Capability{names.CapabilityCompletion}
	if m.thinks() {
		c = append(c, names.CapabilityThinking)
	}
	return c
}

// details are the facts that lists show.
func details(c names.ConfigV2) api.ModelDetails {
	return api.ModelDetails{
		Format: c.ModelFormat, Family: c.ModelFamily, Families: c.ModelFamilies,
		ParameterSize: c.ModelType, QuantizationLevel: c.FileType,
	}
}

// Bounds of the options of a request.
const (
	defaultNumCtx = 4096 // of a chat whose request and model name none
	maxNumCtx     = 1 << 22
	maxStops      = 64
)

// options merges Ollama's defaults, the model's own options and the request's.
func (m *installed) options(request map[string]any) (api.Options, error) {
	o := api.DefaultOptions()
	if m.kv.OllamaEngineRequired() {
		o.RepeatPenalty = 1 // Ollama's runner for these architectures has no such step
	}
	for _, set := range []map[string]any{m.params, request} {
		if err := o.FromMap(set); err != nil {
			return o, badRequest("%v", err)
		}
	}
	trained := int(m.kv.ContextLength())
	switch {
	case o.NumCtx < 0 || o.NumCtx > maxNumCtx:
		return o, badRequest("option \"num_ctx\" must be between 1 and %d", maxNumCtx)
	case o.NumCtx == 0 && m.pools() && trained > 0:
		o.NumCtx = trained
	case o.NumCtx == 0:
		o.NumCtx = defaultNumCtx
	}
	if trained > 0 {
		o.NumCtx = min(o.NumCtx, trained)
	}
	if len(o.Stop) > maxStops {
		return o, badRequest("at most %d stop strings", maxStops)
	}
	if o.NumPredict <= 0 {
		o.NumPredict = o.NumCtx
	}
	return o, nil
}

// modelfile is the short form of the model that "show" prints.
func (m *installed) modelfile() string {
	var b strings.Builder
	fmt.Fprintf(&b, "FROM %s\n", m.shown())
	if t := m.template.String(); t != "" {
		fmt.Fprintf(&b, "TEMPLATE \"\"\"%s\"\"\"\n", t)
	}
	if m.system != "" {
		fmt.Fprintf(&b, "SYSTEM \"\"\"%s\"\"\"\n", m.system)
	}
	b.WriteString(m.parameters("PARAMETER "))
	return b.String()
}

// parameters lists the model's options, one per line.
func (m *installed) parameters(prefix string) string {
	var lines []string
	for k, v := range m.params {
		values, ok := v.([]any)
		if !ok {
			values = []any{v}
		}
		for _, v := range values {
			lines = append(lines, fmt.Sprintf("%s%-30s %#v\n", prefix, k, v))
		}
	}
	slices.Sort(lines)
	return strings.TrimSuffix(strings.Join(lines, ""), "\n")
}
