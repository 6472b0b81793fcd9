//go:build e2e

package e2e

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golocal"
)

// TestBadInput_OneReasonEach puts a folder full of trouble beside good files:
// each bad one has one recorded reason, none stops the others.
func TestBadInput_OneReasonEach(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	files := handbook()
	files["broken.pdf"] = "%PDF-1.7\nthis is no PDF\n"
	files["broken.docx"] = "PK\x03\x04 not really a zip"
	files["data.bin"] = string(bytes.Repeat([]byte{0, 1, 2, 0xfe, 0xff, 0x80, 7}, 999))
	files["empty.md"] = ""
	files[".env"] = "PASSWORD=zebrafish\n"
	files["id_rsa"] = "-----BEGIN OPENSSH PRIVATE KEY-----\nzebrafish\n"
	dir := folder(t, files)
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.md"), 0o644); err != nil {
		t.Fatal(err)
	}
	outside := folder(t, map[string]string{"secret.md": "the zebrafish swims outside\n"})
	if err := os.Symlink(filepath.Join(outside, "secret.md"), filepath.Join(dir, "link.md")); err != nil {
		t.Fatal(err)
	}
	huge, err := os.Create(filepath.Join(dir, "huge.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if err := huge.Truncate(1 << 30); err != nil { // sparse
		t.Fatal(err)
	}
	huge.Close()

	if r := h.run("add", dir); r.code != 0 && r.code != 4 {
		t.Fatalf("add: exit %d\n%s%s", r.code, r.out, r.err)
	}
	docs := decode[[]golocal.Document](t, h.run("status", "--files", "--json").want(t, 0))
	got := map[string]golocal.Document{}
	for _, d := range docs {
		if _, twice := got[d.Ref.Path]; twice {
			t.Errorf("%s is listed twice", d.Ref.Path)
		}
		got[d.Ref.Path] = d
	}
	for name, state := range map[string]golocal.State{
		"broken.pdf":  golocal.StateFailed,
		"broken.docx": golocal.StateFailed,
		"data.bin":    golocal.StateUnsupported,
		"empty.md":    golocal.StateNoText,
		".env":        golocal.StateSkipped,
		"id_rsa":      golocal.StateSkipped,
		"pipe.md":     golocal.StateSkipped,
		"huge.txt":    golocal.StateSkipped,
	} {
		d, ok := got[name]
		if !ok || d.State != state || d.Reason == "" || strings.Contains(d.Reason, "\n") {
			t.Errorf("%s: %q, reason %q; want %q and one line", name, d.State, d.Reason, state)
		}
	}
	for name := range handbook() {
		if got[name].State != golocal.StateReady {
			t.Errorf("%s is %q (%s): a bad file stopped it", name, got[name].State, got[name].Reason)
		}
	}
	if r := h.run("search", "--json", "zebrafish"); strings.Contains(r.out, "zebrafish swims") || strings.Contains(r.out, "PASSWORD") {
		t.Error("a secret or a linked file outside the folder was indexed")
	}
	list := h.run("status", "--failed").want(t, 0).out
	for _, name := range []string{"broken.pdf", "pipe.md", "huge.txt"} {
		if !strings.Contains(list, name) {
			t.Errorf("status --failed does not name %s:\n%s", name, list)
		}
	}
}

// TestNoRunner_KeywordsGoOn has no Ollama, no engine model and no network.
func TestNoRunner_KeywordsGoOn(t *testing.T) {
	t.Parallel()
	h := newHome(t, "GOLOCAL_MODELS="+t.TempDir())
	dir := folder(t, handbook())
	r := h.run("--offline", "ask", "--folder", dir, "How many paid vacation days do I get?").want(t, 0)
	if !strings.Contains(r.out, "27 paid vacation days") {
		t.Errorf("no answer by keywords:\n%s", r.out)
	}
	if !strings.Contains(strings.ToLower(r.err), "keyword") {
		t.Errorf("nothing says that only keywords were searched:\n%s", r.err)
	}
	if r := h.run("--offline", "ask", "--generate", "How many paid vacation days do I get?"); r.code != 6 {
		t.Errorf("generate without a model: exit %d, want 6\n%s", r.code, r.err)
	}
}
