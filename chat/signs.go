package chat

import (
	"slices"
	"strings"

	"golocal"
	"golocal/internal/prose"
)

// The signs that a candidate answers the question. Each is 0 to 1 save where said.
const (
	signCovered = iota // share of the question's words, by idf, that it has
	signAbove          // the same of words that only title and headings over it have
	signBefore         // the same of words that only the sentence before it has
	signAround         // the same of words that stand elsewhere in its passage
	signDense          // the same in the best dozen words of it
	signNames          // share of the question's names and numbers that it has
	signFit            // it holds the type of answer that is asked for
	signExact          // it has it where such answers stand: a full name, a name behind "in"
	signNamed          // it has a name that neither question nor title has, where the type is open
	signNear           // the same as signFit, weighed by the question's words near that answer
	signPassage        // score of its passage
	signAsks           // it is a question
	signSimilar        // cosine of its meaning with the question's; -1 to 1
	signUnder          // the same of its meaning under its title and heading
	signCount
)

// signs are what speaks for and against a candidate.
type signs [signCount]float64

// weighed is the score of a candidate.
func (s *signs) weighed(by *signs) float64 {
	sum := 0.0
	for i, v := range s {
		sum += v * by[i]
	}
	return sum
}

// Fitted so that a softmax over the candidates of a question gives those that hold
// a gold answer the most (listwise, Cao et al., Learning to Rank, 2007): questions
// on the first four articles of squad2_dev_half and the first half of nq_oracle,
// all-MiniLM-L6-v2. What asks is no answer; the collections have none to tell.
var (
	byWords = signs{
		signCovered: 2.6, signAbove: 2.39, signAround: -.44, signDense: 1.62, signNames: .82, signFit: 2.18,
		signExact: .65, signNamed: .14, signNear: 1.44, signPassage: 7.38, signAsks: -1.5,
	}
	byMeaning = signs{
		signCovered: 1.84, signAbove: 2.93, signBefore: .55, signAround: .19, signDense: 1.05, signNames: .45, signFit: 2.2,
		signExact: .71, signNamed: .22, signNear: 1.46, signPassage: 5.95, signAsks: -1.5, signSimilar: 2.37, signUnder: 3.61,
	}
)

// wanted is a question, taken apart.
type wanted struct {
	stems   map[string]bool // of all its words
	weights prose.Weights   // of its content words
	content []string        // their stems, each once, so that sums come out the same every time
	sum     float64         // of weights
	names   map[string]bool // stems of its names and numbers
	expect  prose.Expect
}

// take takes a question apart; weights come from the candidates.
func take(question string, words []prose.Word, cands []candidate) wanted {
	content := prose.Content(words)
	q := wanted{stems: prose.Stems(words), weights: localIdf(content, cands), names: map[string]bool{}, expect: prose.Expects(question)}
	for _, w := range content {
		if !slices.Contains(q.content, w.Stem) {
			q.content = append(q.content, w.Stem)
			q.sum += q.weights[w.Stem]
		}
		if w.Number || w.Capital && w.Start > 0 {
			q.names[w.Stem] = true
		}
	}
	return q
}

// measure takes the signs of every candidate, but those of meaning.
func (q wanted) measure(cands []candidate, hits []golocal.Hit) []signs {
	above, around := make([]map[string]bool, len(hits)), make([]map[string]bool, len(hits))
	for _, c := range cands {
		if around[c.hit] == nil {
			around[c.hit] = map[string]bool{}
		}
		for _, stem := range q.content {
			if c.stems[stem] {
				around[c.hit][stem] = true
			}
		}
	}
	for i, h := range hits {
		above[i] = prose.Stems(prose.Words(h.Doc.Title + "\n" + strings.Join(h.Chunk.Heading, "\n")))
	}
	out := make([]signs, len(cands))
	for i, c := range cands {
		s := &out[i]
		var before map[string]bool
		if c.before < c.start {
			before = prose.Stems(prose.Words(hits[c.hit].Chunk.Text[c.before:c.start]))
		}
		if q.sum > 0 {
			for _, stem := range q.content {
				switch v := q.weights[stem] / q.sum; {
				case c.stems[stem]:
					s[signCovered] += v
				case above[c.hit][stem]:
					s[signAbove] += v
				case before[stem]:
					s[signBefore] += v
				case around[c.hit][stem]:
					s[signAround] += v
				}
			}
		}
		s[signDense] = q.dense(c.words)
		for stem := range q.names {
			if c.stems[stem] || above[c.hit][stem] {
				s[signNames] += 1 / float64(len(q.names))
			}
		}
		s[signFit] = q.expect.Fits(c.said, prose.Unit{End: len(c.said)}, c.words, q.stems)
		s[signExact] = bit(q.exact(c, above[c.hit]))
		s[signNamed] = bit(q.expect == prose.Anything && q.named(c, above[c.hit], 1))
		s[signNear] = q.near(c)
		s[signPassage] = hits[c.hit].Score
		s[signAsks] = bit(strings.HasSuffix(c.said, "?"))
	}
	return out
}

// span is how many words a clause has, about.
const span = 12

// dense is the most of the question's weight in a run of words.
func (q wanted) dense(words []prose.Word) float64 {
	if q.sum == 0 {
		return 0
	}
	in := map[string]int{}
	now, best := 0.0, 0.0
	for i, w := range words {
		if v := q.weights[w.Stem]; v > 0 {
			if in[w.Stem]++; in[w.Stem] == 1 {
				now += v
			}
			best = max(best, now)
		}
		if i >= span-1 {
			if old := words[i-span+1].Stem; q.weights[old] > 0 {
				if in[old]--; in[old] == 0 {
					now -= q.weights[old]
				}
			}
		}
	}
	return best / q.sum
}

// near is how much of the question's weight stands within a clause of a word that
// may be the answer: of the type that is asked for, and not in the question.
func (q wanted) near(c candidate) float64 {
	if q.sum == 0 {
		return 0
	}
	best := 0.0
	for i, w := range c.words {
		if q.stems[w.Stem] || !q.may(c.said, c.words, i) {
			continue
		}
		got := 0.0
		seen := map[string]bool{}
		for j := max(0, i-span); j < min(len(c.words), i+span+1); j++ {
			if v := q.weights[c.words[j].Stem]; v > 0 && !seen[c.words[j].Stem] {
				seen[c.words[j].Stem] = true
				d := j - i
				if d < 0 {
					d = -d
				}
				got += v * (1 - float64(d)/(2*span))
			}
		}
		best = max(best, got)
	}
	return best / q.sum
}

// exact tells that a candidate holds an answer of the type that is asked for where
// such answers stand.
func (q wanted) exact(c candidate, above map[string]bool) bool {
	switch q.expect {
	case prose.Person:
		return q.named(c, above, 2)
	case prose.Location:
		for i, w := range c.words[:max(0, len(c.words)-1)] {
			switch w.Fold {
			case "in", "at", "near", "from", "to", "of", "im", "bei", "aus", "nach":
				next := c.words[i+1]
				if next.Fold == "the" && i+2 < len(c.words) {
					next = c.words[i+2]
				}
				if next.Capital && !q.stems[next.Stem] && !prose.Month(next.Fold) && w.Fold != "of" {
					return true
				}
			}
		}
	}
	return false
}

// named tells that a candidate has a run of at least most capitalised words that
// stand neither in the question nor above it and don't open the sentence.
func (q wanted) named(c candidate, above map[string]bool, most int) bool {
	capitals := 0
	for _, w := range c.words {
		capitals += int(bit(w.Capital))
	}
	if 2*capitals > len(c.words) {
		return false // a title or shouting: capitals tell nothing
	}
	run := 0
	for i, w := range c.words {
		if !w.Capital || q.stems[w.Stem] || above[w.Stem] || prose.Stop(w.Fold) || prose.Month(w.Fold) || i == 0 && most == 1 {
			run = 0
			continue
		}
		if run > 0 && strings.Trim(prose.Between(c.said, c.words[i-1], w), " .-’'") != "" {
			run = 0
		}
		if run++; run >= most {
			return true
		}
	}
	return false
}

// may tells that a word can be what the question asks for.
func (q wanted) may(text string, words []prose.Word, i int) bool {
	w := words[i]
	switch q.expect {
	case prose.Count, prose.Duration, prose.Time:
		return q.expect.Fits(text, prose.Unit{Start: w.Start, End: w.End}, words[i:i+1], q.stems) > 0
	case prose.Person, prose.Location:
		return w.Capital && !prose.Stop(w.Fold) && (i > 0 || len(words) > 1 && words[1].Capital)
	}
	return !prose.Stop(w.Fold)
}

func bit(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
