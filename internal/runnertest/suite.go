package runnertest

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/ollama/ollama/api"
)

// The models that Suite works with; the store must hold both.
const (
	EmbeddingModel = "all-minilm:latest" // 384 dimensions, 512 tokens
	ChatModel      = "smollm2:135m"      // 8192 tokens
)

// Suite runs the contract against one runner. It works on a copy of the store,
// which it never changes.
func Suite(t *testing.T, start Start, store string) {
	c := start(t, Copy(t, store))
	for _, part := range []struct {
		name string
		run  func(*testing.T, *api.Client)
	}{
		{"embed", embed}, {"chat", chat}, {"show", show}, {"ps", ps}, {"errors", refusals},
	} {
		t.Run(part.name, func(t *testing.T) { part.run(t, c) })
	}
}

// Copy makes a model store of links to the files of another, in a folder that
// ends with the test. "" makes an empty one.
func Copy(t testing.TB, store string) string {
	t.Helper()
	to := t.TempDir()
	if store == "" {
		return to
	}
	err := filepath.WalkDir(store, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(store, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		switch {
		case d.IsDir():
			return os.MkdirAll(target, 0o700)
		case rel == ".lock" || !d.Type().IsRegular():
			return nil
		case filepath.Base(filepath.Dir(path)) == "blobs" && os.Link(path, target) == nil:
			return nil // runners write no blob in place
		}
		return duplicate(path, target)
	})
	if err != nil {
		t.Fatalf("copy the model store %s: %v", store, err)
	}
	return to
}

func duplicate(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// refused fails the test unless err is one of the runner with that status.
func refused(t *testing.T, err error, status int) (text string) {
	t.Helper()
	said, ok := errors.AsType[api.StatusError](err)
	if !ok || said.StatusCode != status {
		t.Errorf("got the error %v, want one with status %d", err, status)
	}
	return said.ErrorMessage
}

// loaded finds a model among those that ps lists.
func loaded(ctx context.Context, t *testing.T, c *api.Client, name string) (api.ProcessModelResponse, bool) {
	t.Helper()
	list, err := c.ListRunning(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list.Models {
		if m.Name == name {
			return m, true
		}
	}
	return api.ProcessModelResponse{}, false
}
