package chat

import (
	"cmp"
	"slices"

	"golocal/internal/prose"
)

// likeness compares what sentences mean with the units of the sources of one answer,
// each of which is embedded once.
type likeness struct {
	// embed gives unit vectors of one space for texts, nil when it cannot.
	embed   func(texts []string) [][]float32
	vectors map[unitKey][]float32
	failed  bool
}

// unitKey is the index of a source, and of a unit in it.
type unitKey struct{ source, unit int }

// Limits of likeness. Of eight sentences that people wrote about their passages in too
// few of its words, half lie above .81; of 40 that small models made up, nine tenths
// below .71 (all-MiniLM-L6-v2, clapnq_dev and squad2_dev_half).
const (
	sameMeaning = .75 // cosine from which a unit says what a sentence says
	clearly     = .15 // how much nearer it must be than the middle of the others: spaces differ
	likened     = 32  // units compared with one sentence
)

// inOtherWords finds the unit that says what a sentence does, where the words alone did
// not show it: a paraphrase, or an answer in another language than its source. Its
// numbers and names must stand there as well, and neither may deny what the other says.
// nil where there is none.
func (v *verifier) inOtherWords(text string, words []prose.Word) *findings {
	if v.likeness == nil || v.likeness.failed {
		return nil
	}
	keys := v.nearest(words)
	sims := v.likeness.compare(text, keys, func(k unitKey) string {
		s := v.sources[k.source]
		return s.text[s.units[k.unit].start:s.units[k.unit].end]
	})
	if len(sims) == 0 {
		return nil
	}
	best := 0
	for i, x := range sims {
		if x > sims[best] {
			best = i
		}
	}
	others := slices.Clone(sims)
	slices.Sort(others)
	if sims[best] < sameMeaning || len(sims) > 2 && sims[best]-others[len(others)/2] < clearly {
		return nil
	}
	s := v.sources[keys[best].source]
	u := s.units[keys[best].unit]
	facts := numbers(text, words)
	if languageOf(text) != "de" { // whose nouns all look like names
		facts = append(facts, names(text, words)...)
	}
	for _, n := range facts {
		if (n.number || !n.first) && !s.has(u, n) && !s.above[n.stem] {
			return nil
		}
	}
	if denied(text, words).any != denied(s.text[:u.end], u.words).any {
		return nil
	}
	return &findings{source: keys[best].source, start: u.start, end: u.end, coverage: someCoverage}
}

// nearest are the units that have most words of a sentence, then those of the best
// sources.
func (v *verifier) nearest(words []prose.Word) []unitKey {
	weights := prose.Weights{}
	content := substance(words)
	for _, w := range content {
		weights[w.Stem] = prose.Idf(v.idf[w.Stem], v.pieces)
	}
	type candidate struct {
		unitKey
		share float64
	}
	var all []candidate
	for i, s := range v.sources {
		for j, u := range s.units {
			if len(substance(u.words)) >= leastWords && u.end-u.start <= maxQuote {
				all = append(all, candidate{unitKey{i, j}, weights.Share(content, u.stems)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.share, a.share) })
	keys := make([]unitKey, min(likened, len(all)))
	for i := range keys {
		keys[i] = all[i].unitKey
	}
	return keys
}

// compare gives the cosine of a text with each unit; nil when nothing can embed.
func (l *likeness) compare(text string, keys []unitKey, textOf func(unitKey) string) []float64 {
	texts := []string{text}
	var fresh []unitKey
	for _, k := range keys {
		if l.vectors[k] == nil {
			fresh = append(fresh, k)
			texts = append(texts, textOf(k))
		}
	}
	got := l.embed(texts)
	if len(got) != len(texts) {
		l.failed = true // not again for each sentence
		return nil
	}
	for i, k := range fresh {
		l.vectors[k] = got[i+1]
	}
	vectors := make([][]float32, len(keys))
	for i, k := range keys {
		vectors[i] = l.vectors[k]
	}
	return cosine(got[0], vectors)
}
