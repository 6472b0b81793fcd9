package eval

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestScore(t *testing.T) {
	near := func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }
	filler := func(n int, then ...string) []string {
		var out []string
		for i := range n {
			out = append(out, "filler"+string(rune('a'+i%26))+strings.Repeat("x", i/26))
		}
		return append(out, then...)
	}
	log2 := math.Log2
	for _, c := range []struct {
		name   string
		ranked []string
		judged map[string]int
		want   Metrics
	}{
		{"first", []string{"a", "b"}, map[string]int{"a": 1}, Metrics{1, 1, 1, 1}},
		{"second", []string{"b", "a"}, map[string]int{"a": 1}, Metrics{1 / log2(3), 1, 1, .5}},
		{"none", []string{"b"}, map[string]int{"a": 1}, Metrics{}},
		{"empty", nil, map[string]int{"a": 1}, Metrics{}},
		{"repeats count once", []string{"b", "b", "a"}, map[string]int{"a": 1}, Metrics{1 / log2(3), 1, 1, .5}},
		{"eleventh", filler(10, "a"), map[string]int{"a": 1}, Metrics{0, 0, 1, 0}},
		{"beyond a hundred", filler(100, "a"), map[string]int{"a": 1}, Metrics{}},
		{"graded, wrong order", []string{"one", "two"}, map[string]int{"one": 1, "two": 2},
			Metrics{(1 + 2/log2(3)) / (2 + 1/log2(3)), 1, 1, 1}},
		{"half found", []string{"a"}, map[string]int{"a": 1, "b": 1}, Metrics{1 / (1 + 1/log2(3)), .5, .5, 1}},
		{"not relevant", []string{"a"}, map[string]int{"a": 0}, Metrics{}},
	} {
		got := Score(c.ranked, c.judged)
		if !near(got.NDCG10, c.want.NDCG10) || !near(got.Recall10, c.want.Recall10) || !near(got.Recall100, c.want.Recall100) || !near(got.MRR10, c.want.MRR10) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// dataset writes the three files of a set.
func dataset(t *testing.T, corpus, queries, qrels string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"corpus.jsonl": corpus, "queries.jsonl": queries, "qrels/test.tsv": qrels} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const (
	corpus  = `{"_id":"d1","title":"Boats","text":"Twelve boats."}` + "\n" + `{"_id":"d2","title":"","text":"Two keys."}` + "\n"
	queries = `{"_id":"q1","text":"boats?"}` + "\n" + `{"_id":"q2","text":"not judged"}` + "\n" + `{"_id":"q3","text":"keys?"}` + "\n"
	qrels   = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq3\td2\t2\nq2\td1\t0\n"
)

func TestRead(t *testing.T) {
	set, err := Read(dataset(t, corpus, queries, qrels), "test")
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Documents) != 2 || set.Documents[0].Title != "Boats" || len(set.Queries) != 2 || set.Queries[1].ID != "q3" || set.Judged["q3"]["d2"] != 2 {
		t.Errorf("read %+v", set)
	}
}

func TestRead_NamesTheFault(t *testing.T) {
	for _, c := range []struct{ name, corpus, queries, qrels, split, want string }{
		{"no such split", corpus, queries, qrels, "train", "--split"},
		{"broken document", "{}\n{broken\n", queries, qrels, "test", "corpus.jsonl line 2"},
		{"columns", corpus, queries, "q1\td1\n", "test", "test.tsv line 1"},
		{"relevance", corpus, queries, "q1\td1\t1\nq1\td2\tgood\n", "test", `test.tsv line 2: relevance "good"`},
		{"no document", "", queries, qrels, "test", "holds no document"},
		{"nothing judged", corpus, queries, "q9\td1\t1\n", "test", "no query"},
	} {
		_, err := Read(dataset(t, c.corpus, c.queries, c.qrels), c.split)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q in it", c.name, err, c.want)
		}
	}
}

func TestRun(t *testing.T) {
	set, err := Read(dataset(t, corpus, queries, qrels), "test")
	if err != nil {
		t.Fatal(err)
	}
	legs := map[string]Ranker{
		"right": func(_ context.Context, q string) ([]string, error) {
			return []string{map[string]string{"boats?": "d1", "keys?": "d2"}[q]}, nil
		},
		"always first": func(context.Context, string) ([]string, error) { return []string{"d1"}, nil },
	}
	calls := 0
	report, err := Run(t.Context(), set, legs, func(n, of int) {
		calls++
		if n != calls || of != 2 {
			t.Errorf("done(%d, %d) at call %d", n, of, calls)
		}
	})
	if err != nil || report.Queries != 2 || report.Legs["right"].NDCG10 != 1 || report.Legs["always first"].Recall10 != .5 {
		t.Errorf("%+v, %v", report, err)
	}
	broken := errors.New("broken")
	legs["right"] = func(context.Context, string) ([]string, error) { return nil, broken }
	if _, err := Run(t.Context(), set, legs, nil); !errors.Is(err, broken) || !strings.Contains(err.Error(), "q1") {
		t.Errorf("a failing ranker: %v", err)
	}
}
