package parse

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golocal"
	"golocal/ingest/normal"
)

// pdfLine is a line of a page as it was drawn. Size and position are those of its
// first letter, in points, the origin at the bottom left; zero when unknown.
type pdfLine struct {
	text    string
	size    float64
	x, y    float64
	running bool // a header or footer that repeats from page to page
}

type pdfPage []pdfLine

func scale(c, d float64) float64 {
	if s := math.Hypot(c, d); s > 0 {
		return s
	}
	return 1
}

// layPages lays out the pages of a document: each ends with a form feed,
// headers and footers that repeat are dropped, larger type makes headings, and
// a wider gap or a full stop before a short line's end makes paragraphs.
func layPages(pages []pdfPage, title string) (golocal.Document, error) {
	dropRunning(pages)
	levels := headingLevels(pages)
	doc := golocal.Document{Type: PDF, Pages: len(pages)}
	var text strings.Builder
	var out outline
	var largest pdfLine
	for number, page := range pages {
		doc.Marks = append(doc.Marks, golocal.Mark{At: text.Len(), Place: golocal.Place{Page: number + 1}})
		before := text.Len()
		pitch := linePitch(page)
		var last *pdfLine
		open := -1 // the section that the next line may go on with
		for i := range page {
			l := &page[i]
			if l.running {
				continue
			}
			level := levels.of(*l)
			joins := last != nil && open >= 0 && continues(*last, *l, pitch)
			if joins && level > 0 {
				joins = doc.Sections[open].Level == level && doc.Sections[open].Span.End-doc.Sections[open].Span.Start < 300
			} else if joins {
				joins = doc.Sections[open].Level == 0
			}
			if !joins {
				if last != nil {
					text.WriteString("\n")
				}
				section := golocal.Section{Kind: golocal.KindParagraph, Level: level, Span: golocal.Span{Start: text.Len()}}
				if level > 0 {
					section.Kind = golocal.KindHeading
				}
				open = len(doc.Sections)
				doc.Sections = append(doc.Sections, section)
			}
			text.WriteString(l.text)
			doc.Sections[open].Span.End = text.Len()
			text.WriteByte('\n')
			if number == 0 && level > 0 && l.size > largest.size {
				largest = *l
			}
			last = l
		}
		if text.Len() == before {
			doc.Blank++
		}
		text.WriteByte('\f')
	}
	doc.Text = text.String()
	for i := range doc.Sections {
		s := &doc.Sections[i]
		s.Span = normal.Trim(doc.Text, s.Span, false)
		if s.Kind == golocal.KindHeading {
			s.Heading = out.heading(s.Level, normal.OneLine(doc.Text[s.Span.Start:s.Span.End]))
		} else {
			s.Heading = out.path()
		}
	}
	if doc.Title = pdfTitle(title); doc.Title == "" && largest.size > 0 {
		for _, s := range doc.Sections {
			if t := doc.Text[s.Span.Start:s.Span.End]; s.Kind == golocal.KindHeading && strings.Contains(t, largest.text) {
				doc.Title = normal.Shorten(normal.OneLine(t), 300)
				break
			}
		}
	}
	setPlaces(&doc)
	if !normal.HasWords(doc.Text) {
		return doc, NoText(PDF, doc.Pages)
	}
	return doc, nil
}

// pdfTitle rejects what programs write into the title on their own.
func pdfTitle(s string) string {
	s = normal.Shorten(normal.OneLine(normal.Text(s)), 300)
	low := strings.ToLower(s)
	for _, bad := range []string{"untitled", "microsoft word", "microsoft powerpoint", "powerpoint presentation", "slide 1", "document1", "no title", "title"} {
		if strings.HasPrefix(low, bad) && (bad != "title" || low == bad) {
			return ""
		}
	}
	if !normal.HasWords(s) || !strings.ContainsFunc(s, unicode.IsLetter) || strings.ContainsAny(s, `\`) || !strings.Contains(s, " ") && strings.ContainsAny(s, "._") || strings.ContainsRune(s, utf8.RuneError) {
		return "" // a file's name
	}
	return s
}

// running returns how many lines from the top and the bottom of a page of n
// lines may be headers and footers.
func running(n int) int { return min(3, (n+3)/4) }

// dropRunning marks lines that stand at the top or the bottom of more than 60 %
// of the pages, page numbers aside.
func dropRunning(pages []pdfPage) {
	filled := 0
	seen := map[string]int{}
	edges := func(page pdfPage, visit func(l *pdfLine)) {
		for i := range page {
			if n := running(len(page)); i < n || i >= len(page)-n {
				visit(&page[i])
			}
		}
	}
	for _, page := range pages {
		if len(page) > 0 {
			filled++
		}
		once := map[string]bool{}
		edges(page, func(l *pdfLine) {
			if k := withoutNumbers(l.text); !once[k] {
				once[k] = true
				seen[k]++
			}
		})
	}
	if filled < 4 {
		return
	}
	for _, page := range pages {
		edges(page, func(l *pdfLine) { l.running = seen[withoutNumbers(l.text)]*10 > filled*6 })
	}
}

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
	return strings.TrimSpace(b.String())
}

// sizes maps letter sizes, in tenths of a point, to heading levels.
type sizes map[int]int

// of returns the heading level of a line, 0 for none. Headings are short, and
// hold letters.
func (s sizes) of(l pdfLine) int {
	level := s[tenths(l.size)]
	if level == 0 || len(l.text) > 160 {
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
		for _, l := range page {
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
func linePitch(page pdfPage) float64 {
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
