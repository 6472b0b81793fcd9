package prose

import "strings"

// Expect is the type of answer that a question asks for.
type Expect uint8

// The types of answer; the classes of Li and Roth (Learning Question
// Classifiers, 2002) that can be told from the words alone.
const (
	Anything Expect = iota
	Person          // who
	Time            // when, what year
	Count           // how many, how much
	Duration        // how long, how old
	Location        // where
	Steps           // how to, what are the steps
)

// Expects reads the type from the question's words; the first that fits counts.
func Expects(question string) Expect {
	q := " " + strings.Join(folds(Words(question)), " ") + " "
	// "What happens when I leave?" asks what: a pronoun behind another question
	// word joins clauses.
	leads := q
	for _, w := range []string{" what ", " which ", " why ", " how "} {
		if i := strings.Index(leads, w); i >= 0 {
			leads = leads[:i+1]
		}
	}
	in := func(q string, phrases ...string) bool {
		for _, p := range phrases {
			if strings.Contains(q, " "+p+" ") {
				return true
			}
		}
		return false
	}
	has := func(phrases ...string) bool { return in(q, phrases...) }
	switch {
	case has("how many", "how much", "what percentage", "what percent", "what number", "how large", "how big", "how high", "how tall", "how far",
		"how fast", "how often", "what is the price", "how expensive", "wie viele", "wie viel", "combien", "cuantos", "cuantas"):
		return Count
	case has("how long", "how old"):
		return Duration
	case in(leads, "when", "wann", "quand", "cuando"), has("what year", "which year", "what date", "what day", "what century", "which century", "what decade", "what month"):
		return Time
	case in(leads, "who", "whom", "whose", "wer", "wem", "qui", "quien"):
		return Person
	case in(leads, "where", "wo", "ou", "donde"), has("what country", "what city", "which country", "which city", "in what place"):
		return Location
	case has("how do i", "how do we", "how can i", "how to", "how should i", "what are the steps", "what steps"):
		return Steps
	}
	return Anything
}

func folds(words []Word) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.Fold
	}
	return out
}

var numerals = set(`one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen half third quarter twice once none zero
several unlimited both single couple`)

var months = set(`january february march april june july august september october november december monday tuesday wednesday thursday friday
saturday sunday century decade year years today yesterday tomorrow annually yearly monthly weekly daily spring summer autumn winter`)

var durations = set(`second seconds minute minutes hour hours day days week weeks month months year years decade decades century centuries`)

// Fits tells, 0 to 1, how well unit u of text, whose words are given, holds what
// e asks for in words that the question (its stems) has not: the number of a
// "how many", the name of a "who".
func (e Expect) Fits(text string, u Unit, words []Word, question map[string]bool) float64 {
	if e == Anything {
		return 0
	}
	var number, year, month, span, name bool
	counted := 0
	for i, w := range words {
		if question[w.Stem] {
			continue
		}
		switch {
		case Digits(w.Fold) != "":
			number = true
			counted = max(counted, counts(words, i, question))
			year = year || len(w.Fold) == 4 && (w.Fold[0] == '1' || w.Fold[0] == '2') || strings.HasSuffix(w.Fold, "th") || strings.HasSuffix(w.Fold, "0s")
			span = span || i+1 < len(words) && durations[words[i+1].Fold] || i+2 < len(words) && durations[words[i+2].Fold]
		case numerals[w.Fold]:
			number = true
			counted = max(counted, counts(words, i, question))
			span = span || i+1 < len(words) && durations[words[i+1].Fold]
		case months[w.Fold], w.Capital && (w.Fold == "may" || w.Fold == "march"):
			month = true
		case w.Capital && i > 0 && !Stop(w.Fold) && !strings.ContainsAny(Between(text, words[i-1], w), ".!?:\n"):
			name = true
		case w.Capital && i == 0 && !Stop(w.Fold) && len(words) > 1 && words[1].Capital:
			name = true
		}
	}
	sentence := text[u.Start:u.End]
	switch e {
	case Count:
		return max(when(counted > 1 || number && strings.ContainsAny(sentence, "%$€£"), 1), when(counted == 1, .8), when(number, .6))
	case Duration:
		return max(when(span, 1), when(number, .6))
	case Time:
		return max(when(year, 1), when(month, .8), when(number, .4))
	case Person, Location:
		return when(name, 1)
	case Steps:
		for line := range strings.Lines(sentence) {
			if bullet(strings.TrimSpace(line)) > 0 {
				return 1
			}
		}
	}
	return 0
}

// Month tells that a folded word is the name of a month or day, or another word
// that dates are made of.
func Month(fold string) bool { return months[fold] || fold == "may" }

// counts tells how many words that the question names stand right behind the
// number words[i]: "20 days of vacation" has more of them than "27 days at once".
func counts(words []Word, i int, question map[string]bool) int {
	n := 0
	for _, w := range words[i+1 : min(i+4, len(words))] {
		if question[w.Stem] && !Stop(w.Fold) {
			n++
		}
	}
	return n
}

// Digits is the number that a folded word begins with when the word is one:
// "20", "20th", "401k", "5pm". "37signals" and "B12" are names.
func Digits(fold string) string {
	n := 0
	for n < len(fold) && fold[n] >= '0' && fold[n] <= '9' {
		n++
	}
	if len(fold)-n > 2 {
		return ""
	}
	return fold[:n]
}

func when(ok bool, v float64) float64 {
	if ok {
		return v
	}
	return 0
}
