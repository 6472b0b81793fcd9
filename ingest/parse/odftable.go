package parse

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// Limits of a sheet: a cell or row says how often it is repeated, and a few
// bytes can claim a sheet of 10^10 cells.
const (
	maxODFColumns = 1 << 14 // as programs allow
	maxCopies     = 1000    // of a cell or row with text
	maxCopied     = 1 << 20 // bytes of a document that such copies make
)

// copies returns how often a cell or row of so many bytes is read that is
// repeated n times.
func (d *openDocument) copies(n, size int) int {
	n = min(n, maxCopies)
	if n > 1 && (n-1)*(size+3) > maxCopied-d.copied {
		return 1
	}
	d.copied += (n - 1) * (size + 3)
	return n
}

// odfTable is a table:table under way: of a text or slide, or a sheet.
type odfTable struct {
	name     string
	cell     []string // paragraphs of the cell under way
	inCell   bool
	value    string       // of the cell under way, shown when it has no paragraphs
	repeat   int          // of the cell under way
	cells    []odfCell    // of the row under way
	column   int          // 0-based, of the cell under way
	row      int          // 0-based, of the row under way
	rows     [][]odfCell  // read and not written
	first    int          // row of rows[0]
	blocks   []odfBlock   // everything in it, for tables of one column
	comments []odfComment // of a sheet
	repeats  int          // of the row under way
	hidden   bool         // it is not shown
}

type odfCell struct {
	column int
	text   string
}

type odfComment struct {
	row, column int
	text        string
}

func (d *openDocument) table() *odfTable {
	if len(d.tables) == 0 {
		return nil
	}
	return d.tables[len(d.tables)-1]
}

// sheet reports that the table under way is a sheet, not a table in a text.
func (d *openDocument) sheet() bool { return d.kind == ODS && len(d.tables) == 1 }

func (d *openDocument) repeated(e xml.StartElement, name string) int {
	n, err := strconv.Atoi(d.attribute(e, name))
	if err != nil {
		return 1
	}
	return min(max(n, 1), 1<<24)
}

func (d *openDocument) startTable(name string, e xml.StartElement) {
	if d.kind == "" {
		return
	}
	if name == "table:table" || name == "table:sub-table" {
		if len(d.tables) == 0 {
			d.flush()
		}
		d.tables = append(d.tables, &odfTable{name: normal.OneLine(normal.Text(d.attribute(e, "table:name")))})
		if d.sheet() {
			d.page++
			if d.tables[0].name == "" {
				d.tables[0].name = strconv.Itoa(d.page)
			}
			d.out.mark(golocal.Place{Sheet: d.tables[0].name})
			if d.styles.leftOut("table", d.attribute(e, "table:style-name")) {
				d.gone["sheet"]++
			}
		}
		return
	}
	t := d.table()
	if t == nil {
		return
	}
	switch name {
	case "table:table-row":
		t.cells, t.column, t.repeats = nil, 0, d.repeated(e, "table:number-rows-repeated")
		v := d.attribute(e, "table:visibility")
		t.hidden = v == "collapse" || v == "filter"
	case "table:table-cell", "table:covered-table-cell":
		t.cell, t.inCell, t.repeat = nil, true, d.repeated(e, "table:number-columns-repeated")
		t.value = ""
		for _, a := range []string{"office:string-value", "office:date-value", "office:time-value", "office:boolean-value", "office:value"} {
			if t.value = d.attribute(e, a); t.value != "" {
				break
			}
		}
	}
}

func (d *openDocument) endTable(name string) {
	t := d.table()
	if t == nil {
		return
	}
	switch name {
	case "table:table-cell", "table:covered-table-cell":
		text := strings.Join(t.cell, " ")
		if text == "" && d.sheet() {
			text = normal.OneLine(normal.Text(t.value))
		}
		t.inCell = false
		switch {
		case !d.sheet():
			for range d.copies(t.repeat, len(text)) {
				t.cells = append(t.cells, odfCell{len(t.cells), text})
			}
		case text != "":
			for i := range min(d.copies(t.repeat, len(text)), maxODFColumns-t.column) {
				t.cells = append(t.cells, odfCell{t.column + i, text})
			}
		}
		t.column = min(t.column+t.repeat, maxODFColumns)
	case "table:table-row":
		d.endRow(t)
	case "table:table", "table:sub-table":
		d.tables = d.tables[:len(d.tables)-1]
		switch outer := d.table(); {
		case d.kind == ODS && outer == nil:
			d.writeRows(t)
			d.writeComments(t)
			d.flush()
			d.out.end()
		case outer != nil:
			for _, row := range t.rows {
				outer.cell = append(outer.cell, joinCells(row, false))
			}
			outer.blocks = append(outer.blocks, t.blocks...)
		case len(d.asides) > 0:
			aside := d.asides[len(d.asides)-1]
			for _, row := range t.rows {
				aside.paras = append(aside.paras, joinCells(row, false))
			}
		default:
			d.tableDone(t)
		}
	}
}

func (d *openDocument) endRow(t *odfTable) {
	filled := slices.ContainsFunc(t.cells, func(c odfCell) bool { return c.text != "" })
	switch {
	case !d.sheet():
		if filled {
			t.rows = append(t.rows, t.cells)
		}
	case !filled:
		d.writeRows(t)
	default:
		if len(t.rows) == 0 {
			t.first = t.row
		}
		if t.hidden {
			d.gone["row"] += t.repeats
		}
		size := 0
		for _, c := range t.cells {
			size += len(c.text) + 3
		}
		n := d.copies(t.repeats, size)
		for range n {
			t.rows = append(t.rows, t.cells)
		}
		if t.repeats > n {
			if len(d.out.notes) < 20 {
				d.out.note(remark.NoteRowsRepeat, t.row+1+n, t.row+t.repeats, t.name, t.row+1)
			}
			d.writeRows(t)
		}
	}
	t.row += t.repeats
}

// writeRows writes the rows of a sheet that stand together as one table.
func (d *openDocument) writeRows(t *odfTable) {
	if len(t.rows) == 0 {
		return
	}
	first, last := maxODFColumns, 0
	for _, row := range t.rows {
		first, last = min(first, row[0].column), max(last, row[len(row)-1].column)
	}
	columns := odfColumn(first)
	if last > first {
		columns += ":" + odfColumn(last)
	}
	lines := make([]string, len(t.rows))
	size := 0
	for i, row := range t.rows {
		lines[i] = joinCells(row, true)
		if gap := row[0].column - first; gap > 0 {
			lines[i] = strings.Repeat("| ", gap) + lines[i]
		}
		if size += len(lines[i]); size > MaxText {
			lines = lines[:i+1]
			break
		}
	}
	kind := golocal.KindTable
	if last == first {
		kind = golocal.KindList
		if len(lines) == 1 {
			kind = golocal.KindParagraph
		}
	}
	d.out.mark(golocal.Place{Sheet: t.name, Columns: columns, Row: t.first + 1})
	d.out.add(kind, 0, strings.Join(lines, "\n"))
	t.rows = nil
}

// writeComments writes the comments of a sheet behind its rows, each with the
// place of its cell.
func (d *openDocument) writeComments(t *odfTable) {
	for _, c := range t.comments {
		d.out.mark(golocal.Place{Sheet: t.name, Columns: odfColumn(c.column), Row: c.row + 1})
		d.out.add(golocal.KindParagraph, 0, normal.OneLine(c.text))
	}
	d.out.mark(golocal.Place{Sheet: t.name})
}

// joinCells writes a row on one line; sparse rows leave out empty cells.
func joinCells(row []odfCell, sparse bool) string {
	var b strings.Builder
	for i, c := range row {
		if i > 0 {
			gap := 1
			if sparse {
				gap = c.column - row[i-1].column
			}
			b.WriteString(strings.Repeat(" |", min(gap, 32)) + " ")
		}
		b.WriteString(c.text)
	}
	return strings.TrimRight(b.String(), " ")
}

// odfColumn writes the number of a column, 0-based, as spreadsheets do: A, B,
// …, Z, AA.
func odfColumn(n int) string {
	s := ""
	for n++; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}

// tableDone writes a table of a text: as rows, or as blocks when one column only
// lays out the page.
func (d *openDocument) tableDone(t *odfTable) {
	widest := 0
	lines := make([]string, len(t.rows))
	for i, row := range t.rows {
		widest = max(widest, len(row))
		lines[i] = joinCells(row, false)
	}
	if widest < 2 {
		for _, b := range t.blocks {
			d.block(b)
		}
		d.flush()
		return
	}
	d.out.add(golocal.KindTable, 0, strings.Join(lines, "\n"))
	if len(d.paras) == 0 {
		d.flush()
	}
}
