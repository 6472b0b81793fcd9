package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golocal"
	"golocal/chat"
	"golocal/internal/fakeollama"
	"golocal/web"
)

// newcomer is a home without anything, beside a fake Ollama.
func newcomer(t *testing.T, o fakeollama.Options) *fakeollama.Server {
	t.Helper()
	fake := fakeollama.New(o)
	srv := httptest.NewServer(fake)
	t.Cleanup(srv.Close)
	t.Setenv("GOLOCAL_HOME", t.TempDir())
	t.Setenv("OLLAMA_HOST", srv.URL)
	return fake
}

// golocalRun runs a command as a user does.
func golocalRun(t *testing.T, args ...string) (code int, out, messages string) {
	t.Helper()
	var o, m bytes.Buffer
	code = run(t.Context(), args, terminal{in: strings.NewReader(""), out: &o, err: &m})
	return code, o.String(), m.String()
}

func TestModels_ListsWhatIsThere(t *testing.T) {
	cloud := fakeollama.Chat()
	cloud.Name = "gpt-oss:120b-cloud"
	newcomer(t, fakeollama.Options{Models: append(fakeollama.Defaults(), cloud)})
	code, out, messages := golocalRun(t, "models")
	if code != 0 {
		t.Fatalf("%d: %s", code, messages)
	}
	for _, want := range []string{"ollama 0.17.4", "all-minilm:latest", "search", "46 MB", "F16", "512", "llama3.2:3b", "answers", "2.0 GB", "131072", "refused", "is a cloud model"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
	code, out, _ = golocalRun(t, "models", "--json")
	var l modelList
	if err := json.Unmarshal([]byte(out), &l); code != 0 || err != nil || len(l.Installed) != 3 || l.Installed[0].Use != "embedding" || l.Runner != "ollama" {
		t.Errorf("%d, %v, %+v", code, err, l)
	}
	if code, out, _ := golocalRun(t, "models", "downloads", "--json"); code != 0 || strings.TrimSpace(out) != "[]" {
		t.Errorf("downloads: %d %q", code, out)
	}
}

func TestModels_Show(t *testing.T) {
	newcomer(t, fakeollama.Options{Models: fakeollama.Catalogue()})
	if err := os.WriteFile(filepath.Join(os.Getenv("GOLOCAL_HOME"), "config.yaml"), []byte("embedding-prompts:\n  all-minilm: {query: 'ask: '}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]string{
		"nomic-embed-text": {"768 numbers", "2048 tokens", `"search_query: "`, `"search_document: "`, "golocal's table: Nomic Embed"},
		"all-minilm":       {`"ask: "`, "nothing", "config.yaml", "384 numbers"},
		"smollm2:135m":     {"answers", "134M parameters", "makes things up", "its own"},
	} {
		code, out, messages := golocalRun(t, "models", "show", name)
		for _, w := range want {
			if code != 0 || !strings.Contains(out, w) {
				t.Errorf("%s: %d, no %q in:\n%s%s", name, code, w, out, messages)
			}
		}
	}
	if code, _, messages := golocalRun(t, "models", "show", "nowhere"); code != exitNoModel || !strings.Contains(messages, "nowhere") {
		t.Errorf("%d %s", code, messages)
	}
}

func TestModels_UseWritesTheConfig(t *testing.T) {
	newcomer(t, fakeollama.Options{Models: fakeollama.Catalogue()})
	config := filepath.Join(os.Getenv("GOLOCAL_HOME"), "config.yaml")
	if err := os.WriteFile(config, []byte("# mine\nquiet: 1s\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, messages := golocalRun(t, "models", "use", "smollm2:135m"); code != 0 {
		t.Fatal(messages)
	}
	if data, err := os.ReadFile(config); err != nil || string(data) != "# mine\nquiet: 1s\nchat-model: smollm2:135m\n" {
		t.Errorf("%q, %v", data, err)
	}
	if _, out, _ := golocalRun(t, "models", "--json"); !strings.Contains(out, `"in_use_for": "chat"`) {
		t.Error(out)
	}
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"models", "use", "nowhere"}, exitNoModel, "no model named nowhere"},
		{[]string{"models", "use", "all-minilm", "--for", "chat"}, exitNoModel, "only makes vectors"},
		{[]string{"models", "use", "all-minilm", "--for", "magic"}, exitUsage, "chat or embedding"},
		{[]string{"models", "use", "auto"}, exitUsage, "--for chat"},
		{[]string{"models", "rm", "smollm2:135m"}, exitError, "in use for writing answers"},
		{[]string{"models", "rm", "nowhere"}, exitNoModel, "no model named nowhere"},
		{[]string{"models", "pause", "a"}, exitNoModel, "not being downloaded"},
		{[]string{"models", "pull", "two words"}, exitUsage, "no model's name"},
		{[]string{"--offline", "models", "pull", "a"}, exitNoModel, "switched off"},
		{[]string{"models", "import", "nowhere.gguf"}, exitNoModel, "nowhere.gguf"},
	} {
		if code, _, messages := golocalRun(t, c.args...); code != c.code || !strings.Contains(messages, c.want) {
			t.Errorf("%v: %d %s", c.args, code, messages)
		}
	}
	if code, out, messages := golocalRun(t, "models", "rm", "all-minilm"); code != 0 || !strings.Contains(out, "46 MB are free again") {
		t.Errorf("%d %s%s", code, out, messages)
	}
	if code, _, messages := golocalRun(t, "models", "unload", "nomic-embed-text"); code != 0 {
		t.Error(messages)
	}
	t.Setenv("GOLOCAL_CHAT_MODEL", "smollm2:135m")
	if code, out, _ := golocalRun(t, "models", "use", "llama3.2:3b"); code != 0 || !strings.Contains(out, "GOLOCAL_CHAT_MODEL is set") {
		t.Errorf("%d %s", code, out)
	}
}

// opened is an app over a newcomer's home.
func opened(t *testing.T) *app {
	t.Helper()
	c := &cli{t: terminal{in: strings.NewReader(""), out: io.Discard, err: io.Discard}, log: slog.New(slog.DiscardHandler)}
	var err error
	if c.paths, err = findPaths(); err != nil {
		t.Fatal(err)
	}
	c.config = defaultConfig()
	if err := c.paths.make(); err != nil {
		t.Fatal(err)
	}
	a, err := openApp(t.Context(), c, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

func TestChooser_AnotherEmbeddingModelIsAnotherSpace(t *testing.T) {
	newcomer(t, fakeollama.Options{Models: fakeollama.Catalogue()})
	a := opened(t)
	ctx := t.Context()
	c := chooser{a}
	if _, err := c.Use(ctx, "all-minilm", ""); err != nil {
		t.Fatal(err)
	}
	root, err := a.index.AddRoot(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	text := "Employees get 18 paid vacation days."
	vectors, err := a.models.Embed(ctx, []string{text})
	if err != nil {
		t.Fatal(err)
	}
	doc := golocal.Document{Ref: golocal.Ref{Root: root.ID, Path: "a.md"}, State: golocal.StateReady, Text: text}
	chunk := golocal.Chunk{Span: golocal.Span{End: len(text)}, Text: text, Input: text}
	if err := a.index.Put(ctx, doc, []golocal.Chunk{chunk}, vectors); err != nil {
		t.Fatal(err)
	}
	if p, err := c.Switch(ctx, "all-minilm", ""); err != nil || p.Passages != 0 {
		t.Errorf("the same model: %+v, %v", p, err)
	}
	want := web.Switch{Name: "nomic-embed-text:latest", For: "embedding", Before: "all-minilm:latest", Passages: 1, Meanwhile: "all-minilm:latest"}
	if p, err := c.Switch(ctx, "nomic-embed-text", ""); err != nil || p != want {
		t.Errorf("another model: %+v, %v", p, err)
	}
	if s, _ := a.index.Wanted(); s.Model != "all-minilm:latest" {
		t.Errorf("asking changed the space: %+v", s)
	}
	if p, err := c.Use(ctx, "nomic-embed-text", "embedding"); err != nil || p != want {
		t.Errorf("%+v, %v", p, err)
	}
	// Until its index is built the model before answers.
	answersIn := func(model string, dims int) {
		t.Helper()
		q, err := (asked{a}).EmbedQuery(ctx, "how many days?")
		if err != nil || q.Space.Model != model || len(q.Values) != dims {
			t.Errorf("a question is embedded in %+v, %v", q.Space, err)
		}
		if found, err := a.index.Nearest(ctx, q, 5, golocal.Scope{}); err != nil || len(found) != 1 {
			t.Errorf("%d passages found, %v", len(found), err)
		}
	}
	answersIn("all-minilm:latest", 384)
	st, err := daemon{a}.Status(ctx)
	if err != nil {
		t.Fatal(err)
	}
	line := "building the index for nomic-embed-text:latest: 0 of 1 passages; all-minilm:latest answers meanwhile"
	if b := st.Index.Building; b == nil || b.Text != line {
		t.Errorf("status %+v", b)
	}
	if st.Models.Embedding.Name != "nomic-embed-text:latest" {
		t.Errorf("in use: %+v", st.Models.Embedding)
	}
	if _, err := (shelf{a}).Remove(ctx, "all-minilm", false); err == nil {
		t.Error("the model that answers was removed")
	}
	// Going back gives it up, coming again goes on.
	back := web.Switch{Name: "all-minilm:latest", For: "embedding", Before: "nomic-embed-text:latest", Stops: "nomic-embed-text:latest"}
	if p, err := c.Use(ctx, "all-minilm", ""); err != nil || p != back {
		t.Errorf("%+v, %v", p, err)
	}
	if _, ok := a.index.Building(); ok {
		t.Error("still building")
	}
	if _, err := c.Use(ctx, "nomic-embed-text", ""); err != nil {
		t.Fatal(err)
	}
	if err := a.build(ctx); err != nil {
		t.Fatal(err)
	}
	for s, _ := a.index.Serving(); s.Model != "nomic-embed-text:latest"; s, _ = a.index.Serving() { // its vectors are loaded
		time.Sleep(time.Millisecond)
	}
	answersIn("nomic-embed-text:latest", 768)
	if st, err := (daemon{a}).Status(ctx); err != nil || st.Index.Missing != 0 || st.Index.Building != nil || st.Models.Embedded != 1 {
		t.Errorf("status %+v, %v", st.Index, err)
	}
}

// TestCatalogue_AnotherVersionsDocumentsLookChanged: an upgrade of the parsers or
// the chunker reads every file again, and what is stored answers until then.
func TestCatalogue_AnotherVersionsDocumentsLookChanged(t *testing.T) {
	newcomer(t, fakeollama.Options{Models: fakeollama.Catalogue()})
	a := opened(t)
	root, err := a.index.AddRoot(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []golocal.Document{
		{Ref: golocal.Ref{Root: root.ID, Path: "a.md"}, Parser: "another version", State: golocal.StateReady, Size: 7},
		{Ref: golocal.Ref{Root: root.ID, Path: "b.md"}, State: golocal.StateFailed, Reason: "no", Size: 7},
		{Ref: golocal.Ref{Root: root.ID, Path: "c.md"}, State: golocal.StateSkipped, Reason: "by a rule", Parser: "another version", Size: 7},
	} {
		if err := a.index.Put(t.Context(), d, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	sizes := map[string]int64{}
	for d, err := range (catalogue{a}).Documents(t.Context(), root.ID, "") {
		if err != nil {
			t.Fatal(err)
		}
		sizes[d.Ref.Path] = d.Size
	}
	if len(sizes) != 3 || sizes["a.md"] != -1 || sizes["b.md"] != 7 || sizes["c.md"] != 7 {
		t.Errorf("sizes %v", sizes)
	}
}

func TestDownloader_FetchLeavesAnOllamaAsItIs(t *testing.T) {
	fake := newcomer(t, fakeollama.Options{Models: []fakeollama.Model{fakeollama.Chat()}})
	a := opened(t)
	d := downloader{a}
	var last error
	for _, err := range d.Fetch(t.Context(), "embedding", false) {
		last = err
	}
	if last == nil || !strings.Contains(last.Error(), "golocal models pull embedding") {
		t.Errorf("without leave: %v", last)
	}
	stages := ""
	for s, err := range d.Fetch(t.Context(), "chat", true) {
		if err != nil {
			t.Fatal(err)
		}
		stages += s.Stage
	}
	if stages != "ready" {
		t.Errorf("a model that is there: %s", stages)
	}
	if l := a.downloads.List(); len(l) != 0 || len(fake.Counts().Pulled) != 0 {
		t.Errorf("downloads %+v", l)
	}
}

func TestDownloader_AWatcherThatLeavesStopsNothing(t *testing.T) {
	newcomer(t, fakeollama.Options{Models: []fakeollama.Model{fakeollama.Chat()}})
	a := opened(t) // its downloads do not run: they wait
	d := downloader{a}
	for s, err := range d.Fetch(t.Context(), "embedding", true) {
		if err != nil || s.Model != "nomic-embed-text" {
			t.Errorf("%+v, %v", s, err)
		}
		break
	}
	if l := a.downloads.List(); len(l) != 1 || l[0].State != "waiting" {
		t.Errorf("%+v", l)
	}
	paused, err := d.Steer(t.Context(), "nomic-embed-text", web.Pause)
	if err != nil || paused.State != "paused" {
		t.Errorf("%+v, %v", paused, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for list, err := range d.Follow(ctx) {
		if err != nil || len(list) != 1 || list[0].State != "paused" {
			t.Errorf("%+v, %v", list, err)
		}
		break
	}
	if gone, err := d.Steer(t.Context(), "nomic-embed-text", web.Cancel); err != nil || gone.State != "cancelled" {
		t.Errorf("%+v, %v", gone, err)
	}
	if _, err := d.Steer(t.Context(), "nomic-embed-text", web.Resume); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

// The model that a question names writes its answer; the one in use stays it.
func TestAsk_ByTheModelThatIsNamed(t *testing.T) {
	fake := newcomer(t, fakeollama.Options{Models: append(fakeollama.Defaults(), fakeollama.Thinker())})
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "keys.md"), []byte("A lost key costs 30 euros.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ask := func(model string) (int, string, string) {
		return golocalRun(t, "ask", "--json", "--folder", dir, "--model", model, "What does a lost key cost?")
	}
	code, out, messages := ask("llama3.2:3b")
	var a chat.Answer
	if err := json.Unmarshal([]byte(out), &a); code != 0 || err != nil || a.Ledger.Model != "llama3.2:3b" || fake.LastChat().Model != "llama3.2:3b" {
		t.Fatalf("%d, %v, %s%s", code, err, out, messages)
	}
	if code, out, messages = ask("qwen3:4b"); code != 0 || fake.LastChat().Model != "qwen3:4b" {
		t.Errorf("%d, by %s: %s%s", code, fake.LastChat().Model, out, messages)
	}
	for name, want := range map[string]string{"gone:1b": "no model named gone:1b is installed; golocal models lists", "all-minilm": "only makes vectors"} {
		if code, _, messages := ask(name); code == 0 || !strings.Contains(messages, want) {
			t.Errorf("%s: %d %s", name, code, messages)
		}
	}
	if code, _, messages := golocalRun(t, "ask", "--quotes", "--model", "qwen3:4b", "What?"); code != exitUsage || !strings.Contains(messages, "exclude each other") {
		t.Errorf("%d %s", code, messages)
	}
}
