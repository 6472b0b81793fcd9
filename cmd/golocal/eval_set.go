package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golocal"
	"golocal/eval"
	"golocal/retrieve"
)

// evalDepth is how many passages each leg gives for a query.
const evalDepth = eval.Deepest

// judgedSet is a judged collection in an index of its own.
type judgedSet struct {
	eval.Dataset
	name string
	home *evalHome
	ids  map[string]int64 // of a document in the index, by that in the collection
	docs map[int64]string // the other way
}

// openJudged reads the collection below dir and indexes it.
func (c *cli) openJudged(ctx context.Context, cache eval.Cache, dir, split string) (_ *judgedSet, err error) {
	set, err := eval.Read(dir, split)
	if err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("evaluate %s: %w", dir, err)
	}
	s := &judgedSet{Dataset: set, name: filepath.Base(abs), ids: map[string]int64{}, docs: map[int64]string{}}
	files := make([]evalFile, len(set.Documents))
	for i, d := range set.Documents {
		text := d.Text + "\n"
		if d.Title != "" {
			text = "# " + oneLine(d.Title) + "\n\n" + text
		}
		files[i] = evalFile{wordless(i) + ".md", text}
	}
	if s.home, err = c.openEvalHome(ctx, cache, files); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.home.close())
		}
	}()
	places := make(map[string]string, len(files))
	for i, f := range files {
		places[f.name] = set.Documents[i].ID
	}
	index := s.home.app.index
	roots, err := index.Roots(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range roots {
		for d, err := range index.Documents(ctx, r.ID) {
			if err != nil {
				return nil, err
			}
			if id, ok := places[d.Ref.Path]; ok {
				s.ids[id], s.docs[d.ID] = d.ID, id
			}
		}
	}
	if missing := len(set.Documents) - len(s.docs); missing > 0 {
		return nil, fmt.Errorf("%d of %d documents of %s are not in the index that was made for it; run the evaluation again", missing, len(set.Documents), s.name)
	}
	return s, nil
}

// wordless names a file so that its name says nothing to a search: letters of
// no word, and no number that a question could hold.
func wordless(i int) string {
	const letters = "bcdfghjklmnpqrstvwxz"
	name := []byte("qzqzqzqz")
	for at := len(name) - 1; at >= 3; at-- {
		name[at] = letters[i%len(letters)]
		i /= len(letters)
	}
	return string(name)
}

// legs are the ways to search, each as a ranking of the collection's ids.
func (s *judgedSet) legs() map[string]eval.Ranker {
	a := s.home.app
	legs := map[string]eval.Ranker{
		"keyword": func(ctx context.Context, q string) ([]string, error) {
			found, err := a.index.Match(ctx, retrieve.Keywords(q), evalDepth, golocal.Scope{})
			if err != nil {
				return nil, err
			}
			return s.ranked(ctx, found)
		},
	}
	_, dense := a.models.Space()
	legs["hybrid"] = func(ctx context.Context, q string) ([]string, error) {
		found, err := a.retriever.Retrieve(ctx, q, golocal.Scope{}, evalDepth)
		byMeaning := func(h golocal.Hit) bool { return h.Parts.DenseRank > 0 }
		if err == nil && dense && found.Note != "" && !slices.ContainsFunc(found.Hits, byMeaning) {
			err = errors.New(found.Note) // it would be measured as another leg than it is
		}
		return s.documents(found.Hits), err
	}
	if dense {
		legs["dense"] = func(ctx context.Context, q string) ([]string, error) {
			vector, err := asked{a}.EmbedQuery(ctx, q)
			if err != nil {
				return nil, err
			}
			found, err := a.index.Nearest(ctx, vector, evalDepth, golocal.Scope{})
			if err != nil {
				return nil, err
			}
			return s.ranked(ctx, found)
		}
	}
	return legs
}

func (s *judgedSet) ranked(ctx context.Context, found []golocal.Match) ([]string, error) {
	ids := make([]int64, len(found))
	for i, m := range found {
		ids[i] = m.Chunk
	}
	hits, err := s.home.app.index.Lookup(ctx, ids)
	return s.documents(hits), err
}

// documents collapses passages to the collection's ids.
func (s *judgedSet) documents(hits []golocal.Hit) []string {
	ids := make([]string, 0, len(hits))
	add := func(doc int64) {
		if id, ok := s.docs[doc]; ok {
			ids = append(ids, id)
		}
	}
	for _, h := range hits {
		add(h.Doc.ID)
		for _, e := range h.Also { // what the hit stands for was found, too
			add(e.Doc)
		}
	}
	return ids
}

// run asks every judged query of every leg.
func (s *judgedSet) run(ctx context.Context, c *cli) (eval.Run, error) {
	bar := c.progress()
	defer bar.clear()
	run, err := eval.Ask(ctx, s.Dataset, s.legs(), runtime.GOMAXPROCS(0), func(n, of int) { bar.set("asking "+s.name, int64(n), int64(of), false) })
	if err != nil {
		return run, fmt.Errorf("evaluate %s: %w", s.name, err)
	}
	run.Set, run.Settings = s.name, s.home.settings()
	return run, nil
}

// settings are what figures depend on, for comparing runs.
func (h *evalHome) settings() map[string]string {
	out := map[string]string{"golocal": version}
	if space, ok := h.app.index.Space(); ok {
		out["embedding model"] = space.Model
		out["embedding weights"] = cut(space.Digest, 20)
	}
	return out
}

// gate asks with and without the gold documents.
func (s *judgedSet) gate(ctx context.Context, c *cli, seed uint64) ([]eval.Case, error) {
	bar := c.progress()
	defer bar.clear()
	all := slices.Sorted(maps.Keys(s.docs))
	judge := func(ctx context.Context, question string, without []string) (eval.Judged, error) {
		var scope golocal.Scope
		if len(without) > 0 {
			gone := map[int64]bool{}
			for _, id := range without {
				gone[s.ids[id]] = true
			}
			scope.Docs = slices.DeleteFunc(slices.Clone(all), func(id int64) bool { return gone[id] })
		}
		var mu sync.Mutex // of features: the retriever may look twice
		var features retrieve.Features
		r := s.home.app.retriever.Observed(func(f retrieve.Features) {
			mu.Lock()
			defer mu.Unlock()
			features = f
		})
		found, err := r.Retrieve(ctx, question, scope, evalGateDepth)
		if err != nil {
			return eval.Judged{}, err
		}
		return eval.Judged{Evidence: found.Evidence, Enough: found.Enough, Features: numbers(features)}, nil
	}
	cases, err := eval.AskGate(ctx, s.Dataset, judge, seed, runtime.GOMAXPROCS(0), func(n, of int) { bar.set("asking "+s.name, int64(n), int64(of), false) })
	if err != nil {
		return nil, fmt.Errorf("evaluate the gate on %s: %w", s.name, err)
	}
	return cases, nil
}

// evalGateDepth is how many passages a search for the gate asks for, as chat does.
const evalGateDepth = 20

// numbers are the features in the order of their declaration.
func numbers(f retrieve.Features) []float64 {
	var out []float64
	v := reflect.ValueOf(f)
	for i := range v.NumField() {
		switch field := v.Field(i); field.Kind() {
		case reflect.Float64:
			out = append(out, field.Float())
		case reflect.Int:
			out = append(out, float64(field.Int()))
		case reflect.Bool:
			n := 0.0
			if field.Bool() {
				n = 1
			}
			out = append(out, n)
		}
	}
	return out
}

// featureNames are the names that go with numbers.
func featureNames() []string {
	var out []string
	t := reflect.TypeFor[retrieve.Features]()
	for i := range t.NumField() {
		switch t.Field(i).Type.Kind() {
		case reflect.Float64, reflect.Int, reflect.Bool:
			out = append(out, strings.ToLower(t.Field(i).Name))
		}
	}
	return out
}
