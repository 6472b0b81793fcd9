// Package extraction measures how well a reader reads files: against what other
// programs read from the same files, as bags of words. It knows golocal only as
// a function that reads a file.
package extraction

import (
	"iter"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Tokens yields the words of a text: runs of letters, digits and their marks, in
// NFKC and lower case. A word that a hyphen cuts at a line's end is one; soft
// hyphens are dropped. Scripts written without spaces (Han, kana), and Hangul,
// whose spaces PDF readers guess, give one token per character.
func Tokens(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		runes := []rune(norm.NFKC.String(text))
		var word strings.Builder
		flush := func() bool {
			if word.Len() == 0 {
				return true
			}
			w := word.String()
			word.Reset()
			return yield(w)
		}
		for i := 0; i < len(runes); i++ {
			switch r := runes[i]; {
			case single(r):
				if !flush() || !yield(string(r)) {
					return
				}
			case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) && word.Len() > 0:
				word.WriteRune(unicode.ToLower(r))
			case r == softHyphen:
			case hyphen(r) && word.Len() > 0 && joins(runes, i) > 0:
				i = joins(runes, i) - 1
			default:
				if !flush() {
					return
				}
			}
		}
		flush()
	}
}

const softHyphen = '\u00ad'

// hyphen tells whether r can stand where a word is cut. NFKC has made U+2011 a
// U+2010.
func hyphen(r rune) bool { return r == '-' || r == '\u2010' }

// single tells whether r is a token of its own.
func single(r rune) bool {
	return r >= 0x1100 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) && unicode.IsLetter(r)
}

// joins returns where the word goes on whose hyphen at the end of a line is
// runes[i]: the place of a letter that begins the next line or page; 0 where none
// does, or where what stands before is no letter.
func joins(runes []rune, i int) int {
	if i == 0 || !unicode.IsLetter(runes[i-1]) {
		return 0
	}
	lines := 0
	for j := i + 1; j < len(runes); j++ {
		switch r := runes[j]; {
		case r == '\n':
			lines++
		case unicode.IsLetter(r) && lines == 1:
			return j
		case !unicode.IsSpace(r):
			return 0
		}
	}
	return 0
}

// Bag counts the tokens of a text.
type Bag struct {
	Counts map[string]int
	Size   int // tokens, repeated ones too
}

// NewBag counts the tokens of text.
func NewBag(text string) Bag {
	b := Bag{Counts: map[string]int{}}
	for t := range Tokens(text) {
		b.Counts[t]++
		b.Size++
	}
	return b
}

// Score says how much of a reference a reader read.
type Score struct {
	F1        float64 // harmonic mean of the two
	Precision float64 // share of the reader's tokens that the reference has
	Recall    float64 // share of the reference's tokens that the reader has
}

// Compare scores what was read against a reference. Two empty texts agree: 1.
func Compare(read, reference Bag) Score {
	if read.Size == 0 && reference.Size == 0 {
		return Score{1, 1, 1}
	}
	if read.Size == 0 || reference.Size == 0 {
		return Score{}
	}
	small, large := read, reference
	if len(small.Counts) > len(large.Counts) {
		small, large = large, small
	}
	both := 0
	for t, n := range small.Counts {
		both += min(n, large.Counts[t])
	}
	return Score{
		F1:        2 * float64(both) / float64(read.Size+reference.Size),
		Precision: float64(both) / float64(read.Size),
		Recall:    float64(both) / float64(reference.Size),
	}
}
