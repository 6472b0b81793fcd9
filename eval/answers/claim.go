package answers

import (
	"slices"
	"strings"
	"unicode"
)

// held judges whether a paragraph says a claim, stricter than the check of answers
// and by none of its code: it follows the words' order, which that check does not.
// A claim is held where
//
//   - each of its numbers stands in the paragraph, number words as digits;
//   - so does each of its words that begins with a capital, behind the first;
//   - one run of two sentences of the paragraph has at least three quarters of its
//     words in the same order: words of less than three letters and the commonest
//     do not count, and two are the same where they differ in their endings only;
//   - and the claim denies something exactly where that run does.
//
// A claim of fewer than three such words is not judged so: it says nothing but
// that it answers the question (see gives).
//
// It errs on the side of not held: a passive for an active is another order.
func held(claim, paragraph string) bool {
	said := words(claim)
	if len(content(said)) < 3 {
		return false
	}
	all := words(paragraph)
	stands := map[string]bool{}
	for _, w := range all {
		stands[w.key] = true
	}
	for i, w := range said {
		if (w.number || w.capital && i > 0) && !stands[w.key] {
			return false
		}
	}
	for _, run := range runs(paragraph) {
		if most := common(content(said), content(run)); 4*most >= 3*len(content(said)) && denies(said) == denies(run) {
			return true
		}
	}
	return false
}

// gives tells whether a claim is a gold answer in the question's own words: people
// have judged that the paragraph answers it so.
func gives(claim, question, paragraph string, gold []string) bool {
	if !holds(claim, gold) || !holds(paragraph, gold) || denies(words(claim)) != denies(words(question)) {
		return false
	}
	known := map[string]bool{}
	for _, w := range words(question + "\n" + strings.Join(gold, "\n")) {
		known[w.key] = true
	}
	return !slices.ContainsFunc(content(words(claim)), func(w word) bool { return !known[w.key] })
}

// word is a word of a claim or a paragraph.
type word struct {
	key             string // as it is compared
	number, capital bool
	plain           bool // says nothing by itself
	no              bool // denies
}

var (
	plain   = list("the and was were are has had have been being for with that this these those its his her their they she from which who whom whose what when where there then than also into upon onto but not all any some such can could will would shall should may might did does our your you him")
	denials = list("no not never none nobody nothing neither nor without cannot")
	digits  = map[string]string{"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12"}
)

func list(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// words are a text's words in order.
func words(text string) []word {
	var out []word
	text = strings.NewReplacer("’", "'", "n't", " not", "'s", "").Replace(text)
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '.' && r != ','
	}) {
		if w = strings.Trim(w, ".,"); w == "" {
			continue
		}
		pieces := []string{w}
		if !strings.ContainsFunc(w, unicode.IsDigit) { // commas and points part words, not numbers
			pieces = strings.FieldsFunc(w, func(r rune) bool { return r == '.' || r == ',' })
		}
		for _, p := range pieces {
			low := strings.ToLower(p)
			x := word{key: ending(low), capital: unicode.IsUpper([]rune(p)[0]), plain: len([]rune(low)) < 3 || plain[low], no: denials[low]}
			if d, ok := digits[low]; ok {
				x.key, x.number = d, true
			}
			if strings.ContainsFunc(p, unicode.IsDigit) {
				x.key, x.number, x.plain = strings.ReplaceAll(low, ",", ""), true, false
			}
			out = append(out, x)
		}
	}
	return out
}

// ending cuts off what words of one kind differ in: "settled", "settle", "settles".
func ending(w string) string {
	for _, e := range []string{"ing", "ed", "es", "s", "ly", "e"} {
		if rest := strings.TrimSuffix(w, e); rest != w && len(rest) >= 3 {
			return rest
		}
	}
	return w
}

func content(ws []word) []word {
	return slices.DeleteFunc(slices.Clone(ws), func(w word) bool { return w.plain || w.no })
}

func denies(ws []word) bool { return slices.ContainsFunc(ws, func(w word) bool { return w.no }) }

// runs are each sentence of a text with the next.
func runs(text string) [][]word {
	var sentences [][]word
	for s := range strings.FieldsFuncSeq(strings.NewReplacer(". ", "\n", "? ", "\n", "! ", "\n", "; ", "\n").Replace(text), func(r rune) bool { return r == '\n' }) {
		if ws := words(s); len(ws) > 0 {
			sentences = append(sentences, ws)
		}
	}
	var out [][]word
	for i, s := range sentences {
		out = append(out, s)
		if i+1 < len(sentences) {
			out = append(out, append(slices.Clone(s), sentences[i+1]...))
		}
	}
	return out
}

// common is how many words of a stand in b in the same order (the longest common
// subsequence).
func common(a, b []word) int {
	before := make([]int, len(b)+1)
	for _, w := range a {
		now := make([]int, len(b)+1)
		for j, v := range b {
			if now[j+1] = max(now[j], before[j+1]); w.key == v.key {
				now[j+1] = max(now[j+1], before[j]+1)
			}
		}
		before = now
	}
	return before[len(b)]
}
