//go:build e2e

package e2e

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestHonesty_AnswerableQuestions asks 100 fixed answerable questions of SQuAD
// 2 through the built binary and a daemon; the gold paragraph must be among
// the first ten hits for at least 95. It needs the judged questions beside the
// checkout and does nothing where they are absent.
func TestHonesty_AnswerableQuestions(t *testing.T) {
	t.Parallel()
	data := filepath.Join("..", "..", "..", "shared", "eval", "squad2_dev_half")
	if _, err := os.Stat(data); err != nil {
		t.Logf("not run: no judged questions beside the checkout")
		return
	}
	h := newHome(t)
	dir := t.TempDir()
	for d := range jsonLines[struct{ ID, Title, Text string }](t, filepath.Join(data, "corpus.jsonl"), "_id") {
		write(t, filepath.Join(dir, d.ID+".md"), "# "+d.Title+"\n\n"+d.Text+"\n")
	}
	type question struct {
		ID, Question, Text string
		Answerable         bool
		Docs               []string
	}
	var asked []question
	for q := range jsonLines[question](t, filepath.Join(data, "qa.jsonl"), "_id") {
		if q.Answerable {
			asked = append(asked, q)
		}
	}
	const n = 100
	step := len(asked) / n
	if step == 0 {
		t.Fatalf("only %d answerable questions", len(asked))
	}
	h.serve("up", "--no-open", dir)
	h.run("sync").want(t, 0)
	found := 0
	for i := range n {
		q := asked[i*step]
		text := q.Question
		if text == "" {
			text = q.Text
		}
		r := decode[struct{ Hits []struct{ Path string } }](t, h.run("search", "--json", "--limit", "10", text))
		for _, hit := range r.Hits {
			if slices.Contains(q.Docs, strings.TrimSuffix(filepath.Base(hit.Path), ".md")) {
				found++
				break
			}
		}
	}
	t.Logf("gold paragraph among the first ten for %d of %d questions", found, n)
	if found < 95 {
		t.Errorf("gold paragraph among the first ten for %d of %d questions, want 95", found, n)
	}
}

// jsonLines reads a file of JSON objects; id names the field that goes to ID.
func jsonLines[T any](t *testing.T, path, id string) func(func(T) bool) {
	return func(yield func(T) bool) {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 64<<20)
		for lines.Scan() {
			line := strings.Replace(lines.Text(), `"`+id+`"`, `"ID"`, 1)
			var v T
			if err := json.Unmarshal([]byte(line), &v); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			if !yield(v) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			t.Fatal(err)
		}
	}
}
