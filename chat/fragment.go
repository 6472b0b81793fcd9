package chat

import (
	"regexp"
	"slices"

	"golocal/internal/prose"
)

// asked is the question that a reply answers. A reply in fragments, "Warsaw", says
// nothing by itself: it claims that this answers the question.
type asked struct {
	stems  map[string]bool // of the words that mean something
	names  []string        // of those, that begin with a capital within the question
	expect prose.Expect
}

// ask has fragments checked as answers to a question.
func (v *verifier) ask(question string) {
	words := prose.Content(terms(question))
	v.asked = &asked{stems: prose.Stems(words), expect: prose.Expects(question)}
	for _, w := range words {
		if w.Capital && w.Start > 0 {
			v.asked.names = append(v.asked.names, w.Stem)
		}
	}
}

// fragmentWords is the most words that mean something in a fragment.
const fragmentWords = 4

// verbs are the function words that make a statement of a few words.
var verbs = wordSet(`is are was were be been am has have had do does did can could will would shall should may might must cannot
ist sind war waren hat haben hatte hatten wird werden wurde wurden kann konnen muss soll darf`)

// fragment tells a name, a number or a phrase from a statement.
func fragment(words []prose.Word) bool {
	return !slices.ContainsFunc(words, func(w prose.Word) bool { return verbs[w.Fold] }) && len(prose.Content(words)) <= fragmentWords
}

// leadIn stands before an answer and says nothing.
var leadIn = regexp.MustCompile(`(?i)^\W*(?:(?:so|well|therefore|thus),? )?(?:the |die )?(?:correct |final |short |richtige )?(?:answer|antwort)(?: (?:to|auf) (?:this|that|the|your|diese|die) (?:question|frage))?(?: (?:is|would be|ist|lautet))?\s*:?\s+`)

// bare is a draft without what leads it in.
func bare(d draft) draft {
	if m := leadIn.FindString(d.text); m != "" && len(m) < len(d.text) {
		d.text = d.text[len(m):]
	}
	return d
}

// Limits of the verdict on a fragment, as shares of the question's words that stand
// in one unit of a source with it.
const (
	fullAnswer = .6
	someAnswer = .4
)

// checkFragment looks for a unit of a source that has all that the fragment adds to
// the question, and most of the question.
func (v *verifier) checkFragment(d draft, words []prose.Word) (Verdict, []string, *findings) {
	counted := numbers(d.text, words)
	var adds []prose.Word
	for _, w := range prose.Content(words) {
		if _, numeral := numerals[w.Fold]; !numeral && prose.Digits(w.Fold) == "" && !filler[w.Fold] && !measures[w.Fold] && !v.asked.stems[w.Stem] {
			adds = append(adds, w)
		}
	}
	if len(adds)+len(counted) == 0 { // the question again
		return NotAClaim, nil, nil
	}
	switch v.asked.expect {
	case prose.Count, prose.Duration, prose.Time:
		if v.asked.expect.Fits(d.text, prose.Unit{End: len(d.text)}, words, nil) == 0 {
			return Unsupported, []string{v.words.otherKind}, nil
		}
	}
	weights, all := v.questionWeights()
	var best *findings
	most := -1.0
	for i, s := range v.sources {
		for _, u := range s.units {
			if slices.ContainsFunc(adds, func(w prose.Word) bool { return !u.stems[w.Stem] && !similarName(u.stems, w.Stem) }) {
				continue
			}
			nearby := numbers(s.text, u.words)
			if slices.ContainsFunc(counted, func(n fact) bool { return !holds(nearby, n) }) {
				continue
			}
			got := 0.0
			for t, w := range weights {
				if u.scope[t] {
					got += w
				} else if s.above[t] {
					got += .9 * w
				}
			}
			got /= max(all, 1e-9)
			if slices.ContainsFunc(v.asked.names, func(name string) bool { return !s.stems[name] && !similarName(s.stems, name) }) {
				got = min(got, fullAnswer-.01) // of whom the question is, the source says nothing
			}
			if len(counted) == 0 && !slices.ContainsFunc(adds, func(w prose.Word) bool { return !s.above[w.Stem] }) {
				got = min(got, fullAnswer-.01) // what the whole text is about stands beside everything
			}
			score := got
			if slices.Contains(d.markers, s.Number) {
				score += .12
			}
			if score > most {
				most, best = score, &findings{source: i, start: u.start, end: u.end, coverage: got}
			}
		}
	}
	switch {
	case best == nil:
		return Unsupported, []string{v.words.unproven}, nil
	case best.coverage >= fullAnswer:
		return Supported, nil, best
	case best.coverage >= someAnswer:
		return Partly, []string{v.words.beside}, best
	}
	return Unsupported, []string{v.words.beside}, nil
}

// questionWeights are the question's words by how rare they are in the sources; one
// that stands in none of them counts half, as it may be said in another word.
func (v *verifier) questionWeights() (weights prose.Weights, all float64) {
	weights = prose.Weights{}
	for t := range v.asked.stems {
		w := prose.Idf(v.idf[t], v.pieces)
		if v.idf[t] == 0 {
			w /= 2
		}
		weights[t] = w
		all += w
	}
	return weights, all
}
