package models

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"golocal"
	"golocal/internal/fakeollama"
)

// TestMain runs this program as the engine or as pip when a test says so.
func TestMain(m *testing.M) {
	switch os.Getenv("GOLOCAL_TEST_AS") {
	case "engine":
		os.Exit(stubEngine(os.Args[1:]))
	case "nvidia-smi":
		os.Exit(stubNvidia())
	case "pip":
		os.Exit(stubPip(os.Args[1:]))
	}
	os.Exit(m.Run())
}

// stubEngine serves a fake over the socket that its arguments name, as
// `golocal engine` does, until its standard input ends. A file CRASH in the
// store makes it fail at once; a request to /crash ends it. A store given as
// read-only adds the model theirs:FOLDER.
func stubEngine(args []string) int {
	var socket, store, theirs string
	for i := 0; i+1 < len(args); i++ {
		switch args[i] {
		case "--socket":
			socket = args[i+1]
		case "--store":
			store = args[i+1]
		case "--read-only":
			theirs = args[i+1]
		}
	}
	if len(args) == 0 || args[0] != "engine" || socket == "" || store == "" {
		fmt.Fprintln(os.Stderr, "wrong arguments:", args)
		return 2
	}
	if _, err := os.Stat(filepath.Join(store, "CRASH")); err == nil {
		fmt.Fprintln(os.Stderr, "the store is on fire")
		return 3
	}
	l, err := net.Listen("unix", socket)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 4
	}
	o := fakeollama.Options{}
	if _, err := os.Stat(filepath.Join(store, "EMPTY")); err == nil {
		o.Models = []fakeollama.Model{}
	}
	if theirs != "" {
		o.Models = append(fakeollama.Defaults(), fakeollama.Model{
			Name: "theirs:" + filepath.Base(theirs), Family: "llama", Size: 1e9, Context: 4096, Capabilities: []string{"completion"},
		})
	}
	fake := fakeollama.New(o)
	_, noEngine := os.Stat(filepath.Join(store, "UNSUPPORTED"))
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := os.Stat(filepath.Join(store, "CRASH")); err == nil && r.URL.Path == "/api/embed" {
			os.Exit(5)
		}
		if r.URL.Path == "/api/version" && noEngine == nil {
			io.WriteString(w, `{"version":"0.17.4","supported":false}`)
			return
		}
		fake.ServeHTTP(w, r)
	}))
	return 6
}

// quick are limits for tests.
var quick = timing{
	probe: 2 * time.Second, start: 10 * time.Second, query: 5 * time.Second, batch: 5 * time.Second,
	target: 2 * time.Second, patience: 50 * time.Millisecond, first: 5 * time.Second, idle: 5 * time.Second,
	answer: 10 * time.Second, recheck: time.Hour, backoff: 5 * time.Millisecond, longest: 20 * time.Millisecond,
	registry: 100 * time.Millisecond, pullStall: 5 * time.Second,
}

// serve starts a fake and returns it with its address.
func serve(t *testing.T, o fakeollama.Options) (*fakeollama.Server, string) {
	t.Helper()
	fake := fakeollama.New(o)
	srv := httptest.NewServer(fake)
	t.Cleanup(srv.Close)
	return fake, srv.URL
}

// opened opens Models on an address with quick limits; change may alter both.
func opened(t *testing.T, host string, change func(*Options, *timing)) *Models {
	t.Helper()
	o := Options{OllamaHost: host, State: t.TempDir(), Store: t.TempDir()}
	limits := quick
	if change != nil {
		change(&o, &limits)
	}
	m, err := open(t.Context(), o, limits)
	if err != nil {
		t.Fatal(err)
	}
	m.online = func(context.Context) error { return errors.New("no network in tests") }
	m.gpus.find = func(context.Context) GPUs { return GPUs{} } // tests do not depend on the machine
	m.pip = func(context.Context) ([]string, error) { return nil, errors.New("no pip in tests") }
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error("close:", err)
		}
	})
	return m
}

// withEngine makes this program the engine, with marker files in its store.
func withEngine(t *testing.T, markers ...string) func(*Options, *timing) {
	t.Helper()
	t.Setenv("GOLOCAL_TEST_AS", "engine")
	return func(o *Options, _ *timing) {
		o.Executable = os.Args[0]
		for _, name := range markers {
			mark(t, o.Store, name)
		}
	}
}

func mark(t *testing.T, store, name string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(store, name), nil, 0o600); err != nil {
		t.Fatal(err)
	}
}

// deadAddress is a loopback address where nobody listens.
func deadAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestOpen_UsesOllama(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	m := opened(t, host, nil)
	if r := m.Runner(); r.Kind != "ollama" || r.Version != "0.17.4" || r.Address != host {
		t.Errorf("runner %+v", r)
	}
	s, ok := m.Space()
	if !ok || s.Model != "all-minilm:latest" || s.Dims != 384 || s.Digest != fakeollama.Embedding().Digest() || s.MaxTokens != 510 {
		t.Errorf("space %+v, %v", s, ok)
	}
	if c, ok := m.ChatModel(); !ok || c.Name != "llama3.2:3b" || c.Tiny {
		t.Errorf("chat model %+v, %v", c, ok)
	}
	if fake.Counts().Requests["/api/pull"] != 0 {
		t.Error("opening pulled a model")
	}
	if info, err := os.Stat(m.o.State); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("the state folder: %v, %v", info.Mode(), err)
	}
}

func TestOpen_NoRunnerIsNoError(t *testing.T) {
	m := opened(t, deadAddress(t), nil)
	r := m.Runner()
	if r.Kind != "none" || !strings.Contains(r.Reason, "no Ollama answers") || r.NextStep == "" {
		t.Errorf("runner %+v", r)
	}
	_, err := m.EmbedQuery(t.Context(), "q")
	if !errors.Is(err, golocal.ErrUnavailable) {
		t.Errorf("embed without a runner: %v", err)
	}
	if _, ok := m.Space(); ok {
		t.Error("a space without a runner")
	}
	s, err := m.Status(t.Context())
	if err != nil || s.Runner.Kind != "none" || s.Embedding.Reason == "" {
		t.Errorf("status %+v, %v", s, err)
	}
}

func TestOpen_RefusesWhatIsNotALocalOllama(t *testing.T) {
	_, old := serve(t, fakeollama.Options{Version: "0.16.3"})
	redirecting, there := serve(t, fakeollama.Options{})
	canary, canaryAddress := serve(t, fakeollama.Options{})
	redirecting.Set(func(b *fakeollama.Behaviour) { b.Redirect = canaryAddress + "/api/version" })
	hanging, hang := serve(t, fakeollama.Options{})
	hanging.Set(func(b *fakeollama.Behaviour) { b.Hang = true })
	web := httptest.NewServer(http.NotFoundHandler())
	defer web.Close()
	for _, row := range []struct{ name, host, reason string }{
		{"old", old, "older than 0.17.1"},
		{"redirect", there, "redirects"},
		{"dead", hang, "does not answer"},
		{"web server", web.URL, "is not Ollama"},
		{"private address", "http://10.0.0.5", "refused: it may not be this machine"},
		{"name", "ollama.example:11434", "refused: it may not be this machine"},
		{"look-alike", "http://127.0.0.1.evil.test:11434", "refused: it may not be this machine"},
		{"nonsense", "ftp://127.0.0.1", "only http and https"},
	} {
		m := opened(t, row.host, func(_ *Options, l *timing) { l.probe = 200 * time.Millisecond })
		if r := m.Runner(); r.Kind != "none" || !strings.Contains(r.Reason, row.reason) || r.NextStep == "" {
			t.Errorf("%s: %+v", row.name, r)
		}
	}
	if n := canary.Counts().Requests; len(n) != 0 {
		t.Errorf("a redirect was followed: %v", n)
	}
}

func TestOpen_RemoteOnlyWhenNamedAndAllowed(t *testing.T) {
	// 192.0.2.1 (TEST-NET-1) never answers; that it is dialled at all is the point.
	dialled := func(o Options) bool {
		o.State = t.TempDir()
		limits := quick
		limits.probe = 50 * time.Millisecond
		m, err := open(t.Context(), o, limits)
		if err != nil {
			t.Fatal(err)
		}
		defer m.Close()
		return !strings.Contains(m.Runner().Reason+strings.Join(m.Runner().Notes, " "), "refused")
	}
	if dialled(Options{OllamaHost: "192.0.2.1"}) {
		t.Error("a remote host is used without leave")
	}
	t.Setenv("OLLAMA_HOST", "192.0.2.1")
	if dialled(Options{AllowRemote: true}) {
		t.Error("a remote host of the environment is used: it must be named in the configuration")
	}
	if !dialled(Options{OllamaHost: "192.0.2.1", AllowRemote: true}) {
		t.Error("a remote host that is named and allowed is refused")
	}
}

func TestOpen_UnknownVersionIsUsedWithANote(t *testing.T) {
	_, host := serve(t, fakeollama.Options{Version: "0.0.0"})
	if r := opened(t, host, nil).Runner(); r.Kind != "ollama" || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "0.0.0") {
		t.Errorf("%+v", r)
	}
}

func TestTransport_GoesAroundProxies(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	proxy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the proxy saw a request") }))
	defer proxy.Close()
	t.Setenv("HTTP_PROXY", proxy.URL)
	t.Setenv("http_proxy", proxy.URL)
	// A name that a proxy would be asked for, dialled at the fake's address.
	a, err := parseHost("ollama.example:11434")
	if err != nil {
		t.Fatal(err)
	}
	a.dial = []string{strings.TrimPrefix(host, "http://")}
	client, _ := newClient(a)
	if _, err := client.Version(t.Context()); err != nil {
		t.Error(err)
	}
	if fake.Counts().Requests["/api/version"] != 1 {
		t.Error("the request did not reach its address")
	}
	// The twin: a transport with Go's usual proxy setting does ask for one.
	p, err := http.DefaultTransport.(*http.Transport).Proxy(&http.Request{URL: a.base})
	if err != nil || p == nil || p.String() != proxy.URL {
		t.Errorf("this test cannot see a proxy: %v, %v", p, err)
	}
}

func TestModels_ReconnectsWithBackoff(t *testing.T) {
	fake := fakeollama.New(fakeollama.Options{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	srv := &http.Server{Handler: fake}
	go srv.Serve(l)
	var warnings strings.Builder
	m := opened(t, address, func(o *Options, _ *timing) {
		o.Log = slog.New(slog.NewTextHandler(&warnings, &slog.HandlerOptions{Level: slog.LevelWarn}))
	})
	if _, err := m.EmbedQuery(t.Context(), "cats"); err != nil {
		t.Fatal(err)
	}
	srv.Close()
	for range 20 {
		if _, err := m.Embed(t.Context(), []string{"a", "b"}); !errors.Is(err, golocal.ErrUnavailable) {
			t.Fatalf("with Ollama gone: %v", err)
		}
	}
	if r := m.Runner(); r.Kind != "none" || r.NextStep == "" {
		t.Errorf("runner %+v", r)
	}
	if n := strings.Count(warnings.String(), "\n"); n > 3 {
		t.Errorf("%d warnings for one outage:\n%s", n, warnings.String())
	}
	if l, err = net.Listen("tcp", address); err != nil {
		t.Fatal(err)
	}
	srv = &http.Server{Handler: fake}
	go srv.Serve(l)
	defer srv.Close()
	deadline := time.Now().Add(3 * time.Second)
	for {
		if _, err = m.EmbedQuery(t.Context(), "cats"); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("does not come back:", err)
		}
		time.Sleep(2 * time.Millisecond)
	}
	if m.Runner().Kind != "ollama" {
		t.Errorf("runner %+v", m.Runner())
	}
}

func TestModels_NewWeightsUnderTheSameName(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	m := opened(t, host, func(_ *Options, l *timing) { l.recheck = 0 })
	if _, err := m.Embed(t.Context(), []string{"a"}); err != nil {
		t.Fatal(err)
	}
	before, _ := m.Space()
	changed := fakeollama.Embedding()
	changed.Weights = "v2"
	fake.SetModels(changed)
	for range 2 {
		if _, err := m.Embed(t.Context(), []string{"a"}); !errors.Is(err, ErrModelChanged) {
			t.Fatalf("vectors of other weights: %v", err)
		}
	}
	if err := m.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after, _ := m.Space(); after.Digest == before.Digest || after.Digest != changed.Digest() {
		t.Errorf("space %+v after %+v", after, before)
	}
	if _, err := m.Embed(t.Context(), []string{"a"}); err != nil {
		t.Error("after Refresh:", err)
	}
	fake.SetModels(fakeollama.Chat())
	if _, err := m.EmbedQuery(t.Context(), "a"); !errors.Is(err, ErrNoModel) || !errors.Is(err, golocal.ErrUnavailable) {
		t.Errorf("with the model removed: %v", err)
	}
}
