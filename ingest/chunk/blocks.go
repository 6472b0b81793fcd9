package chunk

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/place"
)

// gap is how well the text may be cut before a piece, as the cost of doing so
// relative to a chunk that is as good as empty (cost 1).
type gap float64

const (
	gapSection   gap = 0    // a heading of level 3 or deeper follows
	gapParagraph gap = 0.05 // another block
	gapLine      gap = 0.15 // another list item or table row
	gapSentence  gap = 0.30
	gapBlank     gap = 0.30 // an indented line of code after a blank one
	gapIndent    gap = 0.45 // another line inside a code block or list item
	gapInside    gap = 0.90 // inside a sentence
	gapLead      gap = 0.90 // between a list and the line that introduces it
	gapHeading   gap = 3    // between a heading and its text
)

// piece is the smallest unit that chunks are made of.
type piece struct {
	span   golocal.Span
	before gap
	tokens int
	kind   golocal.Kind
	path   []string
	block  int          // number of the block it was cut from
	apart  bool         // begins another section or top-level declaration than the piece before
	header golocal.Span // of a table row below the header: the header rows
}

// region is what chunks never cross.
type region []piece

// cutter cuts a document into pieces.
type cutter struct {
	text  string
	ruler place.Ruler
	count func(string) int
	most  int // tokens of a piece
}

// weight is the tokens of a span. Counters may see a long run without spaces
// as a single unknown token; for size, sixteen bytes are at least one.
func (c *cutter) weight(s golocal.Span) int {
	n := (s.End - s.Start) / 16
	if n > 8*c.most {
		return n // too much in any case: no need to count
	}
	return max(1, n, c.count(c.text[s.Start:s.End]))
}

// regions returns the document's pieces by region: what lies under one heading
// of level 1 or 2 in one slide, sheet, message or attachment. Such a heading
// is no piece (it stands in the heading path) unless nothing stands under it.
func (c *cutter) regions(doc golocal.Document) []region {
	blocks := c.blocks(doc)
	var out []region
	var now region
	flush := func() {
		if len(now) > 0 {
			out = append(out, now)
		}
		now = nil
	}
	var unit golocal.Place
	for i, b := range blocks {
		if u := place.Unit(c.ruler.At(b.Span.Start)); u != unit {
			unit = u
			flush()
		}
		if b.Kind != golocal.KindHeading {
			before := gapParagraph
			if i > 0 && len(now) > 0 {
				switch prev := blocks[i-1]; {
				case prev.Kind == golocal.KindHeading:
					before = gapHeading
				case b.Kind == golocal.KindList && strings.HasSuffix(strings.TrimRight(c.text[prev.Span.Start:prev.Span.End], " *_"), ":"):
					before = gapLead
				}
			}
			first := len(now)
			now = append(now, c.cut(b, i, before)...)
			if first > 0 && first < len(now) && b.Kind == golocal.KindCode && blocks[i-1].Kind == golocal.KindCode {
				now[first].apart = !slices.Equal(outermost(b.Heading), outermost(blocks[i-1].Heading))
			}
			continue
		}
		if b.Level <= 2 {
			flush()
			if c.bare(blocks[i:]) {
				now = c.cut(b, i, gapSection)
				flush()
			}
			continue
		}
		first := len(now)
		if now = append(now, c.cut(b, i, gapSection)...); first < len(now) {
			now[first].apart = true
		}
	}
	flush()
	return out
}

// outermost is the first heading of a path.
func outermost(path []string) []string { return path[:min(1, len(path))] }

// bare reports whether the heading blocks[0] has neither text nor a deeper
// heading under it.
func (c *cutter) bare(blocks []golocal.Section) bool {
	for _, b := range blocks[1:] {
		if b.Kind == golocal.KindHeading {
			return b.Level <= blocks[0].Level
		}
		if normal.HasWords(c.text[b.Span.Start:b.Span.End]) {
			return false
		}
	}
	return true
}

// blocks returns the document's sections without overlaps and with paragraphs
// in place of whatever text lies between them.
func (c *cutter) blocks(doc golocal.Document) []golocal.Section {
	var out []golocal.Section
	var path []string
	at := 0
	fill := func(end int) {
		if s := normal.Trim(c.text, golocal.Span{Start: at, End: end}, false); s.End > s.Start {
			out = append(out, golocal.Section{Kind: golocal.KindParagraph, Heading: path, Span: s})
		}
	}
	for _, b := range doc.Sections {
		b.Span.Start = max(b.Span.Start, at)
		b.Span.End = min(b.Span.End, len(c.text))
		for b.Span.Start < b.Span.End && !utf8.RuneStart(c.text[b.Span.Start]) {
			b.Span.Start++
		}
		for b.Span.End < len(c.text) && b.Span.End > b.Span.Start && !utf8.RuneStart(c.text[b.Span.End]) {
			b.Span.End--
		}
		if b.Span.Start >= b.Span.End {
			continue
		}
		b.Span = normal.Trim(c.text, b.Span, b.Kind == golocal.KindCode)
		if b.Span.Start >= b.Span.End {
			continue
		}
		fill(b.Span.Start)
		at = b.Span.End
		path = b.Heading
		if b.Kind == golocal.KindHeading {
			title := normal.Heading(c.text[b.Span.Start:b.Span.End])
			path = append(slices.Clone(b.Heading), title)
		}
		out = append(out, b)
	}
	fill(len(c.text))
	return out
}

// cut cuts a block into pieces; before is the gap before the first.
func (c *cutter) cut(b golocal.Section, block int, before gap) []piece {
	var pieces []piece
	add := func(s golocal.Span, before gap, header golocal.Span) {
		for i, part := range c.fit(s) {
			if i > 0 {
				before = gapInside
			}
			if len(pieces) == 0 {
				header = golocal.Span{}
			}
			pieces = append(pieces, piece{span: part, before: before, tokens: c.weight(part), kind: b.Kind, path: b.Heading, block: block, header: header})
		}
	}
	switch b.Kind {
	case golocal.KindHeading:
		add(b.Span, gapSection, golocal.Span{})
	case golocal.KindTable:
		rows := normal.Lines(c.text, b.Span)
		header := tableHeader(c.text, rows)
		if c.weight(header) > c.most/3 {
			header = golocal.Span{}
		}
		for _, row := range rows {
			h := header
			if row.Start < header.End {
				h = golocal.Span{}
			}
			add(row, gapLine, h)
		}
	case golocal.KindList, golocal.KindCode:
		blank := true
		last := b.Span.Start
		for _, line := range normal.Lines(c.text, b.Span) {
			blank = strings.Count(c.text[last:line.Start], "\n") > 1
			g := gapIndent
			switch {
			case b.Kind == golocal.KindList && (blank || normal.Item(c.text[line.Start:line.End])):
				g = gapLine
			case blank && unicode.IsSpace(rune(c.text[line.Start])):
				g = gapBlank
			case blank:
				g = gapParagraph
			}
			last = line.End
			if b.Kind == golocal.KindCode || c.weight(line) <= c.most/4 {
				add(line, g, golocal.Span{})
				continue
			}
			for i, s := range sentences(c.text, line) {
				if i > 0 {
					g = gapSentence
				}
				add(s, g, golocal.Span{})
			}
		}
	default:
		c.prose(b.Span, func(s golocal.Span, before gap) { add(s, before, golocal.Span{}) })
	}
	if len(pieces) > 0 {
		pieces[0].before = before
	}
	return pieces
}

// prose cuts a paragraph into sentences. Where a line is longer than anybody
// wraps them, long lines are paragraphs of their own, and a short one without a
// full stop before a long one is its title.
func (c *cutter) prose(b golocal.Span, add func(s golocal.Span, before gap)) {
	rows := normal.Lines(c.text, b)
	if !slices.ContainsFunc(rows, func(s golocal.Span) bool { return s.End-s.Start > unwrapped }) {
		rows = []golocal.Span{b}
	}
	long := func(i int) bool { return i >= 0 && i < len(rows) && rows[i].End-rows[i].Start > unwrapped/2 }
	titled := false
	for i, row := range rows {
		before := gapSentence
		switch title := !long(i) && long(i+1) && !strings.ContainsAny(c.text[row.End-1:row.End], ".,;!?"); {
		case titled:
			before, titled = gapLead, false
		case title:
			before, titled = gapSection, true
		case long(i) || long(i-1):
			before = gapParagraph
		}
		for _, s := range sentences(c.text, row) {
			add(s, before)
			before = gapSentence
		}
	}
}

// unwrapped is a length in bytes that lines broken by hand or by an editor do not
// reach.
const unwrapped = 160

// fit cuts a span until no part is larger than a piece may be: at a line end, a
// clause, a space or between two characters, the nearest to the middle.
func (c *cutter) fit(s golocal.Span) []golocal.Span {
	if c.weight(s) <= c.most {
		return []golocal.Span{s}
	}
	at := middle(c.text[s.Start:s.End])
	if at <= 0 || at >= s.End-s.Start {
		return []golocal.Span{s}
	}
	var out []golocal.Span
	for _, half := range []golocal.Span{{Start: s.Start, End: s.Start + at}, {Start: s.Start + at, End: s.End}} {
		if half = normal.Trim(c.text, half, false); half.End > half.Start {
			out = append(out, c.fit(half)...)
		}
	}
	return out
}

// middle returns the offset of the best place to cut s in two.
func middle(s string) int {
	mid, span := len(s)/2, len(s)/4
	lo, hi := mid-span, mid+span
	for _, stop := range []func(i int) bool{
		func(i int) bool { return s[i-1] == '\n' },
		func(i int) bool { return s[i-1] == ' ' && i > 1 && strings.IndexByte(",;:)|", s[i-2]) >= 0 },
		func(i int) bool {
			r, _ := utf8.DecodeLastRuneInString(s[:i])
			return unicode.IsSpace(r) || r == '、' || r == '，' || r == '；'
		},
		func(i int) bool { return s[i-1] == ',' || s[i-1] == '}' || s[i-1] == ';' || s[i-1] == '>' },
		func(i int) bool { return true },
	} {
		for d := 0; d <= span; d++ {
			for _, i := range []int{mid + d, mid - d} {
				if i > max(lo, 0) && i < min(hi+1, len(s)) && utf8.RuneStart(s[i]) && stop(i) {
					return i
				}
			}
		}
	}
	for i := mid; i > 0; i-- {
		if utf8.RuneStart(s[i]) {
			return i
		}
	}
	return 0
}

// tableHeader returns the first row, with the rule below it in Markdown.
func tableHeader(text string, rows []golocal.Span) golocal.Span {
	if len(rows) < 2 {
		return golocal.Span{}
	}
	if strings.Trim(text[rows[1].Start:rows[1].End], "|-: \t") == "" {
		return golocal.Span{Start: rows[0].Start, End: rows[1].End}
	}
	return rows[0]
}
