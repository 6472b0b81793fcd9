package alike

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

const terms = "The tenant pays the rent in advance on the first working day of each month, and the landlord keeps the roof, the walls and the heating in good repair. Small repairs up to 80 euros are for the tenant."

func TestPassage_SaysTheSame(t *testing.T) {
	for name, c := range map[string]struct {
		other string
		same  bool
	}{
		"itself":          {terms, true},
		"laid out anew":   {strings.ToUpper(strings.ReplaceAll(terms, " ", "\n ")), true},
		"a word more":     {strings.Replace(terms, "Small", "Very small", 1), true},
		"another sum":     {strings.Replace(terms, "80", "90", 1), false},
		"turned round":    {strings.Replace(terms, "landlord keeps", "landlord never keeps", 1), false},
		"turned, short":   {strings.Replace(terms, "tenant pays", "tenant doesn't pay", 1), false},
		"another passage": {"The boat house opens at 80 minutes past seven and closes when it gets dark.", false},
		"a part":          {terms[:100], false},
		"nothing":         {"", false},
	} {
		p, q := NewPassage(terms), NewPassage(c.other)
		if got := p.Like(q); (got >= Same) != c.same || got != q.Like(p) || got < 0 || got > 1 {
			t.Errorf("%s: %.2f alike", name, got)
		}
	}
	if NewPassage("").Like(NewPassage("")) != 0 {
		t.Error("two texts without words are the same")
	}
	if NewPassage("东京大学的图书馆").Like(NewPassage("东京大学的图书馆")) != 1 {
		t.Error("a text without spaces is not like itself")
	}
}

// text is n made-up words.
func text(r *rand.Rand, n int) []string {
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("w%c%c%c", 'a'+r.IntN(26), 'a'+r.IntN(26), 'a'+r.IntN(26))
	}
	return words
}

// Every pair that shares enough is found, and the estimate is near the truth.
func TestPairs_FindsWhatIsAlike(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	type pair struct{ i, j int }
	var sketches []Sketch
	var exact []*Passage
	add := func(words []string) {
		s := strings.Join(words, " ")
		sketches, exact = append(sketches, NewSketch(s)), append(exact, NewPassage(s))
	}
	for range 70 {
		words := text(r, 20+r.IntN(1500))
		add(words)
		for i := range words {
			if r.IntN(60) == 0 {
				words[i] = "changed"
			}
		}
		add(words)
	}
	found := map[pair]bool{}
	Pairs(sketches, func(i, j int) {
		if i >= j || found[pair{i, j}] {
			t.Errorf("pair %d, %d comes twice or turned", i, j)
		}
		found[pair{i, j}] = true
	})
	for i := range sketches {
		for j := i + 1; j < len(sketches); j++ {
			truth := exact[i].Like(exact[j])
			got := sketches[i].Like(&sketches[j])
			if diff := got - truth; diff > .08 || diff < -.08 {
				t.Errorf("%d and %d: %.3f alike, taken for %.3f", i, j, truth, got)
			}
			if truth >= .8 && !found[pair{i, j}] {
				t.Errorf("%d and %d are %.2f alike and not found", i, j, truth)
			}
		}
	}
	if len(found) > 1000 {
		t.Errorf("%d pairs of %d to look at", len(found), len(sketches)*(len(sketches)-1)/2)
	}
}

func TestSketch_SameText(t *testing.T) {
	a, b, c := NewSketch("One two, three!"), NewSketch("one\ntwo three"), NewSketch("two one three")
	if !a.SameText(&b) || a.SameText(&c) || a.Like(&b) != 1 {
		t.Error("the words alone decide, in their order")
	}
	if e := NewSketch("…"); e.SameText(&e) || e.Like(&e) != 0 {
		t.Error("two documents without words are the same")
	}
}

func FuzzPassage(f *testing.F) {
	f.Add("a b", "a b c")
	f.Add("don’t", "\xff\x00 東京 1'tx")
	f.Fuzz(func(t *testing.T, a, b string) {
		p, q := NewPassage(a), NewPassage(b)
		if x := p.Like(q); x != q.Like(p) || x < 0 || x > 1 || len(p.pieces) > 0 && p.Like(p) != 1 {
			t.Fatalf("%q and %q: %v", a, b, x)
		}
		s, u := NewSketch(a), NewSketch(b)
		if x := s.Like(&u); x != u.Like(&s) || x < 0 || x > 1 {
			t.Fatalf("%q and %q as documents: %v", a, b, x)
		}
	})
}

func BenchmarkSketch(b *testing.B) {
	s := strings.Join(text(rand.New(rand.NewPCG(1, 1)), 20_000), " ")
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		NewSketch(s)
	}
}
