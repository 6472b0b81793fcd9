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

func TestAsk(t *testing.T) {
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
	run, err := Ask(t.Context(), set, legs, 4, func(n, of int) {
		calls++
		if n != calls || of != 2 {
			t.Errorf("done(%d, %d) at call %d", n, of, calls)
		}
	})
	if err != nil || run.Queries != 2 || run.Legs["right"].NDCG10 != 1 || run.Legs["always first"].Recall10 != .5 {
		t.Errorf("%+v, %v", run, err)
	}
	if q := run.Questions[1]; q.ID != "q3" || q.Gold[0].Doc != "d2" || q.Gold[0].Ranks["right"] != 1 || q.Legs["always first"].NDCG10 != 0 {
		t.Errorf("the second question: %+v", q)
	}
	if _, found := run.Questions[1].Gold[0].Ranks["always first"]; found {
		t.Error("a document that was not found has a rank")
	}
	if c := run.Curve("always first"); len(c) != Deepest || c[0] != .5 || c[Deepest-1] != .5 {
		t.Errorf("recall by depth: %v", c[:3])
	}
	broken := errors.New("broken")
	legs["right"] = func(context.Context, string) ([]string, error) { return nil, broken }
	if _, err := Ask(t.Context(), set, legs, 1, nil); !errors.Is(err, broken) || !strings.Contains(err.Error(), "q1") {
		t.Errorf("a failing ranker: %v", err)
	}
}

func TestReport_Names(t *testing.T) {
	r := Report{Legs: map[string]Metrics{"hybrid": {}, "zeta": {}, "dense": {}, "keyword": {}}}
	if got := strings.Join(r.Names(), " "); got != "keyword dense hybrid zeta" || r.Final() != "zeta" {
		t.Errorf("%s, final %s", got, r.Final())
	}
	if (Report{}).Final() != "" {
		t.Error("no leg has a final one")
	}
}

func TestWorst(t *testing.T) {
	q := func(id string, hybrid, keyword float64, rank int) Question {
		ranks := map[string]int{}
		if rank > 0 {
			ranks["hybrid"] = rank
		}
		return Question{ID: id, Gold: []Gold{{Doc: "d", Ranks: ranks}}, Legs: map[string]Metrics{"hybrid": {NDCG10: hybrid}, "keyword": {NDCG10: keyword}}}
	}
	run := Run{Questions: []Question{q("fine", 1, 1, 1), q("half", .5, .5, 3), q("far", 0, 0, 40), q("lost", 0, 0, 0), q("fused away", 0, 1, 12)}}
	run.Report = run.Mean()
	var got []string
	for _, w := range run.Worst(10) {
		got = append(got, w.ID)
	}
	if strings.Join(got, ", ") != "fused away, lost, far, half" {
		t.Errorf("worst: %v", got)
	}
	if len(run.Worst(2)) != 2 || len(run.Worst(0)) != 0 {
		t.Error("the number of worst ones is not kept")
	}
}

func TestCompare(t *testing.T) {
	make := func(digest, model string, scores map[string]float64) Run {
		run := Run{Set: "s", Split: "test", Digest: digest, Settings: map[string]string{"model": model}}
		for _, id := range []string{"a", "b", "c", "d"} {
			if v, ok := scores[id]; ok {
				run.Questions = append(run.Questions, Question{ID: id, Legs: map[string]Metrics{"hybrid": {NDCG10: v, Recall10: 1}}})
			}
		}
		run.Report = run.Mean()
		return run
	}
	before := make("x", "old", map[string]float64{"a": .5, "b": .5, "c": .5})
	now := make("x", "new", map[string]float64{"a": .8, "b": .4, "c": .5, "d": 1})
	c, err := now.Compare(before)
	d := c.Legs["hybrid"]["ndcg@10"]
	if err != nil || d.Questions != 3 || d.Better != 1 || d.Worse != 1 || math.Abs(d.Mean-.2/3) > 1e-9 {
		t.Errorf("%+v, %v", d, err)
	}
	if r := c.Legs["hybrid"]["recall@10"]; r.Mean != 0 || r.P != 1 {
		t.Errorf("recall: %+v", r)
	}
	if len(c.Changed) != 2 || c.Changed[0].ID != "a" || c.Changed[1].Now != .4 || c.Settings["model"] != [2]string{"old", "new"} || !strings.Contains(c.Note, "3 questions") {
		t.Errorf("%+v", c)
	}
	for _, k := range []struct {
		name, want string
		before     Run
	}{
		{"another collection", "other documents", make("y", "old", map[string]float64{"a": 1})},
		{"no question in both", "no question", func() Run { r := make("x", "old", nil); return r }()},
	} {
		if _, err := now.Compare(k.before); err == nil || !strings.Contains(err.Error(), k.want) {
			t.Errorf("%s: %v", k.name, err)
		}
	}
}

func TestSave(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.json")
	run := Run{Set: "s", Questions: []Question{{ID: "q", Gold: []Gold{{Doc: "d", Ranks: map[string]int{"hybrid": 3}}}, Legs: map[string]Metrics{"hybrid": {NDCG10: .25}}}}}
	run.Report = run.Mean()
	if err := Save(path, run); err != nil {
		t.Fatal(err)
	}
	back, err := Load[Run](path)
	if err != nil || back.Legs["hybrid"].NDCG10 != .25 || back.Questions[0].Gold[0].Ranks["hybrid"] != 3 {
		t.Errorf("%+v, %v", back, err)
	}
	if err := Save(filepath.Join(path, "below"), run); err == nil {
		t.Error("saved below a file")
	}
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load[Run](path); err == nil || !strings.Contains(err.Error(), "--save") {
		t.Errorf("a broken file: %v", err)
	}
}

func TestRead_Unanswerable(t *testing.T) {
	dir := dataset(t, corpus, queries, qrels)
	qa := `{"_id":"q1","question":"boats?","answerable":true}
{"_id":"q2","question":"who sank?","answerable":false}
{"_id":"q3","question":"judged all the same","answerable":false}
{"_id":"q4","question":"says nothing of it"}
`
	if err := os.WriteFile(filepath.Join(dir, "qa.jsonl"), []byte(qa), 0o600); err != nil {
		t.Fatal(err)
	}
	set, err := Read(dir, "test")
	if err != nil || len(set.Unanswerable) != 1 || set.Unanswerable[0] != (Query{"q2", "who sank?"}) {
		t.Errorf("%v, %v", set.Unanswerable, err)
	}
}

func TestSplits(t *testing.T) {
	dir := dataset(t, corpus, queries, qrels)
	for _, name := range []string{"train.tsv", "README.md"} {
		if err := os.WriteFile(filepath.Join(dir, "qrels", name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := Splits(dir); err != nil || strings.Join(got, " ") != "test train" {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := Splits(filepath.Join(dir, "qrels")); err != nil || got != nil {
		t.Errorf("no collection: %v, %v", got, err)
	}
}

func TestDigest(t *testing.T) {
	read := func(corpus, qrels string) string {
		set, err := Read(dataset(t, corpus, queries, qrels), "test")
		if err != nil {
			t.Fatal(err)
		}
		return set.Digest()
	}
	same := read(corpus, qrels)
	if read(corpus, qrels) != same || read(strings.Replace(corpus, "Twelve", "Ten", 1), qrels) == same || read(corpus, strings.Replace(qrels, "d2\t2", "d2\t1", 1)) == same {
		t.Error("the digest does not tell collections apart")
	}
}
