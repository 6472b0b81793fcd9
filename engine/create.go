package engine

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/format"
	"github.com/ollama/ollama/fs/ggml"
	"github.com/ollama/ollama/template"
	names "github.com/ollama/ollama/types/model"
)

// create makes a model from what the request names: "files" (names to digests of
// uploaded blobs, as Ollama), or "from", which is a model's name or, what Ollama
// does not have, the absolute path of a GGUF file or of a folder with
// safetensors files.
func (s *Server) create(w http.ResponseWriter, r *http.Request) error {
	var req api.CreateRequest
	if err := decode(w, r, maxTexts, &req); err != nil {
		return err
	}
	name, err := parseName(req.Model)
	if err != nil {
		return err
	}
	switch {
	case req.Quantize != "":
		return badRequest("the built-in engine does not quantize: that needs Ollama")
	case len(req.Adapters) > 0:
		return badRequest("the built-in engine has no adapters: they need Ollama")
	case req.RemoteHost != "":
		return badRequest("models elsewhere are not used: nothing leaves this machine")
	case req.From == "" && len(req.Files) == 0:
		return badRequest("neither 'from' or 'files' was specified")
	}
	if req.Template != "" {
		if _, err := template.Parse(req.Template); err != nil {
			return badRequest("template error: %v", err)
		}
	}
	return s.progress(w, r, req.Stream, func(report func(api.ProgressResponse) error) error {
		b := builder{server: s, ctx: r.Context(), report: report}
		return b.create(name, req)
	})
}

// builder makes one model.
type builder struct {
	server *Server
	ctx    context.Context // of the request
	report func(api.ProgressResponse) error

	layers []layer
	kv     ggml.KV
	config names.ConfigV2
}

func (b *builder) create(name names.Name, req api.CreateRequest) (err error) {
	st := b.server.store
	lock, err := st.share(b.ctx)
	if err != nil {
		return err
	}
	defer func() {
		_ = lock.Close()
		if err != nil { // what was made for it is of no use
			_ = st.prune(b.layers)
		}
	}()
	switch {
	case filepath.IsAbs(req.From):
		err = b.fromPath(req.From)
	case req.From != "":
		err = b.fromModel(req.From)
	default:
		err = b.fromFiles(req.Files)
	}
	if err != nil {
		return err
	}
	if err := b.extras(req); err != nil {
		return err
	}
	config, err := b.describe(req)
	if err != nil {
		return err
	}
	if err := b.say("writing manifest"); err != nil {
		return err
	}
	old, oldErr := st.find(name)
	if err := st.write(name, config, b.layers); err != nil {
		return fmt.Errorf("write manifest of %s: %w", name.DisplayShortest(), err)
	}
	_ = lock.Close() // prune must be alone
	if oldErr == nil {
		if err := st.prune(old.manifest.all()); err != nil {
			b.server.log.Warn("blobs of a replaced model stay", "model", name.DisplayShortest(), "err", err)
		}
	}
	return b.say("success")
}

func (b *builder) say(status string) error { return b.report(api.ProgressResponse{Status: status}) }

// fromModel takes the layers of a model of either store.
func (b *builder) fromModel(raw string) error {
	m, err := b.server.installed(raw)
	if err != nil {
		return err
	}
	b.kv, b.config = m.kv, m.config
	for _, l := range m.manifest.Layers {
		if _, ok := b.server.store.has(l.Digest); !ok {
			path, err := m.store.blob(l.Digest)
			if err != nil {
				return err
			}
			if l, err = b.copy(path, l.MediaType); err != nil {
				return err
			}
		}
		b.layers = append(b.layers, l)
	}
	return nil
}

// fromFiles takes uploaded blobs: one GGUF file, or a safetensors folder.
func (b *builder) fromFiles(files map[string]string) error {
	var gguf []string
	for name, digest := range files {
		if !fs.ValidPath(name) {
			return badRequest("file path must be relative")
		}
		if _, ok := b.server.store.has(digest); !ok {
			return badRequest("file %s: no blob %.100q; upload it first", name, digest)
		}
		if strings.HasSuffix(name, ".gguf") {
			gguf = append(gguf, digest)
		}
	}
	switch {
	case len(gguf) == 1 && len(files) == 1:
		path, err := b.server.store.blob(gguf[0])
		if err != nil {
			return err
		}
		if err := b.check(path); err != nil {
			return err
		}
		size, _ := b.server.store.has(gguf[0])
		b.layers = append(b.layers, layer{MediaType: typeWeights, Digest: gguf[0], Size: size})
		return nil
	case len(gguf) > 0:
		return badRequest("a model of several GGUF files needs Ollama")
	}
	dir, err := os.MkdirTemp(b.server.store.blobs(), tempPrefix) // links need the same volume
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for name, digest := range files {
		path, err := b.server.store.blob(digest)
		if err != nil {
			return err
		}
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			return err
		}
		if err := os.Link(path, to); err != nil {
			return err
		}
	}
	return b.convert(dir)
}

// fromPath takes a GGUF file or a safetensors folder of this machine.
func (b *builder) fromPath(path string) error {
	st, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return badRequest("%s: no such file or folder", path)
	case err != nil:
		return err
	case st.IsDir():
		return b.convert(path)
	case !st.Mode().IsRegular():
		return badRequest("%s: not a regular file", path)
	}
	if err := b.check(path); err != nil {
		return err
	}
	l, err := b.copy(path, typeWeights)
	if err != nil {
		return err
	}
	b.layers = append(b.layers, l)
	return nil
}

// check reads a GGUF file's header and refuses what the engine cannot run.
func (b *builder) check(path string) error {
	if err := b.say("parsing GGUF"); err != nil {
		return err
	}
	g, err := readGGUF(path, keepArrays)
	if err != nil {
		return badRequest("%s: %v", filepath.Base(path), err)
	}
	if err := checkArchitecture(g.KV()); err != nil {
		return badRequest("%v", err)
	}
	b.kv = g.KV()
	return nil
}

// copy puts a file into the store.
func (b *builder) copy(path, mediaType string) (layer, error) {
	f, err := os.Open(path)
	if err != nil {
		return layer{}, err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return layer{}, err
	}
	if err := b.server.store.room(st.Size()); err != nil {
		return layer{}, err
	}
	d, err := b.server.store.draft()
	if err != nil {
		return layer{}, err
	}
	defer d.drop()
	m := meter{report: b.report, ctx: b.ctx, p: api.ProgressResponse{Status: "copying model", Total: st.Size()}}
	if err := d.fill(io.TeeReader(f, &m)); err != nil {
		return layer{}, fmt.Errorf("copy %s: %w", filepath.Base(path), err)
	}
	return d.keep(mediaType)
}

// extras replaces template, system prompt, options and licence by the
// request's, and adds the template that the weights ask for.
func (b *builder) extras(req api.CreateRequest) error {
	has := func(mediaType string) bool {
		return slices.ContainsFunc(b.layers, func(l layer) bool { return l.MediaType == mediaType })
	}
	params := req.Parameters
	source := req.Template
	if _, pools := b.kv[b.kv.Architecture()+".pooling_type"]; source == "" && !pools && !has(typeTemplate) {
		if f := formFor(b.kv.ChatTemplate()); f.name != plain.name {
			if err := b.say("using autodetected template " + f.name); err != nil {
				return err
			}
			source = f.template
			if len(params) == 0 && !has(typeParams) && len(f.stop) > 0 {
				params = map[string]any{"stop": f.stop}
			}
		}
	}
	set := func(mediaType, content string) error {
		l, err := b.server.store.put(mediaType, content)
		if err != nil {
			return err
		}
		b.layers = slices.DeleteFunc(b.layers, func(l layer) bool { return l.MediaType == mediaType })
		b.layers = append(b.layers, l)
		return b.say("creating new layer " + l.Digest)
	}
	setJSON := func(mediaType string, v any) error {
		text, err := json.Marshal(v)
		if err != nil {
			return err
		}
		return set(mediaType, string(text))
	}
	if source != "" {
		if err := set(typeTemplate, source); err != nil {
			return err
		}
	}
	if req.System != "" {
		if err := set(typeSystem, req.System); err != nil {
			return err
		}
	}
	if len(params) > 0 {
		if err := setJSON(typeParams, params); err != nil {
			return err
		}
	}
	if len(req.Messages) > 0 {
		if err := setJSON(typeMessages, req.Messages); err != nil {
			return err
		}
	}
	switch l := req.License.(type) {
	case string:
		if l != "" {
			return set(typeLicense, l)
		}
	case []any:
		var all []string
		for _, v := range l {
			all = append(all, fmt.Sprint(v))
		}
		return set(typeLicense, strings.Join(all, "\n"))
	}
	return nil
}

// describe writes the config blob.
func (b *builder) describe(req api.CreateRequest) (layer, error) {
	c := b.config
	c.ModelFormat = "gguf"
	c.ModelFamily = b.kv.Architecture()
	c.ModelFamilies = []string{c.ModelFamily}
	c.ModelType = format.HumanNumber(b.kv.ParameterCount())
	c.FileType = b.kv.FileType().String()
	c.Renderer, c.Parser = cmp.Or(req.Renderer, c.Renderer), cmp.Or(req.Parser, c.Parser)
	c.Architecture, c.OS = "amd64", "linux" // as Ollama writes on every machine
	c.RootFS = names.RootFS{Type: "layers"}
	for _, l := range b.layers {
		c.RootFS.DiffIDs = append(c.RootFS.DiffIDs, l.Digest)
	}
	text, err := json.Marshal(c)
	if err != nil {
		return layer{}, err
	}
	return b.server.store.put(typeConfig, string(text))
}
