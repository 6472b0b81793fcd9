package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"charm.land/lipgloss/v2"
	"github.com/dustin/go-humanize"
	"golang.org/x/term"
)

// terminal is the program's three streams. Data goes to out, progress and
// messages to err.
type terminal struct {
	in       io.Reader
	out, err io.Writer
}

// styles of human output; lipgloss drops them where the stream is no terminal
// or NO_COLOR is set.
var (
	bold  = lipgloss.NewStyle().Bold(true)
	faint = lipgloss.NewStyle().Faint(true)
	good  = lipgloss.NewStyle().Foreground(lipgloss.Green)
	warn  = lipgloss.NewStyle().Foreground(lipgloss.Yellow)
	extra = lipgloss.NewStyle().Foreground(lipgloss.Magenta)
	bad   = lipgloss.NewStyle().Foreground(lipgloss.Red)
)

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("TERM") != "dumb"
}

// width is the terminal's width in columns, 80 where there is none.
func width(w any) int {
	if f, ok := w.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n >= 20 {
			return n
		}
	}
	return 80
}

func (t terminal) printf(format string, args ...any) { lipgloss.Fprintf(t.out, format, args...) }
func (t terminal) notef(format string, args ...any)  { lipgloss.Fprintf(t.err, format, args...) }

// json writes v to out as one indented object.
func (t terminal) json(v any) error {
	enc := json.NewEncoder(t.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// printable makes a name or a passage safe to print: control characters and
// bytes that are no UTF-8 are shown escaped, so that no file can write to the
// terminal.
func printable(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 || r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			q := strconv.Quote(s[i : i+n])
			b.WriteString(q[1 : len(q)-1])
		} else {
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// printableName is printable for what stands in one line, such as a name: line
// breaks and tabs are shown escaped as well.
func printableName(s string) string {
	return strings.NewReplacer("\n", `\n`, "\t", `\t`).Replace(printable(s))
}

func parseLevel(s string) (slog.Level, error) {
	var l slog.Level
	if err := l.UnmarshalText([]byte(s)); err != nil {
		return l, fmt.Errorf("log-level %q: choose debug, info, warn or error", s)
	}
	return l, nil
}

// bytesText writes n bytes for people.
func bytesText(n int64) string { return humanize.Bytes(uint64(max(n, 0))) }

// plural writes "1 file" or "3 files".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
