// Package engine is the built-in model runner's server: it speaks the part of
// Ollama's HTTP API that golocal uses, over a Unix socket, and keeps models in
// Ollama's own store layout. One child process (package engine/runner) holds
// each loaded model; the server decides which are loaded and which may compute.
//
// The API follows github.com/ollama/ollama v0.17.4, docs/api.md, down to its
// status codes and error texts, so that its Go client cannot tell the two apart.
// What the engine cannot do (tools, images, structured output, quantizing) it
// refuses by name instead of ignoring it.
package engine

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"runtime"
	"sync"
	"time"

	"golocal/engine/runner"
	"golocal/internal/headroom"
)

// apiVersion is the version of Ollama's API that the engine follows.
const apiVersion = "0.17.4"

// defaultKeepAlive is how long an unused model stays loaded, as in Ollama.
const defaultKeepAlive = 5 * time.Minute

// defaultRegistry is where models without a host in their name are pulled from.
const defaultRegistry = "https://registry.ollama.ai"

// LaneHeader names the HTTP header that says what a request is for: "query",
// "chat" or "index". Queries compute before chats, chats before indexing.
// Without it a chat is a chat and an embedding is indexing.
const LaneHeader = "X-Golocal-Lane"

// Options configure a Server.
type Options struct {
	Store     string        // folder of the models, in Ollama's layout; made when missing
	ReadOnly  string        // a second store that is listed and run from, never written; "" is none
	Offline   bool          // refuse pulls
	KeepAlive time.Duration // how long an unused model stays loaded; 0 is 5 minutes, negative for ever
	Registry  string        // base URL for names without a host; "" is https://registry.ollama.ai
	Threads   int           // of all computing runners, at most; 0 is one per core that is ours; fewer compute while other programs need the cores

	Executable string       // the program whose "engine runner" command runs a model; "" is this one
	Dir        string       // 0700 working folder of the runners; "" is the system's temporary folder
	Parent     io.Reader    // Serve ends when this ends; nil is never
	Log        *slog.Logger // nil discards
}

// Server answers Ollama's API from the models in a store.
type Server struct {
	log      *slog.Logger
	offline  bool
	registry string
	client   *http.Client // the only way out, used by pull alone
	store    *store
	readOnly *store // nil when there is none
	pool     *pool
	turns    *turns
	read     sync.Map // store and manifest digest to *installed
	stop     context.CancelFunc
}

// New opens the store and returns a server with no model loaded. Close it.
func New(o Options) (*Server, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Store == "" {
		return nil, errors.New("open model store: no folder given")
	}
	if o.KeepAlive == 0 {
		o.KeepAlive = defaultKeepAlive
	}
	if o.Registry == "" {
		o.Registry = defaultRegistry
	}
	if o.Threads <= 0 {
		o.Threads = runtime.GOMAXPROCS(0) // what a container leaves us
	}
	own, err := openStore(o.Store, o.Log)
	if err != nil {
		return nil, err
	}
	s := &Server{
		log: o.Log, offline: o.Offline, registry: o.Registry, client: outbound(),
		store: own, turns: newTurns(),
	}
	if o.ReadOnly != "" {
		s.readOnly = &store{dir: o.ReadOnly, log: o.Log}
	}
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	govern := newGovernor(o.Threads, o.Log)
	s.pool = &pool{
		ctx: ctx, log: o.Log, keep: o.KeepAlive, memory: headroom.Memory,
		govern: govern, loaded: map[string]*loaded{}, changed: make(chan struct{}),
	}
	s.pool.start = func(ctx context.Context, model string, numCtx int) (runnerProcess, error) {
		if !runner.Supported() {
			return nil, errNoEngine
		}
		start := func(ctx context.Context) (runnerProcess, error) {
			proc, err := runner.Start(ctx, runner.Options{
				Executable: o.Executable, Args: []string{"engine", "runner"}, Model: model,
				NumCtx: numCtx, Threads: govern.threads(), Dir: o.Dir, Log: o.Log,
			})
			if err != nil {
				return nil, err
			}
			govern.loaded(proc)
			return proc, nil
		}
		proc, err := start(ctx)
		if err != nil || !proc.Info().Embedding {
			return proc, err
		}
		return newCrew(s.pool.ctx, proc, o.Threads, crewRoom(model), start, s.pool.lost, o.Log), nil
	}
	return s, nil
}

// errNoEngine is the answer of a program that was built without cgo.
var errNoEngine = errors.New("this build has no engine; install Ollama, or build with a C++ compiler")

// Close unloads every model and waits for the runners to end. Requests in
// progress fail.
func (s *Server) Close() error {
	s.stop()
	return s.pool.close()
}
