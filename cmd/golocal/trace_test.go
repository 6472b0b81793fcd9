package main

import (
	"bytes"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golocal"
	"golocal/internal/fakeollama"
	"golocal/web"
)

// atHome is a golocal in this process, with a home of its own and a scripted
// Ollama.
func atHome(t *testing.T, set func(*config)) (*cli, *session, *fakeollama.Server) {
	t.Helper()
	fake := fakeollama.New(fakeollama.Options{Models: []fakeollama.Model{fakeollama.Embedding()}})
	srv := httptest.NewServer(fake)
	t.Cleanup(srv.Close)
	home := t.TempDir()
	c := &cli{t: terminal{in: strings.NewReader(""), out: io.Discard, err: io.Discard}, log: slog.New(slog.DiscardHandler), quiet: true, config: defaultConfig()}
	c.config.Ollama, c.config.Offline = srv.URL, true
	if set != nil {
		set(&c.config)
	}
	c.paths = paths{Config: filepath.Join(home, "c", "config.yaml"), Data: filepath.Join(home, "d"), Models: filepath.Join(home, "m"), Cache: filepath.Join(home, "p"), Run: filepath.Join(home, "r")}
	if err := c.paths.make(); err != nil {
		t.Fatal(err)
	}
	s, err := c.connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.close(); err != nil {
			t.Error(err)
		}
	})
	return c, s, fake
}

// library writes files into a new folder.
func libraryOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const lease = "The tenant pays the rent of 900 euros in advance on the first working day of each month; small repairs up to 80 euros are for the tenant to pay."

// Each cause is planted, and found again by why.
func TestWhy_PlantedCauses(t *testing.T) {
	files := map[string]string{
		"lease.md":             "# Lease\n\n" + lease + "\n",
		"copies/lease old.txt": lease + "\n",
		"letter.txt":           "Dear landlord, the rent of the tenant was paid on Monday, as each month.\n",
		"garden.md":            "# Garden\n\nTulips are planted in October.\n",
		"broken.docx":          "PK\x03\x04 broken",
		"empty.txt":            " \n",
		"tool.bin":             "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00\x3e\x00" + strings.Repeat("\x00\xff\x01", 200),
		"id_rsa":               "not for anybody",
		"big.txt":              strings.Repeat("a line of a large file\n", 60_000),
		"drafts/plan.md":       "# Plan\n\nThe rent is to be paid.\n",
		".gitignore":           "drafts/\n",
	}
	dir := libraryOf(t, files)
	if err := os.Symlink("lease.md", filepath.Join(dir, "link.md")); err != nil {
		t.Fatal(err)
	}
	outside := libraryOf(t, map[string]string{"other.md": "The rent of the tenant."})
	c, s, _ := atHome(t, func(c *config) { c.MaxFileMB = 1 })
	if _, err := c.addFolder(t.Context(), s, dir); err != nil {
		t.Fatal(err)
	}
	if err := c.syncAll(t.Context(), s, nil, false); err != nil {
		t.Fatal(err)
	}
	at := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	for _, row := range []struct {
		path, query string
		scope       golocal.Scope
		limit       int
		cause, says string // says: part of the text or of the next step
	}{
		{at("letter.txt"), "was the rent of the landlord paid on Monday", golocal.Scope{}, 10, "found", "number 1"},
		{filepath.Join(outside, "other.md"), "rent", golocal.Scope{}, 10, "no folder", "golocal add " + outside},
		{at("nothing.md"), "rent", golocal.Scope{}, 10, "no file", "no such file"},
		{at("drafts/plan.md"), "rent", golocal.Scope{}, 10, "left out", ".gitignore line 1: drafts/"},
		{at("link.md"), "rent", golocal.Scope{}, 10, "left out", "link"},
		{at("copies"), "rent", golocal.Scope{}, 10, "a folder", "name a file"},
		{at("broken.docx"), "rent", golocal.Scope{}, 10, "failed", "mend the file"},
		{at("empty.txt"), "rent", golocal.Scope{}, 10, "no text", "nothing to search"},
		{at("tool.bin"), "rent", golocal.Scope{}, 10, "unsupported", "cannot read this type"},
		{at("id_rsa"), "rent", golocal.Scope{}, 10, "skipped", "--allow id_rsa"},
		{at("big.txt"), "rent", golocal.Scope{}, 10, "skipped", "max-file-mb"},
		{at("lease.md"), "rent type:pdf", golocal.Scope{}, 10, "scope", "only files of type pdf"},
		{at("lease.md"), "rent", golocal.Scope{Paths: []string{at("copies")}}, 10, "scope", "a part of your files"},
		{at("lease.md"), "rent -repairs", golocal.Scope{}, 10, "scope", "“repairs”"},
		{at("garden.md"), "how much rent does the tenant pay", golocal.Scope{}, 1, "rank", "number"},
		{at("letter.txt"), "who won the chess olympiad", golocal.Scope{}, 10, "gate", "40 % are needed"},
	} {
		o, err := s.Trace(t.Context(), web.TraceRequest{Path: row.path, Query: row.query, Scope: row.scope, Limit: row.limit})
		if err != nil {
			t.Errorf("%s: %v", row.path, err)
			continue
		}
		if o.Cause != row.cause || o.Text == "" || !strings.Contains(o.Text+o.Next, row.says) {
			t.Errorf("%s, %q: %s: %s → %s; want %s with %q", row.path, row.query, o.Cause, o.Text, o.Next, row.cause, row.says)
		}
	}
	// Of two files that say the same one stands for the other.
	causes := map[string]bool{}
	for _, name := range []string{"lease.md", "copies/lease old.txt"} {
		o, err := s.Trace(t.Context(), web.TraceRequest{Path: at(name), Query: "how much rent does the tenant pay"})
		if err != nil {
			t.Fatal(err)
		}
		causes[o.Cause] = true
	}
	if !causes["found"] || !causes["folded"] {
		t.Errorf("causes of two copies: %v", causes)
	}
	var out bytes.Buffer
	c.t.out = &out
	o, err := s.Trace(t.Context(), web.TraceRequest{Path: at("lease.md"), Query: "how much rent does the tenant pay"})
	if err != nil {
		t.Fatal(err)
	}
	c.printOutcome(o)
	if text := out.String(); !strings.Contains(text, "lease.md") || !strings.Contains(text, "by meaning") || !strings.Contains(text, "evidence") {
		t.Errorf("printed:\n%s", text)
	}
}

// A file that no vector covers, and one that has not been read.
func TestWhy_WaitingCauses(t *testing.T) {
	dir := libraryOf(t, map[string]string{"garden.md": "# Garden\n\nTulips are planted in October.\n"})
	c, s, fake := atHome(t, nil)
	fake.Set(func(b *fakeollama.Behaviour) { b.Embed = "garbage" })
	if _, err := c.addFolder(t.Context(), s, dir); err != nil {
		t.Fatal(err)
	}
	// With vectors that cannot be made a sync does not end well; words are there.
	deadline := time.Now().Add(time.Minute)
	for {
		page, err := s.Documents(t.Context(), web.Filter{Limit: 5})
		if err != nil {
			t.Fatal(err)
		}
		if page.Total == 1 && page.Documents[0].Chunks > 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("no text without vectors")
		}
		time.Sleep(20 * time.Millisecond)
	}
	o, err := s.Trace(t.Context(), web.TraceRequest{Path: filepath.Join(dir, "garden.md"), Query: "rent of the flat"})
	if err != nil || o.Cause != "words only" && o.Cause != "no vector" {
		t.Errorf("%+v, %v", o, err)
	}

	c, s, _ = atHome(t, func(c *config) { c.Quiet, c.MaxWait = time.Hour, time.Hour })
	root, err := c.addFolder(t.Context(), s, dir)
	if err != nil {
		t.Fatal(err)
	}
	ref := golocal.Ref{Root: root.ID, Path: "garden.md"}
	for deadline := time.Now().Add(time.Minute); !s.app.watcher.Queue().Has(ref) && time.Now().Before(deadline); {
		time.Sleep(20 * time.Millisecond)
	}
	if o, err = s.Trace(t.Context(), web.TraceRequest{Path: filepath.Join(dir, "garden.md"), Query: "tulips"}); err != nil || o.Cause != "waiting" {
		t.Errorf("%+v, %v", o, err)
	}
}
