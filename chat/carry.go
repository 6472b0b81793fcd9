package chat

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golocal"
	"golocal/internal/prose"
)

// role is what a pronoun stands for.
type role uint8

const (
	person  role = iota + 1 // he, she
	thing                   // it, they, this
	owner                   // its, their
	where                   // there
	perhaps                 // a word that is a pronoun in some questions only
)

// pronouns of English and German, folded.
var pronouns = map[string]role{
	"he": person, "she": person, "him": person, "his": owner, "her": owner, "hers": owner,
	"it": thing, "they": thing, "them": thing, "its": owner, "their": owner, "theirs": owner,
	"this": thing, "that": thing, "these": thing, "those": thing, "one": perhaps, "ones": perhaps, "there": where,
	"er": person, "ihn": person, "ihm": person, "sie": thing, "es": thing, "ihnen": thing, "ihr": owner, "ihre": owner, "ihren": owner, "ihrer": owner, "ihrem": owner,
	"sein": owner, "seine": owner, "seinen": owner, "seiner": owner, "seinem": owner,
	"diese": thing, "dieser": thing, "dieses": thing, "diesen": thing, "dort": where, "dorthin": where, "da": where,
	"dafur": thing, "damit": thing, "davon": thing, "daruber": thing, "dazu": thing, "daran": thing, "darin": thing,
}

// joints are words that tie a question to what was said.
var joints = []string{"and", "but", "or", "also", "so", "then", "und", "aber", "oder", "auch", "dann"}

// topics open a question that names a topic alone.
var topics = []string{"what about", "how about", "what if", "what of", "was ist mit", "wie ist es mit", "wie steht es mit", "wie sieht es mit", "wie sieht's mit", "wie war's mit"}

// leans tells that a question points back: it has a pronoun without a name of its
// own, opens like a continuation, or has hardly a word that means something.
func leans(question string) bool {
	words := prose.Words(question)
	if len(words) == 0 {
		return false
	}
	if slices.Contains(joints, words[0].Fold) && words[0].Fold != "so" && words[0].Fold != "then" {
		return true
	}
	lower := strings.ToLower(oneLine(question))
	for _, p := range append(topics, "why not", "what else", "tell me more", "anything else", "sonst noch", "mehr davon") {
		if strings.HasPrefix(lower, p) {
			return true
		}
	}
	content, points := 0, false
	for i, w := range words {
		if stands(question, words, i) {
			points = true
		}
		if !prose.Stop(w.Fold) && pronouns[w.Fold] == 0 && !germanStop[w.Fold] {
			content++
		}
	}
	return points && content <= 5 || content <= 1 && len(words) <= 5
}

// germanStop are words of German questions that say nothing about their subject.
var germanStop = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`wie was wer wo wann warum welche welcher welches wieviel viel viele lange oft ist sind war wird werden kann darf muss hat haben gibt der die das den dem des ein eine einen einem einer ich man wir
		in im am an auf fur von vom zu zum zur mit bei nach und oder nicht auch`) {
		m[w] = true
	}
	return m
}()

// stands tells whether a word is a pronoun that stands for something said before.
func stands(text string, words []prose.Word, i int) bool {
	w := words[i]
	kind := pronouns[w.Fold]
	if kind == 0 {
		return false
	}
	next := ""
	if i+1 < len(words) {
		next = words[i+1].Fold
	}
	before := ""
	if i > 0 {
		before = words[i-1].Fold
	}
	switch w.Fold {
	case "sie", "ihnen", "ihr", "ihre", "ihren", "ihrer", "ihrem":
		return !w.Capital || i == 0 && w.Fold != "sie" // the polite form
	case "es":
		return before != "gibt" && before != "geht" && next != "gibt"
	case "there":
		return before != "is" && before != "are" && before != "was" && before != "were" && next != "is" && next != "are"
	case "that":
		return i == 0 || !prose.Stop(next) || next == "" || auxiliary[next]
	case "da", "er", "one", "ones":
		return kind != perhaps && w.Fold != "da" || kind == where && i > 0
	case "it":
		return true
	}
	return kind != perhaps
}

var auxiliary = map[string]bool{"is": true, "are": true, "was": true, "were": true, "do": true, "does": true, "did": true, "can": true, "could": true, "will": true, "would": true, "should": true, "has": true, "have": true, "may": true, "must": true}

// generic are verbs that questions are made with: no subject of one.
var generic = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`get take have need pay cost do make work happen say mean apply use start begin end open close go come find buy want allow allowed offer include contain live write wrote written invented founded built build
		made know tell show last count exist possible much many long often far old big high bekomme bekommt kostet kosten dauert zahlt bezahlt gilt gelten liegt beginnt endet offnet schliesst brauche braucht geschrieben schrieb schickt`) {
		m[w] = true
	}
	return m
}()

// carry is a question that leans on the conversation, with the subject of the last
// question that had one carried over.
func carry(question string, messages []golocal.Message) string {
	question = strings.TrimSpace(question)
	prev, said := lastAsked(question, messages)
	if prev == "" {
		return question
	}
	rest, joined := withoutJoint(question)
	if topic, ok := topicOf(rest); ok {
		return replaceTopic(prev, topic)
	}
	words := prose.Words(rest)
	at := -1
	for i := range words {
		if stands(rest, words, i) && (at < 0 || pronouns[words[i].Fold] != where) {
			at = i
			break
		}
	}
	if at >= 0 {
		return upper(replacePronoun(rest, words, at, prev, said))
	}
	content := bearing(words)
	first := ""
	if len(words) > 0 {
		first = words[0].Fold
	}
	asks := askers[first]
	switch {
	case len(content) == 0 && asks: // "Why?", "Since when?"
		return upper(strings.TrimRight(rest, " ?")) + ": " + ended(prev)
	case asks || auxiliary[first]: // "And how many days in Germany?"
		return upper(strings.TrimRight(rest, " ?")) + " (" + subjectOf(prev, said) + ")?"
	case prepositions[first]: // "And in the first year?"
		return ended(strings.TrimRight(prev, " ?") + " " + strings.TrimRight(rest, " ?"))
	case joined || len(words) <= 3:
		return replaceTopic(prev, rest)
	}
	return question
}

var askers = map[string]bool{"who": true, "what": true, "when": true, "where": true, "why": true, "how": true, "which": true, "whose": true, "since": true, "until": true,
	"wer": true, "was": true, "wann": true, "wo": true, "warum": true, "wie": true, "welche": true, "welcher": true, "welches": true, "wieso": true, "seit": true, "bis": true, "wieviel": true}

var prepositions = map[string]bool{"in": true, "at": true, "on": true, "for": true, "from": true, "with": true, "without": true, "after": true, "before": true, "during": true, "by": true, "under": true, "to": true, "of": true, "if": true, "since": true, "per": true, "about": true, "uber": true,
	"im": true, "am": true, "an": true, "auf": true, "fur": true, "von": true, "mit": true, "ohne": true, "nach": true, "vor": true, "bei": true, "zum": true, "zur": true, "zu": true, "wahrend": true, "wenn": true, "ab": true, "pro": true}

// lastAsked is the last question before this one, and what was answered to it. One
// that leaned itself was kept with what it leaned on; where it was not, that is
// carried here.
func lastAsked(question string, messages []golocal.Message) (prev, said string) {
	for i := len(messages) - 1; i >= 0; i-- {
		m := messages[i]
		if m.Role != "user" || strings.TrimSpace(m.Content) == "" || m.Content == question {
			continue
		}
		if i+1 < len(messages) && messages[i+1].Role != "user" {
			said = messages[i+1].Content
		}
		prev = oneLine(m.Content)
		if leans(prev) {
			prev = carry(prev, messages[:i])
		}
		return prev, said
	}
	return "", ""
}

// withoutJoint takes "And" and the like from the front.
func withoutJoint(q string) (string, bool) {
	joined := false
	for {
		words := prose.Words(q)
		if len(words) < 2 || !slices.Contains(joints, words[0].Fold) {
			return q, joined
		}
		q, joined = strings.TrimLeft(q[words[0].End:], " ,:"), true
	}
}

// topicOf is what follows "What about".
func topicOf(q string) (string, bool) {
	lower := strings.ToLower(q)
	for _, t := range topics {
		if strings.HasPrefix(lower, t+" ") {
			topic := strings.TrimRight(q[len(t)+1:], " ?!.")
			topic = strings.TrimSuffix(topic, " aus") // wie sieht es mit … aus
			return topic, topic != ""
		}
	}
	return "", false
}

// bearing are the words of a question that tell what it is about.
func bearing(words []prose.Word) []prose.Word {
	var out []prose.Word
	for _, w := range words {
		if !prose.Stop(w.Fold) && !germanStop[w.Fold] && !generic[w.Fold] && pronouns[w.Fold] == 0 && !askers[w.Fold] {
			out = append(out, w)
		}
	}
	return out
}

// replaceTopic asks the last question about something else: in the place of what
// ends with the same word, else of what its last preposition or article leads, else
// at its end.
func replaceTopic(prev, topic string) string {
	topic = strings.TrimRight(strings.TrimSpace(topic), " ?!.")
	words, new := prose.Words(prev), prose.Words(topic)
	if len(new) == 0 || len(words) == 0 {
		return prev
	}
	if prepositions[new[0].Fold] {
		return ended(strings.TrimRight(prev, " ?") + " " + topic)
	}
	bare := bearing(words)
	means := func(i int) bool {
		return slices.ContainsFunc(bare, func(w prose.Word) bool { return w.Start == words[i].Start })
	}
	put := func(from, to int) string {
		if from > 0 && determiners[new[0].Fold] && determiners[words[from-1].Fold] {
			from-- // the topic brings its own article
		}
		return ended(prev[:words[from].Start] + topic + strings.TrimRight(prev[words[to].End:], " ?"))
	}
	for i := len(words) - 1; i >= 0; i-- {
		if words[i].Stem == new[len(new)-1].Stem && means(i) {
			from := i
			for from > 0 && means(from-1) {
				from--
			}
			return put(from, i)
		}
	}
	for i := len(words) - 2; i >= 0; i-- {
		if !means(i+1) || !(prepositions[words[i].Fold] || determiners[words[i].Fold]) {
			continue
		}
		to := i + 1
		for to+1 < len(words) && means(to+1) {
			to++
		}
		if len(new) == 1 && to > i+1 && !new[0].Capital { // vision insurance, dental → dental insurance
			return put(i+1, to-1)
		}
		return put(i+1, to)
	}
	return ended(strings.TrimRight(prev, " ?") + ": " + topic)
}

var determiners = map[string]bool{"the": true, "a": true, "an": true, "my": true, "our": true, "your": true, "der": true, "die": true, "das": true, "den": true, "dem": true, "des": true, "ein": true, "eine": true, "einen": true, "einem": true, "einer": true, "mein": true, "meine": true, "unser": true, "unsere": true}

// replacePronoun puts the subject in the place of a pronoun.
func replacePronoun(q string, words []prose.Word, at int, prev, said string) string {
	w := words[at]
	kind := pronouns[w.Fold]
	subject := ""
	switch {
	case kind == person || kind == owner && (w.Fold == "his" || w.Fold == "her" || w.Fold == "hers"):
		subject = name(prev)
		if subject == "" {
			subject = name(said)
		}
	case kind == where:
		subject = placeOf(prev)
	}
	if subject == "" {
		subject = subjectOf(prev, said)
	}
	if subject == "" {
		return q
	}
	german := w.Fold != "his" && w.Fold != "her" && (strings.HasPrefix(w.Fold, "sein") || strings.HasPrefix(w.Fold, "ihr") || strings.HasPrefix(w.Fold, "da") || w.Fold == "dort")
	next := at+1 < len(words) && len(bearing(words[at+1:at+2])) > 0
	switch {
	case kind == thing && next && demonstrative[w.Fold], german: // "that policy", "dafür"
		return strings.TrimRight(q, " ?") + " (" + subject + ")?"
	case kind == owner:
		subject += "'s"
	case kind == where && !prepositions[prose.Words(subject)[0].Fold]:
		subject = "in " + subject
	}
	return q[:w.Start] + subject + q[w.End:]
}

var demonstrative = map[string]bool{"this": true, "that": true, "these": true, "those": true, "diese": true, "dieser": true, "dieses": true, "diesen": true}

func ended(q string) string { return strings.TrimRight(q, " ?!.:") + "?" }

func upper(q string) string {
	r, n := utf8.DecodeRuneInString(q)
	if n == 0 {
		return q
	}
	return string(unicode.ToUpper(r)) + q[n:]
}
