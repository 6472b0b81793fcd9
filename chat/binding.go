package chat

import (
	"cmp"
	"slices"
	"strings"

	"golocal/internal/prose"
)

// unit is a piece of one unit with what its names may come from.
type unit struct {
	piece
	scope map[string]bool // stems of the unit, of what its pronouns mean, and of a list's lead-in
	other piece           // where the rest of scope comes from, empty when it is the unit alone
}

// Pronouns that lean on the sentence before where their own sentence has
// named nobody, or no thing, yet.
var (
	ofPeople = map[string]bool{"he": true, "she": true, "his": true, "her": true, "him": true}
	ofThings = map[string]bool{"it": true, "its": true, "this": true, "that": true, "such": true}
	ofBoth   = map[string]bool{"they": true, "their": true, "them": true, "these": true, "those": true, "both": true}
)

// scoped tells for each unit where its names may come from: a sentence with a
// pronoun has the sentence before it, an entry of a list what leads the list in.
func (s source) scoped(units []prose.Unit) []unit {
	out := make([]unit, len(units))
	lead := 0 // of the block
	for i, u := range units {
		if i == 0 || units[i-1].Block != u.Block {
			lead = max(i-1, 0)
		}
		x := unit{piece: s.piece(u.Start, u.End, [2]int{u.Start, u.End})}
		from, things, people := i, true, true
		switch {
		case u.Kind == prose.Item, u.Kind == prose.Row:
			from = lead
		case i > 0:
			if things, people = takesOver(s.text, x.words); things || people {
				from = i - 1
			}
		}
		x.scope = map[string]bool{}
		for t := range x.stems {
			x.scope[t] = true
		}
		if from != i {
			x.other = s.piece(units[from].Start, units[from].End, [2]int{})
			for _, w := range x.other.words {
				if w.Capital && people || !w.Capital && things {
					x.scope[w.Stem] = true
				}
			}
		}
		out[i] = x
	}
	return out
}

// takesOver tells whether a sentence takes things or people over from the one before.
func takesOver(text string, words []prose.Word) (things, people bool) {
	thing, person := false, false
	for i, w := range words {
		switch {
		case ofPeople[w.Fold]:
			people = people || !person
			things = things || !person // "her mill"
		case ofThings[w.Fold]:
			things = things || !thing
			people = people || !thing && !person
		case ofBoth[w.Fold]:
			things, people = things || !thing && !person, people || !thing && !person
		case i > 0 && articles[words[i-1].Fold]:
			thing = true
		case w.Capital && !prose.Stop(w.Fold) && (i > 0 || len(words) > 1 && words[1].Capital):
			person = true
		}
	}
	return things, people
}

// mergedGain is the share of a sentence's words that a second unit must add before
// the sentence counts as made of both.
const mergedGain = .12

// bound finds the one unit that a sentence repeats, judged by the words that
// are neither names nor numbers, and tells which of the names and numbers of
// the sentence stand elsewhere in the source only. "Ada built the mill" is not
// said by "Bela built the mill. Ada built the barn."
//
// One that stands in another unit which says a part of the sentence, too, is none of
// these: a sentence may put two together. Nothing is said of a sentence of which
// nothing but names and numbers is in the source.
func (s source) bound(text string, words []prose.Word, weights prose.Weights, named, counted []fact) (elsewhere []fact) {
	plainWords := prose.Weights{}
	for t, w := range weights {
		plainWords[t] = w
	}
	for _, n := range named {
		delete(plainWords, n.stem)
	}
	all := plainWords.Sum()
	if all == 0 {
		return nil
	}
	covers := func(stems ...map[string]bool) float64 {
		got := 0.0
		for t, w := range plainWords {
			for _, m := range stems {
				if m[t] {
					got += w
					break
				}
			}
		}
		return got / all
	}
	best, least := 0.0, []fact(nil)
	at := -1
	for i, u := range s.units {
		c := covers(u.scope, s.above)
		if c < best-.02 || c == 0 {
			continue
		}
		astray := s.astray(u, named, counted)
		if c > best+.02 || at < 0 || len(astray) < len(least) {
			best, least, at = max(best, c), astray, i
		}
	}
	if at < 0 || best < someCoverage {
		return nil
	}
	// A sentence may be made of two units: what is said beside such a name counts.
	least = slices.DeleteFunc(least, func(n fact) bool {
		return slices.ContainsFunc(s.units, func(u unit) bool {
			return s.has(u, n) && covers(s.units[at].scope, u.scope, s.above) > best+mergedGain
		})
	})
	swapped := s.swapped(text, words, plainWords, s.units[at])
	return append(least, swapped...)
}

// swapped are the things that a sentence names where the unit names others, and
// of which the source speaks elsewhere: a true statement, said of another thing. A
// thing is known by the article before it.
func (s source) swapped(text string, words []prose.Word, weights prose.Weights, u unit) (out []fact) {
	here, there := thingsOf(text, words), thingsOf(s.text, u.words)
	said := prose.Stems(words)
	replaced := false
	for t := range there {
		replaced = replaced || !said[t]
	}
	if !replaced {
		return nil
	}
	elsewhere := thingsOf(s.text, s.words)
	for t, w := range here {
		if _, known := weights[t]; known && elsewhere[t] != "" && !u.scope[t] && !s.above[t] {
			out = append(out, fact{text: w, stem: t, noun: true})
		}
	}
	slices.SortFunc(out, func(a, b fact) int { return cmp.Compare(a.stem, b.stem) })
	return out
}

var articles = map[string]bool{"the": true, "a": true, "an": true}

// thingsOf are the words right behind an article, by stem.
func thingsOf(text string, words []prose.Word) map[string]string {
	out := map[string]string{}
	for i, w := range words {
		if i > 0 && articles[words[i-1].Fold] && strings.TrimSpace(prose.Between(text, words[i-1], w)) == "" && !prose.Stop(w.Fold) && !w.Number {
			out[w.Stem] = text[w.Start:w.End]
		}
	}
	return out
}

// astray are the names and numbers that the source has, but not within the
// unit's scope. First words of sentences count: the subject stands there.
func (s source) astray(u unit, named, counted []fact) (out []fact) {
	for _, n := range named {
		if s.stems[n.stem] && !s.above[n.stem] && !s.has(u, n) {
			out = append(out, n)
		}
	}
	for _, n := range counted {
		if holds(s.numbers, n) && !s.has(u, n) && !s.above[n.stem] {
			out = append(out, n)
		}
	}
	return out
}

// has tells that a name or a number stands within the unit's scope.
func (s source) has(u unit, n fact) bool {
	if n.number {
		return holds(numbers(s.text, u.words), n) || holds(numbers(s.text, u.other.words), n)
	}
	return u.scope[n.stem] || similarName(u.scope, n.stem)
}
