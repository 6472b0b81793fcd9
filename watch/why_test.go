package watch

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golocal"
)

func TestWhy_NamesTheRule(t *testing.T) {
	o := testOptions()
	own := t.TempDir()
	o.Exclude = []string{own}
	o.MaxSize = 1 << 20
	h := open(t, o, nil)
	h.write(".gitignore", "# what tools make\nbuild/\n*.log\n")
	h.write("docs/.golocalignore", "draft*\n!keep.log\n")
	for _, p := range []string{"build/a.md", "x.log", "docs/draft.md", "docs/keep.log", "plain.md", "sub/node_modules/y.js", ".ssh/config", ".git/config",
		"id_rsa", "note.md~", "old/deep/z.md", "inner/i.md", "pic.png", "docs/allowed.key"} {
		h.write(p, "text")
	}
	h.write("large.md", strings.Repeat("x", 1<<20+1))
	h.must(os.Symlink(h.path("plain.md"), h.path("link.md")))
	h.must(os.Symlink(h.path("docs"), h.path("way")))
	h.must(h.w.Add(golocal.Root{ID: 2, Path: h.path("inner")}))
	h.must(h.w.Set(rulesRoot(h, golocal.Rules{Exclude: []string{"old/"}, Types: []string{"md", "log", "key"}, Include: []string{"*", "!secret-plans*"}, Allow: []string{"docs/allowed.key"}})))
	h.write("secret-plans.md", "text")
	for _, c := range []struct {
		path    string
		verdict Verdict
		rule    string // part of it
	}{
		{"plain.md", Taken, "no rule leaves it out"},
		{"docs", Taken, "no rule leaves it out"},
		{"", Taken, "watched folder"},
		{"inner/i.md", Taken, "no rule leaves it out"},
		{"docs/keep.log", Taken, "docs/.golocalignore line 2: !keep.log"},
		{"docs/allowed.key", Taken, "allow"},
		{"build", LeftOut, ".gitignore line 2: build/"},
		{"build/a.md", LeftOut, "the folder build above it is left out: .gitignore line 2: build/"},
		{"x.log", LeftOut, ".gitignore line 3: *.log"},
		{"docs/draft.md", LeftOut, "docs/.golocalignore line 1: draft*"},
		{"sub/node_modules/y.js", LeftOut, "the folder sub/node_modules above it is left out: built-in list: the name node_modules matches node_modules"},
		{".git/config", LeftOut, "built-in list"},
		{".ssh/config", LeftOut, "built-in list of secrets: the name .ssh matches .ssh"},
		{"note.md~", LeftOut, "built-in list: its name matches *~"},
		{"old/deep/z.md", LeftOut, "the folder old above it is left out: exclude pattern of its watched folder: old/"},
		{"secret-plans.md", LeftOut, "no include pattern"},
		{"pic.png", LeftOut, "its type"},
		{"link.md", LeftOut, "it is a link"},
		{"way/draft.md", LeftOut, "the folder way above it is left out: it is a link"},
		{".gitignore", LeftOut, "its type"},
		{"large.md", Listed, "too large: more than 1 MiB"},
		{"nowhere.md", Absent, "nothing"},
		{"plain.md/below", Absent, "plain.md is no folder"},
		{"../elsewhere.md", Outside, "no watched folder"},
	} {
		y := h.w.Why(filepath.Join(h.dir, c.path))
		if y.Verdict != c.verdict || !strings.Contains(y.Rule, c.rule) {
			t.Errorf("%s: %s, %q; want %s with %q", c.path, y.Verdict, y.Rule, c.verdict, c.rule)
		}
	}
	h.must(h.w.Set(rulesRoot(h, golocal.Rules{})))
	for _, p := range []string{".gitignore", "docs/.golocalignore"} {
		y := h.w.Why(h.path(p))
		if y.Verdict != LeftOut || !strings.Contains(y.Rule, "says what to leave out") || !strings.Contains(y.Next, "--allow "+p) {
			t.Errorf("%s: %+v", p, y)
		}
	}
	h.must(h.w.Set(rulesRoot(h, golocal.Rules{Allow: []string{".gitignore"}})))
	if y := h.w.Why(h.path(".gitignore")); y.Verdict != Taken || !strings.Contains(y.Rule, "ask for it") {
		t.Errorf(".gitignore, allowed: %+v", y)
	}
	h.must(h.w.Set(rulesRoot(h, golocal.Rules{})))
	y := h.w.Why(h.path("id_rsa"))
	if y.Verdict != Listed || !strings.Contains(y.Rule, "id_rsa*") || !strings.Contains(y.Next, "--allow id_rsa") {
		t.Errorf("id_rsa: %+v", y)
	}
	if y := h.w.Why(h.path("inner/i.md")); y.Ref != (golocal.Ref{Root: 2, Path: "i.md"}) {
		t.Errorf("the innermost root is not the one that decides: %+v", y)
	}
	// By another way to the root.
	alias := filepath.Join(t.TempDir(), "alias")
	h.must(os.Symlink(h.dir, alias))
	if y := h.w.Why(filepath.Join(alias, "plain.md")); y.Verdict != Taken || y.Ref.Path != "plain.md" {
		t.Errorf("through a link above the root: %+v", y)
	}
	h.must(os.MkdirAll(own, 0o755))
	h.must(h.w.Add(golocal.Root{ID: 3, Path: filepath.Dir(own)}))
	if y := h.w.Why(filepath.Join(own, "db")); y.Verdict == Taken {
		t.Errorf("golocal's own data: %+v", y)
	}
}

// TestWhy_AgreesWithTheIndex asks about every path of a folder full of rules:
// what is taken or listed is in the index, and nothing else.
func TestWhy_AgreesWithTheIndex(t *testing.T) {
	h := open(t, testOptions(), nil)
	h.write(".gitignore", "*.log\n/tmp/\n!keep.log\nsub/*\n!sub/yes\n")
	h.write("sub/.golocalignore", "*.md\n!a.md\n")
	for _, dir := range []string{"", "sub/", "sub/yes/", "tmp/", "sub/yes/deep/", "node_modules/", "x y/"} {
		for _, name := range []string{"a.md", "b.md", "c.log", "keep.log", "d.pem", "e.txt~", "#f#", "g"} {
			h.write(dir+name, dir+name)
		}
	}
	h.must(h.w.Set(rulesRoot(h, golocal.Rules{Exclude: []string{"b.*", "!/b.md"}})))
	h.sync()
	n := 0
	h.must(filepath.WalkDir(h.dir, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		y := h.w.Why(p)
		_, indexed := h.shelf.doc(1, y.Ref.Path)
		if (y.Verdict == Taken || y.Verdict == Listed) != indexed {
			t.Errorf("%s: %s by %q, in the index: %t", p, y.Verdict, y.Rule, indexed)
		}
		if indexed {
			n++
		}
		return nil
	}))
	if n < 10 || n != h.shelf.len() {
		t.Errorf("%d of %d documents were asked about", n, h.shelf.len())
	}
}
