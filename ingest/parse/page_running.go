package parse

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golocal/ingest/normal"
)

const (
	// longestRunning is how many letters a header or footer may have.
	longestRunning = 120
	// margin is the part of a page's height, above and below, that headers and
	// footers stand in.
	margin = 0.15
	// sameHeight is how far apart lines at one height may stand, in points.
	sameHeight = 2
)

// dropRunning marks headers and footers: short lines in the margins, with
// nothing but their like above or below them, that stand at the same height,
// page numbers aside with the same words, on more than 60 % of the pages, of all
// or of the left or right ones; and a chapter's title at a height where most
// pages have one, or beside one of these. The first of them stays, for the
// search to find, if it says more than a page's number. Pages that are alike as a
// whole, as filled-in forms are, keep all of theirs.
func dropRunning(pages []pdfPage) {
	s := runningSearch{words: map[string][]height{}}
	for p := range pages {
		s.look(p, &pages[p])
	}
	if s.pages[0]+s.pages[1] < 3 {
		return
	}
	found := make([][]*pdfLine, len(pages))
	alike := 0
	for p := range pages {
		for _, edge := range pageEdges(&pages[p]) {
			for _, row := range edge {
				running := s.running(row, p)
				if len(running) == 0 {
					break
				}
				found[p] = append(found[p], running...)
			}
		}
		if n := len(found[p]); n > 0 && n*2 > len(pages[p].lines) {
			alike++
		}
	}
	if alike*2 > s.pages[0]+s.pages[1] {
		return
	}
	seen := map[string]bool{}
	for p, lines := range found {
		for _, l := range lines {
			first := true
			for _, k := range keysOf(l.text, p) {
				first = first && !seen[k]
				seen[k] = true
			}
			l.running = !first || pageNumber(l.text)
		}
	}
}

// runningSearch counts what stands in the margins of a document's pages.
type runningSearch struct {
	pages [2]int              // with text, the even and the odd ones, counted from 0
	words map[string][]height // lines, by what they may repeat as
	rows  []height            // anything
}

// height is where lines stand, and on how many even and odd pages.
type height struct {
	y     float64
	pages [2]int
	last  int // the page counted last
}

// countHeight counts a line at height y of page p.
func countHeight(heights []height, y float64, p int) []height {
	at := heightOf(heights, y)
	if at < 0 {
		at = len(heights)
		heights = append(heights, height{y: y, last: -1})
	}
	if h := &heights[at]; h.last != p {
		h.last = p
		h.pages[p%2]++
	}
	return heights
}

func heightOf(heights []height, y float64) int {
	return slices.IndexFunc(heights, func(h height) bool { return math.Abs(h.y-y) <= sameHeight })
}

// look counts the lines of page p.
func (s *runningSearch) look(p int, page *pdfPage) {
	if len(page.lines) > 0 {
		s.pages[p%2]++
	}
	for _, edge := range pageEdges(page) {
		for _, row := range edge {
			s.rows = countHeight(s.rows, row[0].y, p)
			for _, l := range row {
				for _, k := range keysOf(l.text, p) {
					s.words[k] = countHeight(s.words[k], l.y, p)
				}
			}
		}
	}
}

// running returns the lines of a row of page p that are headers or footers.
func (s *runningSearch) running(row []*pdfLine, p int) []*pdfLine {
	var out, perhaps []*pdfLine
	for _, l := range row {
		if utf8.RuneCountInString(l.text) > longestRunning {
			continue
		}
		often, again := false, false
		for _, k := range keysOf(l.text, p) {
			heights := s.words[k]
			often = often || s.most(heights, l.y)
			if at := heightOf(heights, l.y); at >= 0 && heights[at].pages[0]+heights[at].pages[1] >= 3 {
				again = true
			}
		}
		if often {
			out = append(out, l)
		} else if again {
			perhaps = append(perhaps, l)
		}
	}
	if len(out) > 0 || len(perhaps) == len(row) && s.most(s.rows, row[0].y) {
		out = append(out, perhaps...)
	}
	return out
}

// most reports whether height y is taken on at least three pages that are more
// than 60 % of all, or of the left or right ones.
func (s *runningSearch) most(heights []height, y float64) bool {
	at := heightOf(heights, y)
	if at < 0 {
		return false
	}
	h := heights[at]
	enough := func(n, of int) bool { return n >= 3 && n*10 > of*6 }
	return enough(h.pages[0]+h.pages[1], s.pages[0]+s.pages[1]) || enough(h.pages[0], s.pages[0]) || enough(h.pages[1], s.pages[1])
}

// pageEdges returns the rows of lines in the upper margin of a page, from the top,
// and those in the lower one, from the bottom. Where the places of the lines are
// not known, these are the first and the last ones.
func pageEdges(page *pdfPage) [2][][]*pdfLine {
	var order []*pdfLine
	for i := range page.lines {
		if !page.lines[i].turned {
			order = append(order, &page.lines[i])
		}
	}
	slices.SortStableFunc(order, func(a, b *pdfLine) int { return cmp.Compare(b.y, a.y) })
	var out [2][][]*pdfLine
	last := -1
	add := func(which int, l *pdfLine) {
		rows := out[which]
		if n := len(rows); l.size > 0 && which == last && n > 0 && math.Abs(rows[n-1][0].y-l.y) <= sameHeight {
			rows[n-1] = append(rows[n-1], l)
		} else {
			out[which] = append(rows, []*pdfLine{l})
		}
		last = which
	}
	few := min(4, (len(order)+3)/4)
	for i, l := range order {
		if page.height > 0 && l.y > (1-margin)*page.height || page.height == 0 && i < few {
			add(0, l)
		}
	}
	for i, l := range slices.Backward(order) {
		if page.height > 0 && l.y < margin*page.height || page.height == 0 && i >= len(order)-few && i >= few {
			add(1, l)
		}
	}
	return out
}

// keysOf returns what a line may repeat as: its words, and, for each of its first
// numbers, its words with that number as how far it is from page p, which stays
// the same where the number is the page's. A Roman number is one too.
func keysOf(text string, p int) []string {
	text = normal.OneLine(text)
	keys := []string{text}
	const mostNumbers = 4
	for from := 0; from < len(text) && len(keys) <= mostNumbers; {
		start := strings.IndexFunc(text[from:], isNumeral)
		if start < 0 {
			break
		}
		start += from
		end := len(text)
		if n := strings.IndexFunc(text[start:], func(r rune) bool { return !isNumeral(r) }); n >= 0 {
			end = start + n
		}
		from = end
		n, ok := pageNumeral(text[start:end])
		if before, _ := utf8.DecodeLastRuneInString(text[:start]); !ok || unicode.IsLetter(before) {
			continue
		}
		keys = append(keys, text[:start]+"\x00"+strconv.Itoa(n-p)+"\x00"+text[end:])
	}
	return keys
}

// isNumeral reports whether a number of a page may hold r.
func isNumeral(r rune) bool {
	return r >= '0' && r <= '9' || strings.ContainsRune("ivxlcIVXLC", r)
}

// romanForm is how numbers below 400 are written, "" too.
var romanForm = regexp.MustCompile(`^c{0,3}(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})$`)

// pageNumeral reads a page's number, Arabic or Roman.
func pageNumeral(s string) (n int, ok bool) {
	if s[0] >= '0' && s[0] <= '9' {
		n, err := strconv.Atoi(s)
		return n, err == nil && len(s) <= 6
	}
	values := map[byte]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100}
	low := strings.ToLower(s)
	if !romanForm.MatchString(low) || low != s && strings.ToUpper(s) != s {
		return 0, false
	}
	for i := range len(low) {
		v := values[low[i]]
		if i+1 < len(low) && values[low[i+1]] > v {
			v = -v
		}
		n += v
	}
	return n, true
}

// pageNumber reports whether a line gives a page's number and nothing else.
func pageNumber(text string) bool {
	numbers := 0
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if _, ok := pageNumeral(w); ok {
			numbers++
		} else if !slices.Contains(pageWords, w) {
			return false
		}
	}
	return numbers > 0
}

// pageWords are the words that stand beside page numbers.
var pageWords = strings.Fields("page p pg of seite s von página pagina pág de sur di van side sida av af strona str z страница стр из сторінка з oldal sivu 第 页 共 頁 ページ")
