package ingest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golocal"
	"golocal/ingest/child"
	"golocal/internal/sample"
)

// bombWall is what one file may take here.
const bombWall = 30 * time.Second

// shelter is a bench with the real parsers in their real processes.
func shelter(t *testing.T) *bench {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cache := t.TempDir()
	if base, err := os.UserCacheDir(); err == nil { // compiling the PDF code takes longer than all bombs
		cache = filepath.Join(base, "golocal-test-pdf")
	}
	parser := child.New(child.Options{Command: []string{self, "parse"}, Cache: cache, Wall: bombWall})
	t.Cleanup(func() { parser.Close() })
	return newBench(t, func(o *Options) { o.Parser = parser })
}

// goodFiles are ten files that are read, whatever lies beside them.
func goodFiles(b *bench) []string {
	for i := range 6 {
		b.write(fmt.Sprintf("good%d.md", i), fmt.Sprintf("# Title %d\n\nGood words.", i))
	}
	b.write("good6.docx", string(sample.DOCX(sample.Para("", "Good words."), nil)))
	b.write("good7.html", "<p>Good words.")
	b.write("good8.pdf", string(sample.PDF([][]sample.PDFLine{sample.Column(700, "Good words in a PDF.")}, "", "", nil, "")))
	b.write("good9.go", "package good\n\n// Words are good.\n")
	files, err := filepath.Glob(filepath.Join(b.folder.dir, "good*"))
	if err != nil || len(files) != 10 {
		b.t.Fatalf("%d good files, %v", len(files), err)
	}
	return files
}

// slowBombs take seconds each: ./check --long ingest.
var slowBombs = map[string]bool{
	"paragraphs.docx": true, "claims little.docx": true, "claims much.docx": true, "many entries.docx": true,
	"sheet.xlsx": true, "slide.pptx": true, "content.odt": true, "overlapping.epub": true,
	"formatting.html": true, "misnested.html": true, "tables.html": true, "templates.html": true, "foreign.html": true,
	"circular pages.pdf": true, "circular forms.pdf": true, "stacked filters.pdf": true, "giant page.pdf": true, "many pages.pdf": true,
	"parts.eml": true, "header.eml": true, "many headers.eml": true,
	"quotes.md": true, "brackets.md": true, "deep.rtf": true, "one line.csv": true,
}

// TestBombs lays each bomb beside ten good files (S40 to S45): it ends with one
// reason that reads well, and they are searchable. Where reading a bomb's few
// words is right, it may be ready.
func TestBombs(t *testing.T) {
	if raced {
		return // its limits are those of parsers without the race detector; ./check runs it without
	}
	const zip = `unpacks to more than|takes more than .* of memory|^broken: `
	b := shelter(t)
	var names []string
	want := map[string]string{}
	for _, group := range []struct {
		bombs []sample.Bomb
		want  string // a pattern of the reason; "" where the file may be read
	}{
		{sample.ZipBombs(), zip},
		{sample.XMLBombs(), ""},
		{sample.HTMLBombs(), ""},
		{sample.PDFBombs(), ""},
		{sample.MailBombs(), ""},
		{sample.ImageBombs(), ""},
		{sample.TextBombs(), ""},
	} {
		for _, bomb := range group.bombs {
			if slowBombs[bomb.Name] && os.Getenv("GOLOCAL_LONG") == "" {
				continue
			}
			b.write(bomb.Name, string(bomb.Data))
			names = append(names, bomb.Name)
			want[bomb.Name] = group.want
		}
	}
	for name, pattern := range map[string]string{"many entries.docx": `5000\d entries`, "nested.zip": `an archive`, "deep.docx": `nested deeper than 512`,
		"paragraphs.docx": `unpacks to more than`, "blank.docx": `a run of more than 8 MiB`, "claims much.docx": `unpacks to more than`, "slide.pptx": `unpacks to more than`,
		"content.odt": `unpacks to more than`, "overlapping.epub": `lie in one another`, "parts.eml": `more than 1,000 parts`, "deep.eml": `nested deeper than 20`, "header.eml": `a header of more than`,
		"many headers.eml": `a header of more than`, "comments.eml": `a header of more than`, "deep.rtf": `nested deeper than`} {
		if _, taken := want[name]; taken {
			want[name] = pattern
		}
	}
	for _, path := range goodFiles(b) { // after all the bombs
		names = append(names, filepath.Base(path))
	}
	took := map[string]time.Duration{}
	b.Work(t.Context(), feed(names...), func(ctx context.Context, c golocal.Change) {
		began := time.Now()
		if err := b.Apply(ctx, c); err != nil {
			t.Errorf("%s: %v", c.Ref.Path, err)
		}
		b.store.mu.Lock()
		took[c.Ref.Path] = time.Since(began)
		b.store.mu.Unlock()
	})
	for _, name := range names {
		doc, known := b.store.docs[golocal.Ref{Root: 1, Path: name}]
		t.Logf("%-24s %8v %s %s %d chunks %q", name, took[name].Round(time.Millisecond), doc.State, doc.Reason, doc.Chunks, doc.Notes)
		pattern, bomb := want[name]
		switch {
		case !known:
			t.Errorf("%s: nothing is recorded", name)
		case !bomb && doc.State != golocal.StateReady:
			t.Errorf("%s: %s, %s", name, doc.State, doc.Reason)
		case bomb && doc.State != golocal.StateReady && (doc.Reason == "" || strings.Contains(doc.Reason, "\n")):
			t.Errorf("%s: %s without one line of reason: %q", name, doc.State, doc.Reason)
		case pattern != "" && !regexp.MustCompile(pattern).MatchString(doc.Reason):
			t.Errorf("%s: %s, %q, want %q", name, doc.State, doc.Reason, pattern)
		}
	}
	for _, name := range []string{"laughs.docx", "outside.docx"} {
		for _, c := range b.store.chunks[golocal.Ref{Root: 1, Path: name}] {
			if len(c.Text) > 1000 || strings.Contains(c.Text, "root:") {
				t.Errorf("%s: an entity was expanded: %q", name, c.Text[:min(len(c.Text), 100)])
			}
		}
	}
}
