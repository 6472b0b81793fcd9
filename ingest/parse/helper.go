package parse

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"golocal"
	"golocal/ingest/normal"
)

// helper is a program of the system that reads what golocal can't: tesseract,
// LibreOffice. It runs below the parser process, with its limits; whoever ends
// that process for taking too long ends the helper with it.
type helper struct {
	program string   // absolute path
	args    []string // of every run
	env     []string // beside PATH and the folders for temporary files
}

// run starts the program with more arguments and returns what it writes, up to
// most bytes. home is a folder of its own.
func (h helper) run(ctx context.Context, home string, stdin io.Reader, most int, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, h.program, append(append([]string{}, h.args...), args...)...)
	cmd.Dir = home
	cmd.Stdin = stdin
	cmd.WaitDelay = 2 * time.Second
	cmd.Env = append([]string{"HOME=" + home, "TMPDIR=" + home, "TMP=" + home, "TEMP=" + home}, h.env...)
	for _, name := range []string{"PATH", "SYSTEMROOT", "PATHEXT", "TESSDATA_PREFIX"} {
		if v := os.Getenv(name); v != "" {
			cmd.Env = append(cmd.Env, name+"="+v)
		}
	}
	out, words := capped{most: most}, capped{most: 4096}
	cmd.Stdout, cmd.Stderr = &out, &words
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, fmt.Errorf("%w: %s", err, normal.Shorten(normal.OneLine(normal.Text(words.String())), 300))
	case out.over:
		return nil, errors.New("it writes too much")
	}
	return out.Bytes(), nil
}

// capped keeps the first bytes of what is written to it.
type capped struct {
	bytes.Buffer
	most int
	over bool
}

func (c *capped) Write(b []byte) (int, error) {
	n := min(len(b), c.most-c.Len())
	c.over = c.over || n < len(b)
	c.Buffer.Write(b[:n])
	return len(b), nil
}

// complaint is what a program said when it failed, else how it ended.
func complaint(err error) string {
	ended, said, _ := strings.Cut(err.Error(), ": ")
	return cmp.Or(said, ended)
}

// Aided reports a document whose text depends on the programs that the parser
// has: an image, a file from before 2007, pages without text, or read by OCR.
func Aided(doc golocal.Document) bool {
	switch doc.Type {
	case Image, DOC, XLS, PPT:
		return true
	}
	return doc.Blank > 0 || doc.Garbled > 0 || slices.ContainsFunc(doc.Notes, func(n string) bool { return strings.Contains(n, ocrNote) })
}
