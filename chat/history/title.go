package history

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// titleSize is how long a title may get, characters.
const titleSize = 60

// openings are what people write before what they ask; a title goes without.
var openings = []string{
	"please ", "hello ", "hello, ", "hi ", "hi, ", "hey ", "hey, ", "ok ", "ok, ", "so ", "so, ", "and ", "but ",
	"can you tell me ", "could you tell me ", "can you please tell me ", "could you please tell me ", "do you know ", "tell me about ", "tell me ",
	"can you ", "could you ", "would you ", "i want to know ", "i would like to know ", "i'd like to know ", "i wonder ", "show me ", "explain to me ", "explain ",
	"what is ", "what are ", "what's ", "what was ", "what were ", "where is ", "where are ", "who is ", "who was ",
	"the ", "a ", "an ",
	"bitte ", "hallo ", "hallo, ", "kannst du mir sagen, ", "können sie mir sagen, ", "weißt du, ", "sag mir ", "sag mir, ", "zeig mir ", "erkläre ", "erklär mir ",
	"was ist ", "was sind ", "was war ", "wo ist ", "wo sind ", "wer ist ", "wer war ", "der ", "die ", "das ", "ein ", "eine ",
}

// Title names a conversation after its first question: what is asked for, without
// the words before it, cut between words at 60 characters.
func Title(question string) string {
	text := strings.Join(strings.FieldsFunc(question, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	whole := text
	for again := true; again; {
		again = false
		for _, o := range openings {
			if len(text) >= len(o) && strings.EqualFold(text[:len(o)], o) && strings.ContainsFunc(text[len(o):], unicode.IsLetter) {
				text, again = strings.TrimSpace(text[len(o):]), true
			}
		}
	}
	text = strings.TrimRight(text, " ?!.,;:…？。！")
	if text == "" {
		if text = strings.TrimSpace(whole); text == "" {
			return "Conversation"
		}
	}
	if utf8.RuneCountInString(text) > titleSize {
		runes := []rune(text)
		cut := string(runes[:titleSize])
		if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 && runes[titleSize] != ' ' {
			cut = cut[:i]
		}
		text = strings.TrimRight(cut, " ,;:-–") + "…"
	}
	first, n := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[n:]
}
