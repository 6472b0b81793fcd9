package parse

import (
	"cmp"
	"encoding/xml"
	"path"
	"slices"
	"strconv"
	"strings"

	"golocal"
	"golocal/ingest/normal"
)

// parseDOCX reads WordprocessingML (ECMA-376 part 1, 17): body, tables as rows,
// text boxes, then foot- and endnotes and comments. Deleted and hidden text,
// field codes and fallbacks for old readers are left out.
func parseDOCX(a *archive, main string) (golocal.Document, error) {
	w := &word{styles: a.styles(path.Join(path.Dir(main), "styles.xml"))}
	if err := w.read(a, main); err != nil {
		return golocal.Document{}, err
	}
	for _, part := range []string{"footnotes.xml", "endnotes.xml", "comments.xml"} {
		if part = path.Join(path.Dir(main), part); a.files[part] != nil {
			w.out.outline = outline{} // notes belong to no heading
			if err := w.read(a, part); err != nil {
				return golocal.Document{}, err
			}
		}
	}
	return w.out.document(DOCX, cmp.Or(strings.TrimSpace(a.coreTitle()), w.title))
}

// word is the state of reading one package.
type word struct {
	out    layout
	styles map[string]int // style id to heading level; titleLevel for the title
	title  string

	prefix string       // namespace prefix of the part's root element
	stack  []*paragraph // paragraphs under way: one may hold a text box with others
	tables []*table     // tables under way, outermost first
	list   []string     // items of the list under way
	skip   int          // depth of the element whose content is left out, 0 for none
	hidden bool         // the run under way is hidden text
	inText bool         // inside an element that holds text
}

const titleLevel = 100

// paragraph is a w:p.
type paragraph struct {
	text  strings.Builder
	level int // 1 to 6 of a heading, titleLevel, or 0
	item  bool
}

// table is a w:tbl.
type table struct {
	rows    [][]string
	blocks  []paragraphText // everything in it, for tables of one column
	cell    []string
	widest  int
	inCell  bool
	current []string
}

type paragraphText struct {
	text  string
	level int
	item  bool
}

func (w *word) read(a *archive, part string) error {
	w.stack, w.tables, w.skip, w.hidden, w.inText = nil, nil, 0, false, false
	err := a.tokens(part, func(t xml.Token, depth int) error {
		switch t := t.(type) {
		case xml.StartElement:
			if depth == 1 {
				w.prefix = t.Name.Space
			}
			if w.skip == 0 && w.ours(t.Name) {
				w.start(t, depth)
			}
		case xml.EndElement:
			if w.skip == depth+1 {
				w.skip = 0
			} else if w.skip == 0 && w.ours(t.Name) {
				w.end(t.Name.Local)
			}
		case xml.CharData:
			if w.skip == 0 && w.inText && !w.hidden {
				w.write(string(t))
			}
		}
		return nil
	})
	for len(w.stack) > 0 { // a part cut short
		w.end("p")
	}
	for len(w.tables) > 0 {
		w.end("tbl")
	}
	w.flushList()
	return err
}

// ours reports elements of WordprocessingML, and those of other namespaces that
// matter: text of formulas and drawings, and alternatives for old readers.
func (w *word) ours(n xml.Name) bool {
	return n.Space == w.prefix || n.Local == "t" || n.Local == "Fallback"
}

func (w *word) start(e xml.StartElement, depth int) {
	switch e.Name.Local {
	case "del", "moveFrom", "instrText", "delText", "Fallback", "delInstrText", "sectPr", "rPrChange", "pPrChange", "tblPrChange":
		w.skip = depth
	case "p":
		w.stack = append(w.stack, &paragraph{})
	case "pStyle":
		if p := w.paragraph(); p != nil && p.level == 0 {
			p.level = w.styles[xmlAttribute(e, "val")]
		}
	case "outlineLvl":
		if n, err := strconv.Atoi(xmlAttribute(e, "val")); err == nil && n >= 0 && n < 9 && w.paragraph() != nil {
			w.paragraph().level = min(n+1, 6)
		}
	case "numPr":
		if p := w.paragraph(); p != nil {
			p.item = true
		}
	case "vanish", "webHidden":
		if v := xmlAttribute(e, "val"); v != "0" && v != "false" && v != "off" {
			w.hidden = e.Name.Local == "vanish" || w.hidden
		}
	case "r":
		w.hidden = false
	case "t":
		w.inText = true
	case "tab", "ptab":
		w.write("\t")
	case "br", "cr":
		w.write(" ")
	case "noBreakHyphen":
		w.write("-")
	case "tbl":
		w.flushList()
		w.tables = append(w.tables, &table{})
	case "tr":
		if t := w.table(); t != nil {
			t.current = nil
		}
	case "tc":
		if t := w.table(); t != nil {
			t.cell, t.inCell = nil, true
		}
	}
}

func (w *word) end(local string) {
	switch local {
	case "t":
		w.inText = false
	case "r":
		w.hidden = false
	case "p":
		if n := len(w.stack); n > 0 {
			p := w.stack[n-1]
			w.stack = w.stack[:n-1]
			w.paragraphDone(paragraphText{normal.OneLine(p.text.String()), p.level, p.item})
		}
	case "tc":
		if t := w.table(); t != nil {
			t.current = append(t.current, strings.Join(t.cell, " "))
			t.inCell = false
		}
	case "tr":
		if t := w.table(); t != nil {
			t.widest = max(t.widest, len(t.current))
			if strings.TrimSpace(strings.Join(t.current, "")) != "" {
				t.rows = append(t.rows, t.current)
			}
		}
	case "tbl":
		if n := len(w.tables); n > 0 {
			t := w.tables[n-1]
			w.tables = w.tables[:n-1]
			w.tableDone(t)
		}
	}
}

func (w *word) paragraph() *paragraph {
	if len(w.stack) == 0 {
		return nil
	}
	return w.stack[len(w.stack)-1]
}

func (w *word) table() *table {
	if len(w.tables) == 0 {
		return nil
	}
	return w.tables[len(w.tables)-1]
}

func (w *word) write(s string) {
	if p := w.paragraph(); p != nil {
		p.text.WriteString(s)
	}
}

func (w *word) paragraphDone(p paragraphText) {
	if p.text == "" {
		return
	}
	if t := w.table(); t != nil && t.inCell {
		t.cell = append(t.cell, p.text)
		t.blocks = append(t.blocks, p)
		return
	}
	w.block(p)
}

func (w *word) block(p paragraphText) {
	if p.item && (p.level == 0 || p.level == titleLevel) {
		w.list = append(w.list, p.text)
		return
	}
	w.flushList()
	switch {
	case p.level == titleLevel:
		if w.title == "" {
			w.title = p.text
		}
		w.out.add(golocal.KindHeading, 1, p.text)
	case p.level > 0:
		w.out.add(golocal.KindHeading, p.level, p.text)
	default:
		w.out.add(golocal.KindParagraph, 0, p.text)
	}
}

func (w *word) flushList() {
	if len(w.list) > 0 {
		w.out.add(golocal.KindList, 0, strings.Join(w.list, "\n"))
		w.list = nil
	}
}

// tableDone writes a table: as rows, as blocks when one column only lays out
// the page, or into the cell of the table around it.
func (w *word) tableDone(t *table) {
	var rows []string
	for _, r := range t.rows {
		rows = append(rows, strings.Join(r, " | "))
	}
	if outer := w.table(); outer != nil {
		outer.cell = append(outer.cell, rows...)
		outer.blocks = append(outer.blocks, t.blocks...)
		outer.inCell = true
		return
	}
	if t.widest < 2 {
		for _, b := range t.blocks {
			w.block(b)
		}
		w.flushList()
		return
	}
	w.out.add(golocal.KindTable, 0, strings.Join(rows, "\n"))
}

// styles returns the heading level of each paragraph style: by its outline
// level, by the built-in name "heading 1" to "heading 9" or "Title", or by the
// style that it is based on.
func (a *archive) styles(part string) map[string]int {
	levels, parents := map[string]int{}, map[string]string{}
	if a.files[part] == nil {
		return levels
	}
	id := ""
	a.tokens(part, func(t xml.Token, _ int) error { // a broken style sheet costs headings only
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		val := xmlAttribute(e, "val")
		switch e.Name.Local {
		case "style":
			id = xmlAttribute(e, "styleId")
		case "basedOn":
			parents[id] = val
		case "name":
			name := strings.ToLower(val)
			if n, ok := strings.CutPrefix(name, "heading "); ok {
				if level, err := strconv.Atoi(n); err == nil && level > 0 {
					levels[id] = min(level, 6)
				}
			} else if name == "title" {
				levels[id] = titleLevel
			}
		case "outlineLvl":
			if n, err := strconv.Atoi(val); err == nil && n >= 0 && n < 9 && id != "" && levels[id] == 0 {
				levels[id] = min(n+1, 6)
			}
		}
		return nil
	})
	for style := range parents {
		var seen []string
		for at := style; levels[style] == 0 && parents[at] != "" && !slices.Contains(seen, at) && len(seen) < 20; at = parents[at] {
			seen = append(seen, at)
			levels[style] = levels[parents[at]]
		}
	}
	return levels
}

// coreTitle returns the title from the package's properties.
func (a *archive) coreTitle() string {
	if a.files["docProps/core.xml"] == nil {
		return ""
	}
	var title strings.Builder
	in := false
	a.tokens("docProps/core.xml", func(t xml.Token, _ int) error {
		switch t := t.(type) {
		case xml.StartElement:
			in = t.Name.Local == "title"
		case xml.EndElement:
			in = false
		case xml.CharData:
			if in && title.Len() < 1000 {
				title.Write(t)
			}
		}
		return nil
	})
	return title.String()
}
