package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golocal/eval"
	"golocal/eval/own"
)

var evaluationName = regexp.MustCompile(`^\d{8}T\d{6}\.\d{3}Z$`)

// ids are the kept runs, oldest first.
func (e *evaluations) ids() ([]string, error) {
	entries, err := os.ReadDir(e.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list the evaluations: %w", err)
	}
	var out []string
	for _, f := range entries {
		if id, ok := strings.CutSuffix(f.Name(), ".json"); ok && evaluationName.MatchString(id) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out, nil
}

func (e *evaluations) load(id string) (own.Result, error) {
	if !evaluationName.MatchString(id) {
		return own.Result{}, fmt.Errorf("evaluation %q: %w", id, fs.ErrNotExist)
	}
	return eval.Load[own.Result](filepath.Join(e.dir, id+".json"))
}

// last is the newest run, nil where there is none.
func (e *evaluations) last() (*own.Result, error) {
	ids, err := e.ids()
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	r, err := e.load(ids[len(ids)-1])
	if err != nil {
		return nil, err
	}
	return &r, nil
}

func (e *evaluations) prune() error {
	ids, err := e.ids()
	for ; err == nil && len(ids) > evaluationsKept; ids = ids[1:] {
		err = os.Remove(filepath.Join(e.dir, ids[0]+".json"))
	}
	return err
}
