package parse

import (
	"path"
	"regexp"
	"strings"
	"unicode"

	"golocal"
	"golocal/ingest/normal"
)

// logExt is text whose lines are records rather than sentences.
var logExt = set(".log .out .err")

// parseText reads plain text: its lines stay the file's own, paragraphs end at
// blank lines. Lines become headings only where nothing else is likely.
func parseText(name, text string) (golocal.Document, error) {
	v := newVerbatim(Text, text)
	if logExt[strings.ToLower(path.Ext(name))] {
		v.add(golocal.KindCode, 0, len(v.doc.Text))
		return v.document()
	}
	if len(v.doc.Text) > maxStructured {
		v.coarse()
		return v.document()
	}
	blocks := paragraphs(v.doc.Text, golocal.Span{End: len(v.doc.Text)})
	titles := textHeadings(v.doc.Text, blocks)
	for i, b := range blocks {
		if t := titles[i]; t.level > 0 {
			v.heading(t.level, t.title, b.Span.Start, b.Span.Start+t.size)
			b.Span.Start += t.size
			b.Kind = listOrParagraph(v.doc.Text[b.Span.Start:b.Span.End])
		}
		v.add(b.Kind, b.Span.Start, b.Span.End)
	}
	wikiHeadings(&v.doc)
	return v.document()
}

// coarse cuts a large text at blank lines into sections of some thousand bytes.
func (v *verbatim) coarse() {
	const least = 4 << 10
	text, start := v.doc.Text, 0
	for i := least; i < len(text); i++ {
		if text[i] == '\n' && normal.BlankAhead(text[i+1:]) {
			v.add(golocal.KindParagraph, start, i)
			start = i + 1
			i += least
		}
	}
	v.add(golocal.KindParagraph, start, len(text))
}

// paragraphs cuts a span at blank lines. A paragraph whose lines begin with
// list marks is a list.
func paragraphs(text string, s golocal.Span) []golocal.Section {
	var out []golocal.Section
	start := s.Start
	add := func(end int) {
		if one := normal.Trim(text, golocal.Span{Start: start, End: end}, true); one.End > one.Start {
			out = append(out, golocal.Section{Kind: listOrParagraph(text[one.Start:one.End]), Span: one})
		}
	}
	for i := s.Start; i < s.End; i++ {
		if text[i] == '\n' && normal.BlankAhead(text[i+1:s.End]) {
			add(i)
			start = i + 1
		}
	}
	add(s.End)
	return out
}

func listOrParagraph(block string) golocal.Kind {
	first, rest, more := strings.Cut(strings.TrimLeft(block, "\n"), "\n")
	if second, _, _ := strings.Cut(rest, "\n"); more && normal.Item(first) && (normal.Item(second) || strings.HasPrefix(second, " ")) {
		return golocal.KindList
	}
	return golocal.KindParagraph
}

// textHeading is a heading at the start of a paragraph of plain text.
type textHeading struct {
	level int
	title string
	size  int // bytes of the paragraph that it takes
}

var (
	chapterLine  = regexp.MustCompile(`^(?:CHAPTER|Chapter|PART|Part|BOOK|Book|ACT|APPENDIX|Appendix) (?:[IVXLC]+|\d+|[A-Z]|ONE|TWO|THREE|[A-Z][a-z]+)(?:[.:—–-].*)?$`)
	numberedLine = regexp.MustCompile(`^(\d+(?:\.\d+)*)\.?\s+\p{Lu}`)
)

// textHeadings finds the headings of plain text, one for each block or none: a
// title with a rule under it; a line alone that says it begins a chapter; lines
// alone in capitals; and numbered lines alone, as in RFCs, where they are many,
// come in order and have text under them.
func textHeadings(text string, blocks []golocal.Section) []textHeading {
	out := make([]textHeading, len(blocks))
	capitals, numbered, last := 0, 0, ""
	for i, b := range blocks {
		first, rest, more := strings.Cut(text[b.Span.Start:b.Span.End], "\n")
		title := strings.TrimSpace(first)
		if len(title) > 100 || !strings.ContainsFunc(title, unicode.IsLetter) {
			continue
		}
		if rule, _, _ := strings.Cut(rest, "\n"); more {
			if level := underline(title, strings.TrimSpace(rule)); level > 0 {
				out[i] = textHeading{level, normal.OneLine(title), len(first) + 1 + len(rule)}
			}
			continue
		}
		alone := textHeading{2, normal.OneLine(title), len(first)}
		bare := first == title && !strings.ContainsAny(title[len(title)-1:], ".,;:!?") && !strings.Contains(title, "....")
		switch m := numberedLine.FindStringSubmatch(first); {
		case chapterLine.MatchString(title):
			alone.level = 1
		case m != nil && bare && i+1 < len(blocks) && numberBefore(last, m[1]) && (strings.Contains(m[1], ".") || !numberedBlock(text, blocks[i+1])):
			alone.level = min(strings.Count(m[1], ".")+1, 6)
			last = m[1]
			numbered++
		case bare && len(title) >= 4 && title == strings.ToUpper(title) && title != strings.ToLower(title) && i+1 < len(blocks) && !strings.Contains(title, "   "):
			capitals++
		default:
			continue
		}
		out[i] = alone
	}
	for i, t := range out {
		switch title := t.title; {
		case numberedLine.MatchString(title) && t.size == len(text[blocks[i].Span.Start:blocks[i].Span.End]) && numbered < 3,
			t.level == 2 && title == strings.ToUpper(title) && capitals*3 > len(blocks):
			out[i] = textHeading{}
		}
	}
	return out
}

// underline returns the level of a title by the line under it, 0 for none.
func underline(title, rule string) int {
	if len(rule) < 3 || strings.Contains(title, "  ") || len(rule)*2 < len(title) || len(rule) > 2*len(title)+10 {
		return 0
	}
	switch {
	case strings.Trim(rule, "=") == "":
		return 1
	case strings.Trim(rule, "-") == "", strings.Trim(rule, "~") == "":
		return 2
	}
	return 0
}

// numberBefore reports whether section b may come after section a.
func numberBefore(a, b string) bool {
	if a == "" {
		return b == "1" || b == "0" || b == "1.0" || b == "1.1"
	}
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(as), len(bs)) {
		if as[i] != bs[i] {
			return len(as[i]) < len(bs[i]) || len(as[i]) == len(bs[i]) && as[i] < bs[i]
		}
	}
	return len(as) < len(bs)
}

func numberedBlock(text string, b golocal.Section) bool {
	first, _, more := strings.Cut(text[b.Span.Start:b.Span.End], "\n")
	m := numberedLine.FindStringSubmatch(first)
	return !more && m != nil && !strings.Contains(m[1], ".")
}
