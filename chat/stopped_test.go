package chat

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"golocal"
)

// checkedAs is a sentence with a verdict, citing source 1 where one bears it out.
func checkedAs(v Verdict, text string) Sentence {
	s := Sentence{Text: text, Verdict: v, Citations: []golocal.Citation{}}
	if v == Supported || v == Partly {
		s.Citations = append(s.Citations, golocal.Citation{Source: 1})
	}
	return s
}

func TestStopped_IsJudgedAsAFinishedAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		sentences []Sentence
		written   string
		text      string
		verdict   Verdict
		support   float64
		folded    bool
		rest      []string
	}{
		"in the middle":                {[]Sentence{checkedAs(Supported, "One.")}, "One [1]. And tw", "One. [1] And tw …", Supported, 1, false, []string{"And tw …"}},
		"nothing behind":               {[]Sentence{checkedAs(Supported, "One.")}, "One [1]. [1] ", "One. [1]", Supported, 1, false, nil},
		"a whole one behind":           {[]Sentence{checkedAs(Partly, "One.")}, "One. Two is so.", "One. [1] Two is so. …", Partly, .5, false, []string{"Two is so. …"}},
		"most is not proven":           {[]Sentence{checkedAs(Unsupported, "One."), checkedAs(Unsupported, "Two."), checkedAs(Supported, "Three.")}, "One. Two. Three [1]. Fo", "One. Two. Three. [1] Fo …", Partly, 1. / 3, true, []string{"Fo …"}},
		"nothing is":                   {[]Sentence{checkedAs(Unsupported, "One.")}, "One.", "One.", Unsupported, 0, true, nil},
		"all from elsewhere":           {[]Sentence{checkedAs(NotFromFiles, "One.")}, "One. Tw", "One. Tw …", NotFromFiles, 0, false, []string{"Tw …"}},
		"elsewhere counts for no":      {[]Sentence{checkedAs(NotFromFiles, "One."), checkedAs(Supported, "Two.")}, "One. Two [1].", "One. Two. [1]", Partly, .5, false, nil},
		"before the first":             {nil, "On", "On …", NotAClaim, 0, false, []string{"On …"}},
		"in a list":                    {[]Sentence{checkedAs(Supported, "One:")}, "One:\n- two\n- thr", "One: [1]\n- two\n- thr …", Supported, 1, false, []string{"two", "thr …"}},
		"a link that would come about": {[]Sentence{checkedAs(Supported, "See.")}, "See. [x", "See. [1] [x …", Supported, 1, false, []string{"[x …"}},
	} {
		for i := range c.sentences {
			c.sentences[i].Index = i
			if i > 0 {
				c.sentences[i].Lead = " "
			}
		}
		a := Stopped{Request: Request{Question: question}, Question: question, Sentences: c.sentences, Written: c.written, Quotes: []Quote{{Plain: "One."}}}.Answer()
		var rest []string
		for _, s := range a.Sentences[len(c.sentences):] {
			rest = append(rest, s.Text)
			if s.Verdict != NotAClaim || len(s.Reasons) != 1 || len(s.Citations) != 0 {
				t.Errorf("%s: what nobody checked is %+v", name, s)
			}
		}
		if a.Kind != KindGenerated || a.Text != c.text || a.Verdict != c.verdict || a.Support != c.support || a.Folded != c.folded || !slices.Equal(rest, c.rest) {
			t.Errorf("%s: %q, %s, %v, folded %v, rest %q", name, a.Text, a.Verdict, a.Support, a.Folded, rest)
		}
	}
}

func TestStopped_BeforeAnythingWasWritten(t *testing.T) {
	if a := (Stopped{}).Answer(); a != nil {
		t.Errorf("%+v", a)
	}
	a := Stopped{Request: Request{Question: "Wie lange dauert das?"}, Quotes: []Quote{{Plain: "Sechs Wochen."}}}.Answer()
	if a.Kind != KindQuotes || a.Verdict != Supported || a.Support != 1 || a.Sources == nil || a.Sentences == nil || a.Ledger.Dropped == nil || a.Note != german.halfway {
		t.Errorf("%+v", a)
	}
}

// Wherever an answer is stopped, what is kept of it is what was written, and no
// sentence is proven that was not checked.
func TestStopped_AnywhereInAStream(t *testing.T) {
	reply := "Acme offers 20 days of paid vacation every year [1]. Vacation days roll over up to a bank of 45 days [1].\n\n- The office has a pool [2].\n- It is blue.\n\n```\nx = rows[2] + 1\n```\nIt opens at nine."
	o := Options{Retriever: enough(hits()...), Model: big, Generator: script{say: words(reply)}}
	events, _, err := ask(t, o, Request{Question: question})
	if err != nil {
		t.Fatal(err)
	}
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if strings.ContainsRune(" \n…", r) {
				return -1
			}
			return r
		}, citationMark.ReplaceAllString(s, ""))
	}
	s := Stopped{Request: Request{Question: question}}
	for _, e := range events {
		switch e := e.(type) {
		case Token:
			s.Written += e.Text
		case Sentence:
			s.Sentences = append(s.Sentences, e)
		default:
			continue
		}
		a := s.Answer()
		if letters(a.Text) != letters(s.Written) {
			t.Fatalf("of %q is kept %q", s.Written, a.Text)
		}
		for i, x := range a.Sentences {
			if i >= len(s.Sentences) && x.Verdict != NotAClaim {
				t.Errorf("%+v", x)
			}
		}
	}
	if len(s.Sentences) < 3 {
		t.Error(errors.New("the stream was not cut into sentences"), s.Sentences)
	}
}
