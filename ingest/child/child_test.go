package child

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golocal"
	"golocal/ingest/normal"
	"golocal/ingest/parse"
	"golocal/internal/sample"
)

func TestParser_Trouble(t *testing.T) {
	c := start(t, "parse-trouble", Options{Wall: 700 * time.Millisecond, Memory: 300 << 20})
	for _, test := range []struct {
		name, reason string
		crashed      bool
		deaths       int // so far
	}{
		{"hang", "takes longer than 700ms to read", true, 1},
		{"die", "crashes the parser", true, 4},
		{"panic", "broken: the parser stopped at it", true, 4},
		{"lie", "broken: sections overlap or lie outside of the text", false, 4},
		{"refuse", "needs a password", false, 4},
	} {
		began := time.Now()
		_, err := c.Parse(context.Background(), test.name, nil)
		var failure *parse.Failure
		if !errors.As(err, &failure) || failure.Reason != test.reason || failure.State != golocal.StateFailed {
			t.Errorf("%s: %v, want %q", test.name, err, test.reason)
		}
		if failure != nil && failure.Crashed != test.crashed || c.Deaths() != test.deaths {
			t.Errorf("%s: %+v after %d deaths, want %d", test.name, failure, c.Deaths(), test.deaths)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%s took %v", test.name, took)
		}
		doc, err := c.Parse(context.Background(), "good", []byte("words"))
		if err != nil || doc.Text != "read good words" {
			t.Errorf("the file after %s: %q, %v", test.name, doc.Text, err)
		}
	}
}

func TestParser_Memory(t *testing.T) {
	c := start(t, "parse-trouble", Options{Memory: 300 << 20})
	for _, name := range []string{"eat", "deep"} {
		_, err := c.Parse(context.Background(), name, nil)
		var failure *parse.Failure
		if !errors.As(err, &failure) || !strings.Contains(failure.Reason, "memory") && !strings.Contains(failure.Reason, "crashes") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestParser_SecondChance(t *testing.T) {
	cache := t.TempDir() // the one folder of this test that a parser process may write to
	mark := filepath.Join(cache, "mark")
	if err := os.WriteFile(mark, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c := start(t, "parse-trouble", Options{Cache: cache})
	if doc, err := c.Parse(context.Background(), "once", []byte(mark)); err != nil || !strings.HasPrefix(doc.Text, "read once") {
		t.Errorf("a file whose first process died: %q, %v", doc.Text, err)
	}
}

func TestParser_IsReplaced(t *testing.T) {
	c := start(t, "parse-trouble", Options{Docs: 3, Procs: 1})
	pids := map[string]int{}
	for range 7 {
		doc, err := c.Parse(context.Background(), "good", nil)
		if err != nil {
			t.Fatal(err)
		}
		pids[doc.Title]++
	}
	if len(pids) != 3 {
		t.Errorf("7 files in processes of 3 took %d processes", len(pids))
	}
	for _, n := range pids {
		if n > 3 {
			t.Errorf("one process read %d files", n)
		}
	}
}

func TestParser_Procs(t *testing.T) {
	c := start(t, "parse-trouble", Options{Procs: 2})
	var mu sync.Mutex
	pids := map[string]bool{}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			doc, err := c.Parse(context.Background(), "good", nil)
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			pids[doc.Title] = true
			mu.Unlock()
		})
	}
	all.Wait()
	if len(pids) > 2 {
		t.Errorf("%d processes where 2 are allowed", len(pids))
	}
}

func TestParser_Cancelled(t *testing.T) {
	c := start(t, "parse-trouble", Options{Procs: 1})
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	var failure *parse.Failure
	if _, err := c.Parse(ctx, "hang", nil); err == nil || errors.As(err, &failure) {
		t.Errorf("a cancelled file is not a failed file: %v", err)
	}
	if _, err := c.Parse(context.Background(), "good", nil); err != nil {
		t.Error(err)
	}
	c.Close()
	if _, err := c.Parse(context.Background(), "good", nil); err == nil {
		t.Error("a closed parser parses")
	}
}

func TestParser_EndsWhenIdle(t *testing.T) {
	c := start(t, "parse-trouble", Options{Idle: 20 * time.Millisecond})
	first, err := c.Parse(context.Background(), "good", nil)
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond)
	second, err := c.Parse(context.Background(), "good", nil)
	if err != nil {
		t.Fatal(err)
	}
	if first.Title == second.Title {
		t.Error("an idle process was kept")
	}
}

func TestParser_CannotStart(t *testing.T) {
	c := New(Options{Command: []string{filepath.Join(t.TempDir(), "missing")}})
	defer c.Close()
	var failure *parse.Failure
	if _, err := c.Parse(context.Background(), "good", nil); err == nil || errors.As(err, &failure) {
		t.Errorf("a parser that cannot start must not condemn the file: %v", err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c = New(Options{Command: []string{self, "-test.run=^$"}}) // a program that is no parser
	defer c.Close()
	if _, err := c.Parse(context.Background(), "good", nil); err == nil || errors.As(err, &failure) {
		t.Errorf("a program that is no parser: %v", err)
	}
}

// TestParser_Real runs the real parsers in the real process under its real limits.
func TestParser_Real(t *testing.T) {
	o := Options{Cache: cacheDir(t)}
	if raced {
		o.Memory = 2 << 30 // compiling the PDF code takes several times as much then
	}
	c := start(t, "parse", o)
	long := make([][]sample.PDFLine, 60)
	for i := range long {
		long[i] = sample.Column(700, strings.Repeat(string(rune('a'+i%26)), 1+i/26)+" words on this page", "and some more of them")
	}
	for _, f := range []struct {
		name string
		data []byte
		want string
	}{
		{"a.pdf", sample.PDF([][]sample.PDFLine{sample.Column(700, "Words in a PDF")}, "", "", nil, ""), "Words in a PDF"},
		{"long.pdf", sample.PDF(long, "", "", nil, ""), "words on this page"},
		{"a.docx", sample.DOCX(sample.Para("", "Words in a DOCX"), nil), "Words in a DOCX"},
		{"a.md", []byte("# Words"), "# Words"},
		{"large.txt", []byte(strings.Repeat("A line of text that is long enough.\n", 1<<15)), "A line of text"},
	} {
		doc, err := c.Parse(context.Background(), f.name, f.data)
		if err != nil || !strings.Contains(doc.Text, f.want) {
			t.Errorf("%s: %q, %v", f.name, normal.Shorten(doc.Text, 100), err)
		}
	}
}

// cacheDir keeps compiled PDF code between runs of the tests: compiling takes
// longer than all of them.
func cacheDir(t testing.TB) string {
	t.Helper()
	base, err := os.UserCacheDir()
	if err != nil {
		return t.TempDir()
	}
	dir := filepath.Join(base, "golocal-test-pdf")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return t.TempDir()
	}
	return dir
}
