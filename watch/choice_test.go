package watch

import (
	"os"
	"slices"
	"strings"
	"testing"

	"golocal"
)

func rulesRoot(h *house, r golocal.Rules) golocal.Root {
	return golocal.Root{ID: 1, Path: h.dir, Rules: r}
}

// TestSet_OwnRulesDecide changes a root's rules and looks at what is indexed,
// each time by the comparison that the change brings about.
func TestSet_OwnRulesDecide(t *testing.T) {
	o := testOptions()
	o.Kind = func(name string) string {
		if strings.HasSuffix(name, ".go") {
			return "code"
		}
		return ""
	}
	h := open(t, o, nil)
	h.write("a.md", "a")
	h.write("b.txt", "b")
	h.write("main.go", "package main")
	h.write("docs/c.md", "c")
	h.write("docs/old/d.md", "d")
	h.write("docs/old/e.TXT", "e")
	h.write(".gitignore", "*.tmp\n!docs/\n")
	h.write("x.tmp", "x")
	h.write("big.md", strings.Repeat("x", 1<<20+1))
	h.write("notes.pem", "a note that only has that name")
	h.sync()
	all := []string{"a.md", "b.txt", "big.md", "docs/c.md", "docs/old/d.md", "docs/old/e.TXT", "main.go", "notes.pem"}
	for _, c := range []struct {
		name  string
		rules golocal.Rules
		want  []string
	}{
		{"none", golocal.Rules{}, all},
		{"include a name", golocal.Rules{Include: []string{"*.md"}}, []string{"a.md", "big.md", "docs/c.md", "docs/old/d.md"}},
		{"include a folder", golocal.Rules{Include: []string{"/docs/"}}, []string{"docs/c.md", "docs/old/d.md", "docs/old/e.TXT"}},
		{"include a folder but for one in it", golocal.Rules{Include: []string{"docs/", "!docs/old/"}}, []string{"docs/c.md"}},
		{"include what is ignored", golocal.Rules{Include: []string{"*.tmp"}}, nil},
		{"exclude a name", golocal.Rules{Exclude: []string{"*.md"}}, []string{"b.txt", "docs/old/e.TXT", "main.go", "notes.pem"}},
		{"exclude is stronger than an ignore file", golocal.Rules{Exclude: []string{"docs"}}, []string{"a.md", "b.txt", "big.md", "main.go", "notes.pem"}},
		{"exclude is stronger than include", golocal.Rules{Include: []string{"docs/"}, Exclude: []string{"old"}}, []string{"docs/c.md"}},
		{"types by ending and by kind", golocal.Rules{Types: []string{".txt", "code"}}, []string{"b.txt", "docs/old/e.TXT", "main.go"}},
		{"all at once", golocal.Rules{Include: []string{"docs/"}, Exclude: []string{"c.*"}, Types: []string{"md"}}, []string{"docs/old/d.md"}},
		{"include everything, which names no ignore file", golocal.Rules{Include: []string{"*", ".*"}}, all},
		{"include an ignore file by name", golocal.Rules{Include: []string{"/.gitignore", "*.txt"}}, []string{".gitignore", "b.txt"}},
		{"take an ignore file by type", golocal.Rules{Types: []string{"gitignore", "txt"}}, []string{".gitignore", "b.txt", "docs/old/e.TXT"}},
		{"allow an ignore file", golocal.Rules{Allow: []string{".gitignore"}}, append([]string{".gitignore"}, all...)},
		{"ask for an ignore file and exclude it", golocal.Rules{Allow: []string{".gitignore"}, Exclude: []string{".git*"}}, all},
		{"none again", golocal.Rules{}, all},
	} {
		h.must(h.w.Set(rulesRoot(h, c.rules)))
		h.until(c.name, func() bool { return slices.Equal(h.shelf.paths(1), c.want) })
		h.write("docs/new.md", c.name) // events follow the same rules as comparisons
		h.write("new.txt", c.name)
		h.settle()
		fresh := slices.DeleteFunc([]string{"docs/new.md", "new.txt"}, func(p string) bool { return slices.Contains(h.shelf.paths(1), p) })
		h.must(os.Remove(h.path("docs/new.md")))
		h.must(os.Remove(h.path("new.txt")))
		h.until(c.name+": without the new files", func() bool { return slices.Equal(h.shelf.paths(1), c.want) })
		for _, p := range fresh {
			if y := h.w.Why(h.path(p)); y.Verdict == Taken {
				t.Errorf("%s: %s is not indexed, though it is taken", c.name, p)
			}
		}
	}
	if d, _ := h.shelf.doc(1, "notes.pem"); d.State != golocal.StateSkipped {
		t.Errorf("notes.pem is %s before it is allowed", d.State)
	}
	h.must(h.w.Set(rulesRoot(h, golocal.Rules{MaxMB: 1, Allow: []string{"notes.pem"}})))
	h.until("the large file is skipped and the allowed one read", func() bool {
		big, _ := h.shelf.doc(1, "big.md")
		pem, _ := h.shelf.doc(1, "notes.pem")
		return big.State == golocal.StateSkipped && big.Reason == "too large: more than 1 MiB, the limit of its folder" && pem.State == golocal.StateReady
	})
	if ref := (golocal.Ref{Root: 1, Path: "notes.pem"}); !h.w.Allowed(ref) || h.w.Allowed(golocal.Ref{Root: 1, Path: "a.md"}) {
		t.Error("Allowed does not say which file is allowed")
	}
	h.must(h.w.Set(rulesRoot(h, golocal.Rules{})))
	h.until("both as before", func() bool {
		big, _ := h.shelf.doc(1, "big.md")
		pem, _ := h.shelf.doc(1, "notes.pem")
		return big.State == golocal.StateReady && pem.State == golocal.StateSkipped
	})
	if err := h.w.Set(golocal.Root{ID: 5, Path: h.dir}); err == nil {
		t.Error("rules were given to a root that is not watched")
	}
}

func TestCheckRules(t *testing.T) {
	kept, err := CheckRules(golocal.Rules{Include: []string{"*.md", "", "*.md", " "}, Exclude: []string{"/old/", "a[!b-d]?/**"}, Types: []string{"pdf", ".MD"}, MaxMB: 200, Allow: []string{"a/b.key"}}, 200)
	if err != nil || len(kept.Include) != 1 || len(kept.Exclude) != 2 || len(kept.Types) != 2 || len(kept.Allow) != 1 {
		t.Errorf("%+v, %v", kept, err)
	}
	for _, c := range []struct {
		rules golocal.Rules
		says  string
	}{
		{golocal.Rules{Include: []string{"[a-"}}, `include "[a-"`},
		{golocal.Rules{Include: []string{"# a comment"}}, "matches nothing"},
		{golocal.Rules{Exclude: []string{`a\`}}, "matches nothing"},
		{golocal.Rules{Exclude: []string{"../other"}}, "matches nothing"},
		{golocal.Rules{Exclude: []string{"./here"}}, "matches nothing"},
		{golocal.Rules{Exclude: []string{"caf\xe9"}}, "UTF-8"},
		{golocal.Rules{Exclude: []string{"a\nb"}}, "line break"},
		{golocal.Rules{Exclude: []string{strings.Repeat("a", 5000)}}, "longer"},
		{golocal.Rules{Types: []string{"*.md"}}, "include"},
		{golocal.Rules{Allow: []string{"/etc/passwd"}}, "below the folder"},
		{golocal.Rules{Allow: []string{"../keys"}}, "below the folder"},
		{golocal.Rules{MaxMB: -1}, "max-mb"},
		{golocal.Rules{MaxMB: 300}, "max-file-mb"},
		{golocal.Rules{Exclude: strings.Split(strings.Repeat("abc,", 400)+many(1001), ",")}, ".golocalignore"},
	} {
		if _, err := CheckRules(c.rules, 200); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+.80v: %v, want something with %q", c.rules, err, c.says)
		}
	}
}

// many is a list of n different names.
func many(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strings.Repeat("n", i%50+1) + strings.Repeat("m", i/50))
	}
	return b.String()
}
