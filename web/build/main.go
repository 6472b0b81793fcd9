// Command build bundles the page in src into dist. It needs the packages of
// package-lock.json in node_modules (npm ci) but neither Node nor a network.
// Run it with go generate ./web.
package main

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

func main() {
	if err := build(); err != nil {
		fmt.Fprintln(os.Stderr, "web/build:", err)
		os.Exit(1)
	}
}

const pdfjs = "node_modules/pdfjs-dist"

func build() error {
	if _, err := os.Stat(pdfjs); err != nil {
		return fmt.Errorf("%w; run npm ci in web first", err)
	}
	if err := os.RemoveAll("dist"); err != nil {
		return err
	}
	options := api.BuildOptions{
		EntryPointsAdvanced: []api.EntryPoint{
			{InputPath: "src/main.tsx", OutputPath: "app"},
			{InputPath: "src/style/app.css", OutputPath: "style"},
		},
		Outdir:            "dist",
		EntryNames:        "[name]-[hash]",
		ChunkNames:        "[name]-[hash]",
		Bundle:            true,
		Splitting:         true,
		Format:            api.FormatESModule,
		Target:            api.ES2022,
		JSX:               api.JSXAutomatic,
		JSXImportSource:   "preact",
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		LegalComments:     api.LegalCommentsNone, // whole licence texts go into licenses.txt
		Write:             true,
		LogLevel:          api.LogLevelWarning,
	}
	// The worker is another program: alone, so that it shares no file with the page.
	worker := options
	worker.EntryPointsAdvanced = []api.EntryPoint{{InputPath: pdfjs + "/build/pdf.worker.min.mjs", OutputPath: "pdfworker"}}
	names := map[string]string{}
	for _, o := range []api.BuildOptions{options, worker} {
		r := api.Build(o)
		if len(r.Errors) > 0 {
			return fmt.Errorf("%d errors", len(r.Errors))
		}
		for _, f := range r.OutputFiles {
			base := filepath.Base(f.Path)
			if stem, _, ok := strings.Cut(base, "-"); ok {
				names[stem+path.Ext(base)] = base
			}
		}
	}
	page, err := os.ReadFile("src/index.html")
	if err != nil {
		return err
	}
	out := strings.NewReplacer("{app}", names["app.js"], "{style}", names["style.css"], "{pdfworker}", names["pdfworker.js"]).Replace(string(page))
	if err := os.WriteFile("dist/index.html", []byte(out), 0o644); err != nil {
		return err
	}
	icon, err := os.ReadFile("src/icon.svg")
	if err != nil {
		return err
	}
	if err := os.WriteFile("dist/icon.svg", icon, 0o644); err != nil {
		return err
	}
	// What pdf.js loads when a file wants it: character maps of East Asian
	// encodings, stand-ins for the standard 14 fonts, decoders without WebAssembly.
	for dir, ends := range map[string][]string{"cmaps": {".bcmap"}, "standard_fonts": {".pfb", ".ttf"}, "wasm": {"_nowasm_fallback.js"}} {
		if err := copyAll(dir, ends); err != nil {
			return err
		}
	}
	return licenses()
}

func copyAll(dir string, ends []string) error {
	from, to := filepath.Join(pdfjs, dir), filepath.Join("dist", "pdf", dir)
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	for _, e := range entries {
		wanted := false
		for _, end := range ends {
			wanted = wanted || strings.HasSuffix(e.Name(), end)
		}
		if !wanted {
			continue
		}
		b, err := os.ReadFile(filepath.Join(from, e.Name()))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, e.Name()), b, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// licenses collects the licence texts of what the bundle holds.
func licenses() error {
	packages := []string{"preact", "markdown-it", "mdurl", "uc.micro", "entities", "linkify-it", "punycode.js", "dompurify", "pdfjs-dist"}
	sort.Strings(packages)
	var b strings.Builder
	for _, p := range packages {
		found := false
		entries, err := os.ReadDir(filepath.Join("node_modules", p))
		if err != nil {
			return err
		}
		for _, e := range entries {
			if !strings.HasPrefix(strings.ToUpper(e.Name()), "LICEN") || e.IsDir() {
				continue
			}
			text, err := os.ReadFile(filepath.Join("node_modules", p, e.Name()))
			if err != nil {
				return err
			}
			fmt.Fprintf(&b, "==== %s ====\n\n%s\n\n", p, strings.TrimSpace(strings.ReplaceAll(string(text), "\r\n", "\n")))
			found = true
		}
		if !found {
			return fmt.Errorf("%s has no licence file", p)
		}
	}
	return os.WriteFile("dist/licenses.txt", []byte(b.String()), 0o644)
}
