// Package runnertest is the contract that golocal has with every model runner,
// as a suite of tests over Ollama's HTTP API. It runs against the built-in
// engine, a real Ollama and the scripted one: what holds for all three is what
// golocal may build on.
package runnertest

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/ollama/ollama/api"

	"golocal/internal/fakeollama"
)

// Start starts a runner whose models lie in the folder store, which may be
// empty, and returns a client of it. The runner ends with the test.
type Start func(t *testing.T, store string) *api.Client

// Given are the runners that the environment names: "engine" of the golocal
// binary GOLOCAL_TEST_ENGINE, "ollama" of the Ollama binary GOLOCAL_TEST_OLLAMA.
func Given(t testing.TB) map[string]Start {
	t.Helper()
	given := map[string]Start{}
	if program := os.Getenv("GOLOCAL_TEST_ENGINE"); program != "" {
		given["engine"] = Engine(program)
	}
	if program := os.Getenv("GOLOCAL_TEST_OLLAMA"); program != "" {
		given["ollama"] = Ollama(program)
	}
	if len(given) > 0 && os.Getenv("GOLOCAL_TEST_STORE") == "" {
		t.Fatal("GOLOCAL_TEST_STORE names no model store")
	}
	return given
}

// Fake starts the scripted Ollama, which holds its own models and keeps what it
// pulls in memory, as much as the folder's disk has room for.
func Fake() Start {
	return func(t *testing.T, store string) *api.Client {
		t.Helper()
		fake := fakeollama.New(fakeollama.Options{
			Models: []fakeollama.Model{fakeollama.Embedding(), fakeollama.Tiny()}, Disk: room(store),
		})
		fake.Set(func(b *fakeollama.Behaviour) { b.WordDelay = 5 }) // so that a client can leave in the middle
		s := httptest.NewServer(fake)
		t.Cleanup(s.Close)
		base, err := url.Parse(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		return api.NewClient(base, &http.Client{Transport: substitute{s.Client().Transport}})
	}
}

// Engine starts the built-in engine of a golocal binary.
func Engine(program string) Start {
	return func(t *testing.T, store string) *api.Client {
		t.Helper()
		dir, err := os.MkdirTemp("", "rt-") // a socket's path must be short
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { os.RemoveAll(dir) })
		if err := os.Chmod(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		socket := filepath.Join(dir, "s")
		cmd := exec.Command(program, "engine", "--socket", socket, "--store", store)
		stdin, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		run(t, cmd, func() { stdin.Close() })
		dialer := &net.Dialer{}
		client := &http.Client{Transport: substitute{&http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, "unix", socket)
		}}}}
		return await(t, api.NewClient(&url.URL{Scheme: "http", Host: "engine"}, client))
	}
}

// Ollama starts a real Ollama on a free port of this machine.
func Ollama(program string) Start {
	return func(t *testing.T, store string) *api.Client {
		t.Helper()
		host := OllamaHost(t, program, store)
		return api.NewClient(&url.URL{Scheme: "http", Host: host}, &http.Client{Transport: substitute{http.DefaultTransport}})
	}
}

// OllamaHost starts a real Ollama and returns where it listens, as host:port.
// It never reads or writes outside store and a home of its own.
func OllamaHost(t *testing.T, program, store string) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	host := ln.Addr().String()
	ln.Close()
	cmd := exec.Command(program, "serve")
	cmd.Env = append(os.Environ(), "OLLAMA_HOST="+host, "OLLAMA_MODELS="+store, "HOME="+t.TempDir(), "OLLAMA_NO_CLOUD=1")
	run(t, cmd, func() { cmd.Process.Signal(os.Interrupt) })
	await(t, api.NewClient(&url.URL{Scheme: "http", Host: host}, http.DefaultClient))
	return host
}

// run starts cmd and ends it with the test: by stop, after ten seconds by force.
func run(t *testing.T, cmd *exec.Cmd, stop func()) {
	t.Helper()
	log := &tail{}
	cmd.Stdout, cmd.Stderr = log, log
	cmd.WaitDelay = time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	t.Cleanup(func() {
		stop()
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			cmd.Process.Kill()
			<-ended
		}
		if t.Failed() {
			t.Logf("the runner's last words:\n%s", log)
		}
	})
}

// await waits until the runner answers.
func await(t *testing.T, c *api.Client) *api.Client {
	t.Helper()
	var err error
	for range 300 {
		if _, err = c.Version(t.Context()); err == nil {
			return c
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("the runner does not answer: %v", err)
	return nil
}
