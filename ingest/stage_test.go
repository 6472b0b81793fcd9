package ingest

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golocal"
	"golocal/ingest/parse"
)

// told keeps what an Ingester says of each file.
type told struct {
	mu    sync.Mutex
	steps map[string][]string
}

func (s *told) step(ref golocal.Ref, step Step) {
	s.mu.Lock()
	defer s.mu.Unlock()
	text := string(step.Stage)
	if step.Total > 0 {
		text += fmt.Sprintf(" %d/%d", step.Done, step.Total)
	}
	if s.steps == nil {
		s.steps = map[string][]string{}
	}
	s.steps[ref.Path] = append(s.steps[ref.Path], text)
}

// of gives what was said of a file since the last call.
func (s *told) of(path string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer delete(s.steps, path)
	return s.steps[path]
}

func TestStage(t *testing.T) {
	var s told
	b := newBench(t, func(o *Options) { o.Stage = s.step })
	parsed := []string{"reading", "queued", "reading"}
	embedded := append(slices.Clone(parsed), "chunking", "embedding 0/1", "embedding 1/1", "storing")
	for _, row := range []struct {
		name    string
		file    string
		prepare func()
		want    []string
	}{
		{"a new file", "a.md", func() { b.write("a.md", "# Title\n\nSome text.") }, embedded},
		{"the same file", "a.md", func() {}, []string{"reading"}},
		{"a copy, whose vectors are stored", "b.md", func() { b.write("b.md", "# Title\n\nSome text.") }, append(slices.Clone(parsed), "chunking", "storing")},
		{"other bytes", "a.md", func() { b.write("a.md", "# Title\n\nAnother text.") }, embedded},
		{"a broken file", "c.docx", func() { b.write("c.docx", "PK\x03\x04 nothing") }, parsed},
		{"one without text", "d.txt", func() { b.write("d.txt", "\n\n") }, parsed},
		{"one that holds a secret", "e.txt", func() { b.write("e.txt", ecKey(t)) }, parsed},
		{"one that is gone", "b.md", func() {
			if err := os.Remove(filepath.Join(b.folder.dir, "b.md")); err != nil {
				t.Fatal(err)
			}
		}, []string{"reading"}},
		{"one without a model", "f.md", func() {
			b.write("f.md", "Words without a vector.")
			b.model.fault = golocal.ErrUnavailable
		}, append(slices.Clone(parsed), "chunking", "embedding 0/1", "storing")},
	} {
		row.prepare()
		b.apply(row.file)
		if got := s.of(row.file); !slices.Equal(got, row.want) {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
}

// Of a file that has been changed in one place most vectors are stored: they count as done from the start.
func TestStage_CountsTheVectorsThatAreStored(t *testing.T) {
	var s told
	b := newBench(t, func(o *Options) { o.Stage = s.step })
	page := func(i int) string {
		return fmt.Sprintf("# Part %d\n\n%s\n\n", i, strings.TrimSpace(strings.Repeat(fmt.Sprintf("part %d tells much. ", i), 40)))
	}
	var text strings.Builder
	for i := range 50 {
		text.WriteString(page(i))
	}
	b.write("long.md", text.String())
	chunks := b.apply("long.md").Chunks
	if got := s.of("long.md"); !slices.Contains(got, fmt.Sprintf("embedding %d/%d", chunks, chunks)) || chunks < 50 {
		t.Fatalf("%d chunks, %q", chunks, got)
	}
	b.write("long.md", text.String()+page(50))
	more := b.apply("long.md").Chunks
	first := s.of("long.md")[4]
	if want := fmt.Sprintf("embedding %d/%d", chunks, more); more <= chunks || first != want {
		t.Errorf("%q with %d chunks before and %d now, want %q", first, chunks, more, want)
	}
}

// What waits for memory, or for a parser, says so, however long that takes, and
// what is cut off says nothing more.
func TestStage_Waits(t *testing.T) {
	var s told
	b := newBench(t, func(o *Options) { o.Stage = s.step })
	b.small.limit = 1
	b.write("first.txt", "The first.")
	b.write("second.txt", "The second.")
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		apply := func(name string) {
			all.Go(func() {
				if err := b.Apply(ctx, golocal.Change{Ref: golocal.Ref{Root: 1, Path: name}, Op: golocal.Upsert}); (err != nil) != (name == "second.txt") {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
		gate := make(chan struct{})
		b.Parser = gated{gate}
		b.model.delay = time.Hour
		apply("first.txt")
		synctest.Wait()
		if got, want := s.of("first.txt"), []string{"reading", "queued"}; !slices.Equal(got, want) {
			t.Errorf("before a parser is free: %q, want %q", got, want)
		}
		apply("second.txt")
		synctest.Wait()
		if got, want := s.of("second.txt"), []string{"reading", "queued"}; !slices.Equal(got, want) {
			t.Errorf("without memory: %q, want %q", got, want)
		}
		close(gate)
		synctest.Wait()
		if got, want := s.of("first.txt"), []string{"reading", "chunking", "embedding 0/1"}; !slices.Equal(got, want) {
			t.Errorf("in the parser: %q, want %q", got, want)
		}
		time.Sleep(90 * time.Minute) // the first is stored, the second is being embedded
		synctest.Wait()
		if got, want := s.of("first.txt"), []string{"embedding 1/1", "storing"}; !slices.Equal(got, want) {
			t.Errorf("after the model: %q, want %q", got, want)
		}
		if got, want := s.of("second.txt"), []string{"reading", "queued", "reading", "chunking", "embedding 0/1"}; !slices.Equal(got, want) {
			t.Errorf("with memory: %q, want %q", got, want)
		}
		cancel()
		all.Wait()
		if got := s.of("second.txt"); len(got) > 0 {
			t.Errorf("cut off: %q", got)
		}
	})
}

// gated is a parser that does not get to a file before its gate opens.
type gated struct{ gate chan struct{} }

func (g gated) ParseFile(ctx context.Context, name string, _ golocal.Sum, file io.ReaderAt, size int64) (golocal.Document, error) {
	select {
	case <-g.gate:
	case <-ctx.Done():
		return golocal.Document{}, context.Cause(ctx)
	}
	data, err := io.ReadAll(io.NewSectionReader(file, 0, size))
	if err != nil {
		return golocal.Document{}, err
	}
	return (&parse.Formats{}).Parse(ctx, name, data)
}
