package index

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golocal"
)

const testDims = 8

var testSpace = golocal.Space{Model: "letters", Digest: "d1", Dims: testDims, MaxTokens: 256}

// small makes open open indexes in the small form.
var small bool

// open opens an index in a new folder (or dir) and closes it with the test.
func open(t testing.TB, o Options, dir ...string) *Index {
	t.Helper()
	d := filepath.Join(t.TempDir(), "data")
	if len(dir) > 0 {
		d = dir[0]
	}
	o.Small = o.Small || small
	x, err := Open(d, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

// ready is an index with one root and testSpace in use.
func ready(t testing.TB, o Options, dir ...string) (*Index, golocal.Root) {
	t.Helper()
	x := open(t, o, dir...)
	root, err := x.AddRoot(t.Context(), "/home/me/notes")
	must(t, err)
	must(t, x.Use(t.Context(), testSpace))
	return x, root
}

// raw runs a statement on the connection that writes, behind the index's back but
// not within a transaction of it, with which it would be undone.
func raw(t testing.TB, x *Index, query string, args ...any) (sql.Result, error) {
	x.write.Lock()
	defer x.write.release()
	return x.db.writer.ExecContext(t.Context(), query, args...)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// document makes a document whose chunks are the given passages.
func document(root int64, path string, passages ...string) (golocal.Document, []golocal.Chunk) {
	text := strings.Join(passages, "\n\n")
	d := golocal.Document{Ref: golocal.Ref{Root: root, Path: path}, Sum: sha256.Sum256([]byte(text)), Size: int64(len(text)), Type: "text", State: golocal.StateReady, Parser: "text/1", Text: text}
	var chunks []golocal.Chunk
	at := 0
	for i, p := range passages {
		c := golocal.Chunk{Ordinal: i, Text: p, Span: golocal.Span{Start: at, End: at + len(p)}, Tokens: len(p) / 4, Input: p, Place: golocal.Place{Line: 2*i + 1, LineEnd: 2*i + 1}}
		c.Sum = sha256.Sum256([]byte(c.Input))
		chunks = append(chunks, c)
		d.Sections = append(d.Sections, golocal.Section{Kind: golocal.KindParagraph, Span: c.Span, Place: c.Place})
		at += len(p) + 2
	}
	return d, chunks
}

// vector is a fixed unit vector for a text.
func vector(text string) []float32 { return vectorOf(text, testDims) }

func vectorOf(text string, dims int) []float32 {
	h := sha256.Sum256([]byte(text))
	r := rand.New(rand.NewChaCha8(h))
	v := make([]float32, dims)
	var squares float64
	for i := range v {
		f := r.NormFloat64()
		v[i] = float32(f)
		squares += f * f
	}
	for i := range v {
		v[i] /= float32(math.Sqrt(squares))
	}
	return v
}

// of is values as a question of testSpace.
func of(values []float32) golocal.Vector { return golocal.Vector{Space: testSpace, Values: values} }

func vectors(chunks []golocal.Chunk) [][]float32 {
	out := make([][]float32, len(chunks))
	for i, c := range chunks {
		out[i] = vector(c.Input)
	}
	return out
}

func put(t testing.TB, x *Index, root int64, path string, passages ...string) {
	t.Helper()
	d, chunks := document(root, path, passages...)
	must(t, x.Put(context.Background(), d, chunks, vectors(chunks)))
}

// texts looks up what was found.
func texts(t testing.TB, x *Index, found []golocal.Match) []string {
	t.Helper()
	ids := make([]int64, len(found))
	for i, m := range found {
		ids[i] = m.Chunk
	}
	hits, err := x.Lookup(context.Background(), ids)
	must(t, err)
	out := []string{}
	for _, h := range hits {
		out = append(out, h.Chunk.Text)
	}
	return out
}

func match(t testing.TB, x *Index, query string, s golocal.Scope) []string {
	t.Helper()
	found, err := x.Match(context.Background(), query, 10, s)
	must(t, err)
	return texts(t, x, found)
}

func nearest(t testing.TB, x *Index, text string, k int, s golocal.Scope) []string {
	t.Helper()
	found, err := x.Nearest(context.Background(), of(vector(text)), k, s)
	must(t, err)
	return texts(t, x, found)
}

// sound fails the test unless a deep check finds nothing.
func sound(t testing.TB, x *Index) {
	t.Helper()
	countsRight(t, x)
	r, err := x.Check(context.Background(), CheckOptions{Deep: true})
	must(t, err)
	for _, p := range r.Problems {
		t.Errorf("check: %v %s", p.Ref, p.Text)
	}
}

func TestMain(m *testing.M) {
	switch mode := os.Getenv("GOLOCAL_INDEX_CHILD"); mode {
	case "":
		os.Exit(m.Run())
	default:
		if err := child(mode); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	}
}

func TestIndex_RoundTrip(t *testing.T) {
	x, root := ready(t, Options{})
	d, chunks := document(root.ID, "a/b.md", "the quick brown fox", "jumps over the lazy dog")
	d.Title = "Foxes"
	chunks[0].Heading = []string{"Animals", "Fast ones"}
	must(t, x.Put(t.Context(), d, chunks, vectors(chunks)))

	got, ok, err := x.Document(t.Context(), d.Ref)
	must(t, err)
	if !ok || got.Title != "Foxes" || got.Chunks != 2 || got.Sum != d.Sum || got.Text != "" || got.Indexed.IsZero() || !got.Modified.IsZero() {
		t.Errorf("Document = %+v, %v", got, ok)
	}
	full, ok, err := x.DocumentByID(t.Context(), got.ID)
	must(t, err)
	if !ok || full.Text != d.Text || len(full.Sections) != 2 || full.Sections[1].Span != d.Sections[1].Span {
		t.Errorf("DocumentByID = %+v, %v", full, ok)
	}
	stored, err := x.Chunks(t.Context(), got.ID)
	must(t, err)
	if len(stored) != 2 || stored[0].Text != chunks[0].Text || stored[0].Input != chunks[0].Input || len(stored[0].Heading) != 2 || stored[1].Place != chunks[1].Place || stored[1].Sum != chunks[1].Sum {
		t.Errorf("Chunks = %+v", stored)
	}
	if got := match(t, x, "lazy dogs", golocal.Scope{}); len(got) != 1 || got[0] != chunks[1].Text {
		t.Errorf("Match = %q", got)
	}
	if got := nearest(t, x, chunks[0].Input, 1, golocal.Scope{}); len(got) != 1 || got[0] != chunks[0].Text {
		t.Errorf("Nearest = %q", got)
	}
	sound(t, x)
}
