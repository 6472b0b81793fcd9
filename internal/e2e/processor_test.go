//go:build e2e && linux && amd64

package e2e

import (
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golocal/ingest/child"
	"golocal/internal/fakeollama"
)

// nehalem runs a program as on a processor of 2008, which has SSE4.2 and no
// AVX. What the program starts itself runs on the real one.
func nehalem(program string, args ...string) []string {
	return append([]string{"qemu-x86_64-static", "-cpu", "Nehalem", program}, args...)
}

func (h *home) runOld(args ...string) result {
	h.t.Helper()
	command := nehalem(binary(h.t), args...)
	return h.wait(exec.CommandContext(h.t.Context(), command[0], command[1:]...), ".")
}

// TestProcessor_WithoutAVX2 runs the program, whose engine is compiled for
// AVX2, on a processor without: it finds files by keywords, and says what to do.
func TestProcessor_WithoutAVX2(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir := folder(t, handbook())
	if r := h.runOld("version").want(t, 0); !strings.HasPrefix(r.out, "golocal ") {
		t.Errorf("version:\n%s%s", r.out, r.err)
	}
	r := h.runOld("ask", "--folder", dir, "How many paid vacation days do I get?").want(t, 0)
	if !strings.Contains(r.out, "27 paid vacation days") {
		t.Errorf("by keywords:\n%s%s", r.out, r.err)
	}
	doctor := h.runOld("doctor").want(t, 0).out
	for _, part := range []string{"AVX2", "lacks", "GOLOCAL_PLAIN=1 ./run", "install Ollama", "search goes by keywords"} {
		if !strings.Contains(doctor, part) {
			t.Errorf("doctor does not say %q:\n%s", part, doctor)
		}
	}
	if r := h.runOld("models"); !strings.Contains(r.out+r.err, "AVX2") {
		t.Errorf("models:\n%s%s", r.out, r.err)
	}
}

// TestProcessor_WithoutAVX2ButOllama gives it a runner: vectors are compared in
// this process.
func TestProcessor_WithoutAVX2ButOllama(t *testing.T) {
	t.Parallel()
	fake := fakeollama.New(fakeollama.Options{})
	s := httptest.NewServer(fake)
	defer s.Close()
	h := newHome(t, "GOLOCAL_OLLAMA="+s.URL)
	r := h.runOld("search", "--folder", folder(t, handbook()), "How many vacation days are paid?")
	if !strings.Contains(r.out, "27 paid vacation days") || strings.Contains(r.err, "keywords only") || fake.Counts().EmbeddedTexts < 2 {
		t.Errorf("exit code %d\n%s%s", r.code, r.out, r.err)
	}
}

// TestProcessor_ChildrenWithoutAVX2 runs the two kinds of child there.
func TestProcessor_ChildrenWithoutAVX2(t *testing.T) {
	t.Parallel()
	parser := child.New(child.Options{Command: nehalem(binary(t), "parse"), Cache: t.TempDir()})
	defer parser.Close()
	doc, err := parser.Parse(t.Context(), "news.html", []byte(handbook()["news.html"]))
	if err != nil || !strings.Contains(doc.Text, "vegetarian lasagne") {
		t.Errorf("the parser: %v, %q", err, doc.Text)
	}

	blobs, err := filepath.Glob(filepath.Join(modelsDir(t), "blobs", "sha256-*"))
	if err != nil || len(blobs) == 0 {
		t.Fatal("no model to load", err)
	}
	h := newHome(t)
	r := h.runOld("engine", "runner", "--model", blobs[0])
	if r.code == 0 || !strings.Contains(r.out+r.err, "AVX2") {
		t.Errorf("the runner ends with %d:\n%s%s", r.code, r.out, r.err)
	}
}
