package extraction

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// folder writes files, by name and content, into a new folder.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// verbatim reads the bytes of a file as its text.
func verbatim(_ context.Context, file string) (Reading, error) {
	b, err := os.ReadFile(file)
	return Reading{Text: string(b), State: "ready", Pages: 1}, err
}

// fakeReference reads files of some formats with a function.
type fakeReference struct {
	name, formats string
	read          func(file string) (string, error)
}

func (f fakeReference) Name() string             { return f.name }
func (f fakeReference) Reads(format string) bool { return strings.Contains(f.formats, format) }
func (f fakeReference) Text(_ context.Context, _, file string) (string, error) {
	return f.read(file)
}

func plain(file string) (string, error) {
	b, err := os.ReadFile(file)
	return string(b), err
}

func TestRun(t *testing.T) {
	whole := words("w", 40)
	dir := folder(t, map[string]string{
		"a.pdf": whole, "deep/er/b.PDF": whole, "c.docx": whole, "crash.docx": whole, "hang.docx": whole,
		"error.docx": whole, "silent.docx": whole, "locked.docx": whole, "empty.xlsx": " \n", "note": whole,
	})
	if err := os.Symlink(filepath.Join(dir, "a.pdf"), filepath.Join(dir, "link.pdf")); err != nil {
		t.Logf("no link is tried: %v", err)
	}
	read := func(ctx context.Context, file string) (Reading, error) {
		switch base := filepath.Base(file); strings.TrimSuffix(base, filepath.Ext(base)) {
		case "crash":
			return Reading{State: "failed", Reason: "crashes the parser", Crashed: true}, nil
		case "hang":
			<-ctx.Done()
			return Reading{}, ctx.Err()
		case "error":
			return Reading{}, errors.New("no parser to be had")
		case "silent":
			return Reading{State: "ready"}, nil
		case "locked":
			return Reading{State: "failed", Reason: "needs a password"}, nil
		}
		return verbatim(ctx, file)
	}
	r, err := Run(t.Context(), dir, Options{
		Read: read, Wall: 200 * time.Millisecond, Deaths: func() int { return 5 },
		References: []Reference{fakeReference{Pdftotext, "pdf", plain}, fakeReference{Mutool, "pdf", plain}, fakeReference{Pandoc, "docx", plain}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if r.Files != 10 {
		t.Errorf("%d files, want 10: links are no files", r.Files)
	}
	var crashed []string
	for _, v := range r.Crashes {
		crashed = append(crashed, v.Path+": "+v.Reason)
	}
	if got, want := strings.Join(crashed, "; "), "crash.docx: crashes the parser; error.docx: no parser to be had; hang.docx: hangs: not read after 200ms"; got != want {
		t.Errorf("crashed: %s", got)
	}
	if r.Deaths != 5 {
		t.Errorf("%d processes died, want 5", r.Deaths)
	}
	var silent []string
	for _, v := range r.Silent {
		silent = append(silent, v.Path)
	}
	if got := strings.Join(silent, " "); got != "empty.xlsx silent.docx" {
		t.Errorf("silently empty: %s", got)
	}
	kinds := map[string]Kind{}
	for _, k := range r.Kinds {
		kinds[k.Format] = k
	}
	if k := kinds["pdf"]; k.Files != 2 || k.Read != 2 || k.References != 2 || *k.Median != 1 {
		t.Errorf("pdf: %+v", k)
	}
	if k := kinds["docx"]; k.Files != 6 || k.Read != 1 || k.Failed != 5 || k.References != 6 || *k.Median != 0 {
		t.Errorf("docx: %+v", k)
	}
	if k := kinds["none"]; k.Files != 1 || k.References != 0 {
		t.Errorf("none: %+v", k)
	}
	if len(r.Worst) != 8 || r.Worst[7].F1 != 1 {
		t.Errorf("worst: %+v", r.Worst)
	}
}

func TestRun_ReferencesThatFailAreNone(t *testing.T) {
	dir := folder(t, map[string]string{"a.pdf": words("w", 40), "b.rtf": words("w", 40)})
	refuse := func(string) (string, error) { return words("x", 40), errors.New("broken") }
	r, err := Run(t.Context(), dir, Options{Read: verbatim, References: []Reference{
		fakeReference{"one", "pdf", plain}, fakeReference{"two", "pdf rtf", refuse},
	}})
	if err != nil || len(r.Worst) != 0 {
		t.Errorf("%+v, %v", r.Worst, err)
	}
}

func TestRun_OneFormatInOrder(t *testing.T) {
	dir := folder(t, map[string]string{"b.htm": "b", "a/z.html": "z", "c.md": "c", "c.xhtml": "c"})
	var mu sync.Mutex
	steps := map[string]int{}
	r, err := Run(t.Context(), dir, Options{Format: "html", Read: verbatim, Progress: func(step string, done, of int) {
		mu.Lock()
		defer mu.Unlock()
		if steps[step]++; steps[step] != done || of != 3 {
			t.Errorf("%s: %d of %d", step, done, of)
		}
	}})
	if err != nil || r.Files != 3 || r.Kinds[0].Format != "html" {
		t.Fatalf("%+v, %v", r, err)
	}
	if steps["reading"] != 3 || steps["comparing"] != 3 {
		t.Errorf("steps: %v", steps)
	}
	files, err := list(dir, "")
	var names []string
	for _, f := range files {
		names = append(names, f.path)
	}
	if got := strings.Join(names, " "); got != "a/z.html b.htm c.md c.xhtml" || err != nil {
		t.Errorf("%s, %v", got, err)
	}
}

func TestRun_Errors(t *testing.T) {
	dir := folder(t, map[string]string{"a.pdf": "a"})
	for _, c := range []struct {
		what, dir, format, want string
	}{
		{"an empty folder", t.TempDir(), "", "holds no file"},
		{"no file of a type", dir, "docx", "holds no file of type docx"},
		{"no folder", filepath.Join(dir, "none"), "", "no such file"},
	} {
		if _, err := Run(t.Context(), c.dir, Options{Format: c.format, Read: verbatim}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.what, err)
		}
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	stopped := errors.New("enough")
	_, err := Run(ctx, dir, Options{Read: func(ctx context.Context, _ string) (Reading, error) {
		cancel(stopped)
		<-ctx.Done()
		return Reading{}, ctx.Err()
	}})
	if !errors.Is(err, stopped) {
		t.Errorf("stopped by the caller: %v", err)
	}
}

func TestRun_Speed(t *testing.T) {
	dir := folder(t, map[string]string{"a.pdf": words("w", 40), "b.pdf": words("w", 40), "dispute.pdf": words("w", 40), "unread.pdf": words("w", 40)})
	var mu sync.Mutex
	reads := map[string]int{}
	read := func(ctx context.Context, file string) (Reading, error) {
		mu.Lock()
		reads[filepath.Base(file)]++
		mu.Unlock()
		if filepath.Base(file) == "unread.pdf" {
			return Reading{State: "failed", Reason: "needs a password"}, nil
		}
		r, err := verbatim(ctx, file)
		r.Pages = 3
		return r, err
	}
	slow := func(file string) (string, error) {
		time.Sleep(20 * time.Millisecond)
		return plain(file)
	}
	other := func(file string) (string, error) {
		if filepath.Base(file) == "dispute.pdf" {
			return words("x", 40), nil
		}
		return plain(file)
	}
	r, err := Run(t.Context(), dir, Options{Read: read, Speed: true, References: []Reference{fakeReference{Mutool, "pdf", other}, fakeReference{Pdftotext, "pdf", slow}}})
	if err != nil {
		t.Fatal(err)
	}
	if s := r.Speed; s.Files != 2 || s.Pages != 6 || s.Reference > 3/.02 || s.PagesPerSecond <= 0 || s.Ratio() != s.PagesPerSecond/s.Reference {
		t.Errorf("%+v", s)
	}
	if reads["a.pdf"] != 3 || reads["dispute.pdf"] != 1 || reads["unread.pdf"] != 1 { // to score it, to warm up, to time it
		t.Errorf("reads: %v", reads)
	}
	for what, references := range map[string][]Reference{
		"pdftotext is not installed": {fakeReference{Mutool, "pdf", plain}},
		"no PDF was read":            {fakeReference{Pdftotext, "pdf", plain}},
	} {
		if _, err := Run(t.Context(), dir, Options{Read: read, Speed: true, References: references}); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestFormat(t *testing.T) {
	for name, want := range map[string]string{
		"a.pdf": "pdf", "A.PDF": "pdf", "a.tar.gz": "gz", "Makefile": "none", ".profile": "profile", "a.": "none",
		"x.docm": "docx", "x.htm": "html", "x.xltx": "xlsx", "x.ott": "odt", "sub.dir/README": "none",
	} {
		if got := Format(name); got != want {
			t.Errorf("Format(%q) = %q, want %q", name, got, want)
		}
	}
}
