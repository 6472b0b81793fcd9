// Package fakeollama is a scripted Ollama for tests: it speaks the part of the
// Ollama API that golocal uses, with deterministic answers and with faults
// that a test can switch on. It holds no model.
//
// Vectors are hashed bags of words, so similar texts are near each other. A
// chat answers with the sentence of the prompt's sources that shares most
// words with the question. Every fault is a field of Behaviour; a test in Go
// sets it with Server.Set, a browser test with POST /fake/behaviour.
package fakeollama

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ollama/ollama/api"
)

// Behaviour says how the fake answers. The zero value is a healthy Ollama
// that runs on the CPU.
type Behaviour struct {
	// Embed is the fault of /api/embed: "" none, "dims" one component too
	// many, "ragged" only the last vector is longer, "nan", "inf", "null",
	// "zero", "short" one vector too few, "swap" in reverse order, "garbage"
	// no JSON, "hang" never answers, "500", "503", "429", "oom".
	Embed string `json:"embed,omitempty"`
	// TooLong answers 400 when a text has more words than this, even with
	// truncate. Zero is the model's context, and only without truncate.
	TooLong int `json:"too_long,omitempty"`
	// Poison answers 500 to every batch with a text that holds this.
	Poison string `json:"poison,omitempty"`
	// EmbedDelay is slept before every embed reply, in milliseconds.
	EmbedDelay int `json:"embed_delay_ms,omitempty"`

	// Chat is the fault of /api/chat: "" none, "error" an error line after
	// two words, "cut" the connection breaks inside a line, "unfinished" the
	// stream ends without done, "empty" no line at all, "hang" never
	// answers, "stall" hangs after two words, "endless" never stops,
	// "longline" one line of 2 MiB, "500", "oom", "toolong",
	// "obey" does what a source tells it to.
	Chat string `json:"chat,omitempty"`
	// Reply, when set, is what every chat answers.
	Reply string `json:"reply,omitempty"`
	// Thinking, when set, is streamed as reasoning before the reply, unless
	// the request says think false to a model that obeys.
	Thinking string `json:"thinking,omitempty"`
	// ThinkTags writes Thinking between <think> tags into the reply, cut into
	// pieces of three characters, as models do of which the runner knows nothing.
	ThinkTags bool `json:"think_tags,omitempty"`
	// Context, when set, is the context that chat models run with, whatever
	// num_ctx asks for; a longer prompt is cut in silence even without truncate.
	Context int `json:"context,omitempty"`
	// WordDelay is slept before every word of a reply, in milliseconds.
	WordDelay int `json:"word_delay_ms,omitempty"`

	// Pull is the fault of /api/pull: "" none, "cut", "digest", "hang".
	Pull string `json:"pull,omitempty"`

	// GPU is the share of a loaded model that lies in GPU memory, 0 to 1.
	GPU float64 `json:"gpu,omitempty"`
	// Memory, when set, is how many bytes of models stay loaded: the one that
	// was used longest ago makes room, as in Ollama, which says nothing of it.
	Memory int64 `json:"memory,omitempty"`
	// ColdLoad is the load time that a reply reports when its model was not in
	// memory, in milliseconds; a loaded one reports 1. Nothing is slept.
	ColdLoad int `json:"cold_load_ms,omitempty"`
	// CloudOff says on /api/status that Ollama's cloud is switched off.
	CloudOff bool `json:"cloud_off,omitempty"`
	// Hang makes every route wait until the client leaves.
	Hang bool `json:"hang,omitempty"`
	// Redirect, when set, answers every route with 307 to this address.
	Redirect string `json:"redirect,omitempty"`
}

// Counts tells what was asked of the fake.
type Counts struct {
	Requests       map[string]int `json:"requests"` // by path
	Lanes          map[string]int `json:"lanes"`    // by X-Golocal-Lane of embed and chat; "" without
	EmbeddedTexts  int            `json:"embedded_texts"`
	ChatsFinished  int            `json:"chats_finished"`
	ChatsCancelled int            `json:"chats_cancelled"` // the client left first
	Pulled         []string       `json:"pulled"`
	Created        []string       `json:"created"`
}

// Options are what the fake holds when it starts.
type Options struct {
	Version  string  // "" is "0.17.4"
	Models   []Model // installed; nil is Defaults()
	Pullable []Model // what /api/pull can fetch without a host in the name; nil is Catalogue()
	// Disk is how many bytes the pulled blobs may take together; nil is without
	// bound.
	Disk func() int64
	// Embedded, when set, is told of the texts of every request to /api/embed,
	// by its X-Golocal-Lane.
	Embedded func(lane string, texts []string)
}

// Server is the fake. It is an http.Handler; start it with
// httptest.NewServer or with internal/fakeollama/serve.
type Server struct {
	mux     *http.ServeMux
	version string
	disk    func() int64
	told    func(lane string, texts []string)
	turn    chan struct{} // holds one token: whoever fetches a blob

	mu        sync.Mutex // guards the fields below
	behaviour Behaviour
	models    []Model
	pullable  []Model
	loaded    map[string]loaded
	blobs     map[string]int64
	pulled    map[string][]byte // what was fetched of blobs, whole or not, by digest
	counts    Counts
	lastChat  api.ChatRequest
	lastEmbed api.EmbedRequest
}

type loaded struct {
	context int
	expires time.Time
	used    time.Time
	took    time.Duration // of the load that the last request saw
}

// New returns a fake that holds o.Models.
func New(o Options) *Server {
	if o.Version == "" {
		o.Version = "0.17.4"
	}
	if o.Models == nil {
		o.Models = Defaults()
	}
	if o.Pullable == nil {
		o.Pullable = Catalogue()
	}
	s := &Server{
		mux: http.NewServeMux(), version: o.Version, disk: o.Disk, told: o.Embedded, turn: make(chan struct{}, 1),
		models: slices.Clone(o.Models), pullable: o.Pullable,
		loaded: map[string]loaded{}, blobs: map[string]int64{}, pulled: map[string][]byte{},
		counts: Counts{Requests: map[string]int{}, Lanes: map[string]int{}},
	}
	s.mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte("Ollama is running"))
	})
	s.mux.HandleFunc("GET /api/version", func(w http.ResponseWriter, r *http.Request) {
		reply(w, http.StatusOK, map[string]string{"version": s.version})
	})
	s.mux.HandleFunc("GET /api/status", s.cloud)
	s.mux.HandleFunc("GET /api/tags", s.tags)
	s.mux.HandleFunc("GET /api/ps", s.ps)
	s.mux.HandleFunc("POST /api/show", s.show)
	s.mux.HandleFunc("POST /api/embed", s.embed)
	s.mux.HandleFunc("POST /api/chat", s.chat)
	s.mux.HandleFunc("POST /api/generate", s.unload)
	s.mux.HandleFunc("POST /api/pull", s.pull)
	s.mux.HandleFunc("POST /api/create", s.create)
	s.mux.HandleFunc("POST /api/blobs/{digest}", s.putBlob)
	s.mux.HandleFunc("HEAD /api/blobs/{digest}", s.headBlob)
	s.mux.HandleFunc("DELETE /api/delete", s.delete)
	s.mux.HandleFunc("GET /fake/counts", func(w http.ResponseWriter, r *http.Request) {
		reply(w, http.StatusOK, s.Counts())
	})
	s.mux.HandleFunc("GET /fake/behaviour", func(w http.ResponseWriter, r *http.Request) {
		reply(w, http.StatusOK, s.now())
	})
	s.mux.HandleFunc("POST /fake/behaviour", func(w http.ResponseWriter, r *http.Request) {
		var b Behaviour
		if !read(w, r, &b) {
			return
		}
		s.Set(func(now *Behaviour) { *now = b })
		reply(w, http.StatusOK, b)
	})
	return s
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/fake/") {
		s.mux.ServeHTTP(w, r)
		return
	}
	s.mu.Lock()
	b := s.behaviour
	s.counts.Requests[r.URL.Path]++
	if r.URL.Path == "/api/embed" || r.URL.Path == "/api/chat" {
		s.counts.Lanes[r.Header.Get("X-Golocal-Lane")]++
	}
	s.mu.Unlock()
	switch {
	case b.Hang:
		<-r.Context().Done()
	case b.Redirect != "":
		http.Redirect(w, r, b.Redirect, http.StatusTemporaryRedirect)
	default:
		s.mux.ServeHTTP(w, r)
	}
}

// Set changes how the fake answers from now on.
func (s *Server) Set(change func(*Behaviour)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.behaviour)
}

// SetModels replaces the installed models; none of them is loaded.
func (s *Server) SetModels(models ...Model) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.models = slices.Clone(models)
	clear(s.loaded)
}

// Counts tells what was asked of the fake so far.
func (s *Server) Counts() Counts {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.counts
	c.Requests, c.Lanes = map[string]int{}, map[string]int{}
	for k, v := range s.counts.Requests {
		c.Requests[k] = v
	}
	for k, v := range s.counts.Lanes {
		c.Lanes[k] = v
	}
	c.Pulled, c.Created = slices.Clone(s.counts.Pulled), slices.Clone(s.counts.Created)
	return c
}

// LastChat returns the latest request to /api/chat.
func (s *Server) LastChat() api.ChatRequest {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lastChat
}

// LastEmbed returns the latest request to /api/embed.
func (s *Server) LastEmbed() api.EmbedRequest {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lastEmbed
}

func (s *Server) now() Behaviour {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.behaviour
}

// read decodes the request's body into v, and answers 400 when it cannot.
func read(w http.ResponseWriter, r *http.Request, v any) bool {
	switch err := json.NewDecoder(r.Body).Decode(v); {
	case errors.Is(err, io.EOF):
		fail(w, http.StatusBadRequest, "missing request body")
		return false
	case err != nil:
		fail(w, http.StatusBadRequest, err.Error())
		return false
	}
	return true
}

func reply(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(v)
}

func fail(w http.ResponseWriter, status int, message string) {
	reply(w, status, map[string]string{"error": message})
}

// lines streams JSON lines as Ollama does.
type lines struct{ w http.ResponseWriter }

func stream(w http.ResponseWriter) lines {
	w.Header().Set("Content-Type", "application/x-ndjson")
	return lines{w}
}

func (l lines) send(v any) {
	json.NewEncoder(l.w).Encode(v)
	l.flush()
}

func (l lines) flush() {
	if f, ok := l.w.(http.Flusher); ok {
		f.Flush()
	}
}
