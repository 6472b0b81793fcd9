// Package own measures golocal on the user's own files: it makes questions from
// sentences of them, asks, and sees whether the file is found, the right sentence
// quoted, and the question refused once the file is withheld. It only reads.
package own

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golocal/internal/prose"
)

// Sizes of sentences that questions are made from, words.
const (
	fewestWords = 7
	mostWords   = 45
	fewestKept  = 4  // content words of a question: people name about as many
	fewestRare  = 2  // of them that few documents have
	longestAsk  = 16 // words of a question
)

// Cloze is a question made from a sentence by leaving a word out.
type Cloze struct {
	Question string
	Answer   string   // what was left out, as it stands
	Rest     []string // stems of the content words that are kept
}

// rarity tells in how many of the documents that were looked at a stem stands.
type rarity struct {
	in    map[string]int
	total int
}

// rare is a word of few documents: at most one in twenty, or one alone.
func (r rarity) rare(stem string) bool {
	n := r.in[stem]
	return n <= 1 || n*20 <= r.total
}

// cloze makes a question of a sentence: it leaves out a number, a year, a name
// or the rarest word, puts a question word there, and keeps only the words around
// it that tell what is asked, because nobody asks in whole sentences of the file.
// ok is false where the sentence does not carry one: too short or long, a
// question itself, no word to leave out, or too little that is rare beside it.
// Sentences in other languages than English get a gap, "___".
func cloze(sentence string, r rarity) (_ Cloze, ok bool) {
	sentence = strings.Join(strings.Fields(sentence), " ")
	words := prose.Words(sentence)
	if len(words) < fewestWords || len(words) > mostWords || !plainSentence(sentence) {
		return Cloze{}, false
	}
	out, kind := leave(sentence, words, r)
	if kind == none {
		return Cloze{}, false
	}
	first, last, ok := window(words, out, r)
	if !ok {
		return Cloze{}, false
	}
	c := Cloze{Answer: sentence[words[out.from].Start:words[out.to].End]}
	kept := newKept(words, out, r)
	for i := first; i <= last; i++ {
		if kept.add(i) {
			c.Rest = append(c.Rest, words[i].Stem)
		}
	}
	gap := "___"
	if isEnglish(words) {
		gap = kind.ask(sentence, words, out)
	}
	before, after := sentence[words[first].Start:words[out.from].Start], sentence[words[out.to].End:words[last].End]
	if strings.HasPrefix(after, "%") {
		gap, after = strings.Replace(gap, "what number", "what percentage", 1), after[1:]
	}
	// What opens before the gap and closes behind it, or the other way, would be left alone.
	c.Question = strings.Join(strings.Fields(strings.Map(unbracket, before)+gap+strings.Map(unbracket, after)), " ")
	c.Question = strings.ReplaceAll(c.Question, " ,", ",")
	c.Question = capital(strings.Trim(c.Question, " ,;:-–—.")) + "?"
	return c, true
}

// kept counts the content words of a question.
type kept struct {
	words         []prose.Word
	out           part
	r             rarity
	answer, seen  map[string]bool
	content, rare int
}

func newKept(words []prose.Word, out part, r rarity) *kept {
	k := &kept{words: words, out: out, r: r, answer: map[string]bool{}, seen: map[string]bool{}}
	for _, w := range words[out.from : out.to+1] {
		k.answer[w.Stem] = true
	}
	return k
}

// add counts word i and tells whether it is a content word that is new.
func (k *kept) add(i int) bool {
	w := k.words[i]
	if prose.Stop(w.Fold) || k.seen[w.Stem] || k.answer[w.Stem] {
		return false
	}
	k.seen[w.Stem] = true
	k.content++
	if k.r.rare(w.Stem) {
		k.rare++
	}
	return true
}

func (k *kept) enough() bool { return k.content >= fewestKept && k.rare >= fewestRare }

// window bounds the fewest words around what is left out that hold enough to be
// asked by, a word to the left and one to the right in turn, and then goes back
// to the start of a phrase. ok is false where the whole sentence holds too little.
func window(words []prose.Word, out part, r rarity) (first, last int, ok bool) {
	k := newKept(words, out, r)
	first, last = out.from, out.to
	for left := true; !k.enough(); left = !left {
		canLeft, canRight := first > 0, last+1 < len(words)
		switch {
		case !canLeft && !canRight || last-first+1 >= longestAsk:
			return 0, 0, false
		case left && canLeft || !canRight:
			first--
			k.add(first)
		default:
			last++
			k.add(last)
		}
	}
	for last+1 < len(words) && prose.Stop(words[last].Fold) { // not to end on "of the"
		last++
	}
	for first > 0 && last-first < longestAsk && prose.Stop(words[first-1].Fold) { // to begin with "the", "in the"
		first--
	}
	for first < out.from && loose[words[first].Fold] {
		first++
	}
	return first, last, true
}

// loose words tie a phrase to what stands before it.
var loose = map[string]bool{"and": true, "or": true, "but": true, "so": true, "because": true, "of": true, "that": true, "which": true, "who": true, "as": true, "than": true, "then": true}

// unbracket puts spaces in the place of quotes and brackets.
func unbracket(r rune) rune {
	if strings.ContainsRune("()[]{}\"“”„«»*`", r) {
		return ' '
	}
	return r
}

// english words tell the language: each is common there and in no neighbour.
var english = map[string]bool{"the": true, "of": true, "and": true, "with": true, "from": true, "by": true, "for": true, "to": true, "are": true}

// isEnglish tells whether an English question word fits a sentence.
func isEnglish(words []prose.Word) bool {
	stops := 0
	for _, w := range words {
		if english[w.Fold] {
			return true
		}
		if prose.Stop(w.Fold) {
			stops++
		}
	}
	return stops >= 2
}

// plainSentence is one that ends as sentences do and has no markup, address or
// table in it.
func plainSentence(s string) bool {
	if !strings.ContainsAny(s[len(s)-1:], ".!") && !strings.HasSuffix(s, "。") && !strings.HasSuffix(s, ".\"") && !strings.HasSuffix(s, ".”") {
		return false
	}
	if strings.ContainsAny(s, "|<>{}=\\_/") || strings.Contains(s, "](") || strings.HasPrefix(s, "#") || strings.HasPrefix(s, "!") {
		return false
	}
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) || r == ' ' {
			letters++
		}
	}
	return letters*10 >= utf8.RuneCountInString(s)*8
}

// part are the words from to to, both included.
type part struct{ from, to int }

// left is the kind of word that is left out.
type left uint8

const (
	none left = iota
	number
	year
	name
	thing
)

// leave chooses the words to leave out, at neither end of the sentence where it
// can.
func leave(sentence string, words []prose.Word, r rarity) (part, left) {
	alone := func(i int) bool { // not part of 3.5, 12:30 or a word with a hyphen
		before, after := "", ""
		if i > 0 {
			before = prose.Between(sentence, words[i-1], words[i])
		}
		if i+1 < len(words) {
			after = prose.Between(sentence, words[i], words[i+1])
		}
		glued := func(s string, edge bool) bool { return !edge && !strings.Contains(s, " ") }
		return !glued(before, i == 0) && !glued(after, i+1 == len(words))
	}
	for i, w := range words {
		if w.Number && alone(i) && strings.Trim(w.Fold, "0123456789") == "" {
			if len(w.Fold) == 4 && (w.Fold[0] == '1' || w.Fold[0] == '2') {
				return part{i, i}, year
			}
			return part{i, i}, number
		}
	}
	for i := 1; i < len(words); i++ { // the first word is written large in any case
		w := words[i]
		if !w.Capital || w.Number || prose.Stop(w.Fold) || len(w.Fold) < 3 || !alone(i) {
			continue
		}
		j := i
		for j+1 < len(words) && words[j+1].Capital && !words[j+1].Number && prose.Between(sentence, words[j], words[j+1]) == " " {
			j++
		}
		if j-i < 4 && i > 1 {
			return part{i, j}, name
		}
		i = j
	}
	best, most := -1, 0.0
	for i := 1; i < len(words); i++ {
		w := words[i]
		if prose.Stop(w.Fold) || w.Number || len(w.Fold) < 4 || !alone(i) || !r.rare(w.Stem) {
			continue
		}
		if v := prose.Idf(r.in[w.Stem], r.total) + float64(i)/1e6; v > most { // the later of equals: what is said, not of what
			best, most = i, v
		}
	}
	if best < 0 {
		return part{}, none
	}
	return part{best, best}, thing
}

// ask is the question word for what is left out.
func (l left) ask(sentence string, words []prose.Word, p part) string {
	// A word that may be what is counted or named follows at once.
	follows := p.to+1 < len(words) && !prose.Stop(words[p.to+1].Fold) && prose.Between(sentence, words[p.to], words[p.to+1]) == " "
	switch l {
	case number:
		if follows {
			return "how many"
		}
		return "what number"
	case year:
		return "what year"
	}
	if follows {
		return "which"
	}
	if l == name {
		return "who or what"
	}
	return "what"
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || r == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// candidate is a sentence that a question can be made from.
type candidate struct {
	sentence string
	Cloze
}

// candidates are the sentences of a text that carry a question, in its order.
// Only those count that no other text looks like: in none of others is every
// word of the rest.
func candidates(text string, layout prose.Layout, r rarity, others []map[string]bool) []candidate {
	var out []candidate
	for _, u := range prose.Units(text, layout) {
		if u.Kind != prose.Sentence && u.Kind != prose.Item {
			continue
		}
		s := text[u.Start:u.End]
		if u.Kind == prose.Item {
			s = s[prose.Bullet(s):]
		}
		c, ok := cloze(s, r)
		if !ok {
			continue
		}
		elsewhere := slices.ContainsFunc(others, func(stems map[string]bool) bool {
			return !slices.ContainsFunc(c.Rest, func(s string) bool { return !stems[s] })
		})
		if !elsewhere {
			out = append(out, candidate{s, c})
		}
	}
	return out
}
