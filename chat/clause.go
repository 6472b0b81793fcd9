package chat

import (
	"cmp"
	"slices"
	"strings"

	"golocal/internal/prose"
)

// clause is a statement taken apart at its verb: what it speaks of, and what it says
// of it. All words are such that mean something.
type clause struct {
	subject []prose.Word
	lead    []prose.Word // before the comma that the subject stands behind
	said    []prose.Word
}

// clauseOf takes the first clause of a statement apart; false where it sees no verb,
// or may see the wrong one: in a subordinate clause, behind a preposition or before
// "that".
func clauseOf(text string, words []prose.Word) (clause, bool) {
	if len(words) == 0 || opensClause[words[0].Fold] {
		return clause{}, false
	}
	content := substance(words)
	from := 0
	for i := 1; i < len(words); i++ {
		w := words[i]
		switch {
		case opensClause[w.Fold]:
			return clause{}, false
		case strings.ContainsAny(prose.Between(text, words[i-1], w), ",;:") && !verbs[w.Fold] && len(between(content, words[from:i])) > 0:
			from = i
		}
		said := words[i:]
		switch {
		case verbs[w.Fold]:
			said = said[1:]
		case !past(words, i):
			continue
		}
		c := clause{subject: between(content, words[from:i]), lead: between(content, words[:from]), said: between(content, said[:clauseEnd(said)])}
		reports := i+1 < len(words) && words[i+1].Fold == "that"
		return c, len(c.subject) > 0 && len(c.said) > 0 && !leadsIn[words[from].Fold] && !reports
	}
	return clause{}, false
}

// clauseEnd is how many of the words belong to the clause that they begin in: another
// one has a verb of its own behind "and".
func clauseEnd(words []prose.Word) int {
	for i, w := range words {
		if !joins[w.Fold] {
			continue
		}
		for k := i + 2; k < min(len(words), i+2+window/2); k++ {
			if verbs[words[k].Fold] || past(words, k) {
				return i
			}
		}
	}
	return len(words)
}

// substance are the words that mean something, none where there are none.
func substance(words []prose.Word) []prose.Word {
	c := prose.Content(words)
	if len(c) > 0 && prose.Stop(c[0].Fold) {
		return nil
	}
	return c
}

// between are those of content that stand within a run of words.
func between(content, run []prose.Word) []prose.Word {
	if len(run) == 0 {
		return nil
	}
	by := func(w prose.Word, at int) int { return cmp.Compare(w.Start, at) }
	a, _ := slices.BinarySearchFunc(content, run[0].Start, by)
	b, _ := slices.BinarySearchFunc(content, run[len(run)-1].End, by)
	return content[a:b]
}

// past tells that words[i] looks like the past of a verb behind what it is said of.
func past(words []prose.Word, i int) bool {
	w := words[i]
	if w.Capital || w.Number || prose.Stop(words[i-1].Fold) {
		return false
	}
	_, known := irregular[w.Fold]
	return known || len(w.Fold) > 4 && strings.HasSuffix(w.Fold, "ed")
}

// opensClause are the words that a clause of another kind begins with: its first verb
// need not be said of what stands before it.
var opensClause = wordSet("because but although though while when if that where whereas since as weil aber obwohl wahrend wenn dass wo da als")

// joins are the words that put two clauses beside each other.
var joins = wordSet("and or but while whereas und oder aber")

// leadsIn are the prepositions: what follows them is no subject.
var leadsIn = wordSet(`in at on by from to of for with without under over after before during between through since until among against about within along
im am an auf aus bei beim mit nach seit vor zwischen durch unter uber ohne fur gegen wahrend laut`)

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
