package prose

import "math"

// Idf is the inverse document frequency of a word that stands in n of total
// passages, in the form BM25 uses; it is never negative (Robertson and Zaragoza,
// The Probabilistic Relevance Framework, 2009, section 3.2).
func Idf(n, total int) float64 {
	return math.Log(1 + (float64(max(total-n, 0))+.5)/(float64(n)+.5))
}

// Weights maps the stems of a question's content words to their weight.
type Weights map[string]float64

// Weigh gives each content word of words its idf: counts[i] is in how many of
// total passages words[i] occurs. Without counts every word weighs 1.
func Weigh(words []Word, counts []int, total int) Weights {
	w := make(Weights, len(words))
	for i, x := range words {
		v := 1.0
		if i < len(counts) && total > 0 {
			v = Idf(counts[i], total)
		}
		if v > w[x.Stem] {
			w[x.Stem] = v
		}
	}
	return w
}

// Share is how much of the weight of words stands in one of the sets of stems, 0 to 1; 0
// where they weigh nothing.
func (w Weights) Share(words []Word, in ...map[string]bool) float64 {
	got, all := 0.0, 0.0
	for _, x := range words {
		all += w[x.Stem]
		for _, m := range in {
			if m[x.Stem] {
				got += w[x.Stem]
				break
			}
		}
	}
	if all == 0 {
		return 0
	}
	return got / all
}

// Sum is the weight of all words.
func (w Weights) Sum() float64 {
	var s float64
	for _, v := range w {
		s += v
	}
	return s
}

// Coverage is the share of the weight, 0 to 1, that the stems have; 0 when
// nothing weighs anything.
func (w Weights) Coverage(stems map[string]bool) float64 {
	var got, all float64
	for s, v := range w {
		all += v
		if stems[s] {
			got += v
		}
	}
	if all == 0 {
		return 0
	}
	return got / all
}

// Stems is the set of the words' stems.
func Stems(words []Word) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w.Stem] = true
	}
	return m
}
