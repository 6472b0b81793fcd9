package web

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golocal"
	"golocal/chat"
	"golocal/chat/history"
	"golocal/chat/runs"
)

const addr = "127.0.0.1:7654"

// world is a daemon in memory that counts what is done to it.
type world struct {
	mu       sync.Mutex
	calls    map[string]int
	events   func(ctx context.Context) iter.Seq2[chat.Event, error]
	question chat.Request
	filter   Filter
	scope    golocal.Scope
	removed  string
	added    string // path given to Add
	asked    string // and to Why
	listed   history.Query
	made     watched
	arrived  Arriving // given to Put
	content  int      // bytes of it
	fail     error
	unfit    error // of Switch
}

func (f *world) did(what string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.calls == nil {
		f.calls = map[string]int{}
	}
	f.calls[what]++
	return f.fail
}

// effects counts the calls that change state.
func (f *world) effects() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls["add"] + f.calls["remove"] + f.calls["retry"] + f.calls["sync"] + f.calls["answer"] + f.calls["fetch"] +
		f.calls["delete"] + f.calls["import"] + f.calls["use"] + f.calls["unload"] + f.calls["start"] + f.calls["pause"] + f.calls["resume"] + f.calls["cancel"] +
		f.calls["save"] + f.calls["launch"] + f.calls["forget"] + f.calls["rename"] + f.calls["erase"] +
		f.calls["put"] + f.calls["begin"] + f.calls["halt"] + f.calls["unkeep"]
}

func (f *world) Answer(ctx context.Context, q chat.Request) iter.Seq2[chat.Event, error] {
	f.did("answer")
	f.mu.Lock()
	f.question = q
	f.mu.Unlock()
	if f.events != nil {
		return f.events(ctx)
	}
	return func(yield func(chat.Event, error) bool) {
		_ = yield(chat.Status{Phase: chat.PhaseSearch, Text: "Searching"}, nil) && yield(chat.Answer{Kind: chat.KindNone, Verdict: chat.Unsupported}, nil)
	}
}

func (f *world) Retrieve(_ context.Context, q string, s golocal.Scope, n int) (golocal.Found, error) {
	f.mu.Lock()
	f.scope = s
	f.mu.Unlock()
	return golocal.Found{Query: q, Hits: []golocal.Hit{{Doc: document(), Chunk: chunk(), Score: .5}}}, f.did("search")
}

func (f *world) Like(_ context.Context, chunk int64, s golocal.Scope, n int) (golocal.Found, error) {
	return golocal.Found{Query: "secret.html"}, f.did("like")
}

func (f *world) Trace(_ context.Context, path string, document int64, q string, s golocal.Scope, n int) (golocal.Outcome, error) {
	f.mu.Lock()
	f.scope = s
	f.mu.Unlock()
	return golocal.Outcome{Path: path, Cause: "no folder", Text: "It lies in no watched folder."}, f.did("trace")
}

func (f *world) Duplicates(context.Context, float64) ([]golocal.Twins, error) {
	twin := golocal.Twin{Doc: document(), Kind: golocal.SameText, Share: 1}
	return []golocal.Twins{{Documents: []golocal.Twin{twin, twin}}}, f.did("duplicates")
}

// saved is the world as Scopes: its Remove is another than that of Folders.
type saved struct{ *world }

func (f saved) List(context.Context) ([]SavedScope, error) {
	return []SavedScope{{Name: "tax", Text: "type:pdf"}}, f.did("scopes")
}
func (f saved) Save(context.Context, SavedScope) error { return f.did("save") }
func (f saved) Remove(context.Context, string) error   { return f.did("forget") }

func document() golocal.Document {
	return golocal.Document{ID: 7, Ref: golocal.Ref{Root: 1, Path: "secret.html"}, Type: "html", State: golocal.StateReady, Chunks: 1}
}

func chunk() golocal.Chunk {
	return golocal.Chunk{ID: 9, Doc: 7, Text: "the secret word is xylophone"}
}

func (f *world) Documents(_ context.Context, filter Filter) (Page, error) {
	f.mu.Lock()
	f.filter = filter
	f.mu.Unlock()
	return Page{Documents: []golocal.Document{document()}, Total: 1}, f.did("documents")
}

func (f *world) Document(_ context.Context, id int64) (golocal.Document, []golocal.Chunk, error) {
	d := document()
	switch id {
	case 7:
		d.Text = "the secret word is xylophone"
	case 8:
		d.ID, d.Type, d.Ref.Path = 8, "pdf", "secret.pdf"
	default:
		return d, nil, fmt.Errorf("document %d: %w", id, fs.ErrNotExist)
	}
	return d, []golocal.Chunk{chunk()}, f.did("document")
}

type noClose struct{ io.ReadSeeker }

func (noClose) Close() error { return nil }

func (f *world) Backup(context.Context) (File, error) {
	return File{Content: noClose{strings.NewReader("the whole index")}}, f.did("backup")
}
func (f *world) BackupChats(context.Context) (File, error) {
	return File{Content: noClose{strings.NewReader("all chats")}}, f.did("backup of chats")
}

func (f *world) Open(context.Context, int64) (File, error) {
	return File{Content: noClose{bytes.NewReader([]byte("<script>alert(1)</script>"))}, Modified: time.Unix(1e9, 0)}, f.did("open")
}

func (f *world) Add(_ context.Context, path string, rules golocal.Rules) (golocal.Root, error) {
	f.added = path
	return golocal.Root{ID: 1, Path: path, Rules: rules}, f.did("add")
}
func (f *world) Set(_ context.Context, id int64, change RootChange) (golocal.Root, error) {
	r := golocal.Root{ID: id, Path: "/secret"}
	if change.Paused != nil {
		r.Paused = *change.Paused
	}
	return r, f.did("set")
}
func (f *world) Path(_ context.Context, document int64) (string, error) {
	if document != 7 {
		return "", fs.ErrNotExist
	}
	return "/home/me/caf\xe9.md", nil
}
func (f *world) Why(_ context.Context, path string) (Why, error) {
	f.asked = path
	return Why{Path: path, Ref: &golocal.Ref{Root: 1, Path: "a.md"}, Verdict: "taken", Rule: "no rule leaves it out"}, f.did("why")
}
func (f *world) Remove(context.Context, int64) error { return f.did("remove") }
func (f *world) Status(context.Context) (Status, error) {
	return Status{State: Settled, Roots: []RootStatus{{Root: golocal.Root{ID: 1, Path: "/secret"}, State: Settled}}}, f.did("status")
}
func (f *world) Sync(context.Context, int64, bool) iter.Seq2[Progress, error] {
	f.did("sync")
	return func(yield func(Progress, error) bool) {
		_ = yield(Progress{State: Indexing}, nil) && yield(Progress{State: Settled}, nil)
	}
}
func (f *world) Launch(context.Context, int64) error { return f.did("launch") }
func (f *world) Retry(context.Context, int64) error  { return f.did("retry") }
func (f *world) Fetch(context.Context, string, bool) iter.Seq2[FetchStep, error] {
	f.did("fetch")
	return func(yield func(FetchStep, error) bool) { yield(FetchStep{Stage: "ready"}, nil) }
}

func (f *world) Follow(context.Context) iter.Seq2[[]Download, error] {
	return func(yield func([]Download, error) bool) {
		if err := f.did("follow"); err != nil {
			yield(nil, err)
			return
		}
		for _, state := range []string{"waiting", "running", "done"} {
			if !yield([]Download{{Name: "other:1b", State: "paused"}, {Name: "qwen3:4b", State: state, Done: 1, Total: 2}}, nil) {
				return
			}
		}
	}
}
func (f *world) Start(_ context.Context, name, what string) (Download, error) {
	return Download{Name: name, For: what, State: "waiting"}, f.did("start")
}
func (f *world) Steer(_ context.Context, name string, o Order) (Download, error) {
	return Download{Name: name, State: "paused"}, f.did(string(o))
}
func (f *world) Installed(context.Context) ([]Installed, error) {
	return []Installed{{Name: "all-minilm:latest", Capability: "embedding"}, {Name: "qwen3:4b", Capability: "chat", Thinking: true}}, f.did("installed")
}
func (f *world) Import(context.Context, string, string) iter.Seq2[FetchStep, error] {
	f.did("import")
	return func(yield func(FetchStep, error) bool) { yield(FetchStep{Stage: "ready"}, nil) }
}
func (f *world) Switch(_ context.Context, name, what string) (Switch, error) {
	f.mu.Lock()
	unfit := f.unfit
	f.mu.Unlock()
	return Switch{Name: name, For: cmp.Or(what, "chat"), Passages: 3}, errors.Join(f.did("switch"), unfit)
}
func (f *world) Use(_ context.Context, name, what string) (Switch, error) {
	return Switch{Name: name, For: cmp.Or(what, "chat")}, f.did("use")
}
func (f *world) Unload(context.Context, string) error { return f.did("unload") }

func (f *world) Survey(_ context.Context, path string) (Survey, error) {
	return Survey{Path: path, Files: 1, Bytes: 2, Whole: true}, f.did("survey")
}
func (f *world) Preview(context.Context, int64, golocal.Rules) (Preview, error) {
	return Preview{Files: 1, Whole: true}, f.did("preview")
}
func (f *world) RetryFailed(context.Context, int64) (int, error) { return 3, f.did("retry") }
func (f *world) Tags(_ context.Context, start string) ([]golocal.Tag, error) {
	return []golocal.Tag{{Text: start + "x", Files: 2}}, f.did("tags")
}

func (f *world) Growth(context.Context) ([]Grown, error) {
	return []Grown{{At: time.Unix(1e9, 0).UTC(), Documents: 1}}, f.did("growth")
}
func (f *world) Samples(context.Context) ([]Sample, error) {
	return []Sample{{Title: "Handbook", Heading: "Keys", Doc: 7, Ref: document().Ref}}, f.did("samples")
}
func (f *world) Suggest(context.Context) (Suggestions, error) {
	return Suggestions{GPU: "none", Chat: []Suggested{{Name: "qwen3:4b", Fit: "memory"}}}, f.did("suggest")
}
func (f *world) Begin(context.Context, int) (Evaluating, error) {
	return Evaluating{Step: "questions"}, f.did("begin")
}
func (f *world) Halt(context.Context) error { return f.did("halt") }
func (f *world) Evaluations(context.Context) (EvaluationList, error) {
	return EvaluationList{}, f.did("evaluations")
}
func (f *world) Evaluation(_ context.Context, id, _ string) (Evaluation, error) {
	return Evaluation{EvaluationOf: EvaluationOf{ID: id, Settings: map[string]string{}, Shares: someShares}, Legs: map[string]map[string]float64{}, Curves: map[string][]float64{}}, f.did("evaluation")
}
func (f *world) Forget(context.Context, string) error { return f.did("unkeep") }

// shelf is the world as Shelf: its Remove is another than that of Folders.
type shelf struct{ *world }

func (f shelf) Remove(_ context.Context, name string, force bool) (int64, error) {
	f.mu.Lock()
	f.removed = fmt.Sprint(name, force)
	f.mu.Unlock()
	return 5, f.did("delete")
}

// kept is the world as Conversations and Archivist.
type kept struct{ *world }

func whole() history.Whole {
	quote := chat.Quote{Plain: "the secret word is xylophone", Citation: golocal.Citation{Source: 1, Doc: 7, Path: "/secret/secret.html", Quote: "the secret word is xylophone", State: golocal.Current}}
	return history.Whole{ID: "7", Title: "Secret word", Turns: []history.Turn{
		{ID: "t1", Question: "What is the secret word?", State: history.Done, Answer: &chat.Answer{Kind: chat.KindQuotes, Verdict: chat.Supported, Sentences: []chat.Sentence{}, Sources: []golocal.Source{}, Quotes: []chat.Quote{quote}}},
		{ID: "t2", Parent: "t1", Question: "And the other?", State: history.Stopped},
	}}
}

func (f kept) List(_ context.Context, q history.Query) (history.Page, error) {
	f.mu.Lock()
	f.listed = q
	f.mu.Unlock()
	if q.After == "wrong" {
		return history.Page{}, history.ErrCursor
	}
	return history.Page{Conversations: []history.Conversation{{ID: "7", Title: "Secret word", Turns: 2, Hits: []history.Hit{{Turn: "t1", Excerpt: "xylophone", Marks: []golocal.Span{{End: 9}}}}}}}, f.did("list")
}
func (f kept) Conversation(_ context.Context, id string) (history.Whole, error) {
	if id != "7" {
		return history.Whole{}, fmt.Errorf("conversation %s: %w", id, fs.ErrNotExist)
	}
	return whole(), f.did("conversation")
}
func (f kept) Change(_ context.Context, id string, c history.Change) (history.Conversation, error) {
	out := history.Conversation{ID: id, Title: "Secret word"}
	if c.Title != nil {
		out.Title = *c.Title
	}
	return out, f.did("rename")
}
func (f kept) Remove(_ context.Context, ids ...string) (int, error) { return len(ids), f.did("erase") }
func (f kept) RemoveAll(context.Context) (int, error)               { return 9, f.did("erase") }

// watched are runs, of which r1 has ended.
type watched struct{ *runs.Runs }

func (f watched) Follow(run string, after int) (func(context.Context) iter.Seq2[runs.Step, error], error) {
	if run != "r1" {
		return f.Runs.Follow(run, after)
	}
	return func(context.Context) iter.Seq2[runs.Step, error] {
		return func(yield func(runs.Step, error) bool) {
			for n := after + 1; n < 4 && yield(runs.Step{Number: n, Name: "token", Data: json.RawMessage(fmt.Sprintf(`{"type":"token","text":"%d"}`, n))}, nil); n++ {
			}
		}
	}, nil
}

func (f watched) Stop(ctx context.Context, run string) error {
	if run == "r1" {
		return nil
	}
	return f.Runs.Stop(ctx, run)
}

func newServer() (*Server, *world) {
	w := &world{}
	w.made = watched{runs.New(runs.Options{Answerer: w})}
	return New(Options{Runner: w.made, Onlooker: w.made, Conversations: kept{w}, Archivist: kept{w}, Searcher: w, Library: w, Folders: w, Daemon: w, Explainer: w, Keeper: w, Fetcher: w, Downloader: w, Shelf: shelf{w}, Chooser: w, Tracer: w, Scopes: saved{w}, Tagger: w, Launcher: w, Inbox: w, Surveyor: w, Chronicler: w, Suggester: w, Evaluator: w, Evaluations: w, Token: "T", Version: "v1"}), w
}

type change func(*http.Request)

func header(k, v string) change { return func(r *http.Request) { r.Header.Add(k, v) } }
func host(h string) change      { return func(r *http.Request) { r.Host = h } }

// request makes one as the page sends it; changes make it wrong.
func request(method, path, body string, changes ...change) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host = addr
	r.URL.Scheme, r.URL.Host = "", ""
	r.Header.Set("Authorization", "Bearer T")
	if method != http.MethodGet {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, c := range changes {
		c(r)
	}
	return r
}

func answer(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// sample is a working request for each route of the interface.
func sample(r route) *http.Request {
	method, path, _ := strings.Cut(r.pattern, " ")
	path = strings.NewReplacer("{id}", "7", "{name}", "tax", "{run}", "r1").Replace(path)
	body := map[string]string{
		"/api/v1/session": `{"code":"c"}`, "/api/v1/roots": `{"path":"/home/secret"}`, "/api/v1/ask": `{"question":"what?"}`, "/api/v1/roots/7": `{"paused":true}`,
		"/api/v1/sync": `{"root":1}`, "/api/v1/retry": `{"document":7}`, "/api/v1/retry/failed": `{"root":1}`, "/api/v1/roots/7/preview": `{"rules":{}}`,
		"/api/v1/evaluations": `{"questions":5}`, "/api/v1/evaluations/halt": `{}`, "/api/v1/models/fetch": `{"what":"chat"}`, "/api/v1/code": `{}`,
		"/api/v1/conversations": `{"all":true}`, "/api/v1/conversations/7": `{"title":"Another"}`,
		"/api/v1/documents/7/open": `{}`, "/api/v1/inbox": "a file", "/api/v1/inbox/check": `{"files":[{"path":"a.md","size":3,"head":"YWJj"}]}`,
		"/api/v1/scopes":        `{"name":"tax","text":"type:pdf"}`,
		"/api/v1/models/import": `{"path":"/home/m.gguf"}`, "/api/v1/models/use": `{"name":"qwen3:4b"}`, "/api/v1/models/unload": `{"name":"qwen3:4b"}`,
		"/api/v1/models/downloads": `{"name":"qwen3:4b"}`, "/api/v1/models/downloads/pause": `{"name":"qwen3:4b"}`,
		"/api/v1/models/downloads/resume": `{"name":"qwen3:4b"}`, "/api/v1/models/downloads/cancel": `{"name":"qwen3:4b"}`,
	}[path]
	switch {
	case path == "/api/v1/search":
		path += "?q=word"
	case r.uploads():
		return request(method, path+"?path=secret/a.md&modified=1000000000000", body, func(r *http.Request) { r.Header.Set("Content-Type", "application/octet-stream") })
	case path == "/api/v1/survey":
		path += "?path=/home/secret"
	case path == "/api/v1/why":
		path += "?path=/home/secret/a.md"
	case path == "/api/v1/trace":
		path += "?q=word&file=/home/a.md"
	case path == "/api/v1/models/show", path == "/api/v1/models/use" && method == http.MethodGet, path == "/api/v1/models/installed" && method == http.MethodDelete:
		path += "?name=qwen3"
		if method == http.MethodGet {
			path += ":4b"
		}
	}
	if method == http.MethodGet || method == http.MethodDelete && path != "/api/v1/conversations" {
		body = ""
	}
	return request(method, path, body)
}

// paths are the routes of the interface and some of everything else.
func paths(s *Server) []*http.Request {
	var all []*http.Request
	for _, r := range s.routes() {
		all = append(all, sample(r))
	}
	for _, p := range []string{"/", "/index.html", "/icon.svg", "/licenses.txt", "/nothing", "/api/v1/nothing", "/api/", "/v1/models", "/mcp", "/pdf/../index.html"} {
		for _, m := range []string{"GET", "POST", "OPTIONS", "HEAD", "PUT"} {
			all = append(all, request(m, p, "{}"))
		}
	}
	return all
}

func TestGuard_ForeignHostGetsNothingFromAnyRoute(t *testing.T) { // S1, S2, S5
	s, w := newServer()
	h := s.Handler(addr)
	bad := []string{"evil.test:7654", "", "localhost.evil.test:7654", "127.0.0.1.evil.test:7654", "evil.test#localhost:7654", "LOCALHOST:7654", "localhost.:7654",
		"0.0.0.0:7654", "[::ffff:127.0.0.1]:7654", "2130706433:7654", "127.0.0.1", "127.0.0.1:7655", "localhost", "127.0.0.1:7654:7654", "[::1]", "127.1:7654", "user@127.0.0.1:7654"}
	for _, b := range bad {
		for _, r := range paths(s) {
			r.Host = b
			r.Header.Set("X-Forwarded-Host", addr)
			got := answer(h, r)
			if got.Code != http.StatusForbidden || strings.Contains(got.Body.String(), "ecret") || strings.Contains(got.Body.String(), "script") {
				t.Errorf("Host %q, %s %s: %d %.80s", b, r.Method, r.URL, got.Code, got.Body)
			}
		}
	}
	if n := w.effects(); n != 0 {
		t.Errorf("%d effects", n)
	}
	for _, good := range []string{"127.0.0.1:7654", "localhost:7654", "[::1]:7654"} {
		if got := answer(h, request("GET", "/api/v1/status", "", host(good))); got.Code != 200 {
			t.Errorf("Host %q: %d", good, got.Code)
		}
	}
	if got := answer(h, request("GET", "/api/v1/status", "", func(r *http.Request) { r.URL.Host = "evil.test" })); got.Code != 403 {
		t.Errorf("a whole address in the request line: %d", got.Code)
	}
}

func TestGuard_ForeignHostTwin(t *testing.T) {
	s, _ := newServer()
	s.off.host = true
	got := answer(s.Handler(addr), request("GET", "/api/v1/documents/7", "", host("evil.test:7654")))
	if got.Code != 200 || !strings.Contains(got.Body.String(), "xylophone") {
		t.Errorf("without the allow-list the attack should succeed: %d", got.Code)
	}
}

// simple requests are those that another site can send without a preflight (S3).
func simple() []*http.Request {
	var all []*http.Request
	for _, origin := range []string{"http://evil.test", "null", "http://127.0.0.1:9998"} {
		for _, site := range []string{"cross-site", "same-site", ""} {
			for _, kind := range []string{"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"} {
				r := request("POST", "/api/v1/roots", `{"path":"/home/x"}`, header("Origin", origin))
				r.Header.Del("Authorization")
				r.Header.Set("Content-Type", kind)
				if site != "" {
					r.Header.Set("Sec-Fetch-Site", site)
				}
				all = append(all, r)
			}
		}
	}
	return all
}

func TestGuard_CrossSiteRequestsChangeNothing(t *testing.T) { // S3
	s, w := newServer()
	h := s.Handler(addr)
	for _, r := range simple() {
		if got := answer(h, r); got.Code != http.StatusForbidden {
			t.Errorf("%v: %d", r.Header, got.Code)
		}
	}
	// The defences stand each for itself: with the token and the right origin, the type decides.
	if got := answer(h, request("POST", "/api/v1/roots", `{"path":"/x"}`, func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") })); got.Code != http.StatusUnsupportedMediaType {
		t.Errorf("text/plain: %d", got.Code)
	}
	if n := w.effects(); n != 0 {
		t.Errorf("%d effects", n)
	}
}

func TestGuard_CrossSiteTwin(t *testing.T) {
	s, w := newServer()
	s.off.crossOrigin, s.off.contentType, s.off.token = true, true, true
	for _, r := range simple() {
		if got := answer(s.Handler(addr), r); got.Code != http.StatusCreated {
			t.Errorf("without the defences the attack should succeed: %d %s", got.Code, got.Body)
		}
	}
	if w.effects() == 0 {
		t.Error("no effects")
	}
}

func TestGuard_GetHasNoEffects(t *testing.T) { // S4
	s, w := newServer()
	h := s.Handler(addr)
	n := 0
	for _, r := range s.routes() {
		if strings.HasPrefix(r.pattern, "GET ") && r.access != private {
			n++
			if got := answer(h, sample(r)); got.Code != 200 {
				t.Errorf("%s: %d", r.pattern, got.Code)
			}
		}
	}
	if n < 8 || w.effects() != 0 {
		t.Errorf("%d GET routes, %d effects", n, w.effects())
	}
}

// readable tells whether a page of origin could read the response (CORS).
func readable(s *Server, origin string) bool {
	for _, r := range paths(s) {
		r.Header.Set("Origin", origin)
		r.Header.Set("Access-Control-Request-Method", "GET")
		r.Header.Set("Access-Control-Request-Private-Network", "true")
		for k := range answer(s.Handler(addr), r).Header() {
			if strings.HasPrefix(k, "Access-Control-") {
				return true
			}
		}
	}
	return false
}

func TestGuard_NoOtherOriginMayRead(t *testing.T) { // S6, and its twin
	for _, origin := range []string{"http://evil.test", "null", "file://", "chrome-extension://abc", "http://localhost:7654"} {
		s, _ := newServer()
		if readable(s, origin) {
			t.Errorf("%s may read", origin)
		}
		s.off.noCORS = true
		if !readable(s, origin) {
			t.Errorf("%s: the twin shares with every origin, and the test does not see it", origin)
		}
	}
}

func TestGuard_TokenOnEveryDataRoute(t *testing.T) { // S10, S12
	s, w := newServer()
	h := s.Handler(addr)
	bad := map[string]change{
		"none":        func(r *http.Request) { r.Header.Del("Authorization") },
		"wrong":       func(r *http.Request) { r.Header.Set("Authorization", "Bearer U") },
		"longer":      func(r *http.Request) { r.Header.Set("Authorization", "Bearer TT") },
		"empty":       func(r *http.Request) { r.Header.Set("Authorization", "Bearer ") },
		"bare":        func(r *http.Request) { r.Header.Set("Authorization", "T") },
		"lower case":  func(r *http.Request) { r.Header.Set("Authorization", "Bearer t") },
		"scheme case": func(r *http.Request) { r.Header.Set("Authorization", "bearer T") },
		"basic":       func(r *http.Request) { r.Header.Del("Authorization"); r.SetBasicAuth("", "T") },
		"two":         header("Authorization", "Bearer T"),
		"key header":  func(r *http.Request) { r.Header.Del("Authorization"); r.Header.Set("X-Api-Key", "T") },
		"cookie": func(r *http.Request) {
			r.Header.Del("Authorization")
			r.AddCookie(&http.Cookie{Name: "token", Value: "T"})
		},
		"query": func(r *http.Request) { r.Header.Del("Authorization"); r.URL.RawQuery += "&token=T&access_token=T" },
	}
	n := 0
	for _, rt := range s.routes() {
		if rt.access != guarded {
			continue
		}
		n++
		for name, c := range bad {
			r := sample(rt)
			c(r)
			if got := answer(h, r); got.Code != http.StatusUnauthorized {
				t.Errorf("%s with token %s: %d", rt.pattern, name, got.Code)
			}
		}
	}
	if n < 13 || len(w.calls) != 0 {
		t.Errorf("%d guarded routes; calls %v", n, w.calls)
	}
	for _, r := range []*http.Request{request("POST", "/api/v1/code", "{}"), request("GET", "/api/v1/backup", "")} {
		if got := answer(h, r); got.Code != http.StatusNotFound {
			t.Errorf("%s of the socket answers on TCP: %d", r.URL, got.Code)
		}
	}
}

func TestGuard_HeadersOnEveryResponse(t *testing.T) { // S16 and the rest
	s, _ := newServer()
	h := s.Handler(addr)
	for _, foreign := range []bool{false, true} {
		for _, r := range paths(s) {
			if foreign {
				r.Host = "evil.test"
			}
			got := answer(h, r).Header()
			csp := got.Get("Content-Security-Policy")
			if strings.HasSuffix(r.URL.Path, "/file") && !foreign {
				if !strings.HasPrefix(csp, "sandbox; default-src 'none'") {
					t.Errorf("%s: %q", r.URL, csp)
				}
			} else if csp != Policy {
				t.Errorf("%s %s: policy %q", r.Method, r.URL, csp)
			}
			if !strings.Contains(csp, "frame-ancestors 'none'") || got.Get("X-Frame-Options") != "DENY" || got.Get("X-Content-Type-Options") != "nosniff" ||
				got.Get("Referrer-Policy") != "no-referrer" || got.Get("Cross-Origin-Resource-Policy") != "same-origin" || got.Get("Cross-Origin-Opener-Policy") != "same-origin" {
				t.Errorf("%s %s: %v", r.Method, r.URL, got)
			}
			if strings.HasPrefix(r.URL.Path, "/api/") && got.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: data may be kept: %q", r.URL, got.Get("Cache-Control"))
			}
		}
	}
	if strings.Contains(Policy, "unsafe") || !strings.HasPrefix(Policy, "default-src 'none'") {
		t.Error(Policy)
	}
}

func TestSession_CodeWorksOnce(t *testing.T) { // S11
	s, _ := newServer()
	h := s.Handler(addr)
	exchange := func(code string) *httptest.ResponseRecorder {
		return answer(h, request("POST", "/api/v1/session", `{"code":"`+code+`"}`, func(r *http.Request) { r.Header.Del("Authorization") }))
	}
	code := s.Code()
	for _, wrong := range []string{"", "x", code[:len(code)-1], code + "A"} {
		if got := exchange(wrong); got.Code != 401 || strings.Contains(got.Body.String(), `"T"`) {
			t.Errorf("code %q: %d", wrong, got.Code)
		}
	}
	if got := exchange(code); got.Code != 200 || !strings.Contains(got.Body.String(), `"token":"T"`) {
		t.Errorf("the code: %d %s", got.Code, got.Body)
	}
	if got := exchange(code); got.Code != 401 {
		t.Errorf("the code again: %d", got.Code)
	}
	first := s.Code()
	for range maxCodes {
		s.Code()
	}
	if got := exchange(first); got.Code != 401 {
		t.Errorf("a code older than the newest %d: %d", maxCodes, got.Code)
	}
}

func TestSession_AReloadedTabTakesItsOwnCodeAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := newServer()
		h := s.Handler(addr)
		exchange := func(code, claim string) int {
			body, _ := json.Marshal(map[string]string{"code": code, "claim": claim})
			return answer(h, request("POST", "/api/v1/session", string(body), func(r *http.Request) { r.Header.Del("Authorization") })).Code
		}
		code, other, bare := s.Code(), s.Code(), s.Code()
		for _, step := range []struct {
			what, code, claim string
			after             time.Duration
			want              int
		}{
			{"the tab itself", code, "mine", 0, 200},
			{"the tab, reloaded", code, "mine", 29 * time.Second, 200},
			{"another tab with the code", code, "theirs", 0, 401},
			{"nobody's tab", code, "", 0, 401},
			{"with a code that was never given", "x", "mine", 0, 401},
			{"too late", code, "mine", 2 * time.Second, 401},
			{"a claim that belongs to another code", other, "mine", 0, 200},
			{"the first code by it", code, "mine", 0, 401},
			{"without a claim", bare, "", 0, 200},
			{"without a claim, again", bare, "", 0, 401},
		} {
			time.Sleep(step.after)
			if got := exchange(step.code, step.claim); got != step.want {
				t.Errorf("%s: %d, not %d", step.what, got, step.want)
			}
		}
	})
}

func TestSession_TokenIsMadeWhenNoneIsGiven(t *testing.T) {
	a, b := New(Options{}), New(Options{})
	if len(a.Token()) < 26 || a.Token() == b.Token() {
		t.Errorf("%q and %q", a.Token(), b.Token())
	}
}

// rawRequest sends bytes over a real connection and returns the status line.
func rawRequest(t *testing.T, to, text string) string {
	t.Helper()
	c, err := net.Dial("tcp", to)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(3 * time.Second))
	io.WriteString(c, text)
	line, _ := bufio.NewReader(c).ReadString('\n')
	return strings.TrimSpace(line)
}

func TestGuard_OddRequestLines(t *testing.T) { // S2 over the wire
	s, _ := newServer()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- Serve(ctx, ln, s.Handler(ln.Addr().String())) }()
	own := ln.Addr().String()
	auth := "Authorization: Bearer T\r\n\r\n"
	for _, c := range []struct{ text, want string }{
		{"GET /api/v1/status HTTP/1.1\r\nHost: " + own + "\r\n" + auth, "200"},
		{"GET /api/v1/status HTTP/1.1\r\n" + auth, "400"},
		{"GET /api/v1/status HTTP/1.0\r\n" + auth, "403"},
		{"GET /api/v1/status HTTP/1.1\r\nHost: " + own + "\r\nHost: evil.test\r\n" + auth, "400"},
		{"GET http://evil.test/api/v1/status HTTP/1.1\r\nHost: " + own + "\r\n" + auth, "403"},
		{"GET http://" + own + "/api/v1/status HTTP/1.1\r\nHost: evil.test\r\n" + auth, "403"},
		{"GET /api/v1/status HTTP/1.1\r\nHost: evil.test\r\nX-Forwarded-Host: " + own + "\r\n" + auth, "403"},
	} {
		if got := rawRequest(t, own, c.text); !strings.Contains(got, " "+c.want+" ") {
			t.Errorf("%q: %q", c.text, got)
		}
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
