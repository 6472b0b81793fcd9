//go:build e2e

package e2e

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"golocal/eval"
)

// TestEval_JudgedCollection measures a small made collection in which each
// question names its document in other words and in its own.
func TestEval_JudgedCollection(t *testing.T) {
	h := newHome(t)
	var corpus, queries, qrels strings.Builder
	qrels.WriteString("query-id\tcorpus-id\tscore\n")
	for i, d := range []struct{ text, question string }{
		{"The ferry to the island leaves at six every morning.", "When does the ferry leave?"},
		{"Bread is baked with rye flour and a little salt.", "Which flour is the bread made of?"},
		{"The tower clock is wound by hand on Sundays.", "When is the clock wound?"},
		{"Letters for the office go into the green box.", "Where do letters for the office go?"},
	} {
		fmt.Fprintf(&corpus, "{\"_id\":\"doc/%d\",\"title\":\"\",\"text\":%q}\n", i, d.text)
		fmt.Fprintf(&queries, "{\"_id\":\"q%d\",\"text\":%q}\n", i, d.question)
		fmt.Fprintf(&qrels, "q%d\tdoc/%d\t1\n", i, i)
	}
	dir := folder(t, map[string]string{"corpus.jsonl": corpus.String(), "queries.jsonl": queries.String(), "qrels/test.tsv": qrels.String()})
	report := decode[eval.Report](t, h.run("eval", "--json", dir).want(t, 0))
	if report.Queries != 4 || len(report.Legs) != 3 {
		t.Fatalf("report: %+v", report)
	}
	for leg, m := range report.Legs {
		if m.Recall10 != 1 || m.NDCG10 < .8 || m.MRR10 < .7 {
			t.Errorf("%s: %+v", leg, m)
		}
	}
	if r := h.run("ls"); r.out != "" {
		t.Errorf("the evaluation left its folder in the user's index:\n%s", r.out)
	}
	if r := h.run("eval", filepath.Join(dir, "qrels")); r.code != 1 || !strings.Contains(r.err, "--split") {
		t.Errorf("no dataset: exit %d\n%s", r.code, r.err)
	}
}
