package parse

import (
	"slices"
	"strconv"
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

// rtfText collects the blocks of a document.
type rtfText struct {
	out   layout
	title string

	line   strings.Builder // text of the paragraph under way
	unseen strings.Builder // its hidden text
	marker strings.Builder // of the list item under way: "1.", "a)"
	items  []string        // of the list under way
	cells  []string        // of the row under way
	parts  []string        // paragraphs of the cell under way
	blocks []odfBlock      // everything in the table, for tables of one column
	rows   [][]string      // of the table under way
	asides []rtfAside      // under way
	own    []string        // finished, of the paragraph under way
	after  []string        // finished, to stand behind the block under way
	author string          // of the next comment
	number int             // of notes that have a mark in the text
	marked bool            // the next note's mark has been written
}

// rtfAside is a note or comment under way, and the paragraph that it interrupts.
type rtfAside struct {
	line   string
	marker string
	note   bool
	parts  []string
}

// text appends running text. Text outside of the table ends it.
func (t *rtfText) text(s string, inTable bool) {
	if !inTable && len(t.asides) == 0 && (len(t.rows) > 0 || len(t.cells) > 0) && strings.TrimSpace(s) != "" {
		t.endTable()
	}
	t.line.WriteString(s)
}

// par ends a paragraph.
func (t *rtfText) par(level int, list, inTable bool) {
	if s := t.unseen.String(); s != "" {
		t.out.hide("hidden text", s)
		t.unseen.Reset()
	}
	s := normal.OneLine(normal.Text(t.line.String()))
	t.line.Reset()
	if m := normal.OneLine(normal.Text(t.marker.String())); m != "" {
		if s != "" && strings.ContainsAny(m, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
			s = m + " " + s
		}
		list = true
	}
	t.marker.Reset()
	if s == "" && len(t.own) == 0 {
		return
	}
	switch n := len(t.asides); {
	case s == "":
	case n > 0:
		t.asides[n-1].parts = append(t.asides[n-1].parts, s)
	case inTable:
		t.parts = append(t.parts, s)
		t.blocks = append(t.blocks, odfBlock{s, level, list})
	default:
		t.endTable()
		t.block(odfBlock{s, level, list})
	}
	if len(t.asides) > 0 {
		return
	}
	t.after = append(t.after, t.own...)
	t.own = nil
	if len(t.items) == 0 && !inTable {
		t.flush()
	}
}

func (t *rtfText) block(b odfBlock) {
	if b.item && (b.level == 0 || b.level == titleLevel) {
		t.items = append(t.items, b.text)
		return
	}
	t.flush()
	switch {
	case b.level == titleLevel:
		t.out.add(golocal.KindHeading, 1, b.text)
	case b.level > 0:
		t.out.add(golocal.KindHeading, b.level, b.text)
	default:
		t.out.add(golocal.KindParagraph, 0, b.text)
	}
}

// flush writes the list under way, and the notes and comments behind it.
func (t *rtfText) flush() {
	if len(t.items) > 0 {
		t.out.add(golocal.KindList, 0, strings.Join(t.items, "\n"))
		t.items = nil
	}
	for _, s := range t.after {
		t.out.add(golocal.KindParagraph, 0, s)
	}
	t.after = nil
}

func (t *rtfText) cell() {
	if len(t.asides) == 0 {
		t.cells = append(t.cells, strings.Join(t.parts, " "))
		t.parts = nil
	}
}

func (t *rtfText) row() {
	if len(t.asides) > 0 {
		return
	}
	if len(t.parts) > 0 {
		t.cell()
	}
	if slices.ContainsFunc(t.cells, func(s string) bool { return s != "" }) {
		t.rows = append(t.rows, t.cells)
	}
	t.cells = nil
}

// endTable writes the table under way: as rows, or as blocks when one column
// only lays out the page.
func (t *rtfText) endTable() {
	if len(t.rows) == 0 && len(t.cells) == 0 && len(t.parts) == 0 {
		return
	}
	t.row()
	widest := 0
	lines := make([]string, len(t.rows))
	for i, row := range t.rows {
		widest = max(widest, len(row))
		lines[i] = strings.TrimRight(strings.Join(row, " | "), " ")
	}
	blocks := t.blocks
	t.rows, t.blocks = nil, nil
	after := t.after
	t.after = nil
	t.flush()
	if widest < 2 {
		for _, b := range blocks {
			t.block(b)
		}
	} else {
		t.out.add(golocal.KindTable, 0, strings.Join(lines, "\n"))
	}
	t.after = after
	t.flush()
}

// reference takes the mark of a note in the text or at the note's beginning.
func (t *rtfText) reference(note bool) {
	if !note || len(t.asides) > 0 {
		return // the note's own mark is written by endAside
	}
	t.number++
	t.marked = true
	t.line.WriteString("[" + strconv.Itoa(t.number) + "]")
}

func (t *rtfText) beginAside(note bool) {
	t.asides = append(t.asides, rtfAside{line: t.line.String(), marker: t.marker.String(), note: note})
	t.line.Reset()
	t.marker.Reset()
}

func (t *rtfText) endAside() {
	n := len(t.asides)
	if n == 0 {
		return
	}
	t.par(0, false, false)
	aside := t.asides[n-1]
	t.asides = t.asides[:n-1]
	t.line.WriteString(aside.line)
	t.marker.WriteString(aside.marker)
	label := ""
	switch {
	case aside.note && t.marked:
		t.marked = false
		label = "[" + strconv.Itoa(t.number) + "] "
	case !aside.note && t.author != "":
		label = normal.OneLine(normal.Text(t.author)) + ": "
		t.author = ""
	}
	if len(aside.parts) > 0 {
		t.own = append(t.own, label+strings.Join(aside.parts, "\n"))
	}
}

// finish ends what is open.
func (t *rtfText) finish() {
	for len(t.asides) > 0 {
		t.endAside()
	}
	inTable := len(t.cells) > 0 || len(t.parts) > 0
	t.par(0, false, inTable)
	t.endTable()
	t.flush()
}
