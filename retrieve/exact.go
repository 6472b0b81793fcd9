package retrieve

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golocal"
	"golocal/internal/prose"
)

// maxExact is how many identifiers and numbers of a text are looked for.
const maxExact = 4

// exact lists the identifiers and telling numbers of a text: INV-2024-0031,
// parse_config, maxRetryCount, 4711, 10.4.2. Years and numbers of two digits are
// none: they stand in too many passages to tell anything.
func exact(text string) []string {
	var out []string
	for w := range strings.FieldsSeq(text) {
		w = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
		w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
		if identifier(w) && !slices.Contains(out, w) && len(out) < maxExact {
			out = append(out, w)
		}
	}
	return out
}

func identifier(w string) bool {
	digits, letters, joints, upper := 0, 0, 0, false
	camel, under := false, false
	before := rune(0)
	for _, r := range w {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
			if unicode.IsUpper(r) {
				upper = true
				camel = camel || unicode.IsLower(before)
			}
			if r >= 0x2E80 {
				return false // scripts without spaces: not one word
			}
		case strings.ContainsRune("-_./:@#", r):
			joints++
			under = under || r == '_'
		case r == ',' || r == '\'' || r == '’':
		default:
			return false
		}
		before = r
	}
	if len(w) < 3 || len(w) > 64 {
		return false
	}
	switch {
	case under && letters > 1, camel && letters > 3:
		return true
	case letters == 0:
		if _, date := numericDate(w); date {
			return false
		}
		return digits >= 3
	case digits == 0:
		return false
	case joints > 0:
		return digits >= 2 || upper // v2-beta is none, GPT-4 is one
	}
	return digits >= 2 || upper
}

// rare tells whether n of total passages are few enough that one of them is
// likely what an identifier was typed for.
func rare(n, total int) bool { return n > 0 && n <= max(5, total/100) }

// exactShare is how much of a score the identifiers and numbers are. More than
// puts the passage first that a number was typed for harms where a text merely
// names many: on scifact's train split nDCG@10 is .742 at a half, .748 at a fifth.
const exactShare = .2

// prefer puts passages first that hold the identifiers and numbers in weights
// word for word, by the share of their weight that it holds.
func prefer(hits []golocal.Hit, weights map[string]float64) {
	if len(weights) == 0 {
		return
	}
	all := 0.0
	for _, w := range weights {
		all += w
	}
	for i := range hits {
		h := &hits[i]
		text := strings.ToLower(strings.Join(append([]string{h.Chunk.Text, h.Doc.Title, h.Doc.Ref.Path}, h.Chunk.Heading...), "\n"))
		held := 0.0
		for word, w := range weights {
			if holds(text, strings.ToLower(word)) {
				held += w
			}
		}
		h.Score = (1-exactShare)*h.Score + exactShare*held/all
	}
	slices.SortStableFunc(hits, func(a, b golocal.Hit) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
}

// holds tells whether word stands in text with no letter or digit beside it.
func holds(text, word string) bool {
	beside := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	for at := 0; ; {
		i := strings.Index(text[at:], word)
		if i < 0 {
			return false
		}
		i += at
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, n := utf8.DecodeRuneInString(text[i+len(word):])
		if !beside(before) && !beside(after) {
			next, _ := utf8.DecodeRuneInString(text[i+len(word)+n:])
			prev, _ := utf8.DecodeLastRuneInString(strings.TrimSuffix(text[:i], string(before)))
			joined := strings.ContainsRune("-_", after) && beside(next) || strings.ContainsRune("-_", before) && beside(prev) || strings.ContainsRune(".,:", after) && unicode.IsDigit(next)
			if !joined { // INV-1 is not in INV-1-2, nor 10.4 in 10.4.2
				return true
			}
		}
		at = i + len(word)
	}
}

// weighRare gives the rare ones of the words their weight.
func weighRare(words []string, counts []int, total int) map[string]float64 {
	out := map[string]float64{}
	for i, w := range words {
		if i < len(counts) && rare(counts[i], total) {
			out[w] = prose.Idf(counts[i], total)
		}
	}
	return out
}
