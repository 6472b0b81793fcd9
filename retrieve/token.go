package retrieve

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a piece of a search's text: a word, a quoted phrase, or a condition
// like path:invoices.
type token struct {
	start, end int    // byte range in the text
	not        bool   // -word
	field      string // "path" of path:invoices, lower case
	value      string // without field and quotes
	quoted     bool
}

// tokenise cuts text at white space, keeping what stands between two quotes
// together. Only a known field makes a condition; a quote that nothing closes
// is a space. A minus makes a negation in front of a quote, a condition or a
// word of two letters or more: neither -5 nor -v is one.
func tokenise(text string, known func(field string) bool) []token {
	var out []token
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) || r == 0 {
			i += n
			continue
		}
		t := token{start: i}
		if r == '-' {
			t.not = true
			i++
		}
		word := i
		if value, end, ok := quotedAt(text, i); ok {
			t.value, t.end, t.quoted = value, end, true
		} else {
			end := wordEnd(text, i)
			if end == i { // a quote that nothing closes, or a minus alone
				if i += quoteLen(text[i:]); i == word && !t.not {
					i++
				}
				continue
			}
			t.value, t.end = text[i:end], end
			if name, _, ok := strings.Cut(t.value, ":"); ok && known(strings.ToLower(name)) {
				at := i + len(name) + 1
				value, vend, quoted := quotedAt(text, at)
				if !quoted {
					vend = wordEnd(text, at)
					value = text[at:vend]
				}
				if strings.TrimSpace(value) != "" {
					t.field, t.value, t.end, t.quoted = strings.ToLower(name), value, vend, quoted
				}
			}
		}
		if t.not && !t.quoted && t.field == "" && !negatable(t.value) {
			t.not, t.value = false, text[t.start:t.end]
		}
		if strings.TrimSpace(t.value) != "" {
			out = append(out, t)
		}
		i = t.end
	}
	return out
}

// negatable tells whether a minus before a word takes it out: not of numbers,
// options of programs and the dashes of lists.
func negatable(word string) bool {
	letters := 0
	for i, r := range word {
		if i == 0 && !unicode.IsLetter(r) {
			return false
		}
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 2 || letters == 1 && word[0] >= utf8.RuneSelf // one character of Chinese is a word
}

// isQuote tells the marks that open or close a phrase.
func isQuote(r rune) bool {
	switch r {
	case '"', '“', '”', '„', '«', '»', '＂':
		return true
	}
	return false
}

func quoteLen(s string) int {
	if r, n := utf8.DecodeRuneInString(s); isQuote(r) {
		return n
	}
	return 0
}

// quotedAt reads the phrase that begins at i; ok is false where none does.
func quotedAt(text string, i int) (value string, end int, ok bool) {
	n := quoteLen(text[i:])
	if n == 0 {
		return "", 0, false
	}
	stop := strings.IndexFunc(text[i+n:], isQuote)
	if stop < 0 {
		return "", 0, false
	}
	stop += i + n
	return text[i+n : stop], stop + quoteLen(text[stop:]), true
}

// wordEnd is where the word that begins at i ends: at white space or a quote.
func wordEnd(text string, i int) int {
	end := strings.IndexFunc(text[i:], func(r rune) bool { return unicode.IsSpace(r) || r == 0 || isQuote(r) })
	if end < 0 {
		return len(text)
	}
	return i + end
}

// without is text minus the bytes [start, end), its white space folded.
func without(text string, start, end int) string {
	return strings.Join(strings.Fields(text[:start]+" "+text[end:]), " ")
}
