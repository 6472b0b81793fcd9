//go:build e2e

package e2e

import (
	"bytes"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite"

	"golocal"
	"golocal/internal/tinymodel"
	"golocal/web"
)

// ownModels is a copy of the shared model store that a test may add to.
func ownModels(t *testing.T) string {
	t.Helper()
	from, to := modelsDir(t), t.TempDir()
	err := filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(to, rel)), 0o700); err != nil {
			return err
		}
		if os.Link(path, filepath.Join(to, rel)) == nil {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), data, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// byMeaning asks without a word of the passage that answers, which only its
// vector finds.
func byMeaning(t *testing.T, h *home) (rank int, note string) {
	t.Helper()
	f := decode[struct {
		Hits []struct {
			Text  string
			Parts golocal.Parts
		}
		Note string
	}](t, h.run("search", "--json", "where do boats lie in the harbour").want(t, 0))
	for _, hit := range f.Hits {
		if strings.Contains(hit.Text, "Twelve vessels moor") {
			return hit.Parts.DenseRank, f.Note
		}
	}
	for _, hit := range f.Hits {
		t.Logf("found instead: %.60q %+v", hit.Text, hit.Parts)
	}
	return 0, f.Note
}

// manual is a file of n passages, one of which byMeaning looks for.
func manual(n int) map[string]string {
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, "## Part %d\n\nStep %d of the assembly joins beam %d with bracket %d by %d bolts; see drawing %d.\n\n", i, i, i*7, i*11, i%9+1, i*13)
	}
	text.WriteString("## Quay\n\nTwelve vessels moor at this jetty when the tide is low.\n")
	return map[string]string{"manual.md": text.String()}
}

// stored are the vectors in the index of a golocal that does not run.
func stored(t *testing.T, h *home) (vectors [][]byte) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(indexDir(t, h), "index.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query(`SELECT data FROM vector`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var data []byte
		if err := rows.Scan(&data); err != nil {
			t.Fatal(err)
		}
		vectors = append(vectors, data)
	}
	if rows.Err() != nil || len(vectors) == 0 {
		t.Fatalf("%d vectors, %v", len(vectors), rows.Err())
	}
	return vectors
}

func indexDir(t *testing.T, h *home) string {
	t.Helper()
	found := ""
	_ = filepath.WalkDir(h.dir, func(path string, d os.DirEntry, _ error) error {
		if d != nil && d.Name() == "index.db" {
			found = filepath.Dir(path)
		}
		return nil
	})
	if found == "" {
		t.Fatal("there is no index")
	}
	return found
}

// TestSpaces_ModelsUse changes the embedding model from the command line, to
// and fro, without a daemon.
func TestSpaces_ModelsUse(t *testing.T) {
	t.Parallel()
	h := newHome(t, "GOLOCAL_MODELS="+ownModels(t))
	dir := folder(t, manual(60))
	h.run("add", dir).want(t, 0)
	h.run("models", "import", tinymodel.Bert().Write(t), "tiny").want(t, 0)
	if rank, note := byMeaning(t, h); rank == 0 || note != "" {
		t.Fatalf("the first model does not find the passage: rank %d, %q", rank, note)
	}
	plan := h.run("models", "use", "tiny")
	if plan.code != 2 || !strings.Contains(plan.err, "61 passages of the index are embedded with tiny") || !strings.Contains(plan.err, "the index of all-minilm:latest answers") {
		t.Errorf("without leave: %+v", plan)
	}
	said := h.run("models", "use", "tiny", "--yes").want(t, 0)
	if !strings.Contains(said.out, "once its index is built; until then that of all-minilm:latest answers") || !strings.Contains(said.out, "golocal sync") {
		t.Errorf("use tiny:\n%s", said.out)
	}
	if st := decode[web.Status](t, h.run("status", "--json").want(t, 0)); st.Index.Building != nil { // it may be done: tiny is fast
		if b := st.Index.Building; b.Total != 61 || b.Meanwhile != "all-minilm:latest" || !strings.Contains(b.Text, "building the index for tiny") {
			t.Errorf("building %+v", b)
		}
		if rank, note := byMeaning(t, h); rank == 0 && note == "" {
			t.Log("the new index has taken over already")
		}
	}
	h.run("sync").want(t, 0)
	st := decode[web.Status](t, h.run("status", "--json").want(t, 0))
	if st.Index.Building != nil || st.Index.Missing != 0 || st.Models.Embedding == nil || !strings.HasPrefix(st.Models.Embedding.Name, "tiny") {
		t.Errorf("after sync: %+v, %+v", st.Index, st.Models.Embedding)
	}
	h.run("check", "--deep").want(t, 0)
	back := h.run("models", "use", "all-minilm").want(t, 0) // nothing to embed: no question
	if !strings.Contains(back.out, "is used for search by meaning from now on") {
		t.Errorf("back:\n%s", back.out)
	}
	if rank, note := byMeaning(t, h); rank == 0 || note != "" {
		t.Errorf("after going back: rank %d, %q", rank, note)
	}
	h.run("check", "--deep").want(t, 0)
}

// TestSpaces_OldIndexAnswersWhileTheNewIsBuilt changes the prompts of the
// model, which is another space, under a daemon that is killed meanwhile.
func TestSpaces_OldIndexAnswersWhileTheNewIsBuilt(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir := folder(t, manual(1200))
	s := h.serve("up", "--no-open", dir)
	h.run("sync").want(t, 0)
	if rank, note := byMeaning(t, h); rank == 0 || note != "" {
		t.Fatalf("the passage is not found: rank %d, %q", rank, note)
	}
	s.stop()
	old := stored(t, h)
	config := filepath.Join(h.dir, "config.yaml")
	data, err := os.ReadFile(config)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	write(t, config, string(data)+"\nembedding-prompts:\n  all-minilm: {query: 'question: ', passage: 'passage: '}\n")
	s = h.serve("serve")
	building := func() *web.Building {
		t.Helper()
		st := decode[web.Status](t, h.run("status", "--json").want(t, 0))
		if rank, note := byMeaning(t, h); rank == 0 || note != "" {
			t.Fatalf("while %+v: rank %d, %q", st.Index.Building, rank, note)
		}
		return st.Index.Building
	}
	seen := 0
	for b := building(); b != nil && seen < 400; b = building() {
		if seen = b.Done; b.Total != 1201 || b.Change != "other prompts" || b.Meanwhile == "" {
			t.Errorf("building %+v", b)
		}
	}
	if seen == 0 || seen >= 1201 {
		t.Fatalf("killed too late: %d passages were done", seen)
	}
	s.kill()
	s = h.serve("serve")
	b := building()
	if b == nil || b.Done < 256 {
		t.Fatalf("after a kill with %d done: %+v", seen, b)
	}
	write(t, filepath.Join(dir, "late.md"), "# Late\n\nThe blacksmith shoes horses on Fridays.\n")
	within(t, timeLimit, "a new file is found while the index is built", func() bool {
		return strings.Contains(h.run("search", "--lines", "blacksmith").out, "late.md")
	})
	within(t, timeLimit, "the new index takes over", func() bool { return building() == nil })
	h.run("sync").want(t, 0)
	st := decode[web.Status](t, h.run("status", "--json").want(t, 0))
	if st.Index.Missing != 0 || st.Index.Vectors != 1202 {
		t.Errorf("afterwards: %+v", st.Index)
	}
	if rank, note := byMeaning(t, h); rank == 0 || note != "" {
		t.Errorf("the new index: rank %d, %q", rank, note)
	}
	within(t, timeLimit, "the old vectors leave the files", func() bool {
		for _, name := range []string{"index.db", "index.db-wal"} {
			data, err := os.ReadFile(filepath.Join(indexDir(t, h), name))
			if err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			for _, v := range [][]byte{old[0], old[len(old)/2], old[len(old)-1]} {
				if bytes.Contains(data, v) {
					return false
				}
			}
		}
		return true
	})
	building()
	s.stop()
	h.run("check", "--deep").want(t, 0)
}
