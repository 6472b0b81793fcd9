package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golocal/eval"
)

// evalCacheLimit is how many bytes the kept homes of evaluations may have.
const evalCacheLimit = 4 << 30

// evalFile is a file to be indexed for an evaluation.
type evalFile struct{ name, text string }

// evalHome is a home of its own for measuring on a folder of files: an index,
// vectors of passages and of questions. It is kept between runs by what is in
// the files and how they are embedded and cut, so that a second run embeds
// nothing and one that was killed goes on.
type evalHome struct {
	cli   cli
	entry *eval.Entry
	files string
	*session
}

// evalCache is where homes of evaluations are kept; dir "" is the usual place.
func (c *cli) evalCache(dir string) eval.Cache {
	if dir == "" {
		dir = filepath.Join(c.paths.Cache, "eval")
	}
	return eval.Cache{Dir: dir, Limit: evalCacheLimit}
}

// openEvalHome takes the home of these files, or makes it, and brings its index
// up to date. close gives it back.
func (c *cli) openEvalHome(ctx context.Context, cache eval.Cache, files []evalFile) (_ *evalHome, err error) {
	embedding, err := json.Marshal([]any{c.config.EmbeddingModel, c.config.prompts(), c.limit})
	if err != nil {
		return nil, err
	}
	key := []string{string(embedding)}
	for _, f := range files {
		key = append(key, f.name, f.text)
	}
	h := &evalHome{cli: *c}
	h.entry, err = cache.Take(ctx, eval.Key(key...), func(holder string) {
		c.t.notef("another evaluation%s uses the kept index of these files; waiting for it, at most %v\n", inBrackets(holder), eval.Patience)
	})
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, h.close())
		}
	}()
	if err := cache.Prune(); err != nil {
		return nil, err
	}
	dir := h.entry.Dir
	h.files = filepath.Join(dir, "files")
	// None of golocal's own folders may lie above the files, or they would not be indexed.
	h.cli.paths.Config = filepath.Join(dir, "config", filepath.Base(c.paths.Config))
	h.cli.paths.Data, h.cli.paths.Run, h.cli.paths.Cache = filepath.Join(dir, "index"), filepath.Join(dir, "run"), filepath.Join(dir, "cache")
	if err := h.cli.paths.make(); err != nil {
		return nil, err
	}
	if err := h.write(files); err != nil {
		return nil, err
	}
	if h.cli.questions, err = eval.OpenVectors(filepath.Join(dir, "questions")); err != nil {
		return nil, err
	}
	return h, h.start(ctx)
}

// inBrackets is what is known of somebody behind who it is, "" for nothing.
func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

// write puts the files into the folder, once: the key says that those of an
// entry are always the same.
func (h *evalHome) write(files []evalFile) error {
	whole := filepath.Join(h.entry.Dir, "whole")
	if _, err := os.Stat(whole); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(h.files, 0o700); err != nil {
		return fmt.Errorf("make the folder of an evaluation: %w", err)
	}
	for _, f := range append(files, evalFile{filepath.Join("..", "whole"), ""}) {
		if err := os.WriteFile(filepath.Join(h.files, f.name), []byte(f.text), 0o600); err != nil {
			return fmt.Errorf("write a file of the evaluation: %w", err)
		}
	}
	return nil
}

// start opens the index and waits until it has all files.
func (h *evalHome) start(ctx context.Context) error {
	var err error
	if h.session, err = h.cli.connect(ctx); err != nil {
		return err
	}
	if h.session.app == nil {
		return fmt.Errorf("a golocal runs in %s, which is kept for evaluations: stop it first", h.entry.Dir)
	}
	if err := h.cli.needModels(ctx, h.session, false, false); err != nil {
		return err
	}
	if _, err := h.cli.addFolder(ctx, h.session, h.files); err != nil {
		return err
	}
	return h.cli.syncAll(ctx, h.session, nil, true)
}

func (h *evalHome) close() error {
	var errs []error
	if h.session != nil {
		errs = append(errs, h.session.close())
	}
	if h.cli.questions != nil {
		errs = append(errs, h.cli.questions.Close())
	}
	return errors.Join(append(errs, h.entry.Release())...)
}

// clearEvalCache removes the kept homes.
func (c *cli) clearEvalCache(cache eval.Cache) error {
	freed, err := cache.Clear()
	if err != nil {
		return err
	}
	if c.asJSON {
		return c.t.json(map[string]int64{"freed_bytes": freed})
	}
	c.t.printf("removed what evaluations had kept: %s\n", bytesText(freed))
	return nil
}
