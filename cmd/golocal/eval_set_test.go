package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"golocal/eval"
	"golocal/retrieve"
)

func TestWordless_NamesDifferAndSayNothing(t *testing.T) {
	plain := regexp.MustCompile(`^qzq[bcdfghjklmnpqrstvwxz]{5}$`)
	seen := map[string]bool{}
	for i := range 50_000 {
		name := wordless(i)
		if seen[name] || !plain.MatchString(name) {
			t.Fatalf("document %d is named %q", i, name)
		}
		seen[name] = true
	}
	if last := wordless(3_199_999); seen[last] || last != "qzqzzzzz" { // 20^5 names
		t.Errorf("the last name is %q", last)
	}
}

func TestWriteFeatures(t *testing.T) {
	path := filepath.Join(t.TempDir(), "features.csv")
	f := retrieve.Features{Coverage: .5, Dense: true}
	cases := []eval.Case{{ID: "a,b", Kind: eval.Present, Judged: eval.Judged{Evidence: .25, Enough: true, Features: numbers(f)}}, {ID: "c", Kind: eval.Withheld, Judged: eval.Judged{Features: numbers(retrieve.Features{})}}}
	if err := writeFeatures(path, cases); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll() // refuses lines of different lengths
	if err != nil || len(rows) != 3 {
		t.Fatalf("%v, %v", rows, err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	for name, want := range map[string]string{"id": "a,b", "kind": "present", "evidence": "0.25", "enough": "true", "coverage": "0.5", "dense": "1", "margin": "0"} {
		if i, ok := at[name]; !ok || rows[1][i] != want {
			t.Errorf("column %s is %v, want %s", name, rows[1], want)
		}
	}
}
