package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is what a Unit is.
type Kind uint8

// The kinds of Unit.
const (
	Sentence Kind = iota // of a paragraph
	Item                 // one entry of a list, continuation lines included
	Row                  // one row of a table
	Code                 // a run of code lines
	Heading              // a Markdown heading
	Rule                 // a line without words: a table's rule, a fence, an underline
)

// Unit is the smallest piece of a text that makes sense when quoted alone.
type Unit struct {
	Start, End int // byte range in the text, white space trimmed
	Kind       Kind
	Block      int // units of one paragraph, list, table or code block share it
}

// Layout says how lines relate to paragraphs.
type Layout uint8

// The layouts of a text.
const (
	Wrapped Layout = iota // a paragraph runs over lines up to a blank one (text, Markdown, PDF)
	Lines                 // each line is a paragraph (HTML, DOCX)
	Source                // program source: blocks between blank lines
	Rows                  // each line is a row of a table (CSV)
)

// codeLines is how many lines of code make a unit at most.
const codeLines = 12

// Units splits text into units in order. They do not overlap and cover every
// byte that is not white space.
func Units(text string, layout Layout) []Unit {
	s := splitter{text: text, layout: layout}
	fence := ""
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexAny(text[start:], "\n\f"); i >= 0 {
			end = start + i
		}
		line := strings.TrimSpace(text[start:end])
		mark := ""
		if layout != Rows {
			mark = fenceOf(line)
		}
		switch {
		case fence != "":
			if mark != "" && strings.HasPrefix(mark, fence) {
				s.flush()
				s.add(start, end, Rule)
				fence = ""
			} else {
				s.code(start, end)
			}
		case layout == Rows:
			if line == "" {
				s.flush()
			} else {
				s.gather(start, end, Row)
				s.flushInto(true)
			}
		case layout == Source:
			if line == "" {
				s.flush()
			} else {
				s.code(start, end)
			}
		case mark != "":
			s.flush()
			s.add(start, end, Rule)
			fence = mark
		default:
			s.line(start, end, line)
		}
		if end < len(text) && text[end] == '\f' {
			s.flush()
		}
		start = end + 1
	}
	s.flush()
	return s.units
}

type splitter struct {
	text   string
	layout Layout
	units  []Unit
	block  int
	open   bool // a paragraph, item or code block is being gathered
	kind   Kind
	start  int
	end    int
	lines  int
}

func (s *splitter) line(start, end int, line string) {
	switch {
	case line == "":
		s.flush()
	case headingLevel(line) > 0:
		s.flush()
		s.add(start, end, Heading)
	case !strings.ContainsFunc(line, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.So, r) }):
		s.flush()
		s.add(start, end, Rule)
	case strings.HasPrefix(line, "|") || strings.Contains(line, " | "):
		s.flushInto(s.kind == Row)
		s.gather(start, end, Row)
		s.flushInto(true)
	case bullet(line) > 0:
		s.flushInto(s.kind == Item)
		s.gather(start, end, Item)
	case s.open && s.layout == Wrapped:
		s.end = end
	default:
		s.flush()
		s.gather(start, end, Sentence)
	}
}

func (s *splitter) code(start, end int) {
	if !s.open {
		s.gather(start, end, Code)
		s.lines = 0
	}
	s.end = end
	if s.lines++; s.lines == codeLines {
		s.flushInto(true)
	}
}

func (s *splitter) gather(start, end int, k Kind) {
	s.open, s.start, s.end, s.kind = true, start, end, k
}

func (s *splitter) flush() { s.flushInto(false) }

// flushInto ends what is being gathered; same keeps its block open for a
// following unit of the same list or table.
func (s *splitter) flushInto(same bool) {
	if s.open {
		if s.kind == Sentence {
			for _, u := range Sentences(s.text[s.start:s.end]) {
				s.add(s.start+u.Start, s.start+u.End, Sentence)
			}
		} else {
			s.add(s.start, s.end, s.kind)
		}
		s.open = false
	}
	if !same {
		s.block++
		s.kind = Sentence
	}
}

// add appends a unit, trimmed, unless nothing is left of it.
func (s *splitter) add(start, end int, k Kind) {
	t := s.text[start:end]
	start += len(t) - len(strings.TrimLeftFunc(t, unicode.IsSpace))
	end = start + len(strings.TrimSpace(t))
	if start < end {
		s.units = append(s.units, Unit{Start: start, End: end, Kind: k, Block: s.block})
	}
}

// fenceOf returns the run of three or more backticks or tildes that line opens with.
func fenceOf(line string) string {
	for _, c := range []string{"`", "~"} {
		if n := len(line) - len(strings.TrimLeft(line, c)); n >= 3 {
			return line[:n]
		}
	}
	return ""
}

// headingLevel is the level of a Markdown heading line, 0 for other lines.
func headingLevel(line string) int {
	n := len(line) - len(strings.TrimLeft(line, "#"))
	if n > 6 || n == 0 || (n < len(line) && line[n] != ' ' && line[n] != '\t') {
		return 0
	}
	return n
}

// bullet is the length of the list marker and space that line opens with, 0
// when it is no list entry.
func bullet(line string) int {
	for _, m := range []string{"- ", "* ", "+ ", "• ", "– ", "▪ ", "◦ "} {
		if strings.HasPrefix(line, m) {
			return len(m)
		}
	}
	n := 0
	for n < len(line) && n < 3 && line[n] >= '0' && line[n] <= '9' {
		n++
	}
	if n > 0 && n+1 < len(line) && (line[n] == '.' || line[n] == ')') && line[n+1] == ' ' {
		return n + 2
	}
	return 0
}

// Bullet is the length of the list marker and the space after it that line
// opens with, 0 when line is no list entry.
func Bullet(line string) int { return bullet(line) }

// Sentences splits a paragraph at its sentence ends; a newline is white space.
// The units are trimmed and cover every byte that is not white space.
func Sentences(text string) []Unit {
	var out []Unit
	start := 0
	emit := func(end int) {
		t := text[start:end]
		a := start + len(t) - len(strings.TrimLeftFunc(t, unicode.IsSpace))
		b := a + len(strings.TrimSpace(t))
		if a < b {
			out = append(out, Unit{Start: a, End: b})
		}
		start = end
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		switch r {
		case '。', '！', '？', '｡':
			i += closing(text[i:])
			emit(i)
		case '.', '!', '?', '…', '؟', '।':
			for i < len(text) && strings.ContainsRune(".!?…", rune(text[i])) {
				i++
			}
			end := i + closing(text[i:])
			next := strings.TrimLeftFunc(text[end:], unicode.IsSpace)
			if next == "" || len(next) == len(text[end:]) {
				continue // at the end, or no space: 3.5, example.com, a.m.
			}
			if r == '.' && !endsSentence(text[start:i-1], next) {
				continue
			}
			if f, _ := utf8.DecodeRuneInString(next); unicode.IsLower(f) && r != '!' && r != '?' {
				continue
			}
			i = end
			emit(end)
		}
	}
	emit(len(text))
	return out
}

// closing is the length of the quotes and brackets that close at the head of s.
func closing(s string) int {
	n := 0
	for n < len(s) {
		r, m := utf8.DecodeRuneInString(s[n:])
		if !strings.ContainsRune("\"'”’»)]}」』）】*_", r) {
			break
		}
		n += m
	}
	return n
}

// titles stand before a name or number, never at the end of a sentence.
var titles = set(`mr mrs ms dr prof st mt sr jr rev gen col lt sgt capt hon no nos fig figs eq sec ch vol pp p approx ca cf vs al
eg ie e.g i.e viz bzw z.b nr abb`)

// maybes may end a sentence; they do when a common opening word follows.
var maybes = set(`inc ltd co corp bros etc jan feb mar apr jun jul aug sep sept oct nov dec dept est univ usw ave blvd`)

var openers = set(`the a an in on at it he she they we you i this that these those there if when while after before as for from to with by
but and or so however also no not his her its their our my your what who how why is are all some many most each every one`)

// endsSentence tells whether a full stop between before and next ends a sentence.
func endsSentence(before, next string) bool {
	last := before[strings.LastIndexFunc(before, unicode.IsSpace)+1:]
	last = strings.ToLower(strings.TrimLeft(last, "([\"'“‘*_"))
	opener := func() bool {
		w := next
		if i := strings.IndexFunc(next, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
			w = next[:i]
		}
		return openers[strings.ToLower(w)]
	}
	switch {
	case titles[last]:
		return false
	case utf8.RuneCountInString(last) == 1 && last != "i":
		r, _ := utf8.DecodeRuneInString(last)
		return !unicode.IsLetter(r) || opener() // an initial: J. Smith
	case maybes[last], strings.Contains(last, ".") && !strings.ContainsFunc(last, unicode.IsDigit) && len(last) <= 6:
		return opener() // U.S. The
	}
	return true
}
