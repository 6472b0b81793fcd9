package watch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golocal"
)

// seenBy surveys and gives what was met as "path: verdict cause", by one set of rules.
func seenBy(t *testing.T, w *Watcher, dir string, r golocal.Rules) []string {
	t.Helper()
	var out []string
	if err := w.Survey(t.Context(), dir, []golocal.Rules{r}, func(s Seen) {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s: %s %s", s.Path, s.Judged[0].Verdict, s.Judged[0].Cause)))
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

func TestSurvey_NamesTheCause(t *testing.T) {
	o := testOptions()
	o.MaxSize = 1 << 20
	h := open(t, o, nil)
	own := h.path("data")
	o.Exclude = []string{own}
	w := New(o)
	h.write(".gitignore", "build/\n*.log\n")
	for _, p := range []string{"a.md", "x.log", "build/b.md", "sub/node_modules/y.js", ".ssh/config", "id_rsa", "old/z.md", "data/i.md", "inner/i.md", "pic.png"} {
		h.write(p, "text")
	}
	h.write("large.md", strings.Repeat("x", 1<<20+1))
	h.must(os.Symlink(h.path("a.md"), h.path("link.md")))
	h.must(w.Add(golocal.Root{ID: 2, Path: h.path("inner")}))
	want := []string{
		".gitignore: left out type", ".ssh: left out secret", "a.md: taken", "build: left out ignore", "data: left out own", "id_rsa: left out type", "inner: left out root",
		"large.md: listed size", "link.md: left out link", "old: left out exclude", "pic.png: left out type", "sub/node_modules: left out litter", "x.log: left out ignore",
	}
	if got := seenBy(t, w, h.dir, golocal.Rules{Exclude: []string{"old/"}, Types: []string{"md", "log"}}); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := seenBy(t, w, h.dir, golocal.Rules{Include: []string{"id_rsa"}}); !slices.Contains(got, "id_rsa: listed secret") || !slices.Contains(got, "a.md: left out include") {
		t.Errorf("got %q", got)
	}
	if got := seenBy(t, w, h.dir, golocal.Rules{}); !slices.Contains(got, ".gitignore: left out settings") {
		t.Errorf("got %q", got)
	}
}

// A survey decides as Why does, file by file.
func TestSurvey_AgreesWithWhy(t *testing.T) {
	h := open(t, testOptions(), nil)
	h.write(".gitignore", "*.tmp\n/skip/\n!keep.tmp\n")
	h.write("deep/.golocalignore", "*.md\n!good.md\n")
	for _, p := range []string{"a.md", "b.tmp", "keep.tmp", "skip/c.md", "deep/d.md", "deep/good.md", "deep/er/e.md", "k.pem", "n/a/m/e.txt", "note.md~"} {
		h.write(p, "text")
	}
	rules := golocal.Rules{Exclude: []string{"n/"}, Allow: []string{"k.pem"}}
	h.must(h.w.Set(rulesRoot(h, rules)))
	files := 0
	err := h.w.Survey(t.Context(), h.dir, []golocal.Rules{rules}, func(s Seen) {
		if !s.Folder {
			files++
		}
		if y := h.w.Why(filepath.Join(h.dir, filepath.FromSlash(s.Path))); y.Verdict != s.Judged[0].Verdict {
			t.Errorf("%s: survey says %s, Why %s (%s)", s.Path, s.Judged[0].Verdict, y.Verdict, y.Rule)
		}
	})
	if err != nil || files != 10 { // 8 of those above, and both ignore files
		t.Errorf("%d files, %v", files, err)
	}
}

func TestSurvey_ComparesRules(t *testing.T) {
	h := open(t, testOptions(), nil)
	for _, p := range []string{"a.md", "old/b.md", "old/sub/c.md", "d.txt"} {
		h.write(p, "text")
	}
	var more, fewer []string
	err := h.w.Survey(t.Context(), h.dir, []golocal.Rules{{Exclude: []string{"d.txt"}}, {Exclude: []string{"old/"}}}, func(s Seen) {
		before, now := s.Judged[0].Verdict == Taken, s.Judged[1].Verdict == Taken
		switch {
		case now && !before:
			more = append(more, s.Path)
		case before && !now:
			fewer = append(fewer, s.Path)
		}
	})
	slices.Sort(fewer)
	if err != nil || !slices.Equal(more, []string{"d.txt"}) || !slices.Equal(fewer, []string{"old/b.md", "old/sub/c.md"}) {
		t.Errorf("more %q, fewer %q, %v", more, fewer, err)
	}
}

func TestSurvey_EndsWithItsContext(t *testing.T) {
	h := open(t, testOptions(), nil)
	h.write("a/b/c.md", "text")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := h.w.Survey(ctx, h.dir, []golocal.Rules{{}}, func(Seen) { t.Error("it went on") }); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if err := h.w.Survey(t.Context(), h.path("nowhere"), []golocal.Rules{{}}, func(Seen) {}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
}
