package engine

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/ollama/ollama/api"

	"golocal/engine/runner"
)

// short makes a folder whose path leaves room for a socket's name.
func short(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "gl")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// await calls the engine until it answers.
func await(t *testing.T, c *api.Client) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		_, err := c.Version(t.Context())
		if err == nil {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("no answer: %v", err)
		}
	}
}

func TestServe_PrivateSocketUntilTheEnd(t *testing.T) {
	for _, end := range []string{"context", "parent"} {
		dir := short(t)
		socket := filepath.Join(dir, "run", "s")
		parent, hold := io.Pipe()
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- Serve(ctx, socket, Options{Store: filepath.Join(dir, "store"), Parent: parent}) }()
		await(t, dialClient(socket))
		if runtime.GOOS != "windows" {
			for path, want := range map[string]os.FileMode{socket: 0o600, filepath.Dir(socket): 0o700} {
				if st, err := os.Stat(path); err != nil || st.Mode().Perm() != want {
					t.Errorf("%s: %v, %v", path, st.Mode(), err)
				}
			}
		}
		if err := Serve(ctx, socket, Options{Store: filepath.Join(dir, "store")}); err == nil || !strings.Contains(err.Error(), "another engine answers") {
			t.Errorf("a second engine on one socket: %v", err)
		}
		if end == "parent" {
			_ = hold.Close()
		} else {
			cancel()
		}
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("end by %s: %v", end, err)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("the engine outlives its %s", end)
		}
		cancel()
		_ = hold.Close()
	}
}

func TestListen_WhatIsInTheWay(t *testing.T) {
	dir := short(t)
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(dir, "s")
	dead, err := net.ListenUnix("unix", &net.UnixAddr{Name: socket})
	if err != nil {
		t.Fatal(err)
	}
	dead.SetUnlinkOnClose(false)
	_ = dead.Close()
	l, err := listen(t.Context(), socket)
	if err != nil {
		t.Fatalf("a dead socket stays in the way: %v", err)
	}
	_ = l.Close()
	if err := os.WriteFile(socket, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := listen(t.Context(), socket); err == nil || !strings.Contains(err.Error(), "no socket") {
		t.Errorf("a file: %v", err)
	}
	if b, err := os.ReadFile(socket); err != nil || string(b) != "mine" {
		t.Errorf("the file is gone: %v", err)
	}
	if _, err := listen(t.Context(), "/"+strings.Repeat("x", maxSocketPath)); err == nil || !strings.Contains(err.Error(), "bytes") {
		t.Errorf("a long path: %v", err)
	}
	if runtime.GOOS == "windows" {
		return // modes mean nothing there
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := listen(t.Context(), filepath.Join(dir, "t")); err == nil || !strings.Contains(err.Error(), "open to others") {
		t.Errorf("an open folder: %v", err)
	}
}

func TestParseFlags(t *testing.T) {
	o, socket, err := parseFlags(strings.Fields("--socket /a/s --store /b --offline --keep-alive 1h --read-only /c --threads 3"))
	if err != nil || socket != "/a/s" || o.Store != "/b" || !o.Offline || o.KeepAlive != time.Hour || o.ReadOnly != "/c" || o.Threads != 3 || o.Dir != "/a" {
		t.Errorf("%+v %s %v", o, socket, err)
	}
	for _, bad := range []string{"", "--socket s", "--store s", "--socket a --store b extra", "--socket a --store b --nope"} {
		if _, _, err := parseFlags(strings.Fields(bad)); !errors.Is(err, ErrUsage) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// The command itself, as a child: it serves, tells a broken model from its own
// end, and goes when its standard input does.
func TestMain_ChildProcess(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := short(t)
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(dir, "s")
	cmd := exec.Command(exe, "engine", "--socket", socket, "--store", filepath.Join(dir, "store"), "--offline")
	var log bytes.Buffer
	cmd.Stderr = &log
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	c := dialClient(socket)
	await(t, c)
	if err := c.Create(t.Context(), &api.CreateRequest{Model: "hollow", From: writeModel(t, embedder())}, func(api.ProgressResponse) error { return nil }); err != nil {
		t.Fatal(err)
	}
	// Its weights are not those of any model: the runner must say so and the engine go on.
	var status api.StatusError
	if _, err := c.Embed(t.Context(), &api.EmbedRequest{Model: "hollow", Input: "a"}); !errors.As(err, &status) || status.StatusCode != 500 || !strings.Contains(status.ErrorMessage, "load hollow") {
		t.Errorf("a model without weights: %v", err)
	}
	if !runner.Supported() && !strings.Contains(status.ErrorMessage, "this build has no engine; install Ollama, or build with a C++ compiler") {
		t.Errorf("without cgo: %s", status.ErrorMessage)
	}
	if _, err := c.Version(t.Context()); err != nil {
		t.Errorf("after a broken model: %v", err)
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("%v: %s", err, &log)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the engine outlives its parent")
	}
	if _, err := os.Lstat(socket); err == nil {
		t.Error("the socket stays")
	}
}
