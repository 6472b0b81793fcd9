package chat

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
)

// senses embeds a text as the senses of the words in it that it knows.
type senses struct {
	of    map[string]int // word: its sense
	times int
	texts int
	err   error
}

func (s *senses) embed(texts []string) [][]float32 {
	if s.times++; s.err != nil {
		return nil
	}
	s.texts += len(texts)
	var out [][]float32
	for _, t := range texts {
		v := make([]float32, 8)
		v[7] = .1
		for w := range strings.FieldsFuncSeq(strings.ToLower(t), func(r rune) bool { return strings.ContainsRune(" .,", r) }) {
			if i, ok := s.of[w]; ok {
				v[i] = 1
			}
		}
		var sum float64
		for _, x := range v {
			sum += float64(x) * float64(x)
		}
		for i := range v {
			v[i] /= float32(math.Sqrt(sum))
		}
		out = append(out, v)
	}
	return out
}

func TestVerifier_FindsWhatIsSaidInOtherWords(t *testing.T) {
	known := map[string]int{"physicians": 0, "doctors": 0, "ärzte": 0, "purchase": 1, "buy": 1, "kaufen": 1, "vessel": 2, "ship": 2, "schiff": 2, "roof": 3, "slate": 3, "cook": 4, "soup": 4}
	const log = "Two physicians purchase a vessel. The roof is of slate. The cook makes soup. No physicians purchase a roof."
	for name, c := range map[string]struct {
		say  string
		want Verdict
	}{
		"other words":      {"Doctors buy the ship together.", Partly},
		"another language": {"Die Ärzte kaufen ein Schiff.", Partly},
		"another number":   {"Nine doctors buy the ship.", Unsupported},
		"a name beside it": {"The doctors buy the ship from Lindqvist.", Unsupported},
		"the opposite":     {"Doctors never buy the ship.", Unsupported},
		"something else":   {"Doctors like soup.", Unsupported},
	} {
		s := &senses{of: known}
		v := newVerifier(sourcesOf(log))
		if got, _, _ := v.check(draft{text: c.say}); got != Unsupported {
			t.Errorf("%s: by words alone it is %s", name, got)
		}
		v.likeness = &likeness{embed: s.embed, vectors: map[unitKey][]float32{}}
		for range 2 {
			got, reasons, f := v.check(draft{text: c.say})
			if got != c.want {
				t.Errorf("%s: %q is %s, want %s: %q", name, c.say, got, c.want, reasons)
			}
			if got == Partly && (f == nil || v.sources[f.source].text[f.start:f.end] != "Two physicians purchase a vessel." || !strings.Contains(reasons[0], "other words")) {
				t.Errorf("%s: %+v, %q", name, f, reasons)
			}
		}
		if s.times != 2 || s.texts != 1+4+1 {
			t.Errorf("%s: %d texts in %d calls: a unit is embedded once", name, s.texts, s.times)
		}
	}
}

func TestVerifier_WithoutMeaningsTheWordsDecide(t *testing.T) {
	s := &senses{err: errors.New("the runner is gone")}
	v := newVerifier(sourcesOf("Two physicians purchase a vessel."))
	v.likeness = &likeness{embed: s.embed, vectors: map[unitKey][]float32{}}
	for range 3 {
		if got, _, f := v.check(draft{text: "Doctors buy ships."}); got != Unsupported || f != nil {
			t.Errorf("%s %+v", got, f)
		}
	}
	if s.times != 1 {
		t.Errorf("asked %d times", s.times)
	}
}

func (s *senses) EmbedQuery(_ context.Context, text string) ([]float32, error) {
	return s.embed([]string{text})[0], nil
}

func (s *senses) EmbedSentences(_ context.Context, texts []string) ([][]float32, error) {
	return s.embed(texts), nil
}

func TestAnswer_CitesWhatSaysItInOtherWords(t *testing.T) {
	e := &senses{of: map[string]int{"vacation": 0, "holidays": 0, "roll": 1, "unused": 1, "bank": 2, "keep": 2, "days": 3}}
	o := Options{Retriever: enough(hits()...), Model: big, Embedder: e, Generator: script{say: words("Staff may keep the holidays that are unused.")}}
	_, a, err := ask(t, o, Request{Question: question})
	if err != nil {
		t.Fatal(err)
	}
	if s := a.Sentences[0]; s.Verdict != Partly || len(s.Citations) != 1 || !strings.Contains(s.Citations[0].Quote, "roll over") {
		t.Errorf("%+v", s)
	}
}
