package chat

import (
	"math"
	"strings"
	"testing"

	"golocal"
	"golocal/internal/prose"
)

// signsOf are the signs of the first piece of text.
func signsOf(question, title, text string) signs {
	h := hitOf(text)
	h.Doc.Title = title
	hits := []golocal.Hit{h}
	cands := candidates(hits, false, nil)
	return take(question, prose.Words(question), cands).measure(cands, hits)[0]
}

func TestSigns_ExactStandsWhereAnswersDo(t *testing.T) {
	for _, c := range []struct {
		question, title, text string
		want                  bool
	}{
		{"who founded the school", "", "It was founded by Ada Moreau.", true},
		{"who founded the school", "", "It was founded by monks.", false},
		{"who founded the school", "", "It was founded by Ada, Moreau helped.", false}, // two names
		{"who founded the Brno School", "", "The Brno School was founded.", false},     // of the question
		{"who founded the school", "Brno School", "The Brno School was founded.", false},
		{"who founded the school", "", "It was founded on Monday, May 3.", false},
		{"who founded the school", "", "FOUNDED BY ADA MOREAU", false}, // capitals tell nothing
		{"where is the school", "", "The school stands in Brno.", true},
		{"where is the school", "", "The school stands near the Svratka.", true},
		{"where is the school", "", "The school opened in May.", false},
		{"where is the school in Brno", "", "The school in Brno is old.", false},
		{"what does it cost", "", "The school stands in Brno.", false},
	} {
		if got := signsOf(c.question, c.title, c.text)[signExact] == 1; got != c.want {
			t.Errorf("%q for %q: %v", c.text, c.question, got)
		}
	}
}

func TestSigns_NearIsWeighedByTheWordsAround(t *testing.T) {
	far := strings.Repeat("and then more was said of other things ", 4)
	near := signsOf("how many days of vacation are there", "", "There are 20 days of vacation.")[signNear]
	away := signsOf("how many days of vacation are there", "", "Vacation days are dear, "+far+"20 of us agree.")[signNear]
	none := signsOf("how many days of vacation are there", "", "Vacation days are dear to us.")[signNear]
	if !(near > .7 && near > away && none == 0) {
		t.Errorf("near %v, away %v, none %v", near, away, none)
	}
	dense := signsOf("does the mill grind wheat", "", "The mill can grind wheat.")[signDense]
	loose := signsOf("does the mill grind wheat", "", "The mill is old, "+far+"and we grind, "+far+"and eat wheat.")[signDense]
	if math.Abs(dense-1) > 1e-9 || loose >= .9 {
		t.Errorf("dense %v, loose %v", dense, loose)
	}
}

// Whatever has a word of the question has it once: shares add up to one at most.
func TestSigns_SharesAddUp(t *testing.T) {
	h := hitOf("The mill grinds wheat. It was built in Brno. The owner sells flour.")
	h.Doc.Title = "Mill of Brno"
	hits := []golocal.Hit{h}
	cands := candidates(hits, false, nil)
	q := "When was the mill that sells wheat flour built in Brno by monks?"
	for i, s := range take(q, prose.Words(q), cands).measure(cands, hits) {
		if sum := s[signCovered] + s[signAbove] + s[signBefore] + s[signAround]; sum <= 0 || sum > 1+1e-9 {
			t.Errorf("%q: %v", cands[i].said, sum)
		}
	}
	if s := signsOf("?", "", "A sentence here."); s[signCovered] != 0 || s[signNear] != 0 {
		t.Errorf("of no question: %v", s)
	}
}

// BenchmarkRank is the cost of eight passages beside their embedding.
func BenchmarkRank(b *testing.B) {
	var hits []golocal.Hit
	for i := range 8 {
		h := hitOf(strings.Repeat("The Normans gave their name to Normandy, a region in France, in the 10th century. Their leader Rollo swore fealty to King Charles III of West Francia, "+string(rune('a'+i))+" times. ", 5))
		h.Doc.ID, h.Chunk.ID = int64(i+1), int64(i+1)
		hits = append(hits, h)
	}
	for b.Loop() {
		rank("What region of France did the leader of the Normans receive from the king?", hits, nil, nil, compared)
	}
}
