// Package models decides which model does what, and talks to whoever answers
// the Ollama API: a local Ollama, or golocal's built-in engine as a child
// process. Nothing it does leaves the machine unless Options.AllowRemote says
// so, downloads in Ensure, Pull and Import of a name excepted.
//
// A runner that is not there, or dies, is no error of Open: every call says so
// with an error that is golocal.ErrUnavailable, and looks for the runner again
// at most every minute.
package models

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/ollama/ollama/api"

	"golocal"
)

// Prompt is what is written before the texts of an embedding model.
type Prompt struct {
	Query    string // before a question
	Document string // before a passage
}

// Options say where runners and models are.
type Options struct {
	OllamaHost string // "" is the environment's OLLAMA_HOST, else 127.0.0.1:11434; "none" is never; a host named here is never replaced by the engine
	Store      string // folder of golocal's own models, in Ollama's layout
	// OllamaStore is the folder of Ollama's own models, which the engine lists
	// and runs too, and never writes; "" is none.
	OllamaStore string
	State       string       // golocal's own folder for sockets and half-finished downloads; gets mode 0700
	Executable  string       // golocal itself, which runs as `engine` too; "" when NoEngine says why not
	NoEngine    *Unavailable // what the engine lacks here; nil is a build without one
	Offline     bool         // refuse every download
	MaxContext  int          // largest context of the chat model, tokens; 0 is golocal's own bound
	Embedding   string       // model name or file; "" chooses
	Chat        string       // model name or file; "" chooses
	// Keep is the space of the index, if there is one: its model is chosen
	// before better ones, so that a new model does not cost a new index.
	Keep        golocal.Space
	Prompts     map[string]Prompt // by model name: overrides what golocal knows
	NumGPU      *int              // layers to put on the GPU; nil: the runner decides
	AllowRemote bool              // questions and passages may go to the OllamaHost named here, wherever it is
	Log         *slog.Logger      // nil discards
}

// timing holds the limits that tests shorten.
type timing struct {
	probe     time.Duration // a runner must tell its version
	start     time.Duration // the engine must listen
	query     time.Duration // embedding of a question, loading included
	batch     time.Duration // embedding of a batch, loading included
	target    time.Duration // a batch should take no longer, so that people wait no longer
	patience  time.Duration // how long a batch waits for people
	first     time.Duration // first token of an answer: loading and reading the prompt
	idle      time.Duration // between tokens
	answer    time.Duration // a whole answer
	recheck   time.Duration // how long the list of models counts as known
	backoff   time.Duration // first pause after a second failure in a row
	longest   time.Duration // longest pause between attempts to reach the runner
	registry  time.Duration // Ollama's registry must accept a connection
	pullStall time.Duration // a download that does not grow
}

var usual = timing{
	probe: 2 * time.Second, start: 20 * time.Second,
	query: 30 * time.Second, batch: 4 * time.Minute, target: 2 * time.Second, patience: 10 * time.Second,
	first: 10 * time.Minute, idle: 2 * time.Minute, answer: 30 * time.Minute,
	recheck: 30 * time.Second, backoff: 500 * time.Millisecond, longest: time.Minute,
	registry: 2 * time.Second, pullStall: time.Minute,
}

// Models is the way to the models of this machine. Its methods may be called
// from several goroutines at once.
type Models struct {
	o      Options
	log    *slog.Logger
	t      timing
	memory int64 // of this machine, bytes; 0 when unknown
	lanes  lanes
	gate   chan struct{} // holds one token: whoever connects
	pip    func(context.Context) ([]string, error)
	online func(context.Context) error // can Ollama's registry be reached
	gpus   *gpuWatch
	swaps  swaps
	speeds *speeds

	mu        sync.Mutex // guards the fields below
	conn      *connection
	child     *child
	why       *Unavailable     // while conn is nil
	notes     []golocal.Remark // what the user should know about the runner
	kind      string           // of the first runner that answered; later ones are of the same kind
	closed    bool
	failures  int       // in a row
	retry     time.Time // not before this
	restarts  int       // of the engine
	described map[string]Model
	embedding use
	chat      use
	checked   time.Time                 // when the choice of models was last compared with the runner
	others    map[golocal.Space]checked // models of other spaces than the one in use
	canaries  map[string]canaries       // by version
	batch     map[string]int            // texts in the next index batch, by version
	counters  map[string]func(string) int
	counting  *counting // of the chat model that was counted for last

	life    context.Context // ends with Close
	end     context.CancelFunc
	loading sync.WaitGroup // goroutines that load a vocabulary
}

// use is the model in use for one capability.
type use struct {
	model Model
	ok    bool
	why   error // while ok is false
}

// connection is a runner that answered.
type connection struct {
	kind    string // "ollama" or "engine"
	at      address
	version string
	build   string // of the engine: what it was compiled for
	theirs  string // Ollama's own store that the engine uses too
	client  *api.Client
	http    *http.Client
}

// Open finds a runner and chooses the models. A runner that is missing is not
// an error: Status tells the reason, and later calls look again. Close ends
// what Open started.
func Open(ctx context.Context, o Options) (*Models, error) {
	return open(ctx, o, usual)
}

func open(ctx context.Context, o Options, t timing) (*Models, error) {
	if o.State == "" {
		return nil, errors.New("open models: no folder for their state is given")
	}
	if err := os.MkdirAll(o.State, 0o700); err != nil {
		return nil, fmt.Errorf("open models: %w", err)
	}
	if err := os.Chmod(o.State, 0o700); err != nil { // it may be older; who can open the socket can use the models
		return nil, fmt.Errorf("open models: close the state folder to others: %w", err)
	}
	m := &Models{
		o: o, log: o.Log, t: t, memory: systemMemory(),
		gate: make(chan struct{}, 1), pip: findPip,
		others: map[golocal.Space]checked{}, canaries: map[string]canaries{}, batch: map[string]int{},
		described: map[string]Model{}, counters: map[string]func(string) int{},
	}
	m.life, m.end = context.WithCancel(context.WithoutCancel(ctx))
	m.online = m.registryAnswers
	m.gpus, m.speeds = &gpuWatch{find: findGPUs}, openSpeeds(o.State)
	if m.log == nil {
		m.log = slog.New(slog.DiscardHandler)
	}
	sweepSockets(o.State)
	if _, err := m.ready(ctx); err != nil && ctx.Err() != nil {
		return nil, errors.Join(ctx.Err(), m.Close())
	}
	return m, nil
}

// Close ends the engine if golocal runs one. Calls after it fail.
func (m *Models) Close() error {
	m.mu.Lock()
	c, conn := m.child, m.conn
	m.child, m.conn, m.closed = nil, nil, true
	m.mu.Unlock()
	m.end()
	m.loading.Wait()
	if conn != nil {
		conn.http.CloseIdleConnections()
	}
	m.speeds.keep(m.log)
	if c != nil {
		return c.close()
	}
	return nil
}

// Space describes the vectors of the embedding model in use; false when there
// is none.
func (m *Models) Space() (golocal.Space, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.embedding.ok {
		return golocal.Space{}, false
	}
	return space(m.embedding.model), true
}

func space(e Model) golocal.Space {
	s := golocal.Space{
		Model: e.Name, Digest: e.Digest, Dims: e.Dims,
		QueryPrefix: e.QueryPrefix, DocumentPrefix: e.DocumentPrefix,
	}
	if e.MaxTokens > 0 {
		const markers = 2 // start and end
		s.MaxTokens = max(e.MaxTokens-markers-Estimate(e.DocumentPrefix), 1)
	}
	return s
}

// ChatModel is the model that writes answers; false when there is none.
func (m *Models) ChatModel() (Model, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.chat.model, m.chat.ok
}

// prompt finds the user's own prefixes for a model.
func (m *Models) prompt(name string) (Prompt, bool) {
	for n, p := range m.o.Prompts {
		if sameModel(n, name) {
			return p, true
		}
	}
	return Prompt{}, false
}
