package watch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golocal"
)

// shelf is a catalogue in memory, filled by workers as an ingester would.
type shelf struct {
	mu    sync.Mutex
	docs  map[golocal.Ref]golocal.Document
	reads int                  // files read
	sums  map[golocal.Sum]bool // contents ever seen: what an embedder would have worked on
	log   []golocal.Change
	err   error // of Documents
	lists int
	stop  func(path string) // between reading a file and storing it
}

func newShelf() *shelf {
	return &shelf{docs: make(map[golocal.Ref]golocal.Document), sums: make(map[golocal.Sum]bool)}
}

func (s *shelf) Documents(ctx context.Context, root int64, folder string) iter.Seq2[golocal.Document, error] {
	s.mu.Lock()
	s.lists++
	var docs []golocal.Document
	for ref, d := range s.docs {
		if ref.Root == root && inside(ref.Path, folder) {
			docs = append(docs, d)
		}
	}
	err := s.err
	s.mu.Unlock()
	return func(yield func(golocal.Document, error) bool) {
		if err != nil {
			yield(golocal.Document{}, err)
			return
		}
		for _, d := range docs {
			if !yield(d, ctx.Err()) {
				return
			}
		}
	}
}

// apply does what a worker of the daemon does, without parsing.
func (s *shelf) apply(w *Watcher, c golocal.Change) error {
	d := golocal.Document{Ref: c.Ref, Indexed: time.Now(), State: golocal.StateReady}
	switch c.Op {
	case golocal.Remove:
		d.State = ""
	case golocal.Skip:
		d.State, d.Reason = golocal.StateSkipped, c.Reason
	case golocal.Upsert:
		if err := readInto(&d, w); errors.Is(err, fs.ErrNotExist) {
			d.State = ""
		} else if err != nil {
			d.State, d.Reason = golocal.StateFailed, err.Error()
		}
	default:
		return fmt.Errorf("change %v has an operation that no worker knows", c)
	}
	s.mu.Lock()
	stop := s.stop
	s.mu.Unlock()
	if stop != nil {
		stop(c.Ref.Path)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.log = append(s.log, c)
	if c.Op == golocal.Upsert {
		s.reads++
		if d.State == golocal.StateReady { // no content, where a late event names a file that is gone
			s.sums[d.Sum] = true
		}
	}
	if d.State == "" {
		delete(s.docs, c.Ref)
	} else {
		s.docs[c.Ref] = d
	}
	return nil
}

func readInto(d *golocal.Document, w *Watcher) error {
	f, err := w.Open(d.Ref)
	if err != nil {
		return err
	}
	defer f.Close()
	fi, err := f.Stat()
	if err != nil {
		return err
	}
	data, err := io.ReadAll(f)
	if err != nil {
		return err
	}
	d.Size, d.Modified, d.Sum = int64(len(data)), fi.ModTime(), sha256.Sum256(data)
	return nil
}

// changes are all that workers have done so far.
func (s *shelf) changes() []golocal.Change {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.log)
}

func (s *shelf) paths(root int64) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ps []string
	for ref := range s.docs {
		if ref.Root == root {
			ps = append(ps, ref.Path)
		}
	}
	slices.Sort(ps)
	return ps
}

func (s *shelf) len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.docs)
}

func (s *shelf) doc(root int64, path string) (golocal.Document, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d, ok := s.docs[golocal.Ref{Root: root, Path: path}]
	return d, ok
}

func (s *shelf) count() (reads, sums int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reads, len(s.sums)
}

// house is a watcher at work on a real folder.
type house struct {
	*testing.T
	w     *Watcher
	shelf *shelf
	dir   string
	stop  func()
	logs  *logBuffer
}

type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func testOptions() Options {
	return Options{Quiet: 20 * time.Millisecond, MaxWait: 300 * time.Millisecond, Poll: 100 * time.Millisecond}
}

// open starts a watcher on a new folder, beside other tests. change may alter
// the watcher first.
func open(t *testing.T, o Options, change func(*Watcher)) *house {
	t.Parallel()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(dir, "root")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	h := &house{T: t, shelf: newShelf(), dir: dir}
	h.start(o, change)
	return h
}

func (h *house) start(o Options, change func(*Watcher)) {
	h.logs = new(logBuffer)
	o.Catalogue = h.shelf
	o.Log = slog.New(slog.NewTextHandler(h.logs, nil))
	w := New(o)
	if change != nil {
		change(w)
	}
	if err := w.Add(golocal.Root{ID: 1, Path: h.dir}); err != nil {
		h.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := w.Run(ctx); err != nil {
			h.Errorf("Run: %v", err)
		}
	})
	for range 2 {
		wg.Go(func() {
			for {
				c, err := w.Queue().Next(ctx)
				if err != nil {
					return
				}
				err = h.shelf.apply(w, c)
				if err != nil {
					h.Error(err)
				}
				w.Queue().Done(c, err)
			}
		})
	}
	h.w = w
	h.stop = sync.OnceFunc(func() { cancel(); wg.Wait() })
	h.Cleanup(h.stop)
}

func (h *house) path(rel string) string { return filepath.Join(h.dir, filepath.FromSlash(rel)) }

func (h *house) write(rel, text string) {
	h.Helper()
	write(h, h.path(rel), text)
}

func (h *house) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatal(err)
	}
}

func (h *house) sync() {
	h.Helper()
	ctx, cancel := context.WithTimeout(h.Context(), 2*patience)
	defer cancel()
	if err := h.w.Sync(ctx); err != nil {
		h.Fatalf("Sync: %v", err)
	}
}

func (h *house) settle() {
	h.Helper()
	ctx, cancel := context.WithTimeout(h.Context(), 2*patience)
	defer cancel()
	if err := h.w.Settle(ctx); err != nil {
		h.Fatalf("Settle: %v", err)
	}
}

// patience is for machines with much else to do; no test that passes needs it.
const patience = time.Minute

// until waits for cond.
func (h *house) until(what string, cond func() bool) {
	h.Helper()
	for end := time.Now().Add(patience); !cond(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			h.Fatalf("waited for: %s\nindexed: %q\nstate: %+v\n%s", what, h.shelf.paths(1), h.w.Status(), h.logs)
		}
	}
}

// walk is what the folder holds, found without the code under test: files by
// path and sum, those to be skipped with a zero sum.
func walk(t testing.TB, dir string) map[string]golocal.Sum {
	ignore, _ := os.ReadFile(filepath.Join(dir, ".gitignore"))
	lines := strings.Split(string(ignore), "\n")
	noLogs, noTmp := slices.Contains(lines, "*.log"), slices.Contains(lines, "tmp-ignored/")
	files := make(map[string]golocal.Sum)
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if noLogs && strings.HasSuffix(name, ".log") {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			if name == ".git" || name == "node_modules" || name == ".ssh" || name == "tmp-ignored" && noTmp {
				return filepath.SkipDir
			}
			return nil
		}
		rel := filepath.ToSlash(strings.TrimPrefix(p, dir+string(filepath.Separator)))
		switch {
		case d.Type()&fs.ModeSymlink != 0, name == ".gitignore", strings.HasSuffix(name, "~"), strings.HasSuffix(name, ".swp"):
			return nil
		case !d.Type().IsRegular(), strings.HasSuffix(name, ".pem"), name == ".env":
			files[rel] = golocal.Sum{}
			return nil
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		files[rel] = sha256.Sum256(data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// differs compares the folder with what is indexed.
func (h *house) differs() string { return h.differsBut(func(string) bool { return false }) }

// differsBut is differs that leaves out old documents whose path may is true for.
func (h *house) differsBut(may func(path string) bool) string {
	want, got := walk(h, h.dir), make(map[string]golocal.Sum)
	h.shelf.mu.Lock()
	for ref, d := range h.shelf.docs {
		got[ref.Path] = d.Sum
	}
	h.shelf.mu.Unlock()
	if maps.Equal(want, got) {
		return ""
	}
	var b strings.Builder
	for p, sum := range want {
		switch have, ok := got[p]; {
		case !ok:
			fmt.Fprintf(&b, "missing %q\n", p)
		case have != sum && !may(p):
			fmt.Fprintf(&b, "old %q\n", p)
		}
	}
	for p := range got {
		if _, ok := want[p]; !ok {
			fmt.Fprintf(&b, "ghost %q\n", p)
		}
	}
	return b.String()
}

// equal waits until the index equals the folder by events alone.
func (h *house) equal(after string) {
	h.Helper()
	var diff string
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		if h.w.Queue().Len() == 0 {
			if diff = h.differs(); diff == "" {
				return
			}
		}
		if time.Now().After(end) {
			h.Fatalf("after %s the index is not the folder:\n%s%+v\n%s", after, diff, h.w.Status(), h.logs)
		}
	}
}

const posix = runtime.GOOS != "windows"
