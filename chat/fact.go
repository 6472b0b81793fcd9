package chat

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"golocal/internal/prose"
)

// fact is something in a sentence that is right or wrong to the letter: a
// number, a name or quoted words.
type fact struct {
	text   string  // as written
	stem   string  // of a name
	value  float64 // of a number
	number bool
	noun   bool // neither: a thing that the sentence is about
	first  bool // the sentence's first word: a capital there proves no name
}

var numerals = map[string]float64{
	"zero": 0, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
	"forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "dozen": 12,
	// Folded; "elf" and "acht" have other meanings.
	"zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "neun": 9, "zehn": 10, "zwolf": 12, "zwanzig": 20, "dreißig": 30,
	"vierzig": 40, "funfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90, "hundert": 100,
}

// ordinals are places in an order. "first" is too common a word to be one, and
// "second" is one only where it is no time.
var ordinals = map[string]float64{
	"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
	"thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
	"zweite": 2, "dritte": 3, "vierte": 4, "funfte": 5, "sechste": 6, "siebte": 7, "achte": 8, "neunte": 9, "zehnte": 10, "elfte": 11, "zwolfte": 12,
}

// ordinal is the place in an order that words[i] names. "A third of" is a share.
func ordinal(words []prose.Word, i int) (float64, bool) {
	fold := words[i].Fold
	v, ok := ordinals[fold]
	if !ok { // dritten, drittes, dritter, drittem
		if stem := strings.TrimRight(fold, "nsrm"); len(stem) == len(fold)-1 && strings.HasSuffix(stem, "e") {
			v, ok = ordinals[stem]
		}
	}
	before := ""
	if i > 0 {
		before = words[i-1].Fold
	}
	switch {
	case fold == "second":
		return v, slices.Contains([]string{"the", "its", "his", "her", "their", "our", "your", "my", "every"}, before)
	case i+1 < len(words) && words[i+1].Fold == "of" && (before == "a" || before == "one"):
		return 0, false
	}
	return v, ok
}

var scales = map[string]float64{"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "k": 1e3, "m": 1e6, "bn": 1e9}

// numbers finds the numbers of a text. "1,994" is 1994 and "5 million" is
// 5000000; "20th" and "twentieth" are 20; "one" is too common a word to be one.
func numbers(text string, words []prose.Word) []fact {
	var out []fact
	for i := 0; i < len(words); i++ {
		w := words[i]
		v, ok := numerals[w.Fold]
		if !ok {
			v, ok = ordinal(words, i)
		}
		end := w.End
		if ok && i+1 < len(words) && v >= 20 && v < 100 && prose.Between(text, w, words[i+1]) == "-" {
			if u, small := numerals[words[i+1].Fold]; small && u < 10 || words[i+1].Fold == "one" { // twenty-one
				if !small {
					u = 1
				}
				v += u
				i++
				end = words[i].End
			}
		}
		if w.Number {
			digits := prose.Digits(w.Fold)
			if digits == "" {
				continue
			}
			raw := digits
			// Words cuts "1,994.50" and "3.5" at their marks: put them together again.
			for i+1 < len(words) && words[i].End == end && prose.Digits(words[i].Fold) == words[i].Fold {
				next := words[i+1]
				if next.Start != end+1 || !next.Number {
					break
				}
				d := prose.Digits(next.Fold)
				sep := text[end]
				if sep == ',' && len(d) == 3 && len(d) == len(next.Fold) {
					raw += d
				} else if (sep == '.' || sep == ',') && !strings.Contains(raw, ".") && d != "" {
					raw += "." + d
				} else {
					break
				}
				i++
				end = next.End
			}
			var err error
			if v, err = strconv.ParseFloat(raw, 64); err != nil || math.IsInf(v, 0) {
				continue
			}
			ok = true
		}
		if !ok {
			continue
		}
		if i+1 < len(words) {
			if s, big := scales[words[i+1].Fold]; big && words[i+1].Start >= end && strings.TrimSpace(text[end:words[i+1].Start]) == "" && (len(words[i+1].Fold) > 2 || w.Number) {
				i++
				end = words[i].End
				v *= s
			}
		}
		out = append(out, fact{text: text[w.Start:end], value: v, number: true, first: len(out) == 0 && w.Start == 0})
	}
	return out
}

// names finds the capitalised words inside a sentence, words in capitals, words
// mixing letters and digits, and what stands in quotation marks.
func names(text string, words []prose.Word) []fact {
	var out []fact
	quoted := quotedSpans(text)
	content := substance(words)
	for i, w := range words {
		if len(w.Fold) < 2 || !w.Caps && (prose.Stop(w.Fold) || len(between(content, words[i:i+1])) == 0) {
			continue // "Das" of a German sentence, too
		}
		if prose.Digits(w.Fold) != "" {
			continue // numbers has it
		}
		first := i == 0 || strings.ContainsAny(prose.Between(text, words[i-1], w), ".!?:\n")
		inQuotes := false
		for _, q := range quoted {
			inQuotes = inQuotes || q[0] <= w.Start && w.End <= q[1]
		}
		if !(w.Capital || w.Caps || w.Number || inQuotes) {
			continue
		}
		f := fact{text: text[w.Start:w.End], stem: w.Stem}
		if first && !w.Caps && !inQuotes && !w.Number {
			f.first = !(i+1 < len(words) && words[i+1].Capital && strings.TrimSpace(prose.Between(text, w, words[i+1])) == "")
		}
		out = append(out, f)
	}
	return out
}

// quotedSpans finds "…" and “…” in a text.
func quotedSpans(text string) [][2]int {
	var out [][2]int
	open := -1
	for i, r := range text {
		switch {
		case r == '“' || r == '"' && open < 0:
			open = i
		case (r == '”' || r == '"') && open >= 0:
			if i-open < 200 {
				out = append(out, [2]int{open, i})
			}
			open = -1
		}
	}
	return out
}
