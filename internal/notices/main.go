// Command notices writes THIRD_PARTY.md: what is linked into the binary or
// bundled into the page, under which licence, with the licence texts that
// have to travel with it. Run it from the repository's top after a dependency
// changed: go run ./internal/notices >THIRD_PARTY.md
//
// It fails on a licence that it does not know or that may not be linked in.
package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// part is one dependency.
type part struct {
	name, version, licence, text string
}

func main() {
	if err := write(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "notices:", err)
		os.Exit(1)
	}
}

func write(w io.Writer) error {
	linked, err := modules()
	if err != nil {
		return err
	}
	inPage, err := packages("web")
	if err != nil {
		return err
	}
	pdfium, err := os.ReadFile("internal/notices/pdfium.md")
	if err != nil {
		return err
	}
	fmt.Fprint(w, "# Third-party software\n\nWritten by `go run ./internal/notices`; don't edit by hand. Each licence text stands below, once.\n")
	table(w, "Linked into the binary", linked)
	table(w, "Bundled into the page (texts: web/dist/licenses.txt)", inPage)
	fmt.Fprintf(w, "\n%s\n## Licence texts\n", pdfium)
	byText := map[string][]string{}
	for _, p := range linked {
		byText[p.text] = append(byText[p.text], p.name)
	}
	type group struct{ names, text string }
	var groups []group
	for text, names := range byText {
		slices.Sort(names)
		groups = append(groups, group{strings.Join(names, ", "), text})
	}
	slices.SortFunc(groups, func(a, b group) int { return cmp.Compare(a.names, b.names) })
	for _, g := range groups {
		fmt.Fprintf(w, "\n### %s\n\n```\n%s\n```\n", g.names, strings.TrimSpace(g.text))
	}
	return nil
}

func table(w io.Writer, title string, parts []part) {
	fmt.Fprintf(w, "\n## %s\n\n| what | version | licence |\n|---|---|---|\n", title)
	for _, p := range parts {
		fmt.Fprintf(w, "| %s | %s | %s |\n", p.name, p.version, p.licence)
	}
}

// modules lists the Go modules that the binary is built from, on every system
// that it is released for, with the tag that flags.sh sets.
func modules() ([]part, error) {
	dirs := map[[2]string]string{}
	for _, target := range []string{"linux", "darwin", "windows"} {
		cmd := exec.Command("go", "list", "-tags", "minimal", "-deps", "-f", `{{with .Module}}{{.Path}} {{.Version}} {{.Dir}}{{end}}`, "./cmd/golocal")
		cmd.Env = append(os.Environ(), "GOOS="+target, "CGO_ENABLED=1")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("list modules for %s: %w", target, err)
		}
		for line := range strings.Lines(string(out)) {
			f := strings.Fields(line)
			if len(f) == 3 && f[0] != "golocal" {
				dirs[[2]string{f[0], f[1]}] = f[2]
			}
		}
	}
	var parts []part
	for key, dir := range dirs {
		p, err := read(key[0], key[1], dir)
		if err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	slices.SortFunc(parts, func(a, b part) int { return cmp.Compare(a.name, b.name) })
	return parts, nil
}

// bundled matches the heads of dist/licenses.txt, which the bundler's program
// writes: one for each package that is really in the page.
var bundled = regexp.MustCompile(`(?m)^==== (\S+) ====$`)

// packages lists the npm packages that the page's bundle is made from. Their
// licence texts are served with the page (web/dist/licenses.txt).
func packages(web string) ([]part, error) {
	data, err := os.ReadFile(filepath.Join(web, "package-lock.json"))
	if err != nil {
		return nil, err
	}
	var lock struct {
		Packages map[string]struct{ Version string }
	}
	if err := json.Unmarshal(data, &lock); err != nil {
		return nil, fmt.Errorf("read package-lock.json: %w", err)
	}
	texts, err := os.ReadFile(filepath.Join(web, "dist", "licenses.txt"))
	if err != nil {
		return nil, err
	}
	byName := map[string]string{}
	heads := bundled.FindAllSubmatchIndex(texts, -1)
	for i, h := range heads {
		end := len(texts)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		byName[string(texts[h[2]:h[3]])] += string(texts[h[1]:end])
	}
	var parts []part
	for name, text := range byName {
		licence := identify(text)
		if licence == "" {
			return nil, fmt.Errorf("%s: no licence recognised in dist/licenses.txt", name)
		}
		parts = append(parts, part{name, lock.Packages["node_modules/"+name].Version, licence, text})
	}
	slices.SortFunc(parts, func(a, b part) int { return cmp.Compare(a.name, b.name) })
	return parts, nil
}

// licenceFile matches the files that carry terms.
var licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice)([-_.].*)?$`)

func read(name, version, dir string) (part, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return part{}, fmt.Errorf("%s: %w", name, err)
	}
	var text strings.Builder
	for _, e := range entries {
		if !licenceFile.MatchString(e.Name()) || e.IsDir() || strings.HasSuffix(e.Name(), ".go") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return part{}, fmt.Errorf("%s: %w", name, err)
		}
		text.Write(data)
		text.WriteString("\n")
	}
	licence := identify(text.String())
	if licence == "" {
		return part{}, fmt.Errorf("%s %s: no licence recognised in %s", name, version, dir)
	}
	return part{name, version, licence, text.String()}, nil
}

// identify names the licence of a text by its own words, "" when it is none of
// those that may be linked in.
func identify(text string) string {
	flat := strings.ToLower(strings.Join(strings.Fields(text), " "))
	var found []string
	for _, l := range []struct{ name, words string }{
		{"Apache-2.0", "apache license version 2.0"},
		{"MPL-2.0", "mozilla public license version 2.0"},
		{"MPL-2.0", "mozilla public license, version 2.0"},
		{"MIT", "permission is hereby granted, free of charge"},
		{"ISC", "permission to use, copy, modify, and/or distribute this software"},
		{"BSD-3-Clause", "neither the name"},
		{"BSD-2-Clause", "redistributions in binary form must reproduce"},
		{"OFL-1.1", "sil open font license version 1.1"},
		{"CC0-1.0", "cc0 1.0 universal"},
		{"Unlicense", "this is free and unencumbered software"},
	} {
		if strings.Contains(flat, l.words) && !slices.Contains(found, l.name) &&
			!(l.name == "BSD-2-Clause" && slices.Contains(found, "BSD-3-Clause")) {
			found = append(found, l.name)
		}
	}
	return strings.Join(found, ", ")
}
