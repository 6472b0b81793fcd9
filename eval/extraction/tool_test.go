//go:build unix

package extraction

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// script puts a program of the given name, a shell script, into dir.
func script(t *testing.T, dir, name, body string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFindTools(t *testing.T) {
	bin := t.TempDir()
	t.Setenv("PATH", bin)
	if _, err := FindTools(); err == nil || !strings.Contains(err.Error(), "poppler-utils mupdf-tools pandoc") {
		t.Errorf("none installed: %v", err)
	}
	script(t, bin, "pandoc", "exit 0")
	script(t, bin, "pdftotext", "exit 0")
	found, err := FindTools()
	if err != nil || len(found) != 2 || found[0].Name() != Pdftotext || found[1].Name() != Pandoc {
		t.Fatalf("%v, %v", found, err)
	}
	for format, want := range map[string][2]bool{"pdf": {true, false}, "docx": {false, true}, "xlsx": {}, "html": {false, true}, "none": {}} {
		if got := [2]bool{found[0].Reads(format), found[1].Reads(format)}; got != want {
			t.Errorf("%s: pdftotext and pandoc %v, want %v", format, got, want)
		}
	}
}

func TestMissing(t *testing.T) {
	tool := func(name string) Reference { return Tool{name: name} }
	pdf, docx, csv, png := Kind{Format: "pdf"}, Kind{Format: "docx"}, Kind{Format: "csv"}, Kind{Format: "png"}
	for _, c := range []struct {
		what       string
		references []Reference
		kinds      []Kind
		want       []string
	}{
		{"all there", []Reference{tool(Pdftotext), tool(Mutool), tool(Pandoc)}, []Kind{pdf, docx}, nil},
		{"what is not needed", []Reference{tool(Pdftotext), tool(Mutool)}, []Kind{pdf, png}, nil},
		{"one of two for PDF", []Reference{tool(Pdftotext), tool(Pandoc)}, []Kind{docx, pdf}, []string{"mutool"}},
		{"all but one", []Reference{tool(Mutool)}, []Kind{csv, pdf}, []string{"pdftotext", "pandoc"}},
	} {
		var got []string
		for _, note := range missing(c.references, c.kinds) {
			name, _, _ := strings.Cut(note, " ")
			got = append(got, name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}

func TestTool_Text(t *testing.T) {
	bin, dir := t.TempDir(), folder(t, map[string]string{"-a b.pdf": "page", "a.html": "\xff\xfeh\x00\xe9\x00", "b.csv": "caf\xe9"})
	t.Setenv("SECRET", "told")
	for _, c := range []struct {
		what, name, script, file, format, want, fails string
	}{
		{"a name that begins with a dash", Pdftotext, `shift 3; cat "$1"`, "-a b.pdf", "pdf", "page", ""},
		{"form feeds are line ends", Mutool, `printf 'one\ftwo'`, "-a b.pdf", "pdf", "one\ntwo", ""},
		{"bytes that are no UTF-8", Mutool, `printf 'a\377b'`, "-a b.pdf", "pdf", "a\uFFFDb", ""},
		{"text in spite of a complaint", Mutool, `echo one; echo broken >&2; exit 1`, "-a b.pdf", "pdf", "one\n", ""},
		{"a complaint without text", Mutool, `echo "no objects" >&2; exit 1`, "-a b.pdf", "pdf", "", "no objects"},
		{"a complaint and half a text", Pandoc, `echo one; echo "bad zip" >&2; exit 63`, "-a b.pdf", "docx", "", "bad zip"},
		{"the user's settings are not seen", Pandoc, `printf '%s' "$SECRET"`, "-a b.pdf", "docx", "", ""},
		{"UTF-16 comes as UTF-8", Pandoc, `cat`, "a.html", "html", "hé", ""},
		{"text in an unknown encoding", Pandoc, `cat`, "b.csv", "csv", "", "neither UTF-8"},
	} {
		args := map[string]func(string, string) []string{Pdftotext: pdftotextArgs, Mutool: mutoolArgs, Pandoc: pandocArgs}[c.name]
		tool := Tool{name: c.name, path: script(t, bin, c.name, c.script), args: args, text: pandocText, free: c.name != Pandoc}
		got, err := tool.Text(t.Context(), c.format, filepath.Join(dir, c.file))
		if got != c.want || (err == nil) != (c.fails == "") || err != nil && !strings.Contains(err.Error(), c.fails) {
			t.Errorf("%s: %q, %v", c.what, got, err)
		}
	}
}

func TestTool_IsStopped(t *testing.T) {
	tool := Tool{name: Mutool, path: script(t, t.TempDir(), Mutool, "exec sleep 60"), args: mutoolArgs, free: true}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := tool.Text(ctx, "pdf", "a.pdf"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func TestCapped(t *testing.T) {
	c := capped{most: 5}
	for _, s := range []string{"abc", "def", "ghi"} {
		if n, err := c.Write([]byte(s)); n != 3 || err != nil {
			t.Errorf("%d, %v: a writer that is full must not stop the program", n, err)
		}
	}
	if c.String() != "abcde" {
		t.Errorf("%q", c.String())
	}
}

func TestPandocArgs_NoNetworkNoSettings(t *testing.T) {
	for format := range pandocReaders {
		args := pandocArgs(format, "/x")
		if !slices.Contains(args, "--sandbox") || slices.Contains(args, "/x") == pandocText[format] {
			t.Errorf("%s: %v", format, args)
		}
	}
}

func TestDecode(t *testing.T) {
	for _, c := range []struct{ what, format, data, want string }{
		{"UTF-8", "csv", "é", "é"},
		{"UTF-8 with a mark", "md", "\xef\xbb\xbfé", "é"},
		{"UTF-16, big end first", "csv", "\xfe\xff\x00a\x00,", "a,"},
		{"a page that names its charset", "html", "<meta charset=iso-8859-2>\xb1", "<meta charset=iso-8859-2>ą"},
		{"a page that does not", "html", "caf\xe9 \x80", "café €"},
	} {
		if got, err := decode(c.format, []byte(c.data)); string(got) != c.want || err != nil {
			t.Errorf("%s: %q, %v", c.what, got, err)
		}
	}
}

func TestStatusField(t *testing.T) {
	const text = "Name:\tx\nVmPeak:\t  99 kB\nVmHWM:\t   12 kB\nPPid:\t42\nRssAnon: much\n"
	for field, want := range map[string]int64{"VmHWM": 12 << 10, "PPid": 42, "VmRSS": 0, "Vm": 0, "RssAnon": 0} {
		if got := statusField(text, field); got != want {
			t.Errorf("%s: %d, want %d", field, got, want)
		}
	}
}
