package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadAsked(t *testing.T) {
	set := Dataset{Documents: []Document{{ID: "d1"}, {ID: "d2"}}, Judged: map[string]map[string]int{"q1": {"d1": 1}, "q4": {"d2": 1}}}
	for name, c := range map[string]struct {
		file string
		want []Asked
		err  string
	}{
		"documents named and judged, once each": {
			`{"_id":"q1","question":"Who?","answers":["Ada"],"support":["Ada did."],"docs":["d2","d1","d1","elsewhere"]}`,
			[]Asked{{ID: "q1", Text: "Who?", Answers: []string{"Ada"}, Support: []string{"Ada did."}, Docs: []string{"d2", "d1"}}}, "",
		},
		"judged only": {`{"_id":"q4","question":"When?","answers":["1912"],"answerable":true}`, []Asked{{ID: "q4", Text: "When?", Answers: []string{"1912"}, Docs: []string{"d2"}}}, ""},
		"nothing to ask": {`{"_id":"q1","question":"Who?","answers":["Ada"],"answerable":false,"docs":["d1"]}
{"_id":"q1","question":"Who?","answers":[],"docs":["d1"]}
{"_id":"q2","question":"Who?","answers":["Ada"],"docs":["elsewhere"]}`, nil, "no question of"},
		"no JSON": {"{}\nWho?", nil, "line 2"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "qa.jsonl"), []byte(c.file), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := ReadAsked(dir, set)
			if c.err == "" && err != nil || c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)) {
				t.Fatalf("error %v, want %q", err, c.err)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
	if _, err := ReadAsked(t.TempDir(), set); err == nil || !strings.Contains(err.Error(), "measured on collections that have one") {
		t.Errorf("no file: %v", err)
	}
}
