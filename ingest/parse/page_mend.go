package parse

import (
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"golocal"
	"golocal/ingest/normal"
)

// withoutHidden takes out the letters that a reader does not see, and returns
// them as text.
func withoutHidden(chars []pdfChar) (seen []pdfChar, hidden []golocal.Hidden) {
	first := -1
	for i := range chars {
		if chars[i].hidden != "" {
			first = i
			break
		}
	}
	if first < 0 {
		return chars, nil
	}
	seen = append(make([]pdfChar, 0, len(chars)), chars[:first]...)
	texts := map[string]*strings.Builder{}
	var order []string
	why := ""
	for _, c := range chars[first:] {
		separator := c.r == ' ' || c.r == '\n'
		if !separator {
			why = c.hidden
		}
		if why == "" || separator {
			seen = append(seen, c)
		}
		if why != "" {
			if texts[why] == nil {
				texts[why] = &strings.Builder{}
				order = append(order, why)
			}
			texts[why].WriteString(charText(&c))
		}
	}
	for _, why := range order {
		if s := normal.OneLine(normal.Text(texts[why].String())); normal.HasWords(s) {
			hidden = append(hidden, golocal.Hidden{Why: why, Text: s})
		}
	}
	return seen, hidden
}

// drawnAccents are those that fonts draw on their own, and what they are above or below a
// letter.
var drawnAccents = map[rune]rune{
	'`': 0x300, '´': 0x301, 'ˆ': 0x302, '^': 0x302, '˜': 0x303, '~': 0x303, '¯': 0x304, '˘': 0x306, '˙': 0x307, '¨': 0x308, '˚': 0x30a, '˝': 0x30b, 'ˇ': 0x30c, '¸': 0x327, '˛': 0x328,
}

// joinAccents puts an accent that stands over a letter, or under it, into that
// letter: TeX draws "é" as "´" and "e".
func joinAccents(chars []pdfChar) []pdfChar {
	out := chars
	copied := false
	for i := 0; i < len(out); i++ {
		mark, ok := drawnAccents[out[i].r]
		if !ok || out[i].size == 0 {
			continue
		}
		for _, j := range []int{neighbour(out, i, 1), neighbour(out, i, -1)} {
			if j < 0 || !standsOver(&out[i], &out[j]) {
				continue
			}
			base := out[j].r
			if base == 'ı' {
				base = 'i'
			}
			both := []rune(norm.NFC.String(string([]rune{base, mark})))
			if len(both) != 1 {
				continue
			}
			if !copied {
				out, copied = append([]pdfChar(nil), chars...), true
			}
			out[j].r = both[0]
			// The accent goes, and what PDFium put between the two.
			out = append(out[:min(i, j+1)], out[max(i+1, j):]...)
			i = min(i, j)
			break
		}
	}
	return out
}

// neighbour returns the index of the next letter in one direction, past at most
// three spaces and line ends, or -1.
func neighbour(chars []pdfChar, i, step int) int {
	for n, j := 0, i+step; n < 4 && j >= 0 && j < len(chars); n, j = n+1, j+step {
		if r := chars[j].r; r != ' ' && r != '\n' {
			if unicode.IsLetter(r) {
				return j
			}
			return -1
		}
	}
	return -1
}

// standsOver reports whether an accent stands above or below the middle of a letter.
func standsOver(accent, letter *pdfChar) bool {
	if accent.dx != letter.dx || !letter.level() || math.Abs(accent.y-letter.y) > 0.5*letter.size {
		return false
	}
	middle := (accent.box[0] + accent.box[2]) / 2
	width := letter.box[2] - letter.box[0]
	return width > 0 && middle > letter.box[0]+0.1*width && middle < letter.box[2]-0.1*width
}

// withoutDoubles drops a line that is drawn a second time over the first, as
// printers make letters bold, and lines that have no text after all.
func withoutDoubles(lines []pdfLine) []pdfLine {
	seen := map[string][]int{}
	out := lines[:0]
next:
	for _, l := range lines {
		if l.text = finishLine(l.text); strings.TrimSpace(l.text) == "" {
			continue
		}
		for _, i := range seen[l.text] {
			if o := out[i]; l.size > 0 && math.Abs(o.x-l.x) < 0.15*l.size && math.Abs(o.y-l.y) < 0.15*l.size {
				continue next
			}
		}
		seen[l.text] = append(seen[l.text], len(out))
		out = append(out, l)
	}
	return out
}

// joinWords decides at every word that a line's end divides whether its hyphen
// belongs to it. It does where the document writes the word with one elsewhere,
// before capitals and digits, and in a few compounds that have it always; it
// does not where the document writes the word in one.
func joinWords(pages []pdfPage) {
	counts := map[string]int{}
	each := func(visit func(l *pdfLine)) {
		for p := range pages {
			for i := range pages[p].lines {
				visit(&pages[p].lines[i])
			}
		}
	}
	each(func(l *pdfLine) {
		for s := l.text; strings.Contains(s, "\f"); {
			var before string
			before, s, _ = strings.Cut(s, "\f")
			left, right := lastWord(before), firstWord(s)
			counts[strings.ToLower(left+right)] = 0
			counts[strings.ToLower(left+"-"+right)] = 0
		}
	})
	if len(counts) == 0 {
		return
	}
	each(func(l *pdfLine) {
		for _, w := range strings.FieldsFunc(l.text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' }) {
			w = strings.ToLower(strings.Trim(w, "-"))
			if n, ok := counts[w]; ok {
				counts[w] = n + 1
			}
		}
	})
	each(func(l *pdfLine) {
		for {
			before, after, ok := strings.Cut(l.text, "\f")
			if !ok {
				return
			}
			hyphen := ""
			if keepsHyphen(lastWord(before), firstWord(after), counts) {
				hyphen = "-"
			}
			l.text = normal.Text(before + hyphen + after)
		}
	})
}

func keepsHyphen(left, right string, counts map[string]int) bool {
	if left == "" || right == "" {
		return true
	}
	l, r := []rune(left), []rune(right)
	if unicode.IsDigit(r[0]) || unicode.IsDigit(l[len(l)-1]) {
		return true
	}
	one, two := counts[strings.ToLower(left+right)], counts[strings.ToLower(left+"-"+right)]
	if one != two {
		return two > one
	}
	if unicode.IsUpper(r[0]) {
		return !unicode.IsUpper(l[len(l)-1])
	}
	switch strings.ToLower(left) {
	case "self":
		return !strings.HasPrefix(right, "ish") && !strings.HasPrefix(right, "less")
	case "well":
		return strings.HasSuffix(right, "ed") || strings.HasSuffix(right, "own") || strings.HasSuffix(right, "being")
	case "so":
		return right == "called"
	}
	return false
}

func lastWord(s string) string {
	i := strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if i < 0 {
		return s
	}
	return strings.TrimLeftFunc(s[i:], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func firstWord(s string) string {
	if i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }); i >= 0 {
		return s[:i]
	}
	return s
}
