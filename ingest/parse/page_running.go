package parse

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestRunning is how many letters a header or footer may have.
const longestRunning = 120

// dropRunning marks headers and footers: short lines near the top or the bottom
// that stand at the same height, page numbers aside with the same words, on more
// than 60 % of the pages, of all or of the left or right ones. The first of
// them stays, for the search to find, if it says more than a page's number.
// Pages that are alike as a whole, as filled-in forms are, keep all of theirs.
func dropRunning(pages []pdfPage) {
	filled := 0
	var byParity [2]int
	for i := range pages {
		if len(pages[i].lines) > 0 {
			filled++
			byParity[i%2]++
		}
	}
	if filled < 3 {
		return
	}
	heights := map[string][]height{}
	visitEdges(pages, func(page int, l *pdfLine) {
		k := withoutNumbers(l.text)
		at := heightOf(heights[k], l.y)
		if at < 0 {
			at = len(heights[k])
			heights[k] = append(heights[k], height{y: l.y, last: -1})
		}
		if h := &heights[k][at]; h.last != page {
			h.last = page
			h.pages[page%2]++
		}
	})
	repeats := func(h height) bool {
		if (h.pages[0]+h.pages[1])*10 > filled*6 && h.pages[0]+h.pages[1] >= 3 {
			return true
		}
		for parity, n := range h.pages {
			if n >= 3 && n*10 > byParity[parity]*6 {
				return true
			}
		}
		return false
	}
	var found [][]*pdfLine
	alike := 0
	for i := range pages {
		var here []*pdfLine
		visitEdges(pages[i:i+1], func(_ int, l *pdfLine) {
			k := withoutNumbers(l.text)
			if at := heightOf(heights[k], l.y); at >= 0 && repeats(heights[k][at]) {
				here = append(here, l)
			}
		})
		found = append(found, here)
		if len(here)*2 > len(pages[i].lines) && len(here) > 2 {
			alike++
		}
	}
	if alike*2 > filled {
		return
	}
	first := map[string]bool{}
	for _, here := range found {
		for _, l := range here {
			k := withoutNumbers(l.text)
			l.running = first[k] || pageNumber(k)
			first[k] = true
		}
	}
}

// height is where lines of the same words stand, and on how many even and odd
// pages, counted from 0.
type height struct {
	y     float64
	pages [2]int
	last  int
}

func heightOf(heights []height, y float64) int {
	return slices.IndexFunc(heights, func(h height) bool { return math.Abs(h.y-y) <= 2 })
}

// visitEdges visits the lines that may be headers or footers: the highest and
// the lowest of each page.
func visitEdges(pages []pdfPage, visit func(page int, l *pdfLine)) {
	for p := range pages {
		lines := pages[p].lines
		order := make([]int, len(lines))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(lines[b].y, lines[a].y) })
		n := edge(len(lines))
		for i, at := range order {
			l := &lines[at]
			if (i < n || i >= len(lines)-n) && !l.turned && utf8.RuneCountInString(l.text) <= longestRunning {
				visit(p, l)
			}
		}
	}
}

// edge returns how many lines from the top and the bottom of a page of n lines
// may be headers and footers.
func edge(n int) int { return min(4, (n+3)/4) }

// withoutNumbers returns a line with every number as "#".
func withoutNumbers(s string) string {
	var b strings.Builder
	last := ' '
	for _, r := range s {
		if unicode.IsDigit(r) {
			r = '#'
		}
		if unicode.IsSpace(r) {
			r = ' '
		}
		if r == last && (r == '#' || r == ' ') {
			continue
		}
		b.WriteRune(r)
		last = r
	}
	if s = strings.TrimSpace(b.String()); roman(s) {
		return "#"
	}
	return s
}

// roman reports whether a line is a Roman number, as the first pages of a book have.
func roman(s string) bool {
	return s != "" && len(s) <= 8 && (strings.Trim(s, "ivxlc") == "" || strings.Trim(s, "IVXLC") == "")
}

// pageNumber reports whether a line, its numbers as "#", gives a page's number
// and nothing else.
func pageNumber(s string) bool {
	if !strings.Contains(s, "#") {
		return false
	}
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch w {
		case "page", "p", "pg", "of", "seite", "s", "von", "página", "pagina", "pág", "de", "sur", "di", "van", "side", "sida", "av", "af", "strona", "str", "z", "страница", "стр", "из", "сторінка", "oldal", "sivu", "第", "页", "共", "頁", "ページ":
		default:
			return false
		}
	}
	return true
}
