package web

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPage_ServesWhatItNames(t *testing.T) {
	s, _ := newServer()
	h := s.Handler(addr)
	page := answer(h, request("GET", "/", ""))
	if page.Code != 200 || page.Header().Get("Content-Type") != "text/html; charset=utf-8" || page.Header().Get("Cache-Control") != "no-cache" {
		t.Fatalf("%d %v", page.Code, page.Header())
	}
	html := page.Body.String()
	names := regexp.MustCompile(`(?:src|href|content)="/([^"]+)"`).FindAllStringSubmatch(html, -1)
	if len(names) != 4 {
		t.Errorf("the page names %d files", len(names))
	}
	for _, n := range names {
		got := answer(h, request("GET", "/"+n[1], ""))
		if got.Code != 200 || got.Body.Len() == 0 || got.Header().Get("Content-Type") != types[path.Ext(n[1])] {
			t.Errorf("%s: %d %v", n[1], got.Code, got.Header())
		}
		if c := got.Header().Get("Cache-Control"); strings.Contains(c, "immutable") != strings.Contains(n[1], "-") {
			t.Errorf("%s: %s", n[1], c)
		}
	}
	if strings.Contains(html, "<style") || regexp.MustCompile(`<script[^>]*>[^<]`).MatchString(html) || regexp.MustCompile(`\son\w+=|\sstyle=`).MatchString(html) {
		t.Error("the page has inline script or style, which its policy forbids")
	}
}

// First load is bounded, and every file has a type that the server knows.
func TestPage_FilesAreKnownAndSmall(t *testing.T) {
	var first int64
	err := fs.WalkDir(dist, "dist", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		if types[path.Ext(p)] == "" {
			t.Errorf("%s has no known type", p)
		}
		if regexp.MustCompile(`dist/(app|style|index)`).MatchString(p) {
			i, err := e.Info()
			if err != nil {
				return err
			}
			first += i.Size()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if first == 0 || first > 400<<10 {
		t.Errorf("first load is %d bytes", first)
	}
}

func TestHashed(t *testing.T) {
	for name, want := range map[string]bool{"app-VIVZ2LG4.js": true, "index.html": false, "pdf/cmaps/78-EUC-H.bcmap": false, "app-vivz2lg4.js": false, "a-VIVZ2LG48.js": false} {
		if hashed(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}

func TestFolders_CompleteAsAShellDoes(t *testing.T) {
	dir := t.TempDir()
	for _, d := range []string{"Documents/work", "documents-old", "Downloads", ".hidden"} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.FromSlash(d)), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "document.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", dir)
	t.Setenv("USERPROFILE", dir)
	under := func(names ...string) []string {
		out := []string{}
		for _, n := range names {
			out = append(out, filepath.Join(dir, filepath.FromSlash(n)))
		}
		return out
	}
	sep := string(filepath.Separator)
	for in, want := range map[string][]string{
		filepath.Join(dir, "doc"):             under("Documents", "documents-old"),
		dir + sep:                             under("Documents", "documents-old", "Downloads"),
		filepath.Join(dir, ".h"):              under(".hidden"),
		filepath.Join(dir, "Documents"):       under("Documents", "documents-old"),
		filepath.Join(dir, "Documents") + sep: under("Documents/work"),
		"~/Do":                                under("Documents", "documents-old", "Downloads"),
		"":                                    under("Documents", "documents-old", "Downloads"),
		"relative":                            {},
		filepath.Join(dir, "none") + sep:      {},
		filepath.Join(dir, "Documents", ".."+sep+"..", "x"): {},
	} {
		if d := cmp.Diff(want, folders(in)); d != "" {
			t.Errorf("%q: %s", in, d)
		}
	}
}
