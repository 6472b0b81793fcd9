package extraction

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Tool is a program that reads files and prints their text: a reference.
type Tool struct {
	name string
	path string                             // of the program
	args func(format, file string) []string // nil where it does not read the format
	text map[string]bool                    // formats that it gets as UTF-8 on its standard input
	free bool                               // it may complain and still have read much: broken PDFs
}

// The limits of a Tool: what a reference can't read within them it does not read.
const (
	toolTime   = 20 * time.Second
	toolMemory = 2 << 30 // bytes of data
	toolText   = 64 << 20
)

// FindTools returns the references that are installed on this machine: pdftotext,
// mutool and pandoc. The error, when there is none, names their Debian packages.
func FindTools() ([]Reference, error) {
	var found []Reference
	for _, t := range []Tool{
		{name: Pdftotext, args: pdftotextArgs, free: true},
		{name: Mutool, args: mutoolArgs, free: true},
		{name: Pandoc, args: pandocArgs, text: pandocText},
	} {
		path, err := exec.LookPath(t.name)
		if err != nil {
			continue
		}
		if t.path, err = filepath.Abs(path); err != nil {
			return nil, fmt.Errorf("find %s: %w", t.name, err)
		}
		found = append(found, t)
	}
	if len(found) == 0 {
		return nil, errors.New("no reference is installed to compare with: install pdftotext, mutool and pandoc (Debian: sudo apt install poppler-utils mupdf-tools pandoc)")
	}
	return found, nil
}

// missing says what a report lacks without the references that are not there.
func missing(references []Reference, kinds []Kind) []string {
	there := map[string]bool{}
	for _, r := range references {
		there[r.Name()] = true
	}
	var notes []string
	for _, m := range []struct {
		name, lacks, pack string
		needs             func(format string) bool
	}{
		{Pdftotext, "no PDF is judged", "poppler-utils", func(format string) bool { return format == "pdf" }},
		{Mutool, "no PDF is judged", "mupdf-tools", func(format string) bool { return format == "pdf" }},
		{Pandoc, "PDFs alone are judged", "pandoc", func(format string) bool { return pandocReaders[format] != "" }},
	} {
		if !there[m.name] && slices.ContainsFunc(kinds, func(k Kind) bool { return m.needs(k.Format) }) {
			notes = append(notes, fmt.Sprintf("%s is not installed, so %s; Debian: sudo apt install %s", m.name, m.lacks, m.pack))
		}
	}
	return notes
}

// The references' names.
const (
	Pdftotext = "pdftotext"
	Mutool    = "mutool"
	Pandoc    = "pandoc"
)

func pdftotextArgs(format, file string) []string {
	if format != "pdf" {
		return nil
	}
	return []string{"-enc", "UTF-8", "-nopgbrk", file, "-"}
}

func mutoolArgs(format, file string) []string {
	if format != "pdf" {
		return nil
	}
	return []string{"draw", "-q", "-F", "txt", file}
}

// pandocReaders maps formats to what pandoc calls them. HTML can name frames to
// fetch; the sandbox keeps pandoc from it.
var pandocReaders = map[string]string{
	"docx": "docx", "odt": "odt", "rtf": "rtf", "epub": "epub", "html": "html", "md": "markdown",
	"tex": "latex", "org": "org", "rst": "rst", "ipynb": "ipynb", "csv": "csv",
}

// pandocText are the formats whose files are text: pandoc reads UTF-8 only.
var pandocText = map[string]bool{"html": true, "md": true, "tex": true, "org": true, "rst": true, "ipynb": true, "csv": true}

func pandocArgs(format, file string) []string {
	reader, ok := pandocReaders[format]
	if !ok {
		return nil
	}
	args := []string{"--sandbox", "-f", reader, "-t", "plain", "--wrap=none"}
	if !pandocText[format] {
		args = append(args, file)
	}
	return args
}

// Name implements Reference.
func (t Tool) Name() string { return t.name }

// Reads implements Reference.
func (t Tool) Reads(format string) bool { return t.args(format, "") != nil }

// Text implements Reference: it runs the program, which sees an environment
// without the user's settings.
func (t Tool) Text(ctx context.Context, format, file string) (string, error) {
	file, err := filepath.Abs(file) // a name that begins with - is no option
	if err != nil {
		return "", fmt.Errorf("%s: %w", t.name, err)
	}
	alone, cancel := context.WithTimeout(ctx, toolTime)
	defer cancel()
	cmd := exec.CommandContext(alone, t.path, t.args(format, file)...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8", "HOME=" + os.TempDir()}
	cmd.Dir = os.TempDir()
	cmd.WaitDelay = 2 * time.Second
	if t.text[format] {
		data, err := os.ReadFile(file)
		if err == nil {
			data, err = decode(format, data)
		}
		if err != nil {
			return "", fmt.Errorf("%s: %w", t.name, err)
		}
		cmd.Stdin = bytes.NewReader(data)
	}
	out, complaint := capped{most: toolText}, capped{most: 4 << 10}
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Start(); err != nil {
		return "", fmt.Errorf("%s: %w", t.name, err)
	}
	limitMemory(cmd.Process.Pid, toolMemory) // a wish: the time limit is there too
	err = cmd.Wait()
	switch {
	case ctx.Err() != nil:
		return "", context.Cause(ctx)
	case alone.Err() != nil:
		return "", fmt.Errorf("%s: takes longer than %v", t.name, toolTime)
	case err != nil && (!t.free || out.Len() == 0):
		return "", fmt.Errorf("%s: %w: %s", t.name, err, strings.TrimSpace(complaint.String()))
	}
	return strings.ReplaceAll(strings.ToValidUTF8(out.String(), "\uFFFD"), "\f", "\n"), nil
}

// start is how long the program takes to print its version: what every file costs
// it besides reading.
func (t Tool) start(ctx context.Context) time.Duration {
	best := toolTime
	for range 5 {
		began := time.Now()
		_ = exec.CommandContext(ctx, t.path, "-v").Run() // some end with an error
		best = min(best, time.Since(began))
	}
	return best
}

// capped keeps the first bytes of what is written to it.
type capped struct {
	bytes.Buffer
	most int
}

func (c *capped) Write(b []byte) (int, error) {
	c.Buffer.Write(b[:min(len(b), max(c.most-c.Len(), 0))])
	return len(b), nil
}
