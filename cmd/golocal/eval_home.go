package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// evalHome is a temporary home with an index of its own, for measuring on a
// folder of files with the same models and parser cache.
type evalHome struct {
	cli   cli    // works in the temporary home
	files string // the folder to put files into, before start
	temp  string
	*session
}

// newEvalHome makes the home; nothing runs before start. close removes it.
func (c *cli) newEvalHome() (*evalHome, error) {
	temp, err := os.MkdirTemp("", "golocal-eval-")
	if err != nil {
		return nil, fmt.Errorf("make a temporary home: %w", err)
	}
	h := &evalHome{cli: *c, temp: temp, files: filepath.Join(temp, "files")}
	h.cli.paths.Data, h.cli.paths.Run = filepath.Join(temp, "index"), filepath.Join(temp, "run")
	if err := h.cli.paths.make(); err != nil {
		return nil, errors.Join(err, h.close())
	}
	if err := os.Mkdir(h.files, 0o700); err != nil {
		return nil, errors.Join(fmt.Errorf("make a temporary home: %w", err), h.close())
	}
	return h, nil
}

// write puts a file into the folder.
func (h *evalHome) write(name, text string) error {
	if err := os.WriteFile(filepath.Join(h.files, name), []byte(text), 0o600); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// start indexes the files and leaves the index open.
func (h *evalHome) start(ctx context.Context) error {
	var err error
	if h.session, err = h.cli.connect(ctx); err != nil {
		return err
	}
	if err := h.cli.needModels(ctx, h.session, false, false); err != nil {
		return err
	}
	if _, err := h.cli.addFolder(ctx, h.session, h.files); err != nil {
		return err
	}
	return h.cli.syncAll(ctx, h.session, nil, false)
}

func (h *evalHome) close() error {
	var err error
	if h.session != nil {
		err = h.session.close()
	}
	return errors.Join(err, os.RemoveAll(h.temp))
}
