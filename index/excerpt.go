package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golocal"
)

// lead is how many characters may stand before the first mark of an excerpt, so
// that it begins where a sentence or a line does.
const lead = 90

// Excerpt returns the part of a text, of about size characters, that tells best
// why it was found: with most of the different words among marks, which are
// sorted and inside the text. It begins at a sentence or line if one begins
// near, and cuts no word. The whole text is returned where it is not longer.
func Excerpt(text string, marks []golocal.Span, size int) golocal.Span {
	if utf8.RuneCountInString(text) <= size {
		return golocal.Span{End: len(text)}
	}
	first := bestMark(text, marks, size-lead)
	begin := beginning(text, first)
	end := forward(text, begin, size)
	if end == len(text) { // room is left before
		begin = min(begin, wordStart(text, back(text, end, size)))
	}
	if after, _ := utf8.DecodeRuneInString(text[end:]); end < len(text) && !unicode.IsSpace(after) {
		if cut := strings.LastIndexFunc(text[begin:end], unicode.IsSpace); cut > (end-begin)/2 {
			end = begin + cut
		}
	}
	return golocal.Span{Start: begin, End: end}
}

// bestMark is where the stretch of size characters begins that has most of the
// marked words, different ones above all; 0 without marks.
func bestMark(text string, marks []golocal.Span, size int) int {
	best, at := 0, 0
	for i, m := range marks {
		seen := map[string]bool{}
		n := 0
		for end := forward(text, m.Start, size); i+n < len(marks) && marks[i+n].End <= end; n++ {
			seen[strings.ToLower(text[marks[i+n].Start:marks[i+n].End])] = true
		}
		if score := 8*len(seen) + min(n, 7); score > best {
			best, at = score, m.Start
		}
	}
	return at
}

// beginning is the start of the sentence, the line or at least the word at or
// shortly before a place.
func beginning(text string, at int) int {
	from := back(text, at, lead)
	if from == 0 {
		return 0
	}
	before := text[from:at]
	if i := strings.LastIndexAny(before, "\n\f"); i >= 0 {
		return from + i + 1
	}
	for i := len(before) - 1; i > 0; i-- {
		if (before[i] == ' ') && strings.ContainsRune(".!?:;", rune(before[i-1])) {
			return from + i + 1
		}
	}
	if i := strings.LastIndexAny(before, "。！？"); i >= 0 {
		_, n := utf8.DecodeRuneInString(before[i:])
		return from + i + n
	}
	return wordStart(text, from)
}

// wordStart is at, or the place behind the next white space if one is near.
func wordStart(text string, at int) int {
	if at == 0 {
		return 0
	}
	if i := strings.IndexFunc(text[at:], unicode.IsSpace); i >= 0 && i < lead/2 {
		return forward(text, at+i, 1)
	}
	return at
}

// forward is the place n characters behind at, or the text's end.
func forward(text string, at, n int) int {
	for ; n > 0 && at < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// back is the place n characters before at, or 0.
func back(text string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}
