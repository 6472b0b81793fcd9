//go:build e2e

package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golocal/eval"
	"golocal/eval/own"
	"golocal/internal/judged"
)

// tolerance is how far a figure may fall below what is asked of it, and the
// fusion below its better leg, before it counts as a regression.
const tolerance = .01

// TestEval_JudgedCollection measures a small made collection in which each
// question names its document in other words and in its own.
func TestEval_JudgedCollection(t *testing.T) {
	t.Parallel()
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
	for _, args := range [][]string{{"eval"}, {"eval", "--own", dir}, {"eval", "--all", "--html", "x", dir}, {"eval", "--own", "--all"}, {"eval", "--clear-cache", dir}, {"eval", "--worst", "-1", dir}} {
		if r := h.run(args...); r.code != 2 {
			t.Errorf("%v: exit %d\n%s", args, r.code, r.err)
		}
	}
}

// TestEval_Regression measures two made collections: one in which words and
// meaning each find what the other misses, one in which vectors fail. Sets
// beside the checkout are measured too where they are there.
func TestEval_Regression(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	sets := t.TempDir()
	if err := judged.Notices(1).Write(filepath.Join(sets, "notices")); err != nil {
		t.Fatal(err)
	}
	if err := judged.Likings(1).Write(filepath.Join(sets, "likings")); err != nil {
		t.Fatal(err)
	}
	type set struct {
		Set string
		eval.Report
		Gate eval.Gate
	}
	write(t, filepath.Join(sets, "README.md"), "What lies here.\n") // is no collection
	all := decode[struct{ Sets []set }](t, h.run("eval", "--all", "--json", sets).want(t, 0)).Sets
	if len(all) != 2 || all[0].Set != "likings" || all[1].Set != "notices" {
		t.Fatalf("sets: %+v", all)
	}
	for _, s := range all {
		keyword, dense, hybrid := s.Legs["keyword"], s.Legs["dense"], s.Legs["hybrid"]
		t.Logf("%s: keyword %.3f, dense %.3f, hybrid %.3f, gate %.3f", s.Set, keyword.NDCG10, dense.NDCG10, hybrid.NDCG10, s.Gate.AUROC)
		notBelowBetter(t, s.Set, s.Report)
		switch s.Set {
		case "likings":
			if keyword.Recall10 < .98 || hybrid.Recall10 < .97 {
				t.Errorf("likings: recall@10 by keywords %.3f, want .98; hybrid %.3f, want .97", keyword.Recall10, hybrid.Recall10)
			}
		case "notices":
			// A third of the questions is out of reach of each leg's best place.
			if hybrid.NDCG10 < max(keyword.NDCG10, dense.NDCG10)+.05 || hybrid.Recall10 < .95 {
				t.Errorf("notices: fusion adds nothing: keyword %.3f, dense %.3f, hybrid %.3f", keyword.NDCG10, dense.NDCG10, hybrid.NDCG10)
			}
			if s.Gate.AUROC < .85 || s.Gate.AnsweredPresent <= s.Gate.AnsweredWithheld {
				t.Errorf("notices: gate %+v", s.Gate)
			}
		}
	}
	gate := decode[map[string]any](t, h.run("eval", "gate", "--json", "--features", filepath.Join(sets, "features.csv"), filepath.Join(sets, "notices")).want(t, 0))
	for _, key := range []string{"auroc", "answered_present", "answered_withheld"} {
		if v, ok := gate[key].(float64); !ok || v < 0 || v > 1 {
			t.Errorf("eval gate --json: %s is %v", key, gate[key])
		}
	}
	if rows := lines(read(t, filepath.Join(sets, "features.csv"))); rows != 121 {
		t.Errorf("%d lines of features, want one for each of 120 questions and their names", rows)
	}
	for _, s := range []struct {
		name            string
		keyword, hybrid float64 // of nDCG@10, for limit_small of recall@10
	}{{"cranfield", .37, .42}, {"limit_small", .98, .97}} {
		dir := filepath.Join("..", "..", "..", "shared", "eval", s.name)
		if _, err := os.Stat(dir); err != nil {
			t.Logf("%s is not beside the checkout", s.name)
			continue
		}
		ctx, cancel := context.WithTimeout(t.Context(), 15*time.Minute) // embedding 1,400 documents, once: they are kept
		r := h.wait(exec.CommandContext(ctx, binary(t), "eval", "-q", "--json", "--cache", filepath.Join("..", "..", ".cache", "eval"), dir), ".")
		cancel()
		report := decode[eval.Report](t, r.want(t, 0))
		keyword, hybrid := report.Legs["keyword"].NDCG10, report.Legs["hybrid"].NDCG10
		if s.name == "limit_small" {
			keyword, hybrid = report.Legs["keyword"].Recall10, report.Legs["hybrid"].Recall10
		}
		t.Logf("%s: keyword %.4f, hybrid %.4f", s.name, keyword, hybrid)
		if keyword < s.keyword-tolerance || hybrid < s.hybrid-tolerance {
			t.Errorf("%s: keyword %.4f, hybrid %.4f; want %.3f and %.3f, less %.2f at most", s.name, keyword, hybrid, s.keyword, s.hybrid, tolerance)
		}
		notBelowBetter(t, s.name, report)
	}
}

// notBelowBetter holds the fusion to its better leg.
func notBelowBetter(t *testing.T, set string, r eval.Report) {
	t.Helper()
	best := max(r.Legs["keyword"].NDCG10, r.Legs["dense"].NDCG10)
	if r.Legs["hybrid"].NDCG10 < best-tolerance {
		t.Errorf("%s: hybrid %.4f is below the better leg, %.4f, by more than %.2f", set, r.Legs["hybrid"].NDCG10, best, tolerance)
	}
}

// TestEval_KeepsAndCompares runs a collection again: it embeds nothing, and the
// difference to the saved run is none. A run that is killed goes on.
func TestEval_KeepsAndCompares(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	dir, out := t.TempDir(), t.TempDir()
	if err := judged.Notices(2).Write(dir); err != nil {
		t.Fatal(err)
	}
	cache, saved, page := filepath.Join(out, "kept"), filepath.Join(out, "run.json"), filepath.Join(out, "report.html")
	killed := exec.Command(binary(t), "eval", "--cache", cache, dir)
	killed.Env = h.env
	if err := killed.Start(); err != nil {
		t.Fatal(err)
	}
	within(t, timeLimit, "the first files are written to the cache", func() bool {
		found, err := filepath.Glob(filepath.Join(cache, "*", "whole"))
		return err == nil && len(found) == 1
	})
	killed.Process.Kill()
	killed.Wait()
	h.run("eval", "-q", "--cache", cache, "--save", saved, dir).want(t, 0)
	run, err := eval.Load[eval.Run](saved)
	if err != nil || run.Queries != 120 || len(run.Questions) != 120 || len(run.Legs) != 3 {
		t.Fatalf("saved: %d queries, %d questions, %v", run.Queries, len(run.Questions), err)
	}
	kept, err := filepath.Glob(filepath.Join(cache, "*", "questions"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("kept: %v, %v", kept, err)
	}
	before := read(t, kept[0])
	again := decode[struct {
		eval.Report
		Against eval.Comparison
		Worst   []eval.Question
	}](t, h.run("eval", "--json", "--cache", cache, "--against", saved, "--html", page, "--worst", "3", dir).want(t, 0))
	if d := again.Against.Legs["hybrid"]["ndcg@10"]; d.Questions != 120 || d.Mean != 0 || d.Better+d.Worse != 0 {
		t.Errorf("the same run again differs: %+v", d)
	}
	if read(t, kept[0]) != before {
		t.Error("questions were embedded again")
	}
	if len(again.Worst) > 3 || len(again.Worst) > 0 && again.Worst[0].Gold[0].Doc == "" {
		t.Errorf("worst: %+v", again.Worst)
	}
	if text := read(t, page); !strings.Contains(text, "<svg") || strings.Contains(text, "<script") {
		t.Error("the report has no drawing, or runs something")
	}
	if out := h.run("eval", "--cache", cache, "--worst", "2", dir).want(t, 0).out; !strings.Contains(out, "nDCG@10") || !strings.Contains(out, "hybrid") {
		t.Errorf("the table:\n%s", out)
	}
	if err := os.WriteFile(filepath.Join(out, "other.json"), []byte(strings.Replace(read(t, saved), run.Digest, "another", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := h.run("eval", "-q", "--cache", cache, "--against", filepath.Join(out, "other.json"), dir); r.code != 1 || !strings.Contains(r.err, "other documents or judgements") {
		t.Errorf("against another collection: exit %d\n%s", r.code, r.err)
	}
	freed := decode[map[string]int64](t, h.run("eval", "--json", "--cache", cache, "--clear-cache").want(t, 0))
	if left, _ := filepath.Glob(filepath.Join(cache, "*", "index")); freed["freed_bytes"] <= 0 || len(left) != 0 {
		t.Errorf("cleared %v, left %v", freed, left)
	}
}

// TestEval_Own measures on a watched folder, without a daemon and with one.
func TestEval_Own(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	if r := h.run("eval", "--own"); r.code != 3 || !strings.Contains(r.err, "golocal add") {
		t.Errorf("no folder: exit %d\n%s", r.code, r.err)
	}
	dir, out := folder(t, handbook()), t.TempDir()
	h.run("add", dir).want(t, 0)
	h.run("sync").want(t, 0)
	before := h.run("status", "--json").want(t, 0)
	saved, page := filepath.Join(out, "own.json"), filepath.Join(out, "own.html")
	h.run("eval", "--own", "-q", "--n", "5", "--save", saved, "--html", page).want(t, 0)
	r, err := eval.Load[own.Result](saved)
	if err != nil || r.Queries == 0 || len(r.Asked) != r.Queries || r.Legs["hybrid"].Recall10 < .99 || r.Standing < r.Answered {
		t.Fatalf("%d questions, %+v, %v", r.Queries, r.Shares(), err)
	}
	for _, a := range r.Asked {
		if !strings.HasPrefix(a.Path, dir) || !strings.Contains(read(t, a.Path), a.Sentence) {
			t.Errorf("no sentence of a file: %+v", a)
		}
	}
	if text := read(t, page); !strings.Contains(text, "<svg") {
		t.Error("the report has no drawing")
	}
	h.serve("serve")
	again := decode[own.Result](t, h.run("eval", "--own", "--json", "--against", saved).want(t, 0))
	if again.Queries != r.Queries || again.Differences["answered"].Questions != r.Queries || again.Differences["answered"].Mean != 0 {
		t.Errorf("with a daemon: %d questions, %+v", again.Queries, again.Differences)
	}
	type counts struct {
		Roots []struct{ Documents json.RawMessage }
	}
	if a, b := decode[counts](t, before), decode[counts](t, h.run("status", "--json").want(t, 0)); len(a.Roots) != 1 || len(b.Roots) != 1 || string(a.Roots[0].Documents) != string(b.Roots[0].Documents) {
		t.Errorf("the index changed: %s, then %s", a.Roots[0].Documents, b.Roots[0].Documents)
	}
}
