package verify

import (
	"math/rand/v2"
	"regexp"
	"strings"
)

// Kinds of error that are made of the sentences of real passages.
const (
	Joined Kind = "joined" // the subject of one sentence, and what the passage says of another
	Denied Kind = "denied" // a "not" behind the verb
)

// TextKinds are those, in the order of the report.
var TextKinds = []Kind{Joined, Denied}

// Passage is a text of a collection.
type Passage struct{ Title, Text string }

// mostPerPassage keeps long passages from making all the pairs.
const mostPerPassage = 2

var (
	sentenceEnd = regexp.MustCompile(`[.!?]["')\]]?\s+`)
	auxiliary   = regexp.MustCompile(` (?:is|was|are|were|has|had|have|became) `)
	pronoun     = regexp.MustCompile(`^(?i)(?:it|he|she|they|this|these|those|there|that|its|his|her|their|some|many|most|others?|both|all|each)\b`)
	denying     = regexp.MustCompile(`(?i)\b(?:not|no|never|none|neither|nor|without|cannot)\b|n['’ ]t\b`)
)

// FromTexts makes at most n pairs of each kind out of English passages: True is a
// sentence as it stands, Wrong the same with another subject of its passage or with a
// "not". Some that are joined are true by accident; their share tells how often a
// check sees that two things were put together, and is no share of errors.
func FromTexts(passages []Passage, n int, seed uint64) []Pair {
	random := rand.New(rand.NewPCG(seed, 0x7e47))
	var out []Pair
	made := map[Kind]int{}
	for _, at := range random.Perm(len(passages)) {
		p := passages[at]
		var says []said
		for _, s := range sentences(p.Text) {
			if x, ok := takeApart(s); ok {
				says = append(says, x)
			}
		}
		random.Shuffle(len(says), func(i, j int) { says[i], says[j] = says[j], says[i] })
		for i := 0; i+1 < len(says) && i < mostPerPassage; i++ {
			a, b := says[i], says[i+1]
			same := strings.Contains(strings.ToLower(b.whole), strings.ToLower(a.subject)) || strings.HasPrefix(strings.ToLower(a.subject), strings.ToLower(b.subject))
			if made[Joined] < n && !same {
				out = append(out, Pair{Title: p.Title, Paragraph: p.Text, True: b.whole, Wrong: a.subject + b.rest, Kind: Joined})
				made[Joined]++
			}
			if made[Denied] < n && !denying.MatchString(a.whole) {
				end := len(a.subject) + auxiliary.FindStringIndex(a.rest)[1]
				out = append(out, Pair{Title: p.Title, Paragraph: p.Text, True: a.whole, Wrong: a.whole[:end] + "not " + a.whole[end:], Kind: Denied})
				made[Denied]++
			}
		}
		if made[Joined] >= n && made[Denied] >= n {
			break
		}
	}
	return out
}

// said is a sentence taken apart before its first auxiliary verb.
type said struct{ whole, subject, rest string }

func takeApart(sentence string) (said, bool) {
	words := len(strings.Fields(sentence))
	m := auxiliary.FindStringIndex(sentence)
	if m == nil || m[0] < 2 || words < 7 || words > 40 {
		return said{}, false
	}
	subject := sentence[:m[0]]
	if len(strings.Fields(subject)) > 8 || pronoun.MatchString(subject) || strings.ContainsAny(subject, ",;:(") {
		return said{}, false
	}
	return said{sentence, subject, sentence[m[0]:]}, true
}

// sentences splits a text behind full stops.
func sentences(text string) []string {
	text = strings.Join(strings.Fields(text), " ")
	var out []string
	from := 0
	for _, m := range sentenceEnd.FindAllStringIndex(text, -1) {
		out = append(out, strings.TrimSpace(text[from:m[1]]))
		from = m[1]
	}
	return append(out, strings.TrimSpace(text[from:]))
}

// leastWritten is how many words a sentence of a written answer has at least to count.
const leastWritten = 5

// Written are the sentences of an answer that a person wrote from a passage.
func Written(p Passage, answer string) []Pair {
	var out []Pair
	for _, s := range sentences(answer) {
		if len(strings.Fields(s)) >= leastWritten {
			out = append(out, Pair{Title: p.Title, Paragraph: p.Text, True: s})
		}
	}
	return out
}

// Flagged is the share of pairs whose true sentence is not shown as supported.
func Flagged(pairs []Pair, verify Verify) float64 {
	flagged := 0
	for _, p := range pairs {
		if !verify(p.Passage(), p.True) {
			flagged++
		}
	}
	return float64(flagged) / float64(max(1, len(pairs)))
}
