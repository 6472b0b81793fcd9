package chat

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golocal"
)

// Stopped is what is known of an answer that was broken off.
type Stopped struct {
	Request   Request // that was answered
	Question  string  // as searched
	Evidence  float64
	Enough    bool
	Sources   Sources
	Quotes    []Quote
	Sentences []Sentence // as they were checked
	Written   string     // all that the model wrote, as its Tokens came
	Reasoning string
	Support   float64 // as in Options; 0 is Support
}

// Answer is the answer so far, judged as a finished one is; nil where there is
// nothing of it. What the model wrote behind the last checked sentence is kept and
// marked, and claims nothing: nobody has looked whether a file says so.
func (s Stopped) Answer() *Answer {
	if len(s.Sentences) == 0 && len(s.Quotes) == 0 && s.Written == "" {
		return nil
	}
	say := wordingFor(s.Request.Question, s.Request.Messages)
	a := Answer{
		Kind: KindQuotes, Verdict: NotAClaim, Reasoning: s.Reasoning, Note: say.halfway,
		Sentences: append([]Sentence{}, s.Sentences...),
		Sources:   append([]golocal.Source{}, s.Sources.Sources...),
		Quotes:    append([]Quote{}, s.Quotes...),
		Ledger:    Ledger{Question: s.Question, Evidence: s.Evidence, Enough: s.Enough, Sources: []Spent{}, Dropped: append([]golocal.Dropped{}, s.Sources.Dropped...)},
	}
	if s.Written == "" {
		if len(a.Quotes) > 0 {
			a.Verdict, a.Support = Supported, 1
		}
		return &a
	}
	a.Kind = KindGenerated
	a.Sentences = append(a.Sentences, s.unchecked(say)...)
	a.Text = spoken(a.Sentences)
	a.Support, a.Verdict = support(a.Sentences)
	if s.Support == 0 {
		s.Support = Support
	}
	if a.Folded = folds(a.Sentences, s.Support); a.Folded {
		a.Note += "; " + fmt.Sprintf(say.foldedHalfway, 100*a.Support)
	}
	return &a
}

// unchecked are the sentences that the model wrote and nobody has checked.
func (s Stopped) unchecked(say *wording) []Sentence {
	all := cutDrafts(s.Written[s.checked():], len(s.Sentences) == 0)
	all = slices.DeleteFunc(all, func(d draft) bool { return d.text == "" })
	out := make([]Sentence, len(all))
	for i, d := range all {
		if i == len(all)-1 {
			d.text += " …"
		}
		out[i] = Sentence{Index: len(s.Sentences) + i, Lead: d.lead, Text: d.text, Verdict: NotAClaim, Citations: []golocal.Citation{}, Reasons: []string{say.unfinished}}
	}
	return out
}

// checked is the byte of Written behind the checked sentences. These have neither
// the markers nor always the white space of what was written.
func (s Stopped) checked() int {
	left := 0
	for _, x := range s.Sentences {
		for _, r := range x.Lead + x.Text {
			if !unicode.IsSpace(r) {
				left++
			}
		}
	}
	marks := markersIn(s.Written, codeRanges(s.Written))
	for i, r := range s.Written {
		for len(marks) > 0 && i >= marks[0][1] {
			marks = marks[1:]
		}
		switch {
		case unicode.IsSpace(r), len(marks) > 0 && i >= marks[0][0]:
		case left > 0:
			left--
		default: // the white space before it leads the next sentence in
			return len(strings.TrimRightFunc(s.Written[:i], unicode.IsSpace))
		}
	}
	return len(s.Written)
}
