package chunks

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// boats and keys are corpora whose code points are not their bytes.
const (
	boats = "Zwölf Boote liegen im Hafen. Drei sind rot."
	keys  = "Two keys hang at the door."
)

// row is a line of questions.jsonl.
func row(id, corpus, question string, references ...string) string {
	all := map[string]string{"boats": boats, "keys": keys}[corpus]
	var refs []string
	for _, r := range references {
		start := len([]rune(all[:max(0, strings.Index(all, r))]))
		refs = append(refs, fmt.Sprintf(`{"content":%q,"start_index":%d,"end_index":%d}`, r, start, start+len([]rune(r))))
	}
	return fmt.Sprintf(`{"_id":%q,"corpus":%q,"question":%q,"references":[%s]}`+"\n", id, corpus, question, strings.Join(refs, ","))
}

func folder(t *testing.T, questions string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "corpora"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"corpora/boats.md": boats, "corpora/keys.md": keys, "questions.jsonl": questions} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestRead_CountsCodePoints(t *testing.T) {
	set, err := Read(folder(t, row("1", "boats", "red?", "Drei sind rot.")+"\n"+row("2", "keys", "where?", "at the door")))
	if err != nil {
		t.Fatal(err)
	}
	want := []Question{
		{"1", "boats", "red?", []Span{{"boats", 29, 43}}}, // one less than the bytes: ö has two
		{"2", "keys", "where?", []Span{{"keys", 14, 25}}},
	}
	if d := cmp.Diff(want, set.Questions); d != "" {
		t.Error(d)
	}
	corpus, _ := set.Corpus("boats")
	got, err := corpus.Span(30, 44, "Drei sind rot.")
	if err != nil || got != want[0].References[0] {
		t.Errorf("%+v, %v", got, err)
	}
	for _, c := range []struct {
		start, end int
		text       string
	}{{30, 44, "Drei sind tot."}, {29, 43, "Drei sind rot."}, {-1, 3, "Zwö"}, {40, 90, "rot."}, {4, 3, ""}} {
		if _, err := corpus.Span(c.start, c.end, c.text); err == nil || !strings.Contains(err.Error(), "boats") {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestRead_NamesTheFault(t *testing.T) {
	good := row("1", "keys", "where?", "door")
	for name, c := range map[string]struct{ questions, want string }{
		"no JSON":         {good + "{broken\n", "line 2"},
		"unknown corpus":  {row("1", "nowhere", "where?", "x"), `no corpus "nowhere"`},
		"moved reference": {strings.Replace(good, `"start_index":21`, `"start_index":20`, 1), "reference 1: 20 to 25 of keys"},
		"beyond the end":  {strings.Replace(good, `"end_index":25`, `"end_index":250`, 1), "reference 1"},
		"empty reference": {`{"_id":"1","corpus":"keys","question":"q","references":[{"content":"","start_index":1,"end_index":1}]}`, "reference 1"},
		"no reference":    {row("1", "keys", "where?"), "no references"},
		"no question":     {row("1", "keys", " ", "door"), "no question"},
		"nothing":         {"\n", "holds no question"},
	} {
		if _, err := Read(folder(t, c.questions)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q in it", name, err, c.want)
		}
	}
	if _, err := Read(t.TempDir()); err == nil || !strings.Contains(err.Error(), "corpora/*.md") {
		t.Errorf("an empty folder: %v", err)
	}
}

func TestRun_MeansAndSpread(t *testing.T) {
	set, err := Read(folder(t, row("1", "boats", "red?", "Drei sind rot.")+row("2", "boats", "how many?", "Zwölf Boote")+row("3", "keys", "where?", "at the door")))
	if err != nil {
		t.Fatal(err)
	}
	rank := func(_ context.Context, q string) ([]Span, error) {
		switch q {
		case "red?":
			return []Span{{"keys", 0, 14}, {"boats", 29, 43}, {"boats", 0, 28}}, nil // the third is one too many
		case "where?":
			return []Span{{"keys", 14, 25}}, nil
		}
		return nil, nil
	}
	calls := 0
	report, err := Run(t.Context(), set, 2, rank, func(n, of int) {
		if calls++; n != calls || of != 3 {
			t.Errorf("done(%d, %d) at call %d", n, of, calls)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-12 {
			t.Errorf("%s %v, want %v", what, got, want)
		}
	}
	near("recall", report.Recall, 2./3)
	near("precision", report.Precision, (.5+0+1)/3)
	near("recall of boats", report.Corpora["boats"].Recall, .5)
	near("its spread", report.Corpora["boats"].SD.Recall, .5)
	near("spread of keys", report.Corpora["keys"].SD.Recall, 0)
	if d := cmp.Diff([]Missed{{Span{"boats", 0, 11}, "Zwölf Boote"}}, report.Asked[1].Missed); d != "" {
		t.Error(d)
	}
	report.Chunks, report.Tokens = 7, 12
	var b strings.Builder
	report.Print(&b, &report)
	for _, want := range []string{"7 chunks of 12 tokens", "boats                            2    50.00", "3 questions: recall +0.00 ± 0.00 (0 better, 0 worse)", "0 %  2  how many?", "boats 0 to 11: Zwölf Boote"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "red?") {
		t.Errorf("a question that missed nothing is listed:\n%s", b.String())
	}
}

func TestRun_NamesTheQuestion(t *testing.T) {
	set, err := Read(folder(t, row("q7", "keys", "where?", "door")))
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	_, err = Run(t.Context(), set, 5, func(context.Context, string) ([]Span, error) { return nil, broken }, nil)
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "q7") {
		t.Errorf("%v", err)
	}
}
