package prose

import "strings"

// stop holds the English words that say nothing about what a text is about.
// Other languages need no list: their commonest words weigh next to nothing by
// their frequency (Idf).
var stop = set(`a about above after again against all also am an and any are as at be because been before being below
between both but by can cannot could did do does doing don down during each few for from further get gets got had has have having he her here hers
herself him himself his how i if in into is it its itself just kind ll me might more most much must my myself no nor not now of off on
once only or other our ours ourselves out over own please re same shall she should so some such t s than that the their theirs them
themselves then there these they this those through to too under until up upon us very was we were what when where which while who
whom whose why will with would you your yours yourself yourselves d m o ve tell give many`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// Stop tells whether a folded word is an English function word or one that
// questions are built with.
func Stop(fold string) bool { return stop[fold] }

// Content returns the words that carry meaning: all but the stop words, or all
// of them when there are only stop words ("who are we").
func Content(words []Word) []Word {
	out := make([]Word, 0, len(words))
	for _, w := range words {
		if !stop[w.Fold] {
			out = append(out, w)
		}
	}
	if len(out) == 0 {
		return words
	}
	return out
}
