package fakeollama

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/types/model"
)

// Model is a model that the fake claims to hold.
type Model struct {
	Name         string  // with tag
	Family       string  // "bert", "llama", …
	Parameters   float64 // billions
	Quantization string
	Size         int64 // bytes
	Context      int   // tokens it was trained for
	Dims         int   // of its vectors; 0 for a chat model
	Capabilities []string
	Template     string // "" is a chat template
	RemoteModel  string
	RemoteHost   string // set for a model that runs elsewhere
	Obeys        bool   // of a thinking model: its template knows think false
	Counts       bool   // of a chat model: /api/show tells its vocabulary, and prompts are counted with it
	Weights      string // changes the digest, as new weights under the same name do
}

// Embedding is a model like all-MiniLM-L6-v2.
func Embedding() Model {
	return Model{
		Name: "all-minilm:latest", Family: "bert", Parameters: 0.0226, Quantization: "F16",
		Size: 45_960_996, Context: 512, Dims: 384, Capabilities: []string{"embedding"},
	}
}

// Chat is a model of the size of Llama 3.2 3B.
func Chat() Model {
	return Model{
		Name: "llama3.2:3b", Family: "llama", Parameters: 3.21, Quantization: "Q4_K_M",
		Size: 2_019_393_189, Context: 131072, Capabilities: []string{"completion", "tools"},
	}
}

// Tiny is a chat model under a billion parameters.
func Tiny() Model {
	return Model{
		Name: "smollm2:135m", Family: "llama", Parameters: 0.1345, Quantization: "Q4_1",
		Size: 98_362_432, Context: 8192, Capabilities: []string{"completion"},
	}
}

// Thinker is a chat model that reasons first, and can be told not to.
func Thinker() Model {
	return Model{
		Name: "qwen3:4b", Family: "qwen3", Parameters: 4.02, Quantization: "Q4_K_M",
		Size: 2_620_788_019, Context: 40960, Capabilities: []string{"completion", "tools", "thinking"}, Obeys: true,
		Template: "{{ range .Messages }}<|{{ .Role }}|>{{ .Content }}{{ end }}{{ if and .IsThinkSet (not .Think) }}<think>\n\n</think>{{ end }}",
	}
}

// Defaults are the models that a new fake holds: Embedding and Chat.
func Defaults() []Model { return []Model{Embedding(), Chat()} }

// Catalogue is what a new fake can pull: the Defaults, Tiny, and an embedding
// model of other dimensions.
func Catalogue() []Model {
	nomic := Model{
		Name: "nomic-embed-text:latest", Family: "nomic-bert", Parameters: 0.137, Quantization: "F16",
		Size: 274_302_450, Context: 2048, Dims: 768, Capabilities: []string{"embedding"},
	}
	return append(Defaults(), Tiny(), nomic)
}

// Digest is the model's digest as /api/tags gives it, in hexadecimal.
func (m Model) Digest() string {
	sum := sha256.Sum256([]byte(m.Name + "\x00" + m.Weights))
	return hex.EncodeToString(sum[:])
}

func (m Model) details() api.ModelDetails {
	size := fmt.Sprintf("%.1fB", m.Parameters)
	if m.Parameters < 1 {
		size = fmt.Sprintf("%.2fM", m.Parameters*1000)
	}
	return api.ModelDetails{
		Format: "gguf", Family: m.Family, Families: []string{m.Family},
		ParameterSize: size, QuantizationLevel: m.Quantization,
	}
}

func named(name string) string {
	if n := model.ParseName(name); n.IsValid() {
		return n.DisplayShortest()
	}
	if !strings.Contains(name, ":") {
		return name + ":latest"
	}
	return name
}

// find returns the installed model of that name; s.mu must not be held.
func (s *Server) find(name string) (Model, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.models {
		if m.Name == named(name) {
			return m, true
		}
	}
	return Model{}, false
}

func missing(w http.ResponseWriter, name string) {
	if name == "" {
		fail(w, http.StatusBadRequest, "model is required")
		return
	}
	fail(w, http.StatusNotFound, fmt.Sprintf("model '%s' not found", name))
}

func (s *Server) tags(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := api.ListResponse{Models: []api.ListModelResponse{}}
	for i, m := range s.models {
		list.Models = append(list.Models, api.ListModelResponse{
			Name: m.Name, Model: m.Name, RemoteModel: m.RemoteModel, RemoteHost: m.RemoteHost,
			ModifiedAt: time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC),
			Size:       m.Size, Digest: m.Digest(), Details: m.details(),
		})
	}
	reply(w, http.StatusOK, list)
}

func (s *Server) ps(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := api.ProcessResponse{Models: []api.ProcessModelResponse{}}
	for _, m := range s.models {
		l, ok := s.loaded[m.Name]
		if !ok || time.Now().After(l.expires) {
			continue
		}
		size := m.memory(l.context)
		list.Models = append(list.Models, api.ProcessModelResponse{
			Name: m.Name, Model: m.Name, Size: size, Digest: m.Digest(), Details: m.details(),
			ExpiresAt: l.expires, SizeVRAM: int64(s.behaviour.GPU * float64(size)), ContextLength: l.context,
		})
	}
	reply(w, http.StatusOK, list)
}

// load marks the model as loaded with the context that the options ask for,
// and returns that context.
func (s *Server) load(m Model, options map[string]any, keep *api.Duration) int {
	context := min(4096, m.Context)
	if n, ok := options["num_ctx"].(float64); ok {
		context = min(int(n), m.Context)
	}
	stay := 5 * time.Minute
	if keep != nil {
		stay = keep.Duration
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	before, ok := s.loaded[m.Name]
	l := loaded{context: context, expires: now.Add(stay), used: now, took: time.Millisecond}
	if !ok || before.context != context || now.After(before.expires) {
		l.took = max(l.took, time.Duration(s.behaviour.ColdLoad)*time.Millisecond)
		delete(s.loaded, m.Name)
		s.makeRoom(m.memory(context))
	}
	s.loaded[m.Name] = l
	return context
}

// unload is the one use of /api/generate that golocal makes: an empty prompt
// with a keep-alive of 0 lets the model go.
func (s *Server) unload(w http.ResponseWriter, r *http.Request) {
	var req api.GenerateRequest
	if !read(w, r, &req) {
		return
	}
	m, ok := s.find(req.Model)
	if !ok {
		missing(w, req.Model)
		return
	}
	if req.Prompt != "" || req.KeepAlive == nil || req.KeepAlive.Duration != 0 {
		fail(w, http.StatusNotImplemented, "the fake only unloads")
		return
	}
	s.mu.Lock()
	delete(s.loaded, m.Name)
	s.mu.Unlock()
	reply(w, http.StatusOK, api.GenerateResponse{Model: req.Model, CreatedAt: time.Now().UTC(), Done: true, DoneReason: "unload"})
}

// memory is what the model takes when loaded, in bytes.
func (m Model) memory(context int) int64 { return m.Size + int64(context)*1024 }

// makeRoom unloads what was used longest ago until need bytes fit; s.mu is held.
func (s *Server) makeRoom(need int64) {
	for s.behaviour.Memory > 0 && len(s.loaded) > 0 {
		oldest, held := "", need
		for _, m := range s.models {
			l, ok := s.loaded[m.Name]
			if !ok {
				continue
			}
			held += m.memory(l.context)
			if oldest == "" || l.used.Before(s.loaded[oldest].used) {
				oldest = m.Name
			}
		}
		if oldest == "" || held <= s.behaviour.Memory {
			return
		}
		delete(s.loaded, oldest)
	}
}

// loadTook is how long the last request to the model waited for its load.
func (s *Server) loadTook(m Model) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.loaded[m.Name].took
}

func (s *Server) cloud(w http.ResponseWriter, r *http.Request) {
	c := api.CloudStatus{Source: "none"}
	if s.now().CloudOff {
		c = api.CloudStatus{Disabled: true, Source: "env"}
	}
	reply(w, http.StatusOK, api.StatusResponse{Cloud: c})
}

func (s *Server) show(w http.ResponseWriter, r *http.Request) {
	var req api.ShowRequest
	if !read(w, r, &req) {
		return
	}
	m, ok := s.find(req.Model)
	if !ok {
		missing(w, req.Model)
		return
	}
	info := map[string]any{
		"general.architecture":    m.Family,
		"general.parameter_count": int64(m.Parameters * 1e9),
	}
	set := func(key string, value any) { info[m.Family+"."+key] = value }
	set("context_length", m.Context)
	set("block_count", 28)
	if m.Dims > 0 {
		set("embedding_length", m.Dims)
		set("pooling_type", 1)
		info["tokenizer.ggml.model"] = "bert"
		info["tokenizer.ggml.cls_token_id"] = 2
		info["tokenizer.ggml.seperator_token_id"] = 3
		info["tokenizer.ggml.tokens"] = nil // as Ollama leaves long arrays out
		if req.Verbose {
			info["tokenizer.ggml.tokens"] = Vocabulary()
		}
	} else {
		width := 3072
		if m.Parameters < 1 {
			width = 576
		}
		set("embedding_length", width)
		set("attention.head_count", 24)
		set("attention.head_count_kv", 8)
		set("attention.key_length", 128)
		set("attention.value_length", 128)
		if m.Counts {
			maps.Copy(info, letters(req.Verbose))
		}
	}
	resp := api.ShowResponse{
		Modelfile: "FROM " + m.Name, Template: m.Template, Details: m.details(),
		RemoteModel: m.RemoteModel, RemoteHost: m.RemoteHost, ModelInfo: info,
	}
	if m.Dims == 0 {
		resp.Template = m.template()
	}
	for _, c := range m.Capabilities {
		resp.Capabilities = append(resp.Capabilities, model.Capability(c))
	}
	reply(w, http.StatusOK, resp)
}

// Vocabulary is a small WordPiece vocabulary in ggml's spelling, in which "▁"
// starts a word: the special tokens, frequent words, and every letter, digit
// and pair of letters, so that each ASCII word has a tokenisation.
func Vocabulary() []string {
	v := []string{"[PAD]", "[UNK]", "[CLS]", "[SEP]"}
	for _, word := range strings.Fields(frequent) {
		v = append(v, "▁"+word)
	}
	for c := byte(33); c < 127; c++ {
		if c >= 'A' && c <= 'Z' {
			continue
		}
		v = append(v, "▁"+string(c), string(c))
	}
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			v = append(v, "▁"+string(a)+string(b), string(a)+string(b))
		}
	}
	return v
}

const frequent = `the of and to in that is was for on are with as his they be at one have this
from or had by not but what all were we when your can said there use an each which she do how their if
will up other about out many then them these so some her would make like him into time has look two more
write go see number no way could people my than first water been call who oil its now find long down day
did get come made may part days paid vacation work team year years month file files folder model`
