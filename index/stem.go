package index

import "bytes"

// stem cuts the endings off a folded word as FTS5's tokenizer "porter" does:
// M. F. Porter, An algorithm for suffix stripping, Program 14 (1980), with
// SQLite's additions (logi, bli). It works on bytes, and so does this. word is
// changed.
func stem(word []byte) []byte {
	if len(word) < 3 || len(word) > 64 { // FTS5_PORTER_MAX_TOKEN
		return word
	}
	b := stripPlural(word)
	b = stripPast(b)
	if n := len(b) - 1; b[n] == 'y' && hasVowel(b[:n]) {
		b[n] = 'i'
	}
	b = replaceEnding(b, step2, 0)
	b = replaceEnding(b, step3, 0)
	b = replaceEnding(b, step4, 1)
	if n := len(b) - 1; b[n] == 'e' {
		if m := measure(b[:n]); m > 1 || m == 1 && !endsShort(b[:n]) {
			b = b[:n]
		}
	}
	if n := len(b) - 1; n > 0 && b[n] == 'l' && b[n-1] == 'l' && measure(b[:n]) > 1 {
		b = b[:n]
	}
	return b
}

// ending is a suffix and what stands for it.
type ending struct{ from, to string }

// Of each list the first ending that a word has counts, whether it goes or not.
var (
	step2 = []ending{{"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"}, {"anci", "ance"}, {"izer", "ize"}, {"logi", "log"}, {"bli", "ble"}, {"alli", "al"},
		{"entli", "ent"}, {"eli", "e"}, {"ousli", "ous"}, {"ization", "ize"}, {"ation", "ate"}, {"ator", "ate"}, {"alism", "al"}, {"iveness", "ive"},
		{"fulness", "ful"}, {"ousness", "ous"}, {"aliti", "al"}, {"iviti", "ive"}, {"biliti", "ble"}}
	step3 = []ending{{"icate", "ic"}, {"ative", ""}, {"alize", "al"}, {"iciti", "ic"}, {"ical", "ic"}, {"ful", ""}, {"ness", ""}}
	step4 = []ending{{"al", ""}, {"ance", ""}, {"ence", ""}, {"er", ""}, {"ic", ""}, {"able", ""}, {"ible", ""}, {"ant", ""}, {"ement", ""}, {"ment", ""}, {"ent", ""},
		{"ion", ""}, {"ou", ""}, {"ism", ""}, {"ate", ""}, {"iti", ""}, {"ous", ""}, {"ive", ""}, {"ize", ""}}
)

// replaceEnding replaces the first ending that b has, if what is before it has a
// measure of more than least.
func replaceEnding(b []byte, endings []ending, least int) []byte {
	for _, e := range endings {
		rest := len(b) - len(e.from)
		if rest <= 0 || string(b[rest:]) != e.from {
			continue
		}
		if measure(b[:rest]) > least && (e.from != "ion" || b[rest-1] == 's' || b[rest-1] == 't') {
			return append(b[:rest], e.to...)
		}
		return b
	}
	return b
}

// stripPlural is step 1a: sses → ss, ies → i, s → "".
func stripPlural(b []byte) []byte {
	n := len(b)
	switch {
	case b[n-1] != 's' || b[n-2] == 's':
		return b
	case b[n-2] == 'e' && (n > 4 && b[n-4] == 's' && b[n-3] == 's' || n > 3 && b[n-3] == 'i'):
		return b[:n-2]
	}
	return b[:n-1]
}

// stripPast is step 1b: eed → ee, ed and ing → "", and what mends the rest.
func stripPast(b []byte) []byte {
	n := len(b)
	switch {
	case n > 3 && bytes.HasSuffix(b, []byte("eed")):
		if measure(b[:n-3]) > 0 {
			b = b[:n-1]
		}
		return b
	case n > 2 && bytes.HasSuffix(b, []byte("ed")) && hasVowel(b[:n-2]):
		b = b[:n-2]
	case n > 3 && bytes.HasSuffix(b, []byte("ing")) && hasVowel(b[:n-3]):
		b = b[:n-3]
	default:
		return b
	}
	n = len(b)
	if n > 2 {
		switch string(b[n-2:]) {
		case "at", "bl", "iz":
			return append(b, 'e')
		}
	}
	switch c := b[n-1]; {
	case n > 1 && c == b[n-2] && !isVowel(c, false) && c != 'l' && c != 's' && c != 'z':
		return b[:n-1]
	case measure(b) == 1 && endsShort(b):
		return append(b, 'e')
	}
	return b
}

func isVowel(c byte, y bool) bool {
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || y && c == 'y'
}

func hasVowel(b []byte) bool {
	for i, c := range b {
		if isVowel(c, i > 0) {
			return true
		}
	}
	return false
}

// measure is Porter's m, how often vowels are followed by consonants; 2 stands
// for more too.
func measure(b []byte) int {
	m, consonant, vowels := 0, false, false
	for _, c := range b {
		switch consonant = !isVowel(c, consonant); {
		case !consonant:
			vowels = true
		case vowels:
			if vowels = false; m == 1 {
				return 2
			}
			m++
		}
	}
	return m
}

// endsShort is Porter's *o: the word ends in consonant, vowel, consonant, and
// the last is not w, x or y.
func endsShort(b []byte) bool {
	n := len(b)
	if n == 0 || b[n-1] == 'w' || b[n-1] == 'x' || b[n-1] == 'y' {
		return false
	}
	shape, consonant := 0, false
	for _, c := range b {
		shape <<= 1
		if consonant = !isVowel(c, consonant); consonant {
			shape |= 1
		}
	}
	return shape&7 == 5
}
