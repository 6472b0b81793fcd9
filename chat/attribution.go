package chat

import (
	"slices"
	"strings"

	"golocal/internal/prose"
)

// Limits of attribution, as shares of words by weight.
const (
	repeated = .5 // of what a clause says, that a unit must have to be what it repeats
	nearBest = .1 // how much less than the best another unit may have
	sameOne  = .5 // of a subject, that makes it the same
)

// attribution is of whom a source says what a sentence says.
type attribution struct {
	subject string // of the sentence, as written
	instead string // whom the source says it of; "" where that is not clear
}

// misattributed tells that the units which say what a sentence says speak of something
// else than its subject: "The fleet took the town. The king stayed at home" does not
// say that the king took the town, though each word is there. A pronoun in a unit may
// mean what the unit before speaks of, and a unit without a name of its own what the
// whole text is about.
func (s source) misattributed(text string, words []prose.Word, weights prose.Weights) (attribution, bool) {
	c, ok := clauseOf(text, words)
	if !ok {
		return attribution{}, false
	}
	best := 0.0
	for _, u := range s.units {
		best = max(best, weights.Share(c.said, u.stems))
	}
	all := prose.Stems(c.subject)
	if best < repeated || weights.Share(c.subject, all) == 0 { // of a number
		return attribution{}, false
	}
	a := attribution{subject: text[c.subject[0].Start:c.subject[len(c.subject)-1].End]}
	elsewhere := weights.Share(c.subject, s.stems) >= sameOne
	most := 0.0
	for _, u := range s.units {
		says := weights.Share(c.said, u.stems)
		if says < best-nearBest {
			continue
		}
		other, explicit := s.subjectIn(u, c)
		same := weights.Share(c.subject, u.stems) >= sameOne
		if same || !explicit && max(weights.Share(c.subject, u.scope, s.above), weights.Share(c.lead, u.scope, s.above)) >= sameOne {
			return attribution{}, false
		}
		elsewhere = elsewhere || explicit
		if other != "" && says > most {
			most, a.instead = says, other
		}
	}
	return a, elsewhere
}

// window is how many words a unit may take for the first few that a clause says.
const window = 12

// subjectIn is what a unit says of the thing that it says as the clause does. It is
// explicit where it has a name that stands neither in the clause nor above the text, or
// two other words that do not: "the song" may be any.
func (s source) subjectIn(u unit, c clause) (subject string, explicit bool) {
	at, most := -1, 0
	head := prose.Stems(c.said[:min(len(c.said), window/2)])
	for j, w := range u.words {
		if w.Stem != c.said[0].Stem {
			continue
		}
		n := 0
		for t := range prose.Stems(u.words[j:min(len(u.words), j+window)]) {
			if head[t] {
				n++
			}
		}
		if n > most {
			at, most = j, n
		}
	}
	verb := at
	for verb > max(0, at-4) && !(verbs[u.words[verb].Fold] || past(u.words, verb)) {
		verb--
	}
	if verb <= max(0, at-4) {
		return "", false
	}
	from := verb - 1
	for from > 0 && !(strings.ContainsAny(prose.Between(s.text, u.words[from-1], u.words[from]), ",;:") && len(substance(u.words[from:verb])) > 0) {
		from--
	}
	known := prose.Stems(c.subject)
	for _, w := range append(c.lead[:len(c.lead):len(c.lead)], c.said...) {
		known[w.Stem] = true
	}
	run := u.words[from:verb]
	if slices.ContainsFunc(run, func(w prose.Word) bool { return ofPeople[w.Fold] || ofThings[w.Fold] || ofBoth[w.Fold] }) {
		return "", false
	}
	own := between(s.content, run) // of the whole text, whose language a few words do not tell
	others, named := 0, false
	for _, w := range own {
		switch {
		case known[w.Stem]:
			return "", false // of the same
		case !s.above[w.Stem]:
			others++
			named = named || w.Capital && !s.nouns && (w.Start > u.start || verb == 1 || u.words[1].Capital)
		}
	}
	if named || others > 1 {
		return s.text[own[0].Start:own[len(own)-1].End], true
	}
	return "", false
}
