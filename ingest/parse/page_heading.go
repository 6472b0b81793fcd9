package parse

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golocal/ingest/normal"
)

// markHeadings gives the lines that are headings their level, after the
// bookmarks where the pages show the titles of most of them, else after the size
// of the type.
func markHeadings(pages []pdfPage, bookmarks []pdfBookmark) {
	if markBookmarks(pages, bookmarks) {
		return
	}
	levels := headingLevels(pages)
	for p := range pages {
		for i := range pages[p].lines {
			l := &pages[p].lines[i]
			l.level = levels.of(*l)
		}
	}
}

// titleLines is the most lines that a heading may take.
const titleLines = 4

// markBookmarks marks the lines that show the titles of bookmarks. It marks
// nothing, and reports false, where fewer than half of them can be found.
func markBookmarks(pages []pdfPage, bookmarks []pdfBookmark) bool {
	type found struct {
		page, from, to, level int
	}
	var all []found
	next := map[int]int{} // of a page, the line behind the last title
	base := math.MaxInt
	for _, b := range bookmarks {
		base = min(base, b.level)
	}
	asked := 0
	for _, b := range bookmarks {
		if b.page >= len(pages) {
			continue
		}
		asked++
		lines := pages[b.page].lines
		from, to := findTitle(lines, next[b.page], lettersOf(b.title))
		if to == 0 {
			from, to = findTitle(lines, 0, lettersOf(b.title))
		}
		if to > 0 {
			all = append(all, found{b.page, from, to, min(b.level-base+1, 6)})
			next[b.page] = to
		}
	}
	if len(all) < 2 || len(all)*2 < asked {
		return false
	}
	for _, f := range all {
		for i := f.from; i < f.to; i++ {
			pages[f.page].lines[i].level = f.level
		}
	}
	return true
}

// findTitle finds the lines that show a title, given as its letters; the second
// result is 0 where there are none. A number may stand before it.
func findTitle(lines []pdfLine, from int, title string) (first, end int) {
	if title == "" {
		return 0, 0
	}
	for i := from; i < len(lines); i++ {
		if lines[i].running {
			continue
		}
		rest := title
		for j := i; j < len(lines) && j < i+titleLines; j++ {
			l := lettersOf(lines[j].text)
			if j == i && !strings.HasPrefix(rest, l) {
				l = strings.TrimLeftFunc(l, unicode.IsDigit)
			}
			after, ok := strings.CutPrefix(rest, l)
			if !ok || l == "" {
				break
			}
			if rest = after; rest == "" {
				return i, j + 1
			}
		}
	}
	return 0, 0
}

// lettersOf returns the letters and digits of s in lower case.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// sizes maps letter sizes, in tenths of a point, to heading levels.
type sizes map[int]int

// of returns the heading level of a line, 0 for none. Headings are short, and
// hold letters.
func (s sizes) of(l pdfLine) int {
	level := s[tenths(l.size)]
	if level == 0 || len(l.text) > 160 || l.turned {
		return 0
	}
	letters := 0
	for _, r := range l.text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters < 3 || strings.HasSuffix(l.text, ",") {
		return 0
	}
	return level
}

func tenths(size float64) int { return int(math.Round(math.Min(math.Max(size, 0), 10_000) * 10)) }

// headingLevels ranks the sizes that are at least 15 % above the body's, which
// is the size of most letters. Where a tenth of the letters is larger, size
// says nothing (slides, posters) and there are no headings.
func headingLevels(pages []pdfPage) sizes {
	letters := map[int]int{}
	all := 0
	for _, page := range pages {
		for _, l := range page.lines {
			if l.size > 0 && !l.running {
				letters[tenths(l.size)] += len(l.text)
				all += len(l.text)
			}
		}
	}
	body, most := 0, 0
	for size, n := range letters {
		if n > most || n == most && size > body {
			body, most = size, n
		}
	}
	var larger []int
	sum := 0
	for size, n := range letters {
		if size*100 >= body*115 {
			larger = append(larger, size)
			sum += n
		}
	}
	if most == 0 || sum*10 > all*2 {
		return nil
	}
	slices.SortFunc(larger, func(a, b int) int { return cmp.Compare(b, a) })
	levels := sizes{}
	level, last := 0, 0
	for _, size := range larger {
		if last == 0 || size*100 < last*96 { // sizes within 4 % are one
			level++
			last = size
		}
		levels[size] = min(level, 6)
	}
	return levels
}

// linePitch is the usual distance between two lines of a page, 0 when unknown.
func linePitch(page []pdfLine) float64 {
	var gaps []float64
	for i := 1; i < len(page); i++ {
		if d := page[i-1].y - page[i].y; d > 1 && d < 4*page[i].size && tenths(page[i].size) == tenths(page[i-1].size) {
			gaps = append(gaps, d)
		}
	}
	if len(gaps) == 0 {
		return 0
	}
	slices.Sort(gaps)
	return gaps[(len(gaps)-1)/2]
}

// continues reports whether line b goes on with the paragraph of line a.
func continues(a, b pdfLine, pitch float64) bool {
	if a.paragraph > 0 && b.paragraph > 0 {
		return a.paragraph == b.paragraph
	}
	if a.size == 0 || b.size == 0 {
		return true // nothing known: sentences will do
	}
	if math.Abs(a.size-b.size) > 0.1*math.Max(a.size, b.size) {
		return false
	}
	drop := a.y - b.y
	switch {
	case drop < -1 || drop > 4*b.size: // the next column, or far away
		last, _ := utf8.DecodeLastRuneInString(a.text)
		return !strings.ContainsRune(".!?:。", last)
	case pitch > 0 && drop > 1.35*pitch:
		return false
	case drop > 0 && pitch == 0 && drop > 1.8*b.size:
		return false
	}
	return !normal.Item(b.text) || b.x > a.x+0.5 && unicode.IsDigit(rune(b.text[0]))
}

// follows reports whether line b is the next item of the list that line a is of.
func follows(a, b pdfLine, pitch float64) bool {
	drop := a.y - b.y
	return a.size == 0 || b.size == 0 || math.Abs(a.size-b.size) <= 0.1*math.Max(a.size, b.size) && drop > 0 && drop < 2.2*math.Max(pitch, 1.2*b.size)
}
