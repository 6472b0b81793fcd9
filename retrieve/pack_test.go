package retrieve

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"golocal"

	"github.com/google/go-cmp/cmp"
)

func words(s string) int { return len(strings.Fields(s)) }

func passage(id, doc int64, start int, text string) golocal.Hit {
	return golocal.Hit{
		Doc:   golocal.Document{ID: doc, Ref: golocal.Ref{Root: 1, Path: fmt.Sprintf("f%d.md", doc)}},
		Chunk: golocal.Chunk{ID: id, Doc: doc, Text: text, Span: golocal.Span{Start: start, End: start + len(text)}},
	}
}

func TestPack_Chooses(t *testing.T) {
	ten := "w w w w w w w w w w"
	eleven := ten + " w"
	for _, c := range []struct {
		name    string
		hits    []golocal.Hit
		budget  int
		kept    []int64
		dropped []int64
		why     string // part of the first reason
	}{
		{"nothing found", nil, 1000, nil, nil, ""},
		{"all fit", []golocal.Hit{passage(1, 1, 0, ten), passage(2, 2, 0, eleven)}, 1000, []int64{1, 2}, nil, ""},
		// a passage costs overhead + 1 word of path + its words
		{"a smaller one behind a larger one is still taken", []golocal.Hit{passage(1, 1, 0, ten), passage(2, 2, 0, strings.Repeat("x ", 90)), passage(3, 3, 0, eleven)}, 80,
			[]int64{1, 3}, []int64{2}, "were left of 80"},
		{"the same text in another file", []golocal.Hit{passage(1, 1, 0, ten), passage(2, 2, 0, ten)}, 1000, []int64{1}, []int64{2}, "in source 1 already"},
		{"inside a passage of the same file", []golocal.Hit{passage(1, 1, 100, eleven), passage(2, 1, 102, "w w")}, 1000, []int64{1}, []int64{2}, "in source 1 already"},
		{"no text", []golocal.Hit{passage(1, 1, 0, " \n")}, 1000, nil, []int64{1}, "no text"},
		{"no room at all", []golocal.Hit{passage(1, 1, 0, ten), passage(2, 2, 0, eleven)}, 10, nil, []int64{1, 2}, "the window leaves 10"},
		{"negative budget", []golocal.Hit{passage(1, 1, 0, ten)}, -5, nil, []int64{1}, "leaves 0"},
	} {
		kept, dropped := Pack("", c.hits, c.budget, words)
		var k, d []int64
		for i, s := range kept {
			k = append(k, s.Hit.Chunk.ID)
			if s.Number != i+1 {
				t.Errorf("%s: source %d has number %d", c.name, i+1, s.Number)
			}
		}
		for _, x := range dropped {
			d = append(d, x.Chunk)
		}
		if diff := cmp.Diff(c.kept, k); diff != "" {
			t.Errorf("%s: kept %s", c.name, diff)
		}
		if diff := cmp.Diff(c.dropped, d); diff != "" {
			t.Errorf("%s: dropped %s", c.name, diff)
		}
		if len(dropped) > 0 && !strings.Contains(dropped[0].Why, c.why) {
			t.Errorf("%s: why %q, want %q in it", c.name, dropped[0].Why, c.why)
		}
	}
}

func TestPack_CutsTheFirstAtASentence(t *testing.T) {
	text := "One two three four. Five six seven eight. Nine ten eleven twelve."
	kept, _ := Pack("", []golocal.Hit{passage(1, 1, 0, text)}, overhead+1+9, words)
	if len(kept) != 1 || kept[0].Text != "One two three four. Five six seven eight." {
		t.Fatalf("kept %+v", kept)
	}
}

func TestPack_NeverOverBudget(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		var hits []golocal.Hit
		for i := range r.IntN(12) {
			hits = append(hits, passage(int64(i), int64(r.IntN(4)), r.IntN(1000), strings.Repeat(fmt.Sprintf("w%d. Aa ", i), r.IntN(80))))
		}
		budget := r.IntN(600) - 50
		kept, dropped := Pack("w1 w2 aa", hits, budget, words)
		sum := 0
		for _, s := range kept {
			sum += s.Tokens
			if !strings.HasPrefix(s.Hit.Chunk.Text, s.Text) {
				t.Fatal("a source's text is not the head of its passage")
			}
		}
		if sum > max(budget, 0) {
			t.Fatalf("%d tokens packed into %d", sum, budget)
		}
		if len(kept)+len(dropped) != len(hits) {
			t.Fatalf("%d hits, %d kept and %d dropped", len(hits), len(kept), len(dropped))
		}
	}
}

// A passage that has what the question asks for and no other says goes before one
// of a slightly better score that repeats; the numbers are by score all the same.
func TestPack_PrefersWhatIsNew(t *testing.T) {
	hits := []golocal.Hit{passage(1, 1, 0, "The walnut tree was felled in spring."), passage(2, 2, 0, "The walnut tree was old and tall."), passage(3, 3, 0, "The oak was planted in autumn."), passage(4, 4, 0, "Nothing of all that is here.")}
	for i, score := range []float64{.9, .8, .75, .3} {
		hits[i].Score = score
	}
	two := 2*(overhead+1) + 14
	for question, want := range map[string][]int64{"When was the walnut tree felled?": {1, 2}, "What became of walnut and oak?": {1, 3}, "": {1, 2}} {
		kept, dropped := Pack(question, hits, two, words)
		var got []int64
		for _, s := range kept {
			got = append(got, s.Hit.Chunk.ID)
		}
		if d := cmp.Diff(want, got); d != "" || len(dropped) != 2 {
			t.Errorf("%q: %s, %d dropped", question, d, len(dropped))
		}
	}
	hits[3].Chunk.Text += " And an oak."
	kept, _ := Pack("What became of walnut and oak?", hits, 1000, words)
	for i, s := range kept {
		if s.Number != i+1 || s.Hit.Chunk.ID != int64(i+1) {
			t.Errorf("source %d is passage %d, number %d", i+1, s.Hit.Chunk.ID, s.Number)
		}
	}
}
