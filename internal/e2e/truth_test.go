//go:build e2e

package e2e

import (
	"net"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"golocal/internal/fakeollama"
	"golocal/models"
)

// situation is a machine as far as a user's Ollama goes.
type situation struct {
	name   string
	env    []string // besides a home of its own
	doctor []string // pieces of what doctor says
	list   []string // of golocal models
	runner string   // of models suggest
	code   int      // of doctor
}

// ollama starts a scripted one and returns it with its address.
func ollama(t *testing.T, o fakeollama.Options, share float64) string {
	t.Helper()
	fake := fakeollama.New(o)
	fake.Set(func(b *fakeollama.Behaviour) {
		b.GPU, b.ColdLoad, b.Reply = share, 400, "The library opens at nine in the morning."
	})
	s := httptest.NewServer(fake)
	t.Cleanup(s.Close)
	return s.URL
}

// silent accepts connections and never answers.
func silent(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l.Addr().String()
}

// nobody is an address that refuses connections: its port is none that a system gives out.
const nobody = "127.0.0.1:1"

// situations are the five that a user can be in, some in several forms. PATH is
// cut so that no nvidia-smi of this machine speaks.
func situations(t *testing.T) []situation {
	engine := []string{"✓ runner     engine", "✓ trial      a question is embedded in", "✓ trial      smollm2:135m answers: loaded in", "tokens/s",
		"smollm2:135m: CPU only: the built-in engine computes on the processor"}
	with := func(more ...string) []string { return append(slices.Clone(engine), more...) }
	cloud := fakeollama.Chat()
	cloud.Name, cloud.RemoteModel, cloud.RemoteHost = "gpt-oss:120b-cloud", "gpt-oss:120b", "https://ollama.com:443"
	dead, refused := silent(t), nobody
	return []situation{
		{name: "no Ollama", env: []string{"GOLOCAL_OLLAMA=none"}, runner: "engine", doctor: engine,
			list: []string{"runner: engine", "smollm2:135m", "answers"}},
		{name: "GPU whole", env: []string{"GOLOCAL_OLLAMA=" + ollama(t, fakeollama.Options{}, 1)}, runner: "ollama",
			doctor: []string{"✓ runner     ollama 0.17.4", "✓ memory     llama3.2:3b: 100 % GPU", "unloads in 15 min", "llama3.2:3b answers: loaded in 0.4 s",
				"✓ cloud      Ollama's cloud features are on; golocal uses none of them", "OLLAMA_NO_CLOUD=1"},
			list: []string{"runner: ollama 0.17.4", "100 % GPU", "last answer: writes "}},
		{name: "GPU partly", env: []string{"GOLOCAL_OLLAMA=" + ollama(t, fakeollama.Options{}, .48)}, runner: "ollama",
			doctor: []string{"! memory     llama3.2:3b: 48 % GPU: 1.0 of 2.0 GB", "do not fit into GPU memory", "would fit"},
			list:   []string{"48 % GPU", "do not fit into GPU memory", "would fit"}},
		{name: "no GPU", env: []string{"GOLOCAL_OLLAMA=" + ollama(t, fakeollama.Options{}, 0)}, runner: "ollama",
			doctor: []string{"memory     llama3.2:3b: CPU only: no supported GPU found"}, list: []string{"CPU only: no supported GPU found"}},
		{name: "dead: never answers", env: []string{"GOLOCAL_OLLAMA=auto", "OLLAMA_HOST=" + dead}, runner: "engine",
			doctor: with("! runner     Ollama is not used: Ollama at http://"+dead+" accepts connections but does not answer", "restart Ollama"),
			list:   []string{"runner: engine", "accepts connections but does not answer", "restart Ollama"}},
		{name: "dead: refuses", env: []string{"GOLOCAL_OLLAMA=auto", "OLLAMA_HOST=" + refused}, runner: "engine",
			doctor: with("! runner     Ollama is not used: no Ollama answers at http://"+refused, "ollama serve"),
			list:   []string{"runner: engine", "no Ollama answers at", "ollama serve"}},
		{name: "dead: named in the config", env: []string{"GOLOCAL_OLLAMA=" + refused}, runner: "none",
			doctor: []string{"! runner     no Ollama answers at http://" + refused, "search goes by keywords", "ollama serve"},
			list:   []string{"no Ollama answers at", "next: start it: ollama serve"}},
		{name: "old", env: []string{"GOLOCAL_OLLAMA=auto", "OLLAMA_HOST=" + ollama(t, fakeollama.Options{Version: "0.16.0"}, 0)}, runner: "engine",
			doctor: with("Ollama is not used: Ollama 0.16.0", "older than 0.17.1", "CVE-2026-7482", "update Ollama from ollama.com"),
			list:   []string{"runner: engine", "Ollama 0.16.0", "update Ollama from ollama.com"}},
		{name: "cloud only", env: []string{"GOLOCAL_OLLAMA=" + ollama(t, fakeollama.Options{Models: []fakeollama.Model{cloud}}, 0)}, runner: "ollama",
			doctor: []string{"! cloud      gpt-oss:120b-cloud runs on its vendor's servers: golocal refuses it", "ollama rm gpt-oss:120b-cloud",
				"! embedding  no model for embedding is installed", "! chat       no model for answers is installed", "golocal models pull"},
			list: []string{"gpt-oss:120b-cloud", "runs on another machine (https://ollama.com:443)", "no model for answers is installed"}},
	}
}

func TestTruth_InEverySituation(t *testing.T) {
	t.Parallel()
	for _, s := range situations(t) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			s.holds(t)
		})
	}
}

// holds checks what doctor and models say.
func (s situation) holds(t *testing.T) {
	h := newHome(t, append(s.env, "PATH=/nowhere")...)
	said := h.run("doctor").want(t, s.code).out
	contains(t, s.name+": doctor", said, s.doctor)
	type finding struct {
		Level, What, Says string
		Next              string `json:"next_step"`
	}
	levels := map[string]bool{}
	for _, f := range decode[[]finding](t, h.run("doctor", "--json").want(t, s.code)) {
		levels[f.Level] = true
		if f.Level != "ok" && f.Next == "" && f.What != "vectors" {
			t.Errorf("%s: the finding %q has no next step", s.name, f.Says)
		}
	}
	if levels["error"] {
		t.Errorf("%s: doctor finds an error", s.name)
	}
	contains(t, s.name+": models", h.run("models").want(t, 0).out, s.list)
	type list struct {
		Runner string
		Models []struct{ Name string }
	}
	kind := s.runner
	if kind == "none" {
		kind = ""
	}
	if l := decode[list](t, h.run("models", "--json").want(t, 0)); l.Runner != kind || (len(l.Models) == 0) != (kind == "") {
		t.Errorf("%s: the runner is %q with %d models", s.name, l.Runner, len(l.Models))
	}
	suggestsWhatFits(t, h, s)
}

func contains(t *testing.T, what, text string, pieces []string) {
	t.Helper()
	for _, piece := range pieces {
		if !strings.Contains(text, piece) {
			t.Errorf("%s lacks %q:\n%s", what, piece, text)
		}
	}
}

// suggestsWhatFits checks the suggestions, which no missing runner may stop.
func suggestsWhatFits(t *testing.T, h *home, s situation) {
	t.Helper()
	text := h.run("models", "suggest").want(t, 0).out
	contains(t, s.name+": suggest", text, []string{"this machine: ", "gpu: no supported GPU found", "search by meaning", "writes answers, with ", "in memory with", "--all"})
	all := h.run("models", "suggest", "--all").want(t, 0).out
	contains(t, s.name+": suggest --all", all, []string{"mixtral:8x7b", "llama3.3:70b"})
	got := decode[models.Suggestions](t, h.run("models", "suggest", "--json").want(t, 0))
	if got.Runner != s.runner || got.Memory == 0 || len(got.Embedding) < 5 || len(got.Chat) < 12 {
		t.Fatalf("%s: %+v", s.name, got)
	}
	first, room := got.Chat[0], got.Room
	if first.Fit == models.FitsMemory && first.Need+got.Embedding[0].Need > room {
		t.Errorf("%s: %s and %s do not fit together", s.name, first.Model, got.Embedding[0].Model)
	}
	for _, c := range append(got.Embedding, got.Chat...) {
		if c.Model == "mixtral:8x7b" && c.NeedsOllama == "" {
			t.Errorf("%s: Mixtral does not need Ollama", s.name)
		}
		if !c.Installed && c.Command == "" {
			t.Errorf("%s: nothing tells how to get %s", s.name, c.Model)
		}
		if c.Model == "all-minilm" && c.Installed != (s.runner != "none" && s.name != "cloud only") {
			t.Errorf("%s: all-minilm installed: %v", s.name, c.Installed)
		}
	}
	if s.runner != "ollama" && first.NeedsOllama != "" {
		t.Errorf("%s: %s comes first and needs Ollama", s.name, first.Model)
	}
}
