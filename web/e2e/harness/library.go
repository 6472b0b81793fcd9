package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"golocal"
	"golocal/web"
)

// files lists what is in a folder that a set of exclude patterns leaves, of one
// name part each: the harness needs no more.
func files(dir string, exclude []string, see func(rel string, size int64, out bool)) error {
	return filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		i, err := e.Info()
		if err != nil {
			return err
		}
		out := false
		for _, x := range exclude {
			if ok, _ := path.Match(x, filepath.Base(p)); ok {
				out = true
			}
		}
		see(filepath.ToSlash(rel), i.Size(), out)
		return nil
	})
}

func (d *daemon) Survey(_ context.Context, dir string) (web.Survey, error) {
	if i, err := os.Stat(dir); err != nil || !i.IsDir() {
		return web.Survey{Problem: dir + " is not there; check the spelling"}, nil
	}
	out := web.Survey{Path: filepath.Clean(dir), Whole: true}
	d.mu.Lock()
	for _, r := range d.roots {
		out.Watched = out.Watched || r.Path == out.Path
	}
	d.mu.Unlock()
	types, secret := map[string]int{}, web.LeftOut{Cause: "secret"}
	err := files(dir, []string{"*.pem", ".env*"}, func(rel string, size int64, left bool) {
		if left {
			secret.Files++
			secret.Bytes += size
			secret.Examples = append(secret.Examples, rel)
			return
		}
		kind := strings.TrimPrefix(path.Ext(rel), ".")
		at, ok := types[kind]
		if !ok {
			at = len(out.Types)
			types[kind] = at
			out.Types = append(out.Types, web.TypeCount{Type: kind})
		}
		out.Types[at].Files++
		out.Types[at].Bytes += size
		out.Files++
		out.Bytes += size
	})
	if secret.Files > 0 {
		out.Left = append(out.Left, secret)
	}
	out.Passages = 3 * out.Files
	out.Seconds = float64(out.Passages) / 12
	return out, err
}

func (d *daemon) Preview(_ context.Context, root int64, rules golocal.Rules) (web.Preview, error) {
	d.mu.Lock()
	var dir string
	var before []string
	for _, r := range d.roots {
		if r.ID == root {
			dir, before = r.Path, r.Rules.Exclude
		}
	}
	d.mu.Unlock()
	out := web.Preview{Whole: true}
	if dir == "" {
		return out, fmt.Errorf("root %d: %w", root, fs.ErrNotExist)
	}
	left := map[string]bool{}
	if err := files(dir, before, func(rel string, _ int64, out bool) { left[rel] = out }); err != nil {
		return out, err
	}
	err := files(dir, rules.Exclude, func(rel string, size int64, now bool) {
		if !left[rel] {
			out.Before++
		}
		if !now {
			out.Files++
		}
		if c := map[bool]*web.Changed{true: &out.Fewer, false: &out.More}[now]; now != left[rel] {
			c.Files++
			c.Bytes += size
			c.Examples = append(c.Examples, rel)
		}
	})
	return out, err
}

func (d *daemon) RetryFailed(_ context.Context, root int64) (int, error) {
	n := 0
	for _, doc := range d.all() {
		if doc.State == golocal.StateFailed && (root == 0 || root == doc.Ref.Root) {
			n++
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.retried += n
	return n, nil
}

func (d *daemon) Tags(context.Context, string) ([]golocal.Tag, error) { return nil, nil }

// Growth pretends that the files came within two minutes, some days ago, and a few since.
func (d *daemon) Growth(context.Context) ([]web.Grown, error) {
	docs := len(d.all())
	if docs == 0 {
		return nil, nil
	}
	begin := time.Now().Add(-50 * time.Hour)
	var out []web.Grown
	for i := range 24 {
		at := begin.Add(time.Duration(i) * 5 * time.Second)
		read := 2 + i*i%7
		out = append(out, web.Grown{At: at, Documents: docs * (i + 1) / 26, Passages: 40 * docs * (i + 1) / 26, Read: read, Seconds: 5})
	}
	return append(out, web.Grown{At: time.Now().Add(-time.Hour), Documents: docs - 1, Passages: 40 * (docs - 1), Read: 1, Seconds: 2}, web.Grown{At: time.Now(), Documents: docs, Passages: 40 * docs, Read: 1, Seconds: 2}), nil
}

func (d *daemon) Samples(context.Context) ([]web.Sample, error) {
	var out []web.Sample
	for _, doc := range d.all() {
		for _, line := range strings.Split(doc.Text, "\n") {
			if h, ok := strings.CutPrefix(line, "## "); ok && len(out) < 3 {
				name := path.Base(doc.Ref.Path)
				out = append(out, web.Sample{Title: strings.TrimSuffix(name, path.Ext(name)), Heading: h, Doc: doc.ID, Ref: doc.Ref})
			}
		}
	}
	return out, nil
}

func (d models) Suggest(context.Context) (web.Suggestions, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	have := map[string]bool{}
	for _, m := range d.shelf {
		have[m.Name] = true
	}
	return web.Suggestions{
		Memory: 16_000_000_000, Room: 11_200_000_000, GPU: "no supported GPU found", Note: "Ollama would run larger models too",
		Embedding: []web.Suggested{
			{Name: "all-minilm:22m", Parameters: "22M", Quant: "F16", Download: 45_960_996, Context: 512, Need: 80_000_000, Fit: "memory", Installed: have["all-minilm:22m"], Text: "fits on the processor"},
			{Name: "bge-m3", Parameters: "567M", Quant: "F16", Download: 1_157_671_200, Context: 8192, Need: 1_600_000_000, Fit: "memory", Installed: have["bge-m3"], Text: "fits on the processor"},
		},
		Chat: []web.Suggested{
			{Name: "qwen3:4b", Parameters: "4.0B", Quant: "Q4_K_M", Download: 2_620_788_019, Context: 8192, Need: 3_900_000_000, Fit: "memory", Thinking: true, Installed: have["qwen3:4b"], Text: "fits on the processor"},
			{Name: "qwen3:1.7b", Parameters: "1.7B", Quant: "Q4_K_M", Download: 1_400_000_000, Context: 8192, Need: 2_300_000_000, Fit: "memory", Thinking: true, Installed: have["qwen3:1.7b"], Text: "fits on the processor"},
			{Name: "mixtral:8x7b", Parameters: "46.7B", Quant: "Q4_0", Download: 26_000_000_000, Context: 8192, Need: 28_000_000_000, Fit: "too large", Missing: 16_800_000_000, Text: "needs 16.8 GB more memory than models may take here"},
		},
	}, nil
}

// reading is a file of each stage, in the first folder; d.mu is held.
func (d *daemon) reading() []web.Reading {
	if len(d.roots) == 0 {
		return nil
	}
	var out []web.Reading
	for _, r := range []web.Reading{
		{Ref: golocal.Ref{Path: "archive/2019/Donaudampfschifffahrtsgesellschaftskapitänsmützenverordnung mit allen Anlagen.pdf"}, Stage: "embedding", Done: 1184, Total: 4210, Seconds: 312},
		{Ref: golocal.Ref{Path: "minutes/meeting of the board.docx"}, Stage: "embedding", Done: 8, Total: 40, Seconds: 6.2},
		{Ref: golocal.Ref{Path: "a/rather/deep/folder/that/somebody/made/years/ago/and/never/tidied/up/accounts.xlsx"}, Stage: "storing", Seconds: 5.1},
		{Ref: golocal.Ref{Path: "letters/to the harbour office.eml"}, Stage: "chunking", Seconds: 2.4},
		{Ref: golocal.Ref{Path: "scan.pdf"}, Stage: "reading", Seconds: 1.9},
		{Ref: golocal.Ref{Path: "מכתבים/הספינה.txt"}, Stage: "queued", Seconds: .4},
	} {
		r.Ref.Root = d.roots[0].ID
		out = append(out, r)
	}
	return out
}
