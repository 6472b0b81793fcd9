// Package store measures the index against chromem-go and against the
// machine's memory, in one run, on made vectors and texts with a fixed seed.
package store

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"github.com/philippgille/chromem-go"

	"golocal"
	"golocal/index"
)

// Settings say how much is measured.
type Settings struct {
	Chunks int // in documents of 20
	Dims   int // of a vector
	Rounds int // searches per figure
	Dir    string
	// Vectors is a backup of an index whose vectors are taken instead of made
	// ones, "" for none: Chunks is then nine in ten of them at most, the others
	// are questions, and Dims theirs.
	Vectors string
}

// perDocument is how many chunks a made document has.
const perDocument = 20

// letters is how long a made chunk is, in characters.
const letters = 1000

// set is what is measured: the same vectors and texts in golocal's index and in
// chromem-go.
type set struct {
	Settings
	random  *rand.Rand
	given   *given // nil: vectors are made
	words   *words
	root    golocal.Root
	index   *index.Index
	chromem *chromem.Collection
}

// space is that of the made vectors.
func (s Settings) space() golocal.Space {
	return golocal.Space{Model: "made", Digest: "made", Dims: s.Dims, MaxTokens: 512}
}

func refuse(context.Context, string) ([]float32, error) {
	return nil, fmt.Errorf("nothing is embedded here")
}

// fill makes the index and, where db is not nil, the same in chromem-go.
func fill(ctx context.Context, s Settings, db *chromem.DB, done func(n int)) (*set, error) {
	t := &set{Settings: s, random: rand.New(rand.NewPCG(11, 17)), words: newWords()}
	var err error
	if s.Vectors != "" {
		if t.given, err = readVectors(ctx, s.Vectors, filepath.Join(s.Dir, "vectors")); err != nil {
			return nil, err
		}
		t.Dims, t.Chunks = t.given.share(s.Chunks)
		s = t.Settings
	}
	if t.index, err = index.Open(t.home(), index.Options{}); err != nil {
		return nil, err
	}
	if err := t.index.Use(ctx, s.space()); err != nil {
		return nil, err
	}
	if t.root, err = t.index.AddRoot(ctx, filepath.Join(s.Dir, "files")); err != nil {
		return nil, err
	}
	if db != nil {
		if t.chromem, err = db.CreateCollection("made", nil, refuse); err != nil {
			return nil, err
		}
	}
	for n := 0; n < s.Chunks; n += perDocument {
		if err := t.put(ctx, n/perDocument); err != nil {
			return nil, err
		}
		done(n)
	}
	return t, nil
}

func (t *set) home() string { return filepath.Join(t.Dir, "index") }

// put writes document n to both.
func (t *set) put(ctx context.Context, n int) error {
	doc, chunks, vectors := t.document(n)
	if err := t.index.Put(ctx, doc, chunks, vectors); err != nil {
		return err
	}
	if t.chromem == nil {
		return nil
	}
	for i, c := range chunks {
		if err := t.chromem.AddDocument(ctx, chromem.Document{ID: fmt.Sprintf("%d-%d", n, i), Content: c.Text, Embedding: vectors[i]}); err != nil {
			return err
		}
	}
	return nil
}

// document makes document n.
func (t *set) document(n int) (golocal.Document, []golocal.Chunk, [][]float32) {
	var text strings.Builder
	var chunks []golocal.Chunk
	var vectors [][]float32
	for i := range perDocument {
		start := text.Len()
		t.words.write(&text, t.random, letters)
		c := golocal.Chunk{Ordinal: i, Span: golocal.Span{Start: start, End: text.Len()}, Text: text.String()[start:], Tokens: letters / 4}
		text.WriteString("\n\n")
		c.Input = c.Text
		chunks = append(chunks, c)
		vectors = append(vectors, t.vector())
	}
	return golocal.Document{
		Ref: golocal.Ref{Root: t.root.ID, Path: fmt.Sprintf("%05d.md", n)}, Sum: golocal.Sum{byte(n), byte(n >> 8), byte(n >> 16)}, Size: int64(text.Len()),
		Type: "markdown", State: golocal.StateReady, Parser: "made", Text: text.String(),
	}, chunks, vectors
}

// vector is one of length 1 for a chunk.
func (t *set) vector() []float32 {
	if t.given != nil {
		return t.given.chunk()
	}
	return t.made()
}

// question is one of length 1 to search for.
func (t *set) question() []float32 {
	if t.given != nil {
		return t.given.question()
	}
	return t.made()
}

func (t *set) made() []float32 {
	v := make([]float32, t.Dims)
	var squares float64
	for i := range v {
		v[i] = float32(t.random.NormFloat64())
		squares += float64(v[i]) * float64(v[i])
	}
	norm := float32(1 / math.Sqrt(squares))
	for i := range v {
		v[i] *= norm
	}
	return v
}

// words is a made vocabulary in which, as in any language, the n-th word is
// about n times rarer than the first (Zipf).
type words struct{ sums []float64 }

const vocabulary = 200_000

func newWords() *words {
	w := &words{sums: make([]float64, vocabulary)}
	var sum float64
	for i := range w.sums {
		sum += 1 / float64(i+1)
		w.sums[i] = sum
	}
	return w
}

func (w *words) write(b *strings.Builder, r *rand.Rand, letters int) {
	for end := b.Len() + letters; b.Len() < end; {
		b.WriteString(w.one(r))
		b.WriteByte(' ')
	}
}

func (w *words) one(r *rand.Rand) string {
	x := r.Float64() * w.sums[len(w.sums)-1]
	low, high := 0, len(w.sums)-1
	for low < high {
		if mid := (low + high) / 2; w.sums[mid] < x {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return word(low)
}

// word is the n-th word: no two are alike, and none is another's stem.
func word(n int) string { return fmt.Sprintf("w%x", uint64(n+1)*7919%1_000_003) }

// query makes words as a question has them: five, not the most frequent.
func (w *words) query(r *rand.Rand) string {
	var b strings.Builder
	for range 5 {
		b.WriteString(word(20 + r.IntN(5000)))
		b.WriteByte(' ')
	}
	return b.String()
}

// diskBytes is how large the files below dir are.
func diskBytes(dir string) (int64, error) {
	entries, err := os.ReadDir(dir)
	var n int64
	for _, e := range entries {
		info, ierr := e.Info()
		if ierr != nil {
			return n, ierr
		}
		n += info.Size()
	}
	return n, err
}
