//go:build e2e

package e2e

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golocal"
	"golocal/web"
)

func privateKey(t *testing.T) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}))
}

// states are a folder's documents as golocal ls tells them, by path.
func (h *home) states(dir string) map[string]golocal.Document {
	h.t.Helper()
	docs := map[string]golocal.Document{}
	for _, d := range decode[[]golocal.Document](h.t, h.run("ls", "--json", dir).want(h.t, 0)) {
		docs[d.Ref.Path] = d
	}
	return docs
}

// TestScope_RulesPauseAndWhy gives a folder rules, changes them, pauses and
// resumes it over a restart, and asks why files are indexed or not.
func TestScope_RulesPauseAndWhy(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir := folder(t, map[string]string{
		"a.md": "The quokka sleeps in the harbour.", "b.txt": "The wombat eats at noon.", "old/c.md": "The numbat left in May.",
		"keys.md": "# Deploy\n\nThe numbat's key:\n\n" + privateKey(t), ".gitignore": "*.log\n", "x.log": "no",
		".env.example": "# Where the numbat's shop listens.\nSHOP_PORT=8080\n", ".env": "SHOP_PORT=8080\n",
		"two\nlines.md": "A name with a line break.", "caf\xe9.md": "A name that is no UTF-8.",
	})
	h.run("add", dir, "--types", "md", "--exclude", "old/").want(t, 0)
	docs := h.states(dir)
	if len(docs) != 4 || docs["a.md"].State != golocal.StateReady || docs["two\nlines.md"].State != golocal.StateReady || docs["caf\xe9.md"].State != golocal.StateReady {
		t.Errorf("indexed: %+v", docs)
	}
	if d := docs["keys.md"]; d.State != golocal.StateSkipped || !strings.HasPrefix(d.Reason, "skipped as secret: holds a private key (line ") {
		t.Errorf("keys.md: %s, %q", d.State, d.Reason)
	}
	if out := h.run("ls", dir).want(t, 0).out; strings.Contains(out, "two\nlines") || !strings.Contains(out, `two\nlines.md`) || !strings.Contains(out, `caf\xe9.md`) {
		t.Errorf("ls prints names as they are:\n%s", out)
	}
	for path, says := range map[string]string{
		"a.md": "indexed, 1 passage", "b.txt": "types", "old/c.md": "exclude pattern of its watched folder: old/", "x.log": ".gitignore line 1: *.log",
		"keys.md": "--allow keys.md", "nothing.md": "nothing at this path", "caf\xe9.md": "indexed", "../elsewhere.md": "no watched folder",
	} {
		if out := h.run("ls", "--why", filepath.Join(dir, path)).want(t, 0).out; !strings.Contains(out, says) {
			t.Errorf("why %q:\n%swant something with %q", path, out, says)
		}
	}
	h.run("add", dir, "--include", "[a").want(t, 1)

	s := h.serve("serve")
	h.run("add", dir, "--wait", "--types", "", "--allow", "keys.md").want(t, 0)
	docs = h.states(dir)
	if docs["b.txt"].State != golocal.StateReady || docs["keys.md"].State != golocal.StateReady || docs["old/c.md"].ID != 0 {
		t.Errorf("after other rules: %+v", docs)
	}
	if docs[".env.example"].State != golocal.StateReady || docs[".env"].State != golocal.StateSkipped || docs[".gitignore"].ID != 0 {
		t.Errorf("an example of settings, settings, an ignore file: %+v", docs)
	}
	if out := h.run("ls", "--why", filepath.Join(dir, ".gitignore")).want(t, 0).out; !strings.Contains(out, "says what to leave out") || !strings.Contains(out, "--allow .gitignore") {
		t.Errorf("why .gitignore:\n%s", out)
	}
	h.run("add", dir, "--wait", "--allow", "keys.md", "--allow", ".gitignore").want(t, 0)
	if docs = h.states(dir); docs[".gitignore"].State != golocal.StateReady {
		t.Errorf("an ignore file that is allowed: %+v", docs)
	}
	h.run("add", dir, "--wait", "--allow", "", "--exclude", "").want(t, 0)
	docs = h.states(dir)
	if docs["keys.md"].State != golocal.StateSkipped || docs["old/c.md"].State != golocal.StateReady {
		t.Errorf("after the rules were taken back: %+v", docs)
	}
	if out := h.run("search", "numbat key").out; strings.Contains(out, "PRIVATE KEY") {
		t.Errorf("the key is found:\n%s", out)
	}

	h.run("pause").want(t, 0)
	write(t, filepath.Join(dir, "late.md"), "The bandicoot came late.")
	h.run("sync", dir).want(t, 1)
	h.run("sync").want(t, 0)
	s.stop()
	s = h.serve("serve")
	if st := decode[web.Status](t, h.run("status", "--json").want(t, 0)); st.State != web.Paused || !st.Roots[0].Paused {
		t.Errorf("after a restart: %s, %+v", st.State, st.Roots)
	}
	for end := time.Now().Add(timeLimit); ; time.Sleep(100 * time.Millisecond) {
		out := h.run("ls", "--why", filepath.Join(dir, "late.md")).want(t, 0).out
		if strings.Contains(out, "its folder is paused") {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("the change is not found again:\n%s", out)
		}
	}
	h.run("search", "quokka").want(t, 0) // goes on
	if out := h.run("search", "bandicoot").out; strings.Contains(out, "bandicoot") {
		t.Errorf("read while paused:\n%s", out)
	}
	h.run("resume", dir).want(t, 0)
	if out := h.run("sync", filepath.Join(dir, "late.md")).want(t, 0).out; !strings.Contains(out, "indexed, 1 passage") {
		t.Errorf("sync of a file:\n%s", out)
	}
	if out := h.run("search", "bandicoot").want(t, 0).out; !strings.Contains(out, "bandicoot") {
		t.Errorf("not found after resume:\n%s", out)
	}

	// What sync of a file promises: what was written before it began is searchable.
	for _, word := range []string{"potoroo", "bilby", "dunnart"} {
		write(t, filepath.Join(dir, "a.md"), "The "+word+" sleeps in the harbour.")
		h.run("sync", filepath.Join(dir, "a.md")).want(t, 0)
		if out := h.run("search", word).want(t, 0).out; !strings.Contains(out, word) {
			t.Errorf("%s was written before the sync:\n%s", word, out)
		}
	}
	h.run("sync", filepath.Join(dir, "keys.md")).want(t, 4)
	h.run("sync", filepath.Join(os.TempDir(), "nowhere.md")).want(t, 2)
}
