package parse

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

const titleLevel = 100

// paragraph is a w:p.
type paragraph struct {
	text     []byte
	hidden   strings.Builder // what of it is not seen
	why      string
	style    string
	level    int // 1 to 6 of a heading, titleLevel, or 0
	list     listRef
	math     []int // offsets where the parts of formulas under way begin
	matrices int   // under way
	drawn    []drawing
	gone     bool // its mark was deleted or is hidden
}

// block is a paragraph that is done.
type block struct {
	text   string
	number string // "1.2", "•"
	level  int
	item   bool
	depth  int      // of an item: in how many others it lies
	rows   []string // of a table instead
}

func (w *word) start(e xml.StartElement, depth int) {
	p := w.paragraph()
	if e.Name.Space == w.math && e.Name.Local != "t" {
		if p != nil && w.math != w.prefix {
			p.mathStart(e)
			return
		}
	}
	switch e.Name.Local {
	case "del", "ins", "moveFrom":
		switch {
		case e.Name.Local == "ins":
		case w.inRow:
			w.table().gone = true
		case w.inMark && p != nil:
			p.gone = true
		default:
			w.skip = depth
		}
	case "instrText", "delText", "Fallback", "delInstrText", "sectPr", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange":
		w.skip = depth
	case "p":
		w.stack = append(w.stack, &paragraph{})
	case "pPr":
		w.inMark = true
	case "pStyle":
		if p != nil {
			p.style = xmlAttribute(e, "val")
			if p.level == 0 {
				p.level = w.styles.levels[p.style]
			}
		}
	case "outlineLvl":
		if n, err := strconv.Atoi(xmlAttribute(e, "val")); err == nil && n >= 0 && n < 9 && p != nil {
			p.level = min(n+1, 6)
		}
	case "numPr":
		if p != nil {
			p.list.set = true
		}
	case "numId":
		if p != nil {
			p.list.id = xmlAttribute(e, "val")
		}
	case "ilvl":
		if n, err := strconv.Atoi(xmlAttribute(e, "val")); err == nil && p != nil {
			p.list.level, p.list.deep = n, true
		}
	case "r":
		w.hidden = ""
		if p != nil && w.styles.hidden[p.style] {
			w.hidden = "vanish"
		}
	case "rStyle":
		if w.styles.hidden[xmlAttribute(e, "val")] {
			w.hidden = "vanish"
		}
	case "vanish", "specVanish":
		switch {
		case w.inMark && p != nil:
			p.gone = on(e)
		case on(e):
			w.hidden = "vanish"
		case e.Name.Local == "vanish":
			w.hidden = ""
		}
	case "sz":
		if n, err := strconv.Atoi(xmlAttribute(e, "val")); err == nil && n <= 2 && !w.inMark { // half points
			w.hidden = "too small to see"
		}
	case "t":
		w.inText = true
	case "tab", "ptab":
		if !w.inMark {
			w.write("\t")
		}
	case "br", "cr":
		w.write(" ")
	case "noBreakHyphen":
		w.write("-")
	case "sym":
		w.write(symbol(xmlAttribute(e, "font"), xmlAttribute(e, "char")))
	case "footnoteReference", "endnoteReference":
		if own := xmlAttribute(e, "customMarkFollows"); own == "" || own == "0" || own == "false" {
			w.write(w.reference(strings.TrimSuffix(e.Name.Local, "Reference"), xmlAttribute(e, "id")))
		}
	case "footnote", "endnote":
		if xmlAttribute(e, "type") != "" && xmlAttribute(e, "type") != "normal" {
			w.skip = depth // the line above the notes
			return
		}
		w.lead = w.notes[e.Name.Local+xmlAttribute(e, "id")]
	case "comment":
		w.lead = "Comment: "
		if author := normal.OneLine(xmlAttribute(e, "author")); author != "" {
			w.lead = "Comment by " + author + ": "
		}
	case "docPr":
		if s := pictureText(xmlAttribute(e, "descr")); s != "" && p != nil {
			p.drawn = append(p.drawn, drawing{lines: []string{s}})
		}
	case "chart", "relIds":
		id := xmlAttribute(e, "id")
		if e.Name.Local == "relIds" {
			id = xmlAttribute(e, "dm")
		}
		if r, ok := w.relations[id]; ok && r.inside && p != nil {
			p.drawn = append(p.drawn, w.a.drawing(r)...)
		}
	default:
		w.startTable(e)
	}
}

// on tells whether an element that switches a property switches it on.
func on(e xml.StartElement) bool {
	switch xmlAttribute(e, "val") {
	case "0", "false", "off":
		return false
	}
	return true
}

// reference numbers a note where it is referred to, as Word prints it.
func (w *word) reference(kind, id string) string {
	var s string
	if kind == "footnote" {
		w.counts[0]++
		s = fmt.Sprintf("[%d]", w.counts[0])
	} else {
		w.counts[1]++
		s = fmt.Sprintf("[%s]", strings.ToLower(roman(w.counts[1])))
	}
	w.notes[kind+id] = s + " "
	return s
}

func (w *word) end(n xml.Name) {
	if n.Space == w.math && n.Local != "t" && w.math != w.prefix {
		if p := w.paragraph(); p != nil {
			p.mathEnd(n.Local)
		}
		return
	}
	switch n.Local {
	case "t":
		w.inText = false
	case "r":
		w.hidden = ""
	case "pPr":
		w.inMark = false
	case "p":
		w.paragraphEnd()
	default:
		w.endTable(n.Local)
	}
}

func (w *word) paragraph() *paragraph {
	if len(w.stack) == 0 {
		return nil
	}
	return w.stack[len(w.stack)-1]
}

func (w *word) write(s string) {
	p := w.paragraph()
	switch {
	case p == nil:
	case w.hidden != "":
		p.hidden.WriteString(s)
		p.why = w.hidden
	default:
		p.text = append(p.text, s...)
	}
}

func (w *word) paragraphEnd() {
	n := len(w.stack)
	if n == 0 {
		return
	}
	p := w.stack[n-1]
	w.stack = w.stack[:n-1]
	w.inText, w.inMark, w.hidden = false, false, ""
	w.out.hide(p.why, p.hidden.String())
	b := block{text: normal.OneLine(string(p.text)), level: p.level}
	if ref := w.numbers.of(p.list, p.style); ref.id != "" || p.list.set && p.list.id == "" {
		b.item, b.depth = true, ref.level
		if b.text != "" || !p.gone {
			b.number = w.numbers.next(ref)
		}
	}
	if b.text != "" && w.lead != "" {
		b.text, w.lead = w.lead+b.text, ""
	}
	w.paragraphDone(b, p.drawn)
}

func (w *word) paragraphDone(b block, drawn []drawing) {
	t := w.table()
	if t == nil || !t.inCell {
		if b.text != "" {
			w.block(b)
		}
		w.drawn = append(w.drawn, drawn...)
		if len(w.stack) == 0 && len(w.tables) == 0 && len(w.drawn) > 0 {
			w.flush()
		}
		return
	}
	if b.text != "" {
		t.add(b)
	}
	for _, d := range drawn {
		if d.kind == "" {
			t.add(block{text: d.lines[0]})
		} else {
			w.drawn = append(w.drawn, d)
		}
	}
}

func (w *word) block(b block) {
	if b.item && (b.level == 0 || b.level == titleLevel) {
		w.list = append(w.list, strings.Repeat("  ", min(b.depth, 8))+b.line())
		return
	}
	w.flushList()
	switch {
	case b.rows != nil:
		w.out.add(golocal.KindTable, 0, strings.Join(b.rows, "\n"))
	case b.level == titleLevel:
		if w.title == "" {
			w.title = b.text
		}
		w.out.add(golocal.KindHeading, 1, b.line())
	case b.level > 0:
		w.out.add(golocal.KindHeading, b.level, b.line())
	default:
		w.out.add(golocal.KindParagraph, 0, b.text)
	}
}

// line is a block with the number that Word prints before it.
func (b block) line() string { return strings.TrimSpace(b.number + " " + b.text) }

func (w *word) flushList() {
	if len(w.list) > 0 {
		w.out.add(golocal.KindList, 0, strings.Join(w.list, "\n"))
		w.list = nil
	}
}

// flush writes the list under way, and what was drawn up to here.
func (w *word) flush() {
	w.flushList()
	for _, d := range w.drawn {
		w.out.draw(d)
	}
	w.drawn = nil
}
