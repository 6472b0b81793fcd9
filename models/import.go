package models

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/ollama/ollama/api"
	"github.com/ollama/ollama/convert"

	"golocal/internal/remark"
)

// Import takes a GGUF file, or a directory of safetensors with their
// configuration, into the runner under a name; "" makes one from the path.
func (m *Models) Import(ctx context.Context, name, path string, progress func(Progress)) error {
	if progress == nil {
		progress = func(Progress) {}
	}
	c, err := m.ready(ctx)
	if err != nil {
		return err
	}
	if name == "" {
		name = importedName(path)
	}
	if path, err = expand(path); err != nil {
		return fmt.Errorf("import %s: %w", path, err)
	}
	if err := m.importFile(ctx, c, name, path, progress); err != nil {
		return fmt.Errorf("import %s as %s: %w", path, name, err)
	}
	return m.taken(ctx, c, name, progress)
}

// importFile creates a model from a file or directory. The engine reads it
// itself; Ollama gets it as a blob, directories converted here first: of its
// own conversion some kinds fail (BERT in 0.17.4).
func (m *Models) importFile(ctx context.Context, c *connection, name, path string, progress func(Progress)) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if c.kind == "engine" {
		progress(Progress{Stage: StageCreate, Model: name}.saying(remark.FetchTakes, filepath.Base(path)))
		return create(ctx, c.client, &api.CreateRequest{Model: name, From: path})
	}
	if info.IsDir() {
		progress(Progress{Stage: StageCreate, Model: name}.saying(remark.FetchConverts, filepath.Base(path)))
		gguf, err := m.toGGUF(path)
		if err != nil {
			return err
		}
		defer os.Remove(gguf)
		path = gguf
	} else if !info.Mode().IsRegular() {
		return errors.New("not a regular file")
	}
	progress(Progress{Stage: StageCreate, Model: name, Total: info.Size()}.saying(remark.FetchHands, filepath.Base(path)))
	return Hand(ctx, c.client, name, path)
}

// Hand gives a GGUF file to a runner as a blob and makes a model of it.
func Hand(ctx context.Context, client *api.Client, name, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	magic := make([]byte, 4)
	if _, err := io.ReadFull(f, magic); err != nil || string(magic) != "GGUF" {
		return errors.New("not a GGUF file; golocal takes GGUF files and safetensors directories")
	}
	digest, err := digestOf(ctx, f)
	if err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if err := client.CreateBlob(ctx, digest, f); err != nil {
		return fmt.Errorf("hand it to the model runner: %w", err)
	}
	return create(ctx, client, &api.CreateRequest{Model: name, Files: map[string]string{"model.gguf": digest}})
}

func create(ctx context.Context, client *api.Client, req *api.CreateRequest) error {
	f := &fault{line: maxLine, total: maxPull}
	success := false
	err := client.Create(withFault(ctx, f), req, func(p api.ProgressResponse) error {
		success = success || p.Status == "success"
		return nil
	})
	switch {
	case err != nil:
		return err
	case f.err != nil:
		return f.err
	case !success:
		return errors.New("the model runner did not finish")
	}
	return nil
}

// toGGUF converts a safetensors directory into a file of the state folder,
// which the caller removes.
func (m *Models) toGGUF(dir string) (path string, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return "", err
	}
	defer root.Close()
	out, err := os.CreateTemp(m.o.State, "convert-*.gguf")
	if err != nil {
		return "", err
	}
	defer func() {
		// The converter panics on some broken inputs.
		if p := recover(); p != nil {
			err = fmt.Errorf("convert: %v", p)
		}
		err = errors.Join(err, out.Close())
		if err != nil {
			os.Remove(out.Name())
		}
	}()
	if err := convert.ConvertModel(root.FS(), out); err != nil {
		return "", fmt.Errorf("convert: %w", err)
	}
	return out.Name(), nil
}

// digestOf is a reader's SHA-256 in Ollama's spelling.
func digestOf(ctx context.Context, r io.Reader) (string, error) {
	h := sha256.New()
	if r, ok := r.(io.Seeker); ok {
		if _, err := r.Seek(0, io.SeekStart); err != nil {
			return "", err
		}
	}
	if _, err := io.Copy(h, readerFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return r.Read(p)
	})); err != nil {
		return "", err
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil)), nil
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// fromOwnStore hands a model of golocal's own store to Ollama, so that a user
// who installs Ollama later downloads nothing twice.
func (f *fetch) fromOwnStore(ctx context.Context, name string, p pin, pinned bool) (bool, error) {
	names := []string{name}
	if f.name == "" && pinned {
		names = append(names, p.model)
	}
	for _, name := range names {
		path, ok := Weights(f.m.o.Store, name)
		if !ok {
			continue
		}
		if err := f.m.importFile(ctx, f.c, name, path, f.progress); err != nil {
			if ctx.Err() != nil {
				return false, ctx.Err()
			}
			f.progress(Progress{Stage: StageNote, Model: name}.saying(remark.CopyPassed, remark.Of(err)))
			continue
		}
		return true, f.m.taken(ctx, f.c, name, f.progress)
	}
	return false, nil
}

var blobDigest = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)

// Weights finds the GGUF file of a model in a store of Ollama's layout.
func Weights(store, name string) (string, bool) {
	model, tag, _ := strings.Cut(canonical(name), ":")
	if store == "" || strings.Contains(model, "/") || !filepath.IsLocal(model) || !filepath.IsLocal(tag) {
		return "", false
	}
	data, err := os.ReadFile(filepath.Join(store, "manifests", "registry.ollama.ai", "library", model, tag))
	if err != nil {
		return "", false
	}
	var manifest struct {
		Layers []struct {
			MediaType string `json:"mediaType"`
			Digest    string `json:"digest"`
		} `json:"layers"`
	}
	if json.Unmarshal(data, &manifest) != nil {
		return "", false
	}
	for _, l := range manifest.Layers {
		if l.MediaType == "application/vnd.ollama.image.model" && blobDigest.MatchString(l.Digest) {
			path := filepath.Join(store, "blobs", strings.Replace(l.Digest, ":", "-", 1))
			if _, err := os.Stat(path); err == nil {
				return path, true
			}
		}
	}
	return "", false
}
