//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golocal/eval/chunks"
)

// TestEvalChunks_MarkedText measures passages on two made corpora of sixteen
// paragraphs each, in which every question is answered by one sentence.
func TestEvalChunks_MarkedText(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	trades := []string{"ferry", "bakery", "tower clock", "post office", "vineyard", "lighthouse", "library", "quarry",
		"orchard", "sawmill", "brewery", "foundry", "tannery", "observatory", "shipyard", "greenhouse"}
	files := map[string]string{}
	var questions strings.Builder
	for _, town := range []string{"Übersee", "Ålesund"} {
		var text strings.Builder
		for i, trade := range trades {
			fmt.Fprintf(&text, "The %s of %s is known beyond the region. ", trade, town)
			for n := range 6 {
				fmt.Fprintf(&text, "Part %d of the %s has been repaired in the years since, and people of the town speak well of it. ", n, trade)
			}
			answer := fmt.Sprintf("The keeper of the %s in %s earns %d crowns a month.", trade, town, 100+i)
			start := utf8.RuneCountInString(text.String())
			text.WriteString(answer + "\n\n")
			row, err := json.Marshal(map[string]any{
				"_id": fmt.Sprintf("%s %d", town, i), "corpus": town, "question": fmt.Sprintf("How much does the keeper of the %s in %s earn?", trade, town),
				"references": []map[string]any{{"content": answer, "start_index": start, "end_index": start + utf8.RuneCountInString(answer)}},
			})
			if err != nil {
				t.Fatal(err)
			}
			questions.Write(append(row, '\n'))
		}
		files["corpora/"+town+".md"] = text.String()
	}
	files["questions.jsonl"] = questions.String()
	dir := folder(t, files)
	run := func(args ...string) (r chunks.Report) {
		return decode[chunks.Report](t, h.run(append([]string{"eval", "chunks", "--json", dir}, args...)...).want(t, 0))
	}
	report := run()
	if report.Questions != 32 || len(report.Corpora) != 2 || report.Recall < .95 || report.Precision <= 0 || report.IoU > report.Precision {
		t.Errorf("%+v", report.Mean)
	}
	small := run("--target", "80", "--max", "120")
	if small.Chunks <= report.Chunks || small.Tokens >= report.Tokens || small.Tokens > 120 || small.Precision <= report.Precision {
		t.Errorf("smaller passages: %d of %.0f tokens, %+v; before %d of %.0f, %+v", small.Chunks, small.Tokens, small.Mean, report.Chunks, report.Tokens, report.Mean)
	}
	earlier := filepath.Join(t.TempDir(), "earlier.json")
	data, err := json.Marshal(report)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(earlier, data, 0o600); err != nil {
		t.Fatal(err)
	}
	again := decode[struct {
		Difference chunks.Difference `json:"difference"`
	}](t, h.run("eval", "chunks", "--json", dir, "--against", earlier).want(t, 0))
	if d := again.Difference; d.Questions != 32 || d.Better+d.Worse != 0 || math.Abs(d.Precision.Mean) > 1e-9 {
		t.Errorf("the same run again differs: %+v", d)
	}
	if out := h.run("eval", "chunks", dir).want(t, 0).out; !strings.Contains(out, "Ålesund") || !strings.Contains(out, "precision") {
		t.Errorf("the table:\n%s", out)
	}
	if r := h.run("ls"); r.out != "" {
		t.Errorf("the evaluation left its folder in the user's index:\n%s", r.out)
	}
	for _, c := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{dir, "--target", "300", "--max", "200"}, 2, "--max 200"},
		{[]string{dir, "--against", filepath.Join(dir, "questions.jsonl")}, 1, "--json"},
		{[]string{t.TempDir()}, 1, "corpora/*.md"},
	} {
		if r := h.run(append([]string{"eval", "chunks"}, c.args...)...); r.code != c.code || !strings.Contains(r.err, c.want) {
			t.Errorf("%v: exit %d\n%s", c.args, r.code, r.err)
		}
	}
}
