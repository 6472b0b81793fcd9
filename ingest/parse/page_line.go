package parse

import (
	"math"
	"strings"
	"unicode"

	"golocal"
	"golocal/ingest/normal"
)

// pdfLine is a line of a page as it was drawn. Size and position are those of its
// first letter, in points, the origin at the bottom left of the page as it is
// shown; zero when unknown.
type pdfLine struct {
	text    string // "\f" stands where a word was divided, until joinWords
	size    float64
	x, y    float64
	box     golocal.Box
	level   int  // of a heading, 0 for none
	turned  bool // it does not run from left to right
	running bool // a header or footer that repeats from page to page

	paragraph int // 1-based, of its page, where OCR tells; else 0
}

// pdfPage is a page as layPages takes it.
type pdfPage struct {
	lines  []pdfLine
	height float64 // points; 0 when unknown
	label  string  // its printed number, "" when that is not known
	hidden []golocal.Hidden
}

// pageLines puts the letters of a page together into lines. PDFium's spaces and
// line ends hold where the letters run from left to right; elsewhere their
// places decide.
func pageLines(chars []pdfChar) pdfPage {
	var page pdfPage
	chars, page.hidden = withoutHidden(chars)
	w := lineWriter{into: -1}
	chars = joinAccents(chars)
	for i := range chars {
		w.put(&chars[i])
	}
	w.end()
	page.lines = withoutDoubles(w.lines)
	return page
}

// lineWriter collects lines.
type lineWriter struct {
	lines []pdfLine
	line  pdfLine
	text  strings.Builder
	chars []placed // of the line
	right bool     // letters among them are written from right to left
	into  int      // the line that takes the rest of a divided word; -1 for none
	last  *pdfChar // the last letter
	word  int      // how many letters of the same word, up to the last one
	apart rune     // what PDFium put between it and the next: 0, ' ' or '\n'
	space bool     // the page itself has a space there
}

func (w *lineWriter) put(c *pdfChar) {
	switch c.r {
	case '\n':
		w.apart = '\n'
		return
	case ' ':
		if w.apart == 0 {
			w.apart = ' '
		}
		w.space = w.space || !c.made
		return
	}
	how := gapBroken
	if w.last != nil {
		how = gapBetween(w.last, c, w.apart, w.space, w.word)
		switch how {
		case gapRepeated:
			w.apart, w.space = 0, false
			return
		case gapSpaced:
			if w.into >= 0 {
				w.into = -1 // the word is complete; what follows is this line's own
			} else {
				w.text.WriteByte(' ')
			}
		case gapDivided:
			w.divide()
		case gapBroken:
			w.end()
		}
	}
	w.apart, w.space = 0, false
	if w.text.Len() == 0 && w.line.box == (golocal.Box{}) {
		w.line = pdfLine{size: c.size, x: c.x, y: c.y, box: c.box, turned: !c.level()}
	}
	w.line.box = boxUnion(w.line.box, c.box)
	w.chars = append(w.chars, placed{c, how == gapSpaced})
	w.right = w.right || rightToLeft(c.r)
	s := charText(c)
	if w.into >= 0 {
		w.lines[w.into].text += s
	} else {
		w.text.WriteString(s)
	}
	if how != gapGlued || !unicode.IsLetter(c.r) {
		w.word = 0
	}
	if unicode.IsLetter(c.r) {
		w.word++
	}
	w.last = c
}

// divide ends a line at a hyphen that divides a word. The rest of the word goes
// to the line that it begins on.
func (w *lineWriter) divide() {
	begun := w.into
	s := strings.TrimSuffix(w.text.String(), "-")
	if begun >= 0 { // a word on three lines
		w.lines[begun].text = strings.TrimSuffix(w.lines[begun].text, "-") + "\f"
		w.line, w.into = pdfLine{}, begun
		return
	}
	w.text.Reset()
	w.text.WriteString(s + "\f")
	n := len(w.lines)
	w.end()
	if len(w.lines) > n {
		w.into = n
	}
}

// end ends a line.
func (w *lineWriter) end() {
	if s := w.text.String(); strings.TrimSpace(s) != "" {
		if w.line.text = s; w.right && w.line.size > 0 && !w.line.turned && w.into < 0 && !strings.HasSuffix(s, "\f") {
			w.line.text = rightToLeftLine(w.chars)
		}
		w.lines = append(w.lines, w.line)
	}
	w.line, w.into = pdfLine{}, -1
	w.chars, w.right = w.chars[:0], false
	w.text.Reset()
}

// gap is how two letters stand to each other.
type gap int

const (
	gapGlued    gap = iota
	gapSpaced       // a space is between them
	gapBroken       // a line ends between them
	gapDivided      // a line ends with a hyphen between them, and the word goes on
	gapRepeated     // the second is the first again, as printers make letters bold
)

// gapBetween decides how letter b follows letter a, where PDFium put apart between
// them, space says whether the page has a space there, and a is the last of so
// many letters of a word.
func gapBetween(a, b *pdfChar, apart rune, space bool, word int) gap {
	em := max(a.size, b.size)
	if em == 0 || a.dx == 0 && a.dy == 0 || b.dx == 0 && b.dy == 0 { // nothing is known
		switch {
		case a.hyphen:
			return gapDivided
		case apart == '\n':
			return gapBroken
		case apart == ' ':
			return gapSpaced
		}
		return gapGlued
	}
	ahead := (b.x-a.x)*a.dx + (b.y-a.y)*a.dy // along the line, and to its left
	aside := (b.y-a.y)*a.dx - (b.x-a.x)*a.dy
	if a.r == b.r && a.object != b.object && apart == 0 && math.Abs(ahead) < 0.08*em && math.Abs(aside) < 0.08*em {
		return gapRepeated
	}
	parallel := a.dx*b.dx+a.dy*b.dy > 0.98
	if a.hyphen || a.r == '-' && apart == '\n' && unicode.IsLower(b.r) {
		next := parallel && math.Abs(a.size-b.size) <= 0.25*em && (unicode.IsLetter(b.r) || unicode.IsDigit(b.r))
		below := aside < -0.5*em && aside > -2.5*em && ahead < 0
		beside := aside > 2*em && ahead > 0
		if next && (below || beside) {
			return gapDivided
		}
		if a.hyphen && apart == 0 && math.Abs(aside) > 0.5*em {
			return gapBroken
		}
	}
	if !parallel {
		return gapBroken
	}
	if a.level() {
		return beside(a, b, apart, space, aside/em, word)
	}
	wide := a.advance()
	switch {
	case math.Abs(aside) > 0.4*em || ahead < -0.2*em || ahead > wide+4*em:
		return gapBroken
	case space || ahead-wide > 0.22*em:
		return gapSpaced
	}
	return gapGlued
}

// beside is gapBetween for letters that run from left to right, b being shifted up
// by so many times the size of the type. PDFium ends a line at many a raised or
// lowered letter, and at every letter of a page that runs upwards for the most
// part.
func beside(a, b *pdfChar, apart rune, space bool, shift float64, word int) gap {
	em := max(a.size, b.size)
	free := float64(b.box[0]-a.box[2]) / em
	if b.x < a.x {
		free = float64(a.box[0]-b.box[2]) / em
	}
	near := math.Abs(shift) < 0.7 && free > -0.2 && boxOverlap(a.box, b.box) > 0.3
	if apart == '\n' && !(near && free < 1 && b.x > a.x) {
		return gapBroken
	}
	raised := near && math.Abs(a.size-b.size) > 0.12*em && math.Abs(shift) > 0.1
	switch {
	case space, apart == ' ' && !raised && free > 0.06, free > 0.3:
		return gapSpaced
	case raised && unicode.IsDigit(b.r) && shift > 0 && b.size < a.size && (word > 3 || unicode.IsDigit(a.r) || unicode.IsPunct(a.r)):
		return gapSpaced // the number of a note, no exponent
	case free > 0.2 && apart != 0:
		return gapSpaced
	}
	return gapGlued
}

// boxOverlap returns how much of the lower of two boxes is beside the other.
func boxOverlap(a, b golocal.Box) float64 {
	lower := min(a[3]-a[1], b[3]-b[1])
	if lower <= 0 {
		return 0
	}
	return float64((min(a[3], b[3]) - max(a[1], b[1])) / lower)
}

// level reports whether a letter is written from left to right.
func (c *pdfChar) level() bool { return c.dx > 0.99 || c.dx == 0 && c.dy == 0 }

// advance estimates how wide a letter is along its direction: its box is
// upright, whatever the letter is.
func (c *pdfChar) advance() float64 {
	w, h := float64(c.box[2]-c.box[0]), float64(c.box[3]-c.box[1])
	cos, sin := math.Abs(c.dx), math.Abs(c.dy)
	if d := cos*cos - sin*sin; math.Abs(d) > 0.3 {
		return max(0, (w*cos-h*sin)/d)
	}
	return c.size / 2
}

func boxUnion(a, b golocal.Box) golocal.Box {
	if b[2] <= b[0] && b[3] <= b[1] {
		return a
	}
	return golocal.Box{min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])}
}

// charText writes a letter as text.
func charText(c *pdfChar) string {
	switch {
	case c.hyphen:
		return "-"
	case c.r == 0xad: // drawn, so it is read
		return "-"
	case c.r == '\f' || c.r == '\t' || c.r == 0xa0:
		return " "
	}
	if c.r >= 0 && c.r < 0x80 {
		return ascii[c.r : c.r+1]
	}
	if s, ok := drawnAs[c.r]; ok {
		return s
	}
	return string(c.r)
}

// ascii has every ASCII character at its place, to be cut out without a copy.
var ascii = func() string {
	b := make([]byte, 0x80)
	for i := range b {
		b[i] = byte(i)
	}
	return string(b)
}()

// drawnAs are ligatures, which readers search as several letters, and the marks of
// symbol fonts (Wingdings and Symbol) that stand before the items of lists.
var drawnAs = map[rune]string{
	'ﬀ': "ff", 'ﬁ': "fi", 'ﬂ': "fl", 'ﬃ': "ffi", 'ﬄ': "ffl", 'ﬅ': "st", 'ﬆ': "st",
	0xf0a7: "•", 0xf0b7: "•", 0xf06c: "•", 0xf06e: "•", 0xf09f: "•", 0xf076: "•", 0xf0d8: "•", 0xf0a8: "•", 0xf071: "•", 0xf072: "•", 0xf0fc: "✓", 0xf0fe: "☑", 0xf06f: "☐", 0xf0e0: "→", 0xf0f0: "→", 0xf02d: "-", 0xf020: " ",
}

// finishLine brings a line's text into its normal form.
func finishLine(s string) string {
	s = strings.TrimRight(strings.ReplaceAll(normal.Text(s), "\n", " "), " \t")
	if item, ok := strings.CutPrefix(s, "\ufffd "); ok {
		s = "• " + item // of a font for marks
	}
	return s
}
