package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestOllamaStores_LikeliestFirst(t *testing.T) {
	home := filepath.FromSlash("/home/ada")
	mine, service := filepath.FromSlash("/home/ada/.ollama/models"), "/usr/share/ollama/.ollama/models"
	for name, c := range map[string]struct {
		configured, home, system string
		want                     []string
	}{
		"linux":              {"", home, "linux", []string{mine, service}},
		"macOS":              {"", home, "darwin", []string{mine}},
		"windows":            {"", home, "windows", []string{mine}},
		"no home":            {"", "", "linux", []string{service}},
		"nothing":            {"", "", "darwin", nil},
		"configured":         {"/data/models", home, "linux", []string{"/data/models"}},
		"configured, quoted": {` "/data/my models" `, home, "windows", []string{"/data/my models"}},
		"configured empty":   {"  ", home, "darwin", []string{mine}},
	} {
		if got := ollamaStores(c.configured, c.home, c.system); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestFirstStore_IsThereAndNotOurs(t *testing.T) {
	base := t.TempDir()
	path := func(name string) string { return filepath.Join(base, name) }
	for _, dir := range []string{"own", "one", "two"} {
		if err := os.Mkdir(path(dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path("file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct{ dirs, want []string }{
		"none":             {nil, nil},
		"the first":        {[]string{"one", "two"}, []string{"one"}},
		"a missing one":    {[]string{"gone", "two"}, []string{"two"}},
		"a file":           {[]string{"file", "two"}, []string{"two"}},
		"golocal's own":    {[]string{"own", "two"}, nil},
		"nothing is there": {[]string{"gone", "file"}, nil},
	}
	if err := os.Symlink(path("own"), path("link")); err == nil { // not every Windows user may
		cases["golocal's own by a link"] = struct{ dirs, want []string }{[]string{"link"}, nil}
	}
	for name, c := range cases {
		var dirs []string
		for _, d := range c.dirs {
			dirs = append(dirs, path(d))
		}
		want := ""
		if c.want != nil {
			want = path(c.want[0])
		}
		if got := firstStore(path("own"), dirs); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
