package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/philippgille/chromem-go"

	"golocal"
	"golocal/index"
)

// opening compares the time from nothing to the first vector search.
func (t *set) opening(ctx context.Context, add func(key, what, unit string, first, second, value, bar float64, atMost bool)) error {
	q := t.question()
	persistent := filepath.Join(t.Dir, "chromem")
	db, err := chromem.NewPersistentDB(persistent, false)
	if err != nil {
		return err
	}
	collection, err := db.CreateCollection("made", nil, refuse)
	if err != nil {
		return err
	}
	for n := 0; n < t.Chunks; n += perDocument {
		_, chunks, vectors := t.document(n / perDocument)
		for i, c := range chunks {
			if err := collection.AddDocument(ctx, chromem.Document{ID: fmt.Sprintf("%d-%d", n, i), Content: c.Text, Embedding: vectors[i]}); err != nil {
				return err
			}
		}
	}
	db, collection, t.chromem = nil, nil, nil
	if t.given != nil {
		t.given.chunks = nil // not of the index
	}
	runtime.GC()
	began := time.Now()
	if db, err = chromem.NewPersistentDB(persistent, false); err != nil {
		return err
	}
	if _, err = db.GetCollection("made", refuse).QueryEmbedding(ctx, q, 10, nil, nil); err != nil {
		return err
	}
	theirs := time.Since(began).Seconds()
	db = nil
	if err := os.RemoveAll(persistent); err != nil {
		return err
	}
	if err := t.index.Close(); err != nil {
		return err
	}
	runtime.GC()
	began = time.Now()
	if t.index, err = index.Open(t.home(), index.Options{}); err != nil {
		return err
	}
	if _, err = t.index.Match(ctx, t.words.query(t.random), 10, golocal.Scope{}); err != nil {
		return err
	}
	words := time.Since(began).Seconds()
	if _, err = t.index.Nearest(ctx, golocal.Vector{Space: t.space(), Values: q}, 10, golocal.Scope{}); err != nil {
		return err
	}
	ours := time.Since(began).Seconds()
	add("open_chromem_ratio", "open to the first vector search: chromem-go's own store / golocal", "s", theirs, ours, theirs/ours, 5, false)
	add("open_words_ms", "open to the first search by words", "ms", 1e3*words, 0, 1e3*words, 100, true)
	used := float64(residentBytes()) / 1e6
	if used > 0 {
		add("rss_mb", "memory of the process with the index open and nothing else", "MB", used, 0, used, 650, true)
	}
	return nil
}

// small measures the form that holds only sketches of the vectors, and compares
// what it finds with what the other did.
func (t *set) small(ctx context.Context, theirs float64, add func(key, what, unit string, first, second, value, bar float64, atMost bool)) error {
	questions := make([][]float32, t.Rounds)
	want := make([][]golocal.Match, t.Rounds)
	nearest := func(q []float32) ([]golocal.Match, error) {
		return t.index.Nearest(ctx, golocal.Vector{Space: t.space(), Values: q}, 10, golocal.Scope{})
	}
	for i := range questions {
		var err error
		questions[i] = t.question()
		if want[i], err = nearest(questions[i]); err != nil {
			return err
		}
	}
	if err := t.index.Close(); err != nil {
		return err
	}
	var err error
	if t.index, err = index.Open(t.home(), index.Options{Small: true}); err != nil {
		return err
	}
	if _, err := t.index.Match(ctx, t.words.query(t.random), 10, golocal.Scope{}); err != nil {
		return err
	}
	asked, found := 0, 0
	for i, q := range questions {
		got, err := nearest(q)
		if err != nil {
			return err
		}
		asked += len(want[i])
		for _, m := range want[i] {
			if slices.ContainsFunc(got, func(g golocal.Match) bool { return g.Chunk == m.Chunk }) {
				found++
			}
		}
	}
	if used := float64(residentBytes()) / 1e6; used > 0 {
		add("small_rss_mb", "memory: small: memory of the process with the index open and nothing else", "MB", used, 0, used, 350, true)
	}
	ours, _, err := t.nearest(ctx, func(q []float32) error { _, err := nearest(q); return err })
	if err != nil {
		return err
	}
	add("small_chromem_ratio", "memory: small: nearest 10, chromem-go's processor time / golocal's", "ms", 1e3*theirs, 1e3*ours, theirs/ours, 25, false)
	recall := float64(found) / float64(asked)
	add("small_recall@10", "memory: small: how many of the 10 nearest it finds", "", recall, 0, recall, .99, false)
	return nil
}
