package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"go.yaml.in/yaml/v3"

	"golocal/retrieve"
	"golocal/web"
)

// scopes are the saved scopes, as web.Scopes. They lie in a file of the user's
// beside the config, by name: the text of their conditions, so that "last-week"
// is always the last one. Whoever edits the file by hand is understood at once.
type scopes struct {
	path string
	mu   sync.Mutex // one writer
}

func newScopes(p paths) *scopes {
	return &scopes{path: filepath.Join(filepath.Dir(p.Config), "scopes.yaml")}
}

var scopeName = regexp.MustCompile(`^[\pL\pN][\pL\pN_-]{0,40}$`)

func (s *scopes) read() (map[string]string, error) {
	data, err := os.ReadFile(s.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read the saved scopes: %w", err)
	}
	all := map[string]string{}
	if err := yaml.Unmarshal(data, &all); err != nil {
		return nil, fmt.Errorf("read the saved scopes: %s: %s", s.path, explainYAML(err, data))
	}
	return all, nil
}

// text is a saved scope's text; one that cannot be read is none.
func (s *scopes) text(name string) (string, bool) {
	all, err := s.read()
	text, ok := all[name]
	return text, ok && err == nil
}

func (s *scopes) List(context.Context) ([]web.SavedScope, error) {
	all, err := s.read()
	if err != nil {
		return nil, err
	}
	list := []web.SavedScope{}
	for name, text := range all {
		list = append(list, web.SavedScope{Name: name, Text: text})
	}
	slices.SortFunc(list, func(a, b web.SavedScope) int { return strings.Compare(a.Name, b.Name) })
	return list, nil
}

func (s *scopes) Save(_ context.Context, sc web.SavedScope) error {
	if !scopeName.MatchString(sc.Name) {
		return &web.Problem{Status: http.StatusBadRequest, Code: "invalid", Message: fmt.Sprintf("%q is no name for a scope", sc.Name), Next: "use letters, digits, - and _"}
	}
	if err := retrieve.Conditions(sc.Text, time.Now()); err != nil {
		return &web.Problem{Status: http.StatusBadRequest, Code: "invalid", Message: err.Error()}
	}
	return s.change(func(all map[string]string) error {
		all[sc.Name] = sc.Text
		return nil
	})
}

func (s *scopes) Remove(_ context.Context, name string) error {
	return s.change(func(all map[string]string) error {
		if _, ok := all[name]; !ok {
			return fmt.Errorf("saved scope %q: %w", name, fs.ErrNotExist)
		}
		delete(all, name)
		return nil
	})
}

// change writes the file anew, whole or not at all.
func (s *scopes) change(f func(map[string]string) error) (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all, err := s.read()
	if err != nil {
		return err
	}
	if err := f(all); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := yaml.NewEncoder(&b).Encode(all); err != nil {
		return fmt.Errorf("save the scopes: %w", err)
	}
	t, err := os.CreateTemp(filepath.Dir(s.path), ".scopes-*")
	if err != nil {
		return fmt.Errorf("save the scopes: %w", err)
	}
	_, err = t.Write(b.Bytes())
	err = errors.Join(err, t.Sync(), t.Close())
	if err == nil {
		err = os.Rename(t.Name(), s.path)
	}
	if err != nil {
		return fmt.Errorf("save the scopes: %w", errors.Join(err, os.Remove(t.Name())))
	}
	return nil
}
