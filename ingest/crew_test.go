package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golocal"
	"golocal/ingest/parse"
)

// feed gives out changes in order and then ends.
func feed(names ...string) func(context.Context) (golocal.Change, error) {
	i := 0
	return func(context.Context) (golocal.Change, error) {
		if i++; i > len(names) {
			return golocal.Change{}, errors.New("the end")
		}
		return golocal.Change{Ref: golocal.Ref{Root: 1, Path: names[i-1]}, Op: golocal.Upsert}, nil
	}
}

func TestWork_Cancelled(t *testing.T) {
	b := newBench(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	given := 0
	b.Work(ctx, func(ctx context.Context) (golocal.Change, error) {
		if given++; given > 3 {
			<-ctx.Done()
			return golocal.Change{}, ctx.Err()
		}
		return golocal.Change{Op: golocal.Remove}, nil
	}, func(ctx context.Context, _ golocal.Change) {
		cancel()
		<-ctx.Done()
	}) // returns
}

// blocking is an Opener over a root whose server does not answer, and others.
type blocking struct {
	Opener
	root    int64
	release chan struct{}
}

func (o blocking) Open(ref golocal.Ref) (*os.File, error) {
	if ref.Root == o.root {
		<-o.release
		return nil, &os.PathError{Op: "open", Path: ref.Path, Err: os.ErrDeadlineExceeded}
	}
	return o.Opener.Open(ref)
}

func TestR31_BlockedReadsStopNoOtherRoot(t *testing.T) {
	far := blocking{root: 2, release: make(chan struct{})}
	near := 3 * SmallFiles
	b := newBench(t, func(o *Options) {
		far.Opener, o.Opener = o.Opener, &far
		o.Parser = watched{parsed: make(chan string, near)} // which may be called by several at once
	})
	var changes []golocal.Change
	for i := range SmallFiles {
		changes = append(changes, golocal.Change{Ref: golocal.Ref{Root: 2, Path: fmt.Sprint(i)}, Op: golocal.Upsert})
	}
	for i := range near {
		name := fmt.Sprintf("%d.txt", i)
		b.write(name, fmt.Sprint("words ", i))
		changes = append(changes, golocal.Change{Ref: golocal.Ref{Root: 1, Path: name}, Op: golocal.Upsert})
	}
	done := make(chan string, len(changes))
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		b.Work(t.Context(), func(context.Context) (golocal.Change, error) {
			if len(changes) == 0 {
				return golocal.Change{}, errors.New("the end")
			}
			c := changes[0]
			changes = changes[1:]
			return c, nil
		}, func(ctx context.Context, c golocal.Change) {
			if err := b.Apply(ctx, c); err != nil {
				t.Errorf("%v: %v", c, err)
			}
			if c.Ref.Root == 1 {
				done <- c.Ref.Path
			}
		})
	}()
	for i := range near {
		select {
		case <-done:
		case <-time.After(20 * time.Second):
			t.Errorf("%d of %d files were indexed beside a root that does not answer", i, near)
			close(far.release)
			return
		}
	}
	close(far.release)
	<-ended
	if doc := b.store.docs[golocal.Ref{Root: 2, Path: "0"}]; doc.State != golocal.StateFailed {
		t.Errorf("a file that could not be read is %+v", doc)
	}
}

// TestApply_ParsesAhead lets the embedder hang: files go on being parsed.
func TestApply_ParsesAhead(t *testing.T) {
	b := newBench(t, nil)
	parsed := make(chan string, 100)
	b.Parser = watched{b, parsed}
	b.model.delay = time.Hour
	var names []string
	for i := range SmallFiles {
		name := fmt.Sprintf("%d.txt", i)
		b.write(name, fmt.Sprint("words ", i))
		names = append(names, name)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		b.Work(ctx, feed(names...), func(ctx context.Context, c golocal.Change) {
			if err := b.Apply(ctx, c); !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", c.Ref.Path, err)
			}
		})
	}()
	for i := range names {
		select {
		case <-parsed:
		case <-time.After(20 * time.Second):
			t.Fatalf("%d of %d files were parsed while the embedder worked", i, len(names))
		}
	}
	cancel()
	<-done
	if b.small.used != 0 || b.large.used != 0 {
		t.Errorf("%d and %d bytes are left", b.small.used, b.large.used)
	}
}

// watched is a bench's parser that tells what it has parsed.
type watched struct {
	b      *bench
	parsed chan string
}

func (w watched) ParseFile(ctx context.Context, name string, _ golocal.Sum, file io.ReaderAt, size int64) (golocal.Document, error) {
	data := make([]byte, size)
	if _, err := file.ReadAt(data, 0); err != nil {
		return golocal.Document{}, err
	}
	doc, err := (&parse.Formats{}).Parse(ctx, name, data)
	w.parsed <- name
	return doc, err
}

// inflating is a parser whose texts are much larger than their files.
type inflating struct {
	mu    sync.Mutex
	tries map[string]int
}

func (p *inflating) ParseFile(_ context.Context, name string, _ golocal.Sum, _ io.ReaderAt, _ int64) (golocal.Document, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tries[name]++
	line := name + strings.Repeat(" words", 1<<12) + "\n"
	text := strings.Repeat(line, LargeFile*3/2/len(line))
	return golocal.Document{Type: "text", Text: text, Sections: []golocal.Section{{Kind: golocal.KindParagraph, Span: golocal.Span{End: len(name)}}}}, nil
}

// TestApply_SmallFilesOfMuchText bounds the text in memory, whatever the files'
// sizes promise.
func TestApply_SmallFilesOfMuchText(t *testing.T) {
	p := &inflating{tries: map[string]int{}}
	b := newBench(t, func(o *Options) { o.Parser, o.Count = p, func(s string) int { return len(s) / 4 } })
	b.large.limit = 3 * LargeFile
	var most int64
	embedding := &meter{embedder: b.model, see: func() {
		b.large.mu.Lock()
		defer b.large.mu.Unlock()
		most = max(most, b.large.used)
	}}
	b.lane.embedder = embedding
	var names []string
	for i := range 6 {
		names = append(names, fmt.Sprintf("%d.txt", i))
		b.write(names[i], "small")
	}
	b.Work(t.Context(), feed(names...), func(ctx context.Context, c golocal.Change) {
		if err := b.Apply(ctx, c); err != nil {
			t.Error(err)
		}
	})
	if len(b.store.docs) != len(names) {
		t.Errorf("%d documents", len(b.store.docs))
	}
	if most > b.large.limit || most == 0 {
		t.Errorf("%d bytes of text at once, %d are allowed", most, b.large.limit)
	}
	if b.small.used != 0 || b.large.used != 0 {
		t.Errorf("%d and %d bytes are left", b.small.used, b.large.used)
	}
}

// meter looks at something whenever it embeds.
type meter struct {
	*embedder
	see func()
}

func (m *meter) Embed(ctx context.Context, texts []string) ([][]float32, error) {
	m.see()
	return m.embedder.Embed(ctx, texts)
}

// TestApply_LargeFile reads a file that is not held in memory, changes it before
// it is parsed, and reads it again.
func TestApply_LargeFile(t *testing.T) {
	b := newBench(t, nil)
	body := strings.Repeat(strings.Repeat("x", 99)+"\n", held/100+1)
	b.write("large.txt", body)
	name := filepath.Join(b.folder.dir, "large.txt")
	disturb := true
	b.afterRead = func() {
		if disturb {
			if err := os.Chtimes(name, time.Now(), time.Now()); err != nil {
				t.Error(err)
			}
		}
	}
	change := golocal.Change{Ref: golocal.Ref{Root: 1, Path: "large.txt"}, Op: golocal.Upsert}
	if err := b.Apply(t.Context(), change); !errors.Is(err, golocal.ErrUnstable) { // changes three times while it is read
		t.Fatal(err)
	}
	if doc := b.store.docs[change.Ref]; doc.State != golocal.StateUnstable || doc.Reason == "" {
		t.Errorf("%s, %q", doc.State, doc.Reason)
	}
	disturb = false
	b.Parser = watched{b, make(chan string, 1)}
	if doc := b.apply("large.txt"); doc.State != golocal.StateReady || doc.Size != int64(len(body)) {
		t.Errorf("%+v", doc)
	}
	b.Parser = touching{b, name}
	b.write("large.txt", body+"more\n")
	if err := b.Apply(t.Context(), change); !errors.Is(err, errMoving) {
		t.Errorf("a file that changed between its sum and its parsing: %v", err)
	}
}

// touching is a parser during whose work its file changes.
type touching struct {
	b    *bench
	name string
}

func (p touching) ParseFile(context.Context, string, golocal.Sum, io.ReaderAt, int64) (golocal.Document, error) {
	return golocal.Document{Type: "text", Text: "words"}, os.Chtimes(p.name, time.Now(), time.Now())
}

// TestApply_FailedFilesRest restarts: what could not be read is not parsed again
// until it changes, or the parsers do.
func TestApply_FailedFilesRest(t *testing.T) {
	b := newBench(t, nil)
	b.write("bad.docx", "PK\x03\x04 nothing")
	if doc := b.apply("bad.docx"); doc.State != golocal.StateFailed {
		t.Fatalf("%+v", doc)
	}
	b.Ingester = New(b.Options)
	if b.apply("bad.docx"); b.parsed != 1 {
		t.Errorf("parsed %d times after a restart", b.parsed)
	}
	b.Ingester = New(b.Options)
	b.version = "another"
	if b.apply("bad.docx"); b.parsed != 2 {
		t.Errorf("parsed %d times with other parsers", b.parsed)
	}
	b.write("bad.docx", "PK\x03\x04 nothing else")
	if b.apply("bad.docx"); b.parsed != 3 {
		t.Errorf("parsed %d times after a change", b.parsed)
	}
}

// TestApply_ChunkerPanics costs the file, not the daemon.
func TestApply_ChunkerPanics(t *testing.T) {
	b := newBench(t, func(o *Options) { o.Count = func(string) int { panic("nobody expects this") } })
	b.write("a.txt", "words")
	if doc := b.apply("a.txt"); doc.State != golocal.StateFailed || !strings.HasPrefix(doc.Reason, "broken: ") {
		t.Errorf("%+v", doc)
	}
}
