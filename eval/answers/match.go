package answers

import (
	"strings"
	"unicode"
)

// normal is a text as SQuAD compares answers (Rajpurkar et al. 2016, arXiv
// 1606.05250): lower case, without English articles and punctuation, its words
// one space apart and one around. Unlike SQuAD's script it takes punctuation for
// a gap, since an answer is looked for in a sentence here: "1912" stands in
// "1912–14", and must not be found in "191200".
func normal(text string) string {
	var out strings.Builder
	out.WriteByte(' ')
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r)
	}) {
		if word != "a" && word != "an" && word != "the" {
			out.WriteString(word)
			out.WriteByte(' ')
		}
	}
	return out.String()
}

// holds tells whether one of the gold answers stands in quote, in whole words.
func holds(quote string, answers []string) bool {
	in := normal(quote)
	for _, a := range answers {
		if a = normal(a); a != " " && strings.Contains(in, a) {
			return true
		}
	}
	return false
}

// least is the shortest run of words that is no accident.
const least = 5

// overlaps tells whether quote and one of the gold sentences share a run of words
// that is at least half of the shorter one, and at least five words or the whole
// gold sentence.
func overlaps(quote string, support []string) bool {
	q := strings.Fields(normal(quote))
	for _, s := range support {
		g := strings.Fields(normal(s))
		if n := run(q, g); n > 0 && 2*n >= min(len(q), len(g)) && n >= min(least, len(g)) {
			return true
		}
	}
	return false
}

// run is the length of the longest run of words that a and b share.
func run(a, b []string) int {
	longest := 0
	before := make([]int, len(b)+1) // by word of b: the run that ends there and at a's last word
	for _, w := range a {
		now := make([]int, len(b)+1)
		for j, v := range b {
			if v == w {
				now[j+1] = before[j] + 1
				longest = max(longest, now[j+1])
			}
		}
		before = now
	}
	return longest
}
