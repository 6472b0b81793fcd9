package ingest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golocal"
	"golocal/ingest/chunk"
	"golocal/ingest/parse"
)

// memory is a Store and Vectors in maps.
type memory struct {
	mu      sync.Mutex
	docs    map[golocal.Ref]golocal.Document
	chunks  map[golocal.Ref][]golocal.Chunk
	vectors map[golocal.Sum][]float32
	puts    int
	fault   error
}

func newMemory() *memory {
	return &memory{docs: map[golocal.Ref]golocal.Document{}, chunks: map[golocal.Ref][]golocal.Chunk{}, vectors: map[golocal.Sum][]float32{}}
}

func (m *memory) Document(_ context.Context, ref golocal.Ref) (golocal.Document, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d, ok := m.docs[ref]
	d.Text, d.Sections = "", nil
	return d, ok, nil
}

func (m *memory) Put(_ context.Context, doc golocal.Document, chunks []golocal.Chunk, vectors [][]float32) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fault != nil {
		return m.fault
	}
	if doc.State != golocal.StateReady && len(chunks) > 0 || doc.State == golocal.StateReady && doc.Reason != "" {
		return fmt.Errorf("a document that is %s with %d chunks and the reason %q", doc.State, len(chunks), doc.Reason)
	}
	m.puts++
	m.docs[doc.Ref], m.chunks[doc.Ref] = doc, chunks
	for i, v := range vectors {
		if v != nil {
			m.vectors[chunks[i].Sum] = v
		}
	}
	return nil
}

func (m *memory) Remove(_ context.Context, ref golocal.Ref) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.docs, ref)
	delete(m.chunks, ref)
	return nil
}

func (m *memory) Vectors(_ context.Context, sums []golocal.Sum) (map[golocal.Sum][]float32, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.vectors), nil
}

func (m *memory) Missing(_ context.Context, limit int) ([]golocal.Chunk, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []golocal.Chunk
	for _, chunks := range m.chunks {
		for _, c := range chunks {
			if m.vectors[c.Sum] == nil && len(out) < limit {
				out = append(out, c)
			}
		}
	}
	return out, nil
}

func (m *memory) Attach(_ context.Context, sums []golocal.Sum, vectors [][]float32) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, s := range sums {
		m.vectors[s] = vectors[i]
	}
	return nil
}

// embedder makes vectors of one number, unless it is told to fail.
type embedder struct {
	mu      sync.Mutex
	calls   int
	inputs  []string
	largest int
	fault   error
	poison  string // inputs that hold it are refused
	delay   time.Duration
}

func (e *embedder) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	select {
	case <-time.After(e.delay):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.calls++
	e.largest = max(e.largest, len(texts))
	if e.fault != nil {
		return nil, e.fault
	}
	var out [][]float32
	for _, s := range texts {
		if e.poison != "" && strings.Contains(s, e.poison) {
			return nil, errors.New("the input length exceeds the context length")
		}
		out = append(out, []float32{float32(len(s))})
	}
	e.inputs = append(e.inputs, texts...)
	return out, nil
}

// folder opens files below a directory.
type folder struct {
	dir   string
	fault error
}

func (d *folder) Open(ref golocal.Ref) (*os.File, error) {
	if d.fault != nil {
		return nil, d.fault
	}
	return os.Open(filepath.Join(d.dir, ref.Path))
}

// bench is an Ingester with everything around it faked but the files.
type bench struct {
	*Ingester
	t      *testing.T
	store  *memory
	model  *embedder
	folder *folder
	parsed int
}

func newBench(t *testing.T, change func(*Options)) *bench {
	b := &bench{t: t, store: newMemory(), model: &embedder{}, folder: &folder{dir: t.TempDir()}}
	o := Options{Store: b.store, Vectors: b.store, Embedder: b.model, Opener: b.folder, Parser: b, Count: func(s string) int { return len(strings.Fields(s)) }}
	if change != nil {
		change(&o)
	}
	b.Ingester = New(o)
	return b
}

func (b *bench) ParseFile(ctx context.Context, name string, sum golocal.Sum, file io.ReaderAt, size int64) (golocal.Document, error) {
	b.parsed++
	data, err := io.ReadAll(io.NewSectionReader(file, 0, size))
	if err != nil {
		return golocal.Document{}, err
	}
	if sha256.Sum256(data) != sum {
		b.t.Errorf("%s: the sum is not that of the bytes", name)
	}
	return (&parse.Formats{}).Parse(ctx, name, data)
}

func (b *bench) write(name, text string) {
	b.t.Helper()
	if err := os.WriteFile(filepath.Join(b.folder.dir, name), []byte(text), 0o600); err != nil {
		b.t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(b.folder.dir, name), old, old); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) apply(name string) golocal.Document {
	b.t.Helper()
	if err := b.Apply(context.Background(), golocal.Change{Ref: golocal.Ref{Root: 1, Path: name}, Op: golocal.Upsert}); err != nil {
		b.t.Fatal(err)
	}
	return b.store.docs[golocal.Ref{Root: 1, Path: name}]
}

func TestApply(t *testing.T) {
	b := newBench(t, nil)
	b.write("a.md", "# Title\n\nSome text.")
	doc := b.apply("a.md")
	if doc.State != golocal.StateReady || doc.Chunks != 1 || doc.Title != "Title" || doc.Size != 19 || doc.Sum == (golocal.Sum{}) || doc.Parser == "" || doc.Indexed.IsZero() {
		t.Errorf("%+v", doc)
	}
	if len(b.store.vectors) != 1 {
		t.Errorf("%d vectors", len(b.store.vectors))
	}
	// The same file again costs nothing.
	b.apply("a.md")
	if b.parsed != 1 || b.store.puts != 1 || b.model.calls != 1 {
		t.Errorf("an unchanged file: parsed %d times, put %d times, %d calls", b.parsed, b.store.puts, b.model.calls)
	}
	// Under another name it costs no embedding.
	b.write("b.md", "# Title\n\nSome text.")
	if doc := b.apply("b.md"); doc.State != golocal.StateReady || b.model.calls != 1 {
		t.Errorf("a copy: %s, %d calls", doc.State, b.model.calls)
	}
	// Only new passages are embedded.
	b.write("a.md", "# Title\n\nSome text.\n\n## New\n\nMore text.")
	if doc := b.apply("a.md"); doc.Chunks != 2 || len(b.model.inputs) != 2 || b.model.inputs[1] != "Title > New\nMore text." {
		t.Errorf("a change: %d chunks, embedded %q", doc.Chunks, b.model.inputs)
	}
	// Touched only: no embedding, and the new time is stored.
	now := time.Now().Add(-time.Minute)
	if err := os.Chtimes(filepath.Join(b.folder.dir, "a.md"), now, now); err != nil {
		t.Fatal(err)
	}
	if doc := b.apply("a.md"); !doc.Modified.Equal(now.Truncate(0)) && doc.Modified.Sub(now).Abs() > time.Second || len(b.model.inputs) != 2 {
		t.Errorf("touched: %v, embedded %d", doc.Modified, len(b.model.inputs))
	}
	// Gone while the change waited.
	if err := os.Remove(filepath.Join(b.folder.dir, "a.md")); err != nil {
		t.Fatal(err)
	}
	b.apply("a.md")
	if _, ok := b.store.docs[golocal.Ref{Root: 1, Path: "a.md"}]; ok {
		t.Error("a vanished file is still there")
	}
	ref := golocal.Ref{Root: 1, Path: "b.md"}
	if err := b.Apply(context.Background(), golocal.Change{Ref: ref, Op: golocal.Skip, Reason: "skipped as secret: key"}); err != nil {
		t.Fatal(err)
	}
	if doc := b.store.docs[ref]; doc.State != golocal.StateSkipped || doc.Reason != "skipped as secret: key" || len(b.store.chunks[ref]) != 0 {
		t.Errorf("skipped: %+v", doc)
	}
	puts := b.store.puts
	if err := b.Apply(context.Background(), golocal.Change{Ref: ref, Op: golocal.Skip, Reason: "skipped as secret: key"}); err != nil || b.store.puts != puts {
		t.Errorf("the same skip was written twice: %v", err)
	}
	if err := b.Apply(context.Background(), golocal.Change{Ref: ref, Op: golocal.Remove}); err != nil || len(b.store.docs) != 0 {
		t.Errorf("remove: %v, %d documents", err, len(b.store.docs))
	}
	if err := b.Apply(context.Background(), golocal.Change{Ref: ref, Op: golocal.Rescan}); err == nil {
		t.Error("a rescan was applied to a file")
	}
}

// refusedOpen is how the watcher says why it does not open a file.
type refusedOpen struct{}

func (refusedOpen) Error() string  { return "open pipe: it is a FIFO" }
func (refusedOpen) Reason() string { return "a pipe, not a file" }

func TestApplyBadFiles(t *testing.T) {
	b := newBench(t, func(o *Options) { o.MaxText, o.MaxFile = 1000, 2000 })
	for name, text := range map[string]string{
		"large.txt":    strings.Repeat("words ", 200),
		"large.pdf":    "%PDF-1.4" + strings.Repeat("x", 3000),
		"empty.txt":    "",
		"image.png":    "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
		"broken.docx":  "PK\x03\x04 nothing",
		"encrypt.docx": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00",
		"good.txt":     "Good words.",
	} {
		b.write(name, text)
	}
	for _, c := range []struct {
		name   string
		state  golocal.State
		reason string
	}{
		{"large.txt", golocal.StateFailed, "too large: 0.0 MB"},
		{"large.pdf", golocal.StateFailed, "too large: "},
		{"empty.txt", golocal.StateNoText, "holds no text"},
		{"image.png", golocal.StateUnsupported, "an image"},
		{"broken.docx", golocal.StateFailed, "broken: "},
		{"encrypt.docx", golocal.StateFailed, "needs a password"},
		{"good.txt", golocal.StateReady, ""},
	} {
		doc := b.apply(c.name)
		if doc.State != c.state || !strings.HasPrefix(doc.Reason, c.reason) || (doc.Reason == "") != (c.reason == "") {
			t.Errorf("%s: %s, %q", c.name, doc.State, doc.Reason)
		}
		parsed, puts := b.parsed, b.store.puts
		b.apply(c.name)
		if b.parsed != parsed || b.store.puts != puts {
			t.Errorf("%s: an unchanged file was tried again", c.name)
		}
	}
	b.write("broken.docx", "words now, and no archive")
	if doc := b.apply("broken.docx"); doc.State != golocal.StateReady {
		t.Errorf("a file that was mended: %s, %s", doc.State, doc.Reason)
	}
	b.folder.fault = &os.PathError{Op: "open", Path: "x", Err: os.ErrPermission}
	if doc := b.apply("good.txt"); doc.State != golocal.StateFailed || doc.Reason != "no permission to read it" {
		t.Errorf("permission: %s, %q", doc.State, doc.Reason)
	}
	b.folder.fault = refusedOpen{}
	if doc := b.apply("good.txt"); doc.State != golocal.StateSkipped || doc.Reason != "a pipe, not a file" {
		t.Errorf("pipe: %s, %q", doc.State, doc.Reason)
	}
	b.folder.fault = nil
	if doc := b.apply("good.txt"); doc.State != golocal.StateReady {
		t.Errorf("readable again: %s, %q", doc.State, doc.Reason)
	}
}

// TestApply_WhileWritten writes to a file while it is read, through the hook
// that runs between the last byte and the second look.
func TestApply_WhileWritten(t *testing.T) {
	rewrite := func(t *testing.T, name string, n int) {
		if err := os.WriteFile(name, fmt.Appendf(nil, "rewritten %d times\n", n), 0); err != nil {
			t.Fatal(err)
		}
	}
	grow := func(t *testing.T, name string, n int) {
		f, err := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := f.WriteString("more\n"); err != nil {
			t.Fatal(err)
		}
	}
	change := golocal.Change{Ref: golocal.Ref{Root: 1, Path: "log.txt"}, Op: golocal.Upsert}
	for _, c := range []struct {
		name   string
		write  func(*testing.T, string, int)
		writes int // how many readings are disturbed
		state  golocal.State
		text   string
	}{
		{"not at all", rewrite, 0, golocal.StateReady, "first line\n"},
		{"rewritten twice", rewrite, 2, golocal.StateReady, "rewritten 2 times\n"},
		{"rewritten each time", rewrite, 1000, golocal.StateUnstable, ""},
		{"grown once", grow, 1, golocal.StateReady, "first line\n"},
		{"growing for ever", grow, 1000, golocal.StateReady, "first line\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t, nil)
			b.write("log.txt", "first line\n")
			name := filepath.Join(b.folder.dir, "log.txt")
			readings := 0
			b.afterRead = func() {
				if readings++; readings <= c.writes {
					c.write(t, name, readings)
				}
			}
			err := b.Apply(t.Context(), change)
			doc := b.store.docs[change.Ref]
			if doc.State != c.state || doc.Text != c.text && strings.TrimSpace(doc.Text) != strings.TrimSpace(c.text) {
				t.Errorf("%s, %q", doc.State, doc.Text)
			}
			if unstable := errors.Is(err, golocal.ErrUnstable); unstable != (c.state == golocal.StateUnstable) || !unstable && err != nil {
				t.Errorf("the error is %v", err)
			}
			if c.state == golocal.StateReady {
				if doc.Size != int64(len(c.text)) || doc.Sum != sha256.Sum256([]byte(c.text)) {
					t.Errorf("%d bytes are recorded, of the sum %x", doc.Size, doc.Sum)
				}
				return
			}
			if doc.Sum != (golocal.Sum{}) || readings != 3 {
				t.Errorf("a sum is recorded, or it was read %d times", readings)
			}
			b.afterRead = nil
			if doc := b.apply("log.txt"); doc.State != golocal.StateReady || !strings.Contains(doc.Text, "rewritten") {
				t.Errorf("left alone: %s, %q", doc.State, doc.Text)
			}
		})
	}
}

func TestApplyWithoutEmbedder(t *testing.T) {
	b := newBench(t, nil)
	b.model.fault = fmt.Errorf("ask the model: %w", golocal.ErrUnavailable)
	b.write("a.txt", prose("Long", 120))
	if doc := b.apply("a.txt"); doc.State != golocal.StateReady || doc.Chunks < 3 || len(b.store.vectors) != 0 {
		t.Errorf("%+v", doc)
	}
	if left, err := b.Fill(context.Background()); !errors.Is(err, golocal.ErrUnavailable) || left == 0 {
		t.Errorf("left %d, %v", left, err)
	}
	b.model.fault = nil
	if left, err := b.Fill(context.Background()); err != nil || left != 0 {
		t.Errorf("left %d, %v", left, err)
	}
	if got, want := len(b.store.vectors), b.store.docs[golocal.Ref{Root: 1, Path: "a.txt"}].Chunks; got != want {
		t.Errorf("%d vectors for %d chunks", got, want)
	}
	calls := b.model.calls
	if left, err := b.Fill(context.Background()); err != nil || left != 0 || b.model.calls != calls {
		t.Errorf("nothing to fill: left %d, %v, %d calls", left, err, b.model.calls-calls)
	}
}

func TestRefusedInputCostsOnlyItself(t *testing.T) {
	b := newBench(t, func(o *Options) { o.Limit = chunk.Limit{Target: 20, Max: 30, Small: 5} })
	b.model.poison = "number 17 "
	b.write("a.txt", prose("Some", 60))
	doc := b.apply("a.txt")
	bad := 0
	for _, c := range b.store.chunks[doc.Ref] {
		if (b.store.vectors[c.Sum] == nil) != strings.Contains(c.Input, b.model.poison) {
			t.Errorf("vector %v for %q", b.store.vectors[c.Sum], c.Input)
		}
		if strings.Contains(c.Input, b.model.poison) {
			bad++
		}
	}
	if bad == 0 || doc.State != golocal.StateReady {
		t.Fatalf("%d refused, %s", bad, doc.State)
	}
	if left, err := b.Fill(context.Background()); err != nil || left != bad {
		t.Errorf("left %d of %d refused, %v", left, bad, err)
	}
	b.model.poison = ""
	if left, err := b.Fill(context.Background()); err != nil || left != 0 {
		t.Errorf("left %d, %v", left, err)
	}
}

func TestBadVectors(t *testing.T) {
	nan := float32(0)
	nan /= nan
	for name, v := range map[string][][]float32{"too few": {{1}}, "empty": {{1}, {}}, "uneven": {{1}, {1, 2}}, "not a number": {{1}, {nan}}} {
		if err := checkVectors(v, 2); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if err := checkVectors([][]float32{{1, 2}, {3, 4}}, 2); err != nil {
		t.Error(err)
	}
}

// TestBatches lets many small documents wait together: they share calls.
func TestBatches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		model := &embedder{delay: time.Second}
		l := newLane(model)
		var all sync.WaitGroup
		for i := range 200 {
			all.Go(func() {
				c := golocal.Chunk{Input: fmt.Sprint("input ", i%100), Sum: golocal.Sum{byte(i % 100)}}
				v, err := l.embed(context.Background(), []golocal.Chunk{c}, nil)
				if err != nil || len(v) != 1 || len(v[0]) != 1 || v[0][0] != float32(len(c.Input)) {
					t.Errorf("%d: %v, %v", i, v, err)
				}
			})
		}
		all.Wait()
		if model.calls > 8 || model.largest > 32 || len(model.inputs) > 110 {
			t.Errorf("%d calls, %d at once, %d inputs for 100 different ones", model.calls, model.largest, len(model.inputs))
		}
		if len(l.jobs) != 0 || len(l.groups) != 0 {
			t.Errorf("%d jobs and %d queued are left behind", len(l.jobs), len(l.groups))
		}
	})
}

// TestBatchOutlivesItsSender cancels the document whose goroutine sends the batch.
func TestBatchOutlivesItsSender(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		model := &embedder{delay: time.Minute}
		l := newLane(model)
		ctx, cancel := context.WithCancel(context.Background())
		var all sync.WaitGroup
		all.Go(func() {
			if _, err := l.embed(ctx, []golocal.Chunk{{Input: "mine", Sum: golocal.Sum{1}}, {Input: "ours", Sum: golocal.Sum{2}}}, nil); !errors.Is(err, context.Canceled) {
				t.Errorf("the cancelled one: %v", err)
			}
		})
		synctest.Wait()
		all.Go(func() {
			if v, err := l.embed(context.Background(), []golocal.Chunk{{Input: "ours", Sum: golocal.Sum{2}}, {Input: "other", Sum: golocal.Sum{3}}}, nil); err != nil || v[0] == nil || v[1] == nil {
				t.Errorf("the other one: %v, %v", v, err)
			}
		})
		synctest.Wait()
		cancel()
		all.Wait()
		if len(l.jobs) != 0 || len(l.groups) != 0 {
			t.Errorf("%d jobs and %d queued are left behind", len(l.jobs), len(l.groups))
		}
	})
}

func TestApplyCancelled(t *testing.T) {
	b := newBench(t, nil)
	b.model.delay = time.Hour
	b.write("a.txt", "Words.")
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if err := b.Apply(ctx, golocal.Change{Ref: golocal.Ref{Root: 1, Path: "a.txt"}, Op: golocal.Upsert}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	if b.store.puts != 0 {
		t.Error("a cancelled change was stored")
	}
}

func TestApplyStoreFails(t *testing.T) {
	b := newBench(t, nil)
	b.store.fault = errors.New("the disk is full")
	b.write("a.txt", "Words.")
	err := b.Apply(context.Background(), golocal.Change{Ref: golocal.Ref{Root: 1, Path: "a.txt"}, Op: golocal.Upsert})
	if !errors.Is(err, b.store.fault) || !strings.Contains(err.Error(), "a.txt") {
		t.Errorf("%v", err)
	}
}

// unplugged is an Opener whose root has gone.
type unplugged struct{}

func (unplugged) Open(golocal.Ref) (*os.File, error) {
	return nil, fmt.Errorf("open the root: %w", golocal.ErrMissing)
}

func TestApply_MissingRootIsNoDeletion(t *testing.T) {
	b := newBench(t, nil)
	b.write("a.txt", "The door is red.")
	doc := b.apply("a.txt")
	b.Opener = unplugged{}
	err := b.Apply(context.Background(), golocal.Change{Ref: doc.Ref, Op: golocal.Upsert})
	if !errors.Is(err, golocal.ErrMissing) {
		t.Errorf("Apply: %v, want golocal.ErrMissing", err)
	}
	if _, known, _ := b.store.Document(context.Background(), doc.Ref); !known {
		t.Error("the document was removed although only its disk is away")
	}
}

// prose makes n different sentences of eight words.
func prose(prefix string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%s sentence number %d is about some thing. ", prefix, i)
	}
	return strings.TrimSpace(b.String())
}
