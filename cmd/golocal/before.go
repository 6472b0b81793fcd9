package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// before is the file that keeps the name of the embedding model that was in use
// before the last change to another, so that one can go back.
func (p paths) before() string { return filepath.Join(p.Run, "embedding-before") }

// noteBefore keeps a name; "" forgets it.
func (p paths) noteBefore(name string) error {
	var err error
	if name == "" {
		if err = os.Remove(p.before()); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	} else {
		err = os.WriteFile(p.before(), []byte(name+"\n"), 0o600)
	}
	if err != nil {
		return fmt.Errorf("keep the model before: %w", err)
	}
	return nil
}

func (p paths) readBefore() string {
	data, err := os.ReadFile(p.before())
	if err != nil {
		return "" // none, or it cannot be told: nothing is offered
	}
	return strings.TrimSpace(string(data))
}
