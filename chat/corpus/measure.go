package corpus

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golocal/internal/prose"
)

const sampled = 200 // rows that tell what a column holds

// keyed head columns of numbers that are names, and not to be added up.
var keyed = set("id nr no number nummer year jahr month monat day tag zip plz code phone telefon week woche row line zeile pos position rank rang index key quarter quartal")

// numeric tells which columns hold numbers that can be added up.
func (t *Table) numeric() []bool {
	filled, numbers := make([]int, len(t.header)), make([]int, len(t.header))
	n := 0
	st := style{comma: t.comma == ';'}
	for r := range t.rows {
		if r.sumsUp() {
			continue
		}
		for i := range t.header {
			if c := r.cell(i); c != "" {
				filled[i]++
				if first, _ := utf8.DecodeRuneInString(c); unicode.IsLetter(first) { // S5 is a name
					continue
				}
				if _, ok := st.read(c); ok {
					numbers[i]++
				} else if _, ok := (style{comma: !st.comma}).read(c); ok {
					numbers[i]++
				}
			}
		}
		if n++; n == sampled {
			break
		}
	}
	out := make([]bool, len(t.header))
	for i, h := range t.header {
		words := strings.Fields(spelt(h))
		out[i] = filled[i] > 0 && numbers[i]*10 >= filled[i]*8 && !slices.ContainsFunc(words, func(w string) bool { return keyed[w] })
	}
	return out
}

// holdsNumber tells that a cell of the column is a number.
func (t *Table) holdsNumber(column int) bool {
	for r := range t.rows {
		c := r.cell(column)
		if first, _ := utf8.DecodeRuneInString(c); unicode.IsLetter(first) {
			continue
		}
		if _, ok := (style{}).read(c); ok {
			return true
		}
		if _, ok := (style{comma: true}).read(c); ok {
			return true
		}
	}
	return false
}

// first is the first column of neither numbers nor days, which most often says what a
// row is of; -1 for none.
func (t *Table) first(numeric []bool) int {
	days := t.dates()
	for i := range t.header {
		if !numeric[i] && i != days {
			return i
		}
	}
	return -1
}

// measure is the column that is meant where none is named: the only one of
// numbers, or the only one of money; -1 where that is not clear.
func (t *Table) measure(of []bool) int {
	only, n := -1, 0
	for i, ok := range of {
		if ok {
			only = i
			n++
		}
	}
	if n < 2 {
		return only
	}
	for _, word := range amounting {
		found := -1
		for i, h := range t.header {
			if of[i] && slices.ContainsFunc(strings.Fields(spelt(h)), func(w string) bool { return prose.Stem(w) == prose.Stem(word) }) {
				if found >= 0 {
					return -1
				}
				found = i
			}
		}
		if found >= 0 {
			return found
		}
	}
	return -1
}
