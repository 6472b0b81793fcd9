package parse

import (
	"regexp"
	"sort"
	"strings"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// Limits of one LaTeX file.
const (
	maxTeXArgument  = 64 << 10 // bytes of an argument
	maxTeXDepth     = 60       // arguments and macros in each other
	maxTeXExpansion = 1 << 20  // bytes that the file's own macros may add
)

// parseLaTeX reads LaTeX as the reader of the printed page sees it: comments and
// the preamble are dropped, commands are replaced by their text, texAccents by
// letters, the file's own macros by what they stand for. Formulas stay as they
// are written. Every paragraph is one line; its pieces are tied to the lines of
// the file.
func parseLaTeX(text string) (golocal.Document, error) {
	text = normal.NoPages(normal.Text(text))
	t := &tex{starts: lineStarts(text), section: 1, macros: map[string]texMacro{}, marked: len(text) <= markable}
	if texChapter.MatchString(text) {
		t.section = 2
	}
	preamble, body := "", text
	if i := texBegin.FindStringIndex(text); i != nil {
		preamble, body = text[:i[0]], text[i[1]:]
		t.preamble = true
		t.scan(preamble, 0)
		t.preamble = false
		notes := t.notes
		t.discard()
		t.notes, t.out = notes, layout{} // the notes are of the title
	}
	t.scan(body, len(text)-len(body))
	t.flush()
	doc, err := t.out.document(LaTeX, "")
	if doc.Title = t.title; doc.Title == "" && err == nil {
		doc.Title = firstHeading(doc)
	}
	doc.Meta = t.meta
	if len(t.inputs) > 0 {
		note(&doc, remark.NoteIncludes, normal.Shorten(strings.Join(t.inputs, ", "), 200))
	}
	return doc, err
}

var (
	texChapter = regexp.MustCompile(`(?m)^[^%\n]*\\(?:chapter|part)\*?\s*[\[{]`)
	texBegin   = regexp.MustCompile(`(?m)^[^%\n]*?\\begin\s*\{document\}`)
)

// lineStarts are the offsets at which lines begin.
func lineStarts(text string) []int {
	out := []int{0}
	for i := 0; i < len(text); i++ {
		if text[i] == '\n' {
			out = append(out, i+1)
		}
	}
	return out
}

// texMacro is a command that the file defines.
type texMacro struct {
	args     int
	optional string // value of the first argument where it is left out
	hasOpt   bool
	body     string
}

// tex is the state of reading a LaTeX file.
type tex struct {
	out      layout
	starts   []int
	marked   bool // tie every line, not only every paragraph
	preamble bool
	section  int // level of \section
	title    string
	meta     golocal.Meta
	macros   map[string]texMacro
	expanded int
	inputs   []string

	fixed int // line that all text stands on while an argument is read apart; 0 for none
	apart bool
	depth int
	buf   []byte
	line  int   // that buf began on
	runs  []run // finished pieces of the paragraph or item under way
	lists int   // open lists
	items []run // finished items
	table int   // open tables
	cells []string
	rows  []run // finished rows
	row   int   // line that the row under way began on
	begun bool  // there is text in the row
	notes []run // footnotes of the block under way
}

// lineOf returns the line of the source that offset i stands on.
func (t *tex) lineOf(i int) int {
	if t.fixed > 0 {
		return t.fixed
	}
	return sort.SearchInts(t.starts, i+1)
}

// write appends running text that stands at offset i.
func (t *tex) write(s string, i int) {
	if len(t.buf) == 0 {
		t.line = t.lineOf(i)
	}
	if t.table == 1 && !t.begun && strings.TrimSpace(s) != "" {
		t.row, t.begun = t.lineOf(i), true
	}
	t.buf = append(t.buf, s...)
}

// newline ends a line of the source: a space to the reader, a new piece to us.
func (t *tex) newline(i int) {
	if t.apart || t.table > 0 || t.fixed > 0 || !t.marked {
		t.write(" ", i)
		return
	}
	t.piece()
}

func (t *tex) piece() {
	if s := string(t.buf); strings.TrimSpace(s) != "" {
		t.runs = append(t.runs, run{s, golocal.Place{Line: t.line}})
	}
	t.buf = t.buf[:0]
}

// flush ends the paragraph under way, or the list as far as it got.
func (t *tex) flush() {
	if t.apart || t.table > 0 {
		t.write(" ", 0)
		return
	}
	if t.lists > 0 {
		t.item()
		t.out.addRuns(golocal.KindList, 0, "\n", t.items...)
		t.items = nil
	} else {
		t.piece()
		t.out.addRuns(golocal.KindParagraph, 0, " ", t.runs...)
		t.runs = nil
	}
	for _, n := range t.notes {
		t.out.addRuns(golocal.KindParagraph, 0, "", n)
	}
	t.notes = nil
}

// item makes one line of what was read since the last item.
func (t *tex) item() {
	t.piece()
	if len(t.runs) == 0 {
		return
	}
	var b strings.Builder
	for _, r := range t.runs {
		b.WriteString(r.text + " ")
	}
	t.items = append(t.items, run{b.String(), t.runs[0].place})
	t.runs = nil
}

// discard drops what was read: the text of a preamble.
func (t *tex) discard() {
	t.buf, t.runs, t.items, t.cells, t.rows, t.notes = nil, nil, nil, nil, nil, nil
	t.lists, t.table = 0, 0
}

func (t *tex) heading(level int, title string, i int) {
	if t.apart || t.table > 0 {
		t.write(" "+title+" ", i)
		return
	}
	t.flush()
	t.out.addRuns(golocal.KindHeading, max(1, level), "", run{title, golocal.Place{Line: t.lineOf(i)}})
}

// aside reads an argument apart from the running text and returns its text.
func (t *tex) aside(s string, i int) string {
	buf, line, fixed, apart, lists, table, preamble := t.buf, t.line, t.fixed, t.apart, t.lists, t.table, t.preamble
	t.buf, t.fixed, t.apart, t.lists, t.table, t.preamble = nil, t.lineOf(i), true, 0, 0, false
	t.scan(s, i)
	text := normal.OneLine(string(t.buf))
	t.buf, t.line, t.fixed, t.apart, t.lists, t.table, t.preamble = buf, line, fixed, apart, lists, table, preamble
	return text
}

// cell ends a cell of a table, endRow a row.
func (t *tex) cell() {
	t.cells = append(t.cells, normal.OneLine(string(t.buf)))
	t.buf = t.buf[:0]
}

func (t *tex) endRow() {
	t.cell()
	if strings.Join(t.cells, "") != "" {
		t.rows = append(t.rows, run{strings.Join(t.cells, " | "), golocal.Place{Line: t.row}})
	}
	t.cells, t.begun = nil, false
}
