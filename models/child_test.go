package models

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"golocal"
)

func TestEngine_StartsWhenNoOllamaAnswers(t *testing.T) {
	t.Setenv("OLLAMA_HOST", deadAddress(t))
	m := opened(t, "", withEngine(t))
	if r := m.Runner(); r.Kind != "engine" || r.Version != "0.17.4" || r.Reason != "" {
		t.Fatalf("runner %+v", r)
	}
	v, err := m.EmbedQuery(t.Context(), "cats")
	if err != nil || len(v) != 384 {
		t.Fatalf("%d dims, %v", len(v), err)
	}
	m.mu.Lock()
	ch, socket := m.child, m.conn.at.dial[0]
	m.mu.Unlock()
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	if !ch.ended() {
		t.Error("the engine outlives Close")
	}
	if _, err := os.Stat(socket); !errors.Is(err, os.ErrNotExist) {
		t.Error("the socket stays:", err)
	}
	if _, err := m.EmbedQuery(t.Context(), "cats"); !errors.Is(err, golocal.ErrUnavailable) {
		t.Errorf("after Close: %v", err)
	}
}

func TestEngine_NeverReplacesAConfiguredOllama(t *testing.T) {
	m := opened(t, deadAddress(t), withEngine(t))
	if r := m.Runner(); r.Kind != "none" {
		t.Errorf("%+v", r)
	}
}

func TestEngine_NotesAnUnusableOllama(t *testing.T) {
	t.Setenv("OLLAMA_HOST", "http://10.0.0.5:11434")
	r := opened(t, "", withEngine(t)).Runner()
	if r.Kind != "engine" || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "10.0.0.5") || !strings.Contains(r.Notes[0], "refused") {
		t.Errorf("%+v", r)
	}
}

func TestEngine_RestartsAfterACrash(t *testing.T) {
	var store string
	start := withEngine(t)
	m := opened(t, "none", func(o *Options, l *timing) { start(o, l); store = o.Store })
	if _, err := m.EmbedQuery(t.Context(), "cats"); err != nil {
		t.Fatal(err)
	}
	m.mu.Lock()
	first := m.child
	m.mu.Unlock()
	if err := first.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-first.done
	if _, err := m.EmbedQuery(t.Context(), "cats"); err != nil {
		t.Fatal("after a crash:", err)
	}
	if n := m.Runner().Restarts; n != 1 {
		t.Errorf("%d restarts counted, want 1", n)
	}
	// An engine that dies of every request is not started again and again.
	mark(t, store, "CRASH")
	start2 := time.Now()
	for range 20 {
		if _, err := m.EmbedQuery(t.Context(), "cats"); !errors.Is(err, golocal.ErrUnavailable) {
			t.Fatalf("with a dying engine: %v", err)
		}
	}
	if r := m.Runner(); r.Restarts > 6 || r.Kind != "none" {
		t.Errorf("after %v: %+v", time.Since(start2), r)
	}
	if err := os.Remove(filepath.Join(store, "CRASH")); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(5 * time.Second)
	for {
		_, err := m.EmbedQuery(t.Context(), "cats")
		if err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("does not come back:", err)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestEngine_SaysWhyItDoesNotStart(t *testing.T) {
	r := opened(t, "none", withEngine(t, "CRASH")).Runner()
	if r.Kind != "none" || !strings.Contains(r.Reason, "the store is on fire") || r.NextStep == "" {
		t.Errorf("%+v", r)
	}
}

func TestEngine_MissingFromThisBuild(t *testing.T) {
	for name, change := range map[string]func(*Options, *timing){
		"no executable": nil,
		"no cgo":        withEngine(t, "UNSUPPORTED"),
	} {
		r := opened(t, "none", change).Runner()
		if r.Kind != "none" || !strings.Contains(r.Reason, "no engine") || !strings.Contains(r.NextStep, "install Ollama") {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestEngine_LacksSomethingOfThisMachine(t *testing.T) {
	r := opened(t, "none", func(o *Options, _ *timing) {
		o.NoEngine = &Unavailable{Reason: "the processor is too old", Next: "build it for this one"}
	}).Runner()
	if r.Kind != "none" || r.Reason != "the processor is too old" || r.NextStep != "build it for this one" {
		t.Errorf("%+v", r)
	}
}

func TestEngine_SocketInALongFolder(t *testing.T) {
	start := withEngine(t)
	m := opened(t, "none", func(o *Options, l *timing) {
		start(o, l)
		o.State = filepath.Join(o.State, strings.Repeat("deep/", 20))
	})
	if r := m.Runner(); r.Kind != "engine" || len(r.Address) > longestSocket {
		t.Fatalf("%+v", r)
	}
	folder := filepath.Dir(m.Runner().Address)
	if info, err := os.Stat(folder); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the socket's folder: %v, %v", info.Mode(), err)
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Error("the socket's folder stays:", err)
	}
}

func TestSweepSockets_LeavesLivingOnes(t *testing.T) {
	m := opened(t, "none", withEngine(t))
	alive := m.Runner().Address
	dead := filepath.Join(filepath.Dir(alive), "engine-99999999-1.sock")
	if err := os.WriteFile(dead, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	sweepSockets(filepath.Dir(alive))
	if _, err := os.Stat(dead); !errors.Is(err, os.ErrNotExist) {
		t.Error("a dead socket stays:", err)
	}
	if _, err := os.Stat(alive); err != nil {
		t.Error("a living socket is removed:", err)
	}
}

func TestEngine_UsesOllamasStore(t *testing.T) {
	theirs := func(parts ...string) string {
		dir := filepath.Join(t.TempDir(), "store")
		for _, p := range parts {
			if err := os.MkdirAll(filepath.Join(dir, p), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	broken := theirs("blobs")
	if err := os.WriteFile(filepath.Join(broken, "manifests"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	closed := theirs("blobs", "manifests")
	if err := os.Chmod(filepath.Join(closed, "manifests"), 0); err != nil {
		t.Fatal(err)
	}
	root := os.Geteuid() <= 0 || runtime.GOOS == "windows" // to whom nothing is closed
	for _, c := range []struct {
		name, dir  string
		used, note bool
	}{
		{"none", "", false, false},
		{"with models", theirs("manifests", "blobs"), true, false},
		{"empty", theirs(), false, false},
		{"not readable", broken, false, true},
		{"closed to this user", closed, root, !root},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := withEngine(t)
			m := opened(t, "none", func(o *Options, l *timing) { start(o, l); o.OllamaStore = c.dir })
			st, err := m.Status(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			listed := slices.ContainsFunc(st.Models, func(m Model) bool { return m.Name == "theirs:store" })
			if listed != c.used || (st.Runner.OllamaStore != "") != c.used {
				t.Errorf("listed: %v, runner %+v", listed, st.Runner)
			}
			if n := st.Runner.Notes; (len(n) == 1) != c.note || c.note && !strings.Contains(n[0], c.dir+" are not used") {
				t.Errorf("notes %q", n)
			}
			if _, err := m.EmbedQuery(t.Context(), "cats"); err != nil {
				t.Error("golocal's own models:", err)
			}
		})
	}
}
