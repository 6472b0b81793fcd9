package retrieve

import "golocal/internal/prose"

// apart is how many words further on the second word of a pair may stand.
const apart = 2

// pair is two content words that follow each other in a question, by their stems.
type pair struct {
	first, second string
	weight        float64 // the smaller of both words' idf
}

type pairs []pair

// pairsOf lists the pairs of a question. That words which stand together in the
// question stand together in the passage tells more than that both occur: Metzler
// and Croft, "A Markov Random Field Model for Term Dependencies" (2005).
func pairsOf(question string, weights prose.Weights) pairs {
	words := prose.Content(prose.Words(question))
	var out pairs
	for i := 1; i < len(words); i++ {
		if a, b := words[i-1].Stem, words[i].Stem; a != b {
			out = append(out, pair{a, b, min(weights[a], weights[b])})
		}
	}
	return out
}

// in is the share, 0 to 1, of the pairs' weight that stands together in text.
func (p pairs) in(text string) float64 {
	if len(p) == 0 {
		return 0
	}
	at := make(map[string][]int, 2*len(p)) // the numbers of the words
	for _, x := range p {
		at[x.first], at[x.second] = nil, nil
	}
	for i, w := range prose.Words(text) {
		if list, asked := at[w.Stem]; asked {
			at[w.Stem] = append(list, i)
		}
	}
	var got, all float64
	for _, x := range p {
		all += x.weight
		if together(at[x.first], at[x.second]) {
			got += x.weight
		}
	}
	if all == 0 {
		return 0
	}
	return got / all
}

// together tells whether a number of second is at most apart behind one of first;
// both ascend.
func together(first, second []int) bool {
	i := 0
	for _, at := range first {
		for i < len(second) && second[i] <= at {
			i++
		}
		if i < len(second) && second[i] <= at+apart {
			return true
		}
	}
	return false
}
