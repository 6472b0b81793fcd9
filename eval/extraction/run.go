package extraction

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Reading is what a reader read from a file.
type Reading struct {
	Text    string
	State   string // "ready", or why there is no text to search
	Reason  string // of every other state: one line for the user
	Pages   int    // of a paged file
	Crashed bool   // its parser panicked, took too long or died
}

// A Reader reads a file. An error says that the reader itself could not work,
// and counts as a crash.
type Reader func(ctx context.Context, file string) (Reading, error)

// Reference is another reader of files, to compare with.
type Reference interface {
	Name() string
	Reads(format string) bool
	// Text returns what it reads from a file; an error where it can't read it.
	Text(ctx context.Context, format, file string) (string, error)
}

// Options are what a Run works with. All but Read may be left out.
type Options struct {
	Read       Reader
	References []Reference
	Format     string        // only files of this format, as Format names it
	Worst      int           // how many of the files with the lowest F1 to name; 20
	Wall       time.Duration // a file that takes Read longer than this hangs; 5 minutes
	Speed      bool          // measure the reader's speed against pdftotext's too
	Parser     string        // first argument of the reader's child processes, whose memory counts
	Deaths     func() int    // how many of these processes died at work
	Progress   func(step string, done, of int)
}

// atOnce is how many files are read at once, and how many references run.
const atOnce = 2

// Run reads every regular file of dir, in the order of its names, then lets the
// references read them, and compares. The texts wait in a temporary folder, so
// that what a comparison costs does not count as the reader's.
func Run(ctx context.Context, dir string, o Options) (_ Report, err error) {
	if o.Worst == 0 {
		o.Worst = 20
	}
	if o.Wall == 0 {
		o.Wall = 5 * time.Minute
	}
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
	files, err := list(dir, o.Format)
	if err != nil {
		return Report{}, err
	}
	texts, err := os.MkdirTemp("", "golocal-extraction-")
	if err != nil {
		return Report{}, fmt.Errorf("make a folder for the texts: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(texts)) }()
	r := &run{Options: o, dir: dir, texts: texts, files: files}

	began, memory := time.Now(), watchMemory(o.Parser)
	err = r.each(ctx, "reading", r.read)
	child, growth := memory.end()
	took := time.Since(began)
	if err != nil {
		return Report{}, err
	}
	if err := r.each(ctx, "comparing", r.compare); err != nil {
		return Report{}, err
	}
	report := newReport(r.files, o.Worst)
	report.Seconds, report.ChildPeak, report.Growth = took.Seconds(), child, growth
	report.Notes = append(report.Notes, missing(o.References, report.Kinds)...)
	if o.Deaths != nil {
		report.Deaths = o.Deaths()
	}
	for _, f := range o.References {
		report.References = append(report.References, f.Name())
	}
	if o.Speed {
		if report.Speed, err = r.speed(ctx); err != nil {
			return Report{}, err
		}
	}
	return report, nil
}

// run is one Run at work.
type run struct {
	Options
	dir, texts string
	files      []file
}

// file is a file of a run and what came of it.
type file struct {
	path      string // below the folder, with forward slashes
	format    string
	reading   Reading // without its text
	seconds   float64
	blank     bool // nothing but white space was read
	tokens    int
	reference string // whose text the score is against; "" when none read anything
	expected  int    // tokens of it
	score     Score
	counts    bool // the score says something: see judge
}

// list returns the regular files of dir, below it too.
func list(dir, format string) ([]file, error) {
	var files []file
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		below, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		if f := Format(below); format == "" || f == format {
			files = append(files, file{path: filepath.ToSlash(below), format: f})
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, fmt.Errorf("list the files of %s: %w", dir, err)
	case len(files) == 0 && format != "":
		return nil, fmt.Errorf("%s holds no file of type %s", dir, format)
	case len(files) == 0:
		return nil, fmt.Errorf("%s holds no file", dir)
	}
	return files, nil
}

// variants maps extensions to the format that they are a variant of.
var variants = map[string]string{
	"docm": "docx", "dotx": "docx", "dotm": "docx",
	"pptm": "pptx", "potx": "pptx", "potm": "pptx", "ppsx": "pptx", "ppsm": "pptx",
	"xlsm": "xlsx", "xltx": "xlsx", "xltm": "xlsx",
	"ott": "odt", "ots": "ods", "otp": "odp",
	"htm": "html", "xhtml": "html", "mhtml": "mht", "markdown": "md", "jpeg": "jpg", "tif": "tiff", "yml": "yaml",
}

// Format is a file's type by its name: the extension without its dot, variants
// under their main name, "none" without one. It does not ask the reader, whose
// mistakes would move files out of sight.
func Format(name string) string {
	ext := strings.ToLower(strings.TrimPrefix(path.Ext(filepath.ToSlash(name)), "."))
	if v, ok := variants[ext]; ok {
		return v
	}
	if ext == "" {
		return "none"
	}
	return ext
}

// each does a step for every file, some at once, until one fails.
func (r *run) each(ctx context.Context, step string, do func(context.Context, int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wait sync.WaitGroup
	var mu sync.Mutex // over next and done
	next, done := 0, 0
	for range atOnce {
		wait.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= len(r.files) || ctx.Err() != nil {
					return
				}
				if err := do(ctx, i); err != nil {
					cancel(err)
					return
				}
				mu.Lock()
				done++
				r.Progress(step, done, len(r.files))
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	return context.Cause(ctx)
}

func (r *run) text(i int) string { return filepath.Join(r.texts, strconv.Itoa(i)) }

func (r *run) path(i int) string { return filepath.Join(r.dir, filepath.FromSlash(r.files[i].path)) }

// read lets the reader read file i and puts its text aside.
func (r *run) read(ctx context.Context, i int) error {
	f := &r.files[i]
	alone, cancel := context.WithTimeout(ctx, r.Wall)
	defer cancel()
	began := time.Now()
	reading, err := r.Read(alone, r.path(i))
	f.seconds = time.Since(began).Seconds()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	switch {
	case err != nil && alone.Err() != nil:
		reading = Reading{State: "failed", Reason: fmt.Sprintf("hangs: not read after %v", r.Wall), Crashed: true}
	case err != nil:
		reading = Reading{State: "failed", Reason: err.Error(), Crashed: true}
	}
	f.blank = strings.TrimSpace(reading.Text) == ""
	if err := os.WriteFile(r.text(i), []byte(reading.Text), 0o600); err != nil {
		return fmt.Errorf("put a text aside: %w", err)
	}
	reading.Text = ""
	f.reading = reading
	return nil
}

// compare lets the references read file i and scores what was read.
func (r *run) compare(ctx context.Context, i int) error {
	f := &r.files[i]
	text, err := os.ReadFile(r.text(i))
	if err != nil {
		return fmt.Errorf("compare a text: %w", err)
	}
	read := NewBag(string(text))
	f.tokens = read.Size
	var others []witness
	for _, ref := range r.References {
		if !ref.Reads(f.format) {
			continue
		}
		text, err := ref.Text(ctx, f.format, r.path(i))
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err == nil { // what a reference can't read is no reference
			others = append(others, witness{ref.Name(), NewBag(text)})
		}
	}
	f.judge(read, others)
	return nil
}

// witness is what a reference read.
type witness struct {
	name string
	bag  Bag
}

const (
	leastTokens = 20  // of a reference, for its score to count
	leastAgree  = 0.9 // F1 between two references, for either to be trusted
)

// judge scores a file against the reference that it matches better. The score
// counts where the reference holds enough to say something; for PDF, whose text
// two good readers can see differently, only where two agree.
func (f *file) judge(read Bag, others []witness) {
	trusted := 0
	for _, w := range others {
		if w.bag.Size >= leastTokens {
			trusted++
		}
		if s := Compare(read, w.bag); w.bag.Size > 0 && (f.reference == "" || s.F1 > f.score.F1) {
			f.reference, f.expected, f.score = w.name, w.bag.Size, s
		}
	}
	if f.format == "pdf" {
		f.counts = trusted == 2 && Compare(others[0].bag, others[1].bag).F1 >= leastAgree
	} else {
		f.counts = trusted > 0
	}
}

// silent tells whether nothing was read and nobody was told why.
func (f *file) silent() bool {
	return f.reading.Reason == "" && !f.reading.Crashed && (f.blank || f.tokens == 0 && f.expected > 0)
}
