package engine

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/ollama/ollama/api"
	names "github.com/ollama/ollama/types/model"
)

func TestStore_OnlyDigestsBecomePaths(t *testing.T) {
	s := &store{dir: t.TempDir()}
	hex := strings.Repeat("ab", 32)
	if path, err := s.blob("sha256:" + hex); err != nil || path != filepath.Join(s.dir, "blobs", "sha256-"+hex) {
		t.Errorf("%s, %v", path, err)
	}
	for _, bad := range []string{
		"", "sha256:", "sha256:" + hex[1:], "sha256:" + hex + "0", "sha256-" + hex, "sha256:" + strings.ToUpper(hex),
		"sha512:" + hex, "sha256:" + hex + "\n", "sha256:../" + hex[3:], "../sha256:" + hex, "sha256:" + hex[:60] + "/../",
	} {
		if path, err := s.blob(bad); err == nil {
			t.Errorf("%q became %s", bad, path)
		}
	}
}

func TestParseName_OnlyNamesBecomePaths(t *testing.T) {
	for _, good := range []string{"all-minilm", "smollm2:135m", "me/model:tag", "hf.co/me/model:Q4_K_M"} {
		if _, err := parseName(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"", "..", "../x", "a/../../b", "a:..", "a:b:c", "/etc/passwd", "a b", "a\x00", ".hidden", "-x", "a/b/c/d/e", strings.Repeat("a", 81)} {
		if n, err := parseName(bad); err == nil {
			t.Errorf("%q became %s", bad, n.Filepath())
		}
	}
}

func FuzzParseManifest(f *testing.F) {
	digest := "sha256:" + strings.Repeat("0", 64)
	f.Add([]byte(`{"layers":[{"digest":"` + digest + `","size":3}],"config":{"digest":"` + digest + `"}}`))
	f.Add([]byte(`{"layers":[{"digest":"sha256:../../x","size":-1}]}`))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := parseManifest(b)
		if err != nil {
			return
		}
		s := &store{dir: "x"}
		for _, l := range m.all() {
			if path, err := s.blob(l.Digest); err != nil || filepath.Dir(path) != filepath.Join("x", "blobs") || l.Size < 0 {
				t.Errorf("manifest %q gives layer %+v", b, l)
			}
		}
		if m.size() < 0 {
			t.Errorf("size %d", m.size())
		}
	})
}

func TestStore_FilesAreOursAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // modes mean nothing there
	}
	h := newHarness(t)
	h.add(t, "embed", embedder())
	err := filepath.WalkDir(h.store.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		st, err := d.Info()
		if err != nil {
			return err
		}
		want := fs.FileMode(0o600)
		if d.IsDir() {
			want = 0o700
		}
		if st.Mode().Perm() != want {
			t.Errorf("%s has mode %04o", path, st.Mode().Perm())
		}
		if strings.Contains(d.Name(), tempPrefix) {
			t.Errorf("%s was left", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A blob that is not whole is never seen under its digest.
func TestStore_DraftsAreInvisible(t *testing.T) {
	s, err := openStore(t.TempDir(), quiet())
	if err != nil {
		t.Fatal(err)
	}
	content := "weights"
	digest := fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(content)))
	d, err := s.draft()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.fill(strings.NewReader(content)); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.has(digest); ok {
		t.Error("a draft is visible")
	}
	l, err := d.keep(typeWeights)
	if err != nil || l.Digest != digest || l.Size != 7 {
		t.Fatalf("%+v, %v", l, err)
	}
	if b, err := s.read(l); err != nil || string(b) != content {
		t.Errorf("%q, %v", b, err)
	}
	// The same content once more is the same blob.
	if again, err := s.put(typeWeights, content); err != nil || again != l {
		t.Errorf("%+v, %v", again, err)
	}
	dropped, err := s.draft()
	if err != nil {
		t.Fatal(err)
	}
	dropped.drop()
	left, err := os.ReadDir(s.blobs())
	if err != nil || len(left) != 1 {
		t.Errorf("%d files are left, %v", len(left), err)
	}
	// What a crash left is swept once it is old.
	old := filepath.Join(s.blobs(), tempPrefix+"1")
	young := filepath.Join(s.blobs(), tempPrefix+"2")
	for _, p := range []string{old, young} {
		if err := os.WriteFile(p, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	past := time.Now().Add(-48 * time.Hour)
	if err := os.Chtimes(old, past, past); err != nil {
		t.Fatal(err)
	}
	if _, err := openStore(s.dir, quiet()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); err == nil {
		t.Error("an old draft stays")
	}
	if _, err := os.Stat(young); err != nil {
		t.Error("a young draft, which may be another process's, is gone")
	}
}

func TestStore_SharedBlobsOutliveAModel(t *testing.T) {
	h := newHarness(t)
	h.add(t, "one", embedder())
	if w := h.call(t, "POST", "/api/create", `{"model":"two","from":"one","system":"x","stream":false}`); w.Code != 200 {
		t.Fatal(w.Body)
	}
	one, err := h.installed("one")
	if err != nil {
		t.Fatal(err)
	}
	blobs := func() int {
		files, err := os.ReadDir(h.store.blobs())
		if err != nil {
			t.Fatal(err)
		}
		return len(files)
	}
	if n := blobs(); n != 4 { // weights, two configs, a system prompt
		t.Errorf("%d blobs", n)
	}
	if w := h.call(t, "DELETE", "/api/delete", `{"model":"two"}`); w.Code != 200 {
		t.Fatal(w.Body)
	}
	if _, ok := h.store.has(one.weights.Digest); !ok || blobs() != 2 {
		t.Errorf("%d blobs are left of one model", blobs())
	}
	if w := h.call(t, "DELETE", "/api/delete", `{"model":"one"}`); w.Code != 200 || blobs() != 0 {
		t.Errorf("%d blobs are left of none", blobs())
	}
	if _, err := os.Stat(filepath.Join(h.store.manifests(), "registry.ollama.ai")); err == nil {
		t.Error("empty folders stay")
	}
}

// Someone who adds blobs has no manifest yet; they must not be swept from under it.
func TestStore_NothingIsPrunedWhileBlobsAreAdded(t *testing.T) {
	s, err := openStore(t.TempDir(), quiet())
	if err != nil {
		t.Fatal(err)
	}
	l, err := s.put(typeWeights, "x")
	if err != nil {
		t.Fatal(err)
	}
	lock, err := s.share(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.prune([]layer{l}); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.has(l.Digest); !ok {
		t.Error("pruned under a lock")
	}
	if err := lock.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.prune([]layer{l}); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.has(l.Digest); ok {
		t.Error("not pruned")
	}
}

func TestServer_ReadOnlyStoreIsUsedAndNeverWritten(t *testing.T) {
	theirs := newHarness(t)
	theirs.add(t, "embed", embedder())
	theirs.add(t, "both", embedder())
	h := newHarness(t, func(o *Options) { o.ReadOnly = theirs.store.dir })
	h.add(t, "both", chatter())

	var list api.ListResponse
	if err := json.Unmarshal(h.call(t, "GET", "/api/tags", "").Body.Bytes(), &list); err != nil {
		t.Fatal(err)
	}
	families := map[string]string{}
	for _, m := range list.Models {
		families[m.Name] = m.Details.Family
	}
	if len(families) != 2 || families["embed:latest"] != "bert" || families["both:latest"] != "llama" {
		t.Errorf("%v", families)
	}
	if w := h.call(t, "POST", "/api/embed", `{"model":"embed","input":"a"}`); w.Code != 200 {
		t.Errorf("embed: %s", w.Body)
	}
	if w := h.call(t, "DELETE", "/api/delete", `{"model":"embed"}`); w.Code != 403 || !strings.Contains(w.Body.String(), "ollama rm embed") {
		t.Errorf("delete: %d %s", w.Code, w.Body)
	}
	if _, err := theirs.entry("embed"); err != nil {
		t.Error(err)
	}
}

// A name that stands for a model elsewhere is told apart and never run.
func TestServer_RemoteModelsAreRefused(t *testing.T) {
	h := newHarness(t)
	config, err := h.store.put(typeConfig, `{"remote_host":"https://ollama.com:443","remote_model":"big"}`)
	if err != nil {
		t.Fatal(err)
	}
	params, err := h.store.put(typeParams, `{}`)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.store.write(names.ParseName("big:cloud"), config, []layer{params}); err != nil {
		t.Fatal(err)
	}
	if w := h.call(t, "POST", "/api/show", `{"model":"big:cloud"}`); w.Code != 200 || !strings.Contains(w.Body.String(), `"remote_host":"https://ollama.com:443"`) {
		t.Errorf("show: %s", w.Body)
	}
	if w := h.call(t, "POST", "/api/chat", `{"model":"big:cloud","messages":[{"role":"user","content":"a"}]}`); w.Code != 400 || !strings.Contains(w.Body.String(), "not on this machine") {
		t.Errorf("chat: %d %s", w.Code, w.Body)
	}
}

// A manifest that is broken hides its own model only.
func TestStore_BrokenManifestsArePassedOver(t *testing.T) {
	h := newHarness(t)
	h.add(t, "embed", embedder())
	for name, content := range map[string]string{"bad": "{", "worse": `{"layers":[{"digest":"sha256:../../../etc/passwd"}]}`} {
		if err := h.store.writeRaw(names.ParseName(name), []byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if w := h.call(t, "GET", "/api/tags", ""); w.Code != 200 || strings.Count(w.Body.String(), `"digest"`) != 1 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := h.call(t, "POST", "/api/show", `{"model":"worse"}`); w.Code != 400 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
