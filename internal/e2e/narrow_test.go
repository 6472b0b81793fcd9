//go:build e2e

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golocal"
)

type foundFile struct {
	Path string
	Also []struct{ Path string }
}

type foundFiles struct {
	Asked golocal.Query
	Hits  []foundFile
}

func (f foundFiles) names(dir string) (out []string) {
	for _, h := range f.Hits {
		name, _ := filepath.Rel(dir, h.Path)
		out = append(out, name)
	}
	return out
}

// TestSearch_IsNarrowed asks with conditions, flags and saved scopes, with a daemon
// and without.
func TestSearch_IsNarrowed(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	files := handbook()
	files["old/printer copy.txt"] = files["office/printer.txt"]
	files["tax.md"] = "---\ntags: [tax, office]\ndate: 2024-03-05\n---\n\nThe tax office wants form ST-2024-117 by May.\n"
	files["tax2.md"] = "---\ntags: [tax]\ndate: 2023-03-05\n---\n\nThe tax office wants form ST-2024-118 by May, the form, the form.\n"
	dir := folder(t, files)
	h.run("add", dir).want(t, 0)
	h.run("scope", "save", "taxes", "tag:tax", "after:2024").want(t, 0)
	ask := func(args ...string) foundFiles {
		t.Helper()
		return decode[foundFiles](t, h.run(append([]string{"search", "--json"}, args...)...).want(t, 0))
	}
	check := func() {
		t.Helper()
		for _, c := range []struct {
			args  []string
			first string
			only  bool
		}{
			{[]string{"toner type:txt"}, "office/printer.txt", true},
			{[]string{"--type", "go", "interest"}, "code/interest.go", true},
			{[]string{"--folder", filepath.Join(dir, "code"), "anything at all"}, "code/interest.go", true},
			{[]string{"--file", filepath.Join(dir, "office", "keys.md"), "anything at all"}, "office/keys.md", true},
			{[]string{`"server room opens"`}, "office/keys.md", true},
			{[]string{"--scope", "taxes", "form"}, "tax.md", true},
			{[]string{"form in:taxes"}, "tax.md", true},
			{[]string{"--before", "2024", "--tag", "tax", "form"}, "tax2.md", true},
			{[]string{"ST-2024-117"}, "tax.md", false},
			{[]string{"--", "-badge tag:tax -ST-2024-118 form"}, "tax.md", false},
			{[]string{"vegetarain lasange"}, "news.html", false},
		} {
			f := ask(c.args...)
			names := f.names(dir)
			if len(names) == 0 || names[0] != c.first {
				t.Errorf("%q: %q, want %s first; asked %+v", c.args, names, c.first, f.Asked)
			}
			for _, n := range names {
				if c.only && n != c.first && n != "old/printer copy.txt" {
					t.Errorf("%q: %s is no part of it", c.args, n)
				}
			}
		}
		if f := ask("toner of the printer"); len(f.Hits[0].Also) != 1 {
			t.Errorf("the copy is not folded: %+v", f.Hits)
		}
		f := ask("notes from last week about keys")
		if len(f.Asked.Limits)+len(f.Asked.Notes) == 0 {
			t.Errorf("a date goes unsaid: %+v", f.Asked)
		}
		h.run("search", "--after", "whenever", "x").want(t, 2)
		h.run("search", "--scope", "unknown", "x").want(t, 1)
		if f := decode[foundFiles](t, h.run("search", "--json", "--like", filepath.Join(dir, "office", "printer.txt")).want(t, 0)); len(f.Hits) == 0 {
			t.Error("nothing is like a passage")
		}
		var dups [][]struct{ Path, Kind string }
		dups = decode[[][]struct{ Path, Kind string }](t, h.run("dups", "--json").want(t, 0))
		if len(dups) == 0 || len(dups[0]) != 2 || dups[0][1].Kind != "same file" {
			t.Errorf("duplicates: %+v", dups)
		}
	}
	check()
	h.serve("serve")
	check()
}

// TestWhy_SaysTheCause plants causes and lets the binary name them.
func TestWhy_SaysTheCause(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	files := handbook()
	files[".gitignore"] = "private/\n"
	files["private/keys.md"] = "The server room."
	files["empty.md"] = ""
	files["broken.docx"] = "PK\x03\x04 nothing"
	dir := folder(t, files)
	h.run("add", dir).want(t, 4) // some files cannot be read
	why := func(file string, args ...string) golocal.Outcome {
		t.Helper()
		return decode[golocal.Outcome](t, h.run(append([]string{"why", "--json", filepath.Join(dir, file)}, args...)...).want(t, 0))
	}
	for _, c := range []struct {
		file     string
		question string
		cause    string
	}{
		{"time-off.md", "How many paid vacation days do I get?", "found"},
		{"private/keys.md", "How many paid vacation days do I get?", "left out"},
		{"empty.md", "How many paid vacation days do I get?", "no text"},
		{"broken.docx", "How many paid vacation days do I get?", "failed"},
		{"nothing.md", "How many paid vacation days do I get?", "no file"},
		{"time-off.md", "vacation days type:html", "scope"},
		{"time-off.md", "Which team won the 1998 chess olympiad?", "gate"},
	} {
		if o := why(c.file, c.question); o.Cause != c.cause || o.Text == "" {
			t.Errorf("%s, %q: %s: %s; want %s", c.file, c.question, o.Cause, o.Text, c.cause)
		}
	}
	if o := why("code/interest.go", "-n", "1", "How many paid vacation days do I get?"); o.Cause != "rank" {
		t.Errorf("far behind: %s: %s", o.Cause, o.Text)
	}
	r := h.run("why", filepath.Join(os.TempDir(), "elsewhere.md"), "anything").want(t, 0)
	if !strings.Contains(r.out, "no watched folder") {
		t.Errorf("outside:\n%s", r.out)
	}
}
