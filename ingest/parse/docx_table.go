package parse

import (
	"encoding/xml"
	"strconv"
	"strings"

	"golocal"
)

// wordTable is a w:tbl under way.
type wordTable struct {
	rows   []string
	blocks []block // everything in it, as long as it has one column
	cell   []string
	row    []string
	widest int
	span   int // columns of the cell under way
	inCell bool
	gone   bool // the row under way was deleted
}

// maxCellSpan bounds how many columns a cell is believed to reach over.
const maxCellSpan = 64

func (w *word) table() *wordTable {
	if len(w.tables) == 0 {
		return nil
	}
	return w.tables[len(w.tables)-1]
}

func (w *word) startTable(e xml.StartElement) {
	t := w.table()
	if e.Name.Local == "tbl" {
		if len(w.tables) == 0 {
			w.flushList()
		}
		w.tables = append(w.tables, &wordTable{})
		return
	}
	if t == nil {
		return
	}
	switch e.Name.Local {
	case "tr":
		t.row, t.gone = nil, false
	case "trPr":
		w.inRow = true
	case "gridBefore":
		if n, err := strconv.Atoi(xmlAttribute(e, "val")); err == nil && n > 0 && w.inRow {
			t.row = append(t.row, make([]string, min(n, maxCellSpan))...)
		}
	case "tc":
		t.cell, t.inCell, t.span = nil, true, 1
	case "gridSpan":
		if n, err := strconv.Atoi(xmlAttribute(e, "val")); err == nil && n > 1 {
			t.span = min(n, maxCellSpan)
		}
	}
}

func (w *word) endTable(local string) {
	t := w.table()
	if t == nil {
		return
	}
	switch local {
	case "trPr":
		w.inRow = false
	case "tc":
		t.row = append(t.row, strings.Join(t.cell, " "))
		t.row = append(t.row, make([]string, max(t.span-1, 0))...)
		t.inCell, t.cell, t.span = false, nil, 1
	case "tr":
		if !t.gone {
			t.widest = max(t.widest, len(t.row))
			if strings.TrimSpace(strings.Join(t.row, "")) != "" {
				t.rows = append(t.rows, tableRow(t.row))
			}
		}
		if t.widest > 1 {
			t.blocks = nil
		}
		t.row, t.gone = nil, false
	case "tbl":
		w.tableEnd()
	}
}

// add puts a paragraph into the cell under way.
func (t *wordTable) add(b block) {
	if t.gone {
		return
	}
	t.cell = append(t.cell, b.line())
	if t.widest < 2 {
		t.blocks = append(t.blocks, b)
	}
}

// tableEnd writes a table: as rows, as blocks when one column only lays out
// the page, or into the cell of the table around it.
func (w *word) tableEnd() {
	n := len(w.tables)
	if n == 0 {
		return
	}
	t := w.tables[n-1]
	w.tables, w.inRow = w.tables[:n-1], false
	if outer := w.table(); outer != nil && outer.inCell {
		outer.cell = append(outer.cell, t.rows...)
		if outer.widest < 2 {
			if t.widest < 2 {
				outer.blocks = append(outer.blocks, t.blocks...)
			} else {
				outer.blocks = append(outer.blocks, block{rows: t.rows})
			}
		}
		return
	}
	if t.widest < 2 {
		for _, b := range t.blocks {
			w.block(b)
		}
	} else {
		w.out.add(golocal.KindTable, 0, strings.Join(t.rows, "\n"))
	}
	w.flush()
}

// tableRow joins the cells of a row. Empty cells at its end are left out; one
// at its start stays as the bar after it.
func tableRow(cells []string) string {
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	return strings.TrimSpace(strings.Join(cells, " | "))
}
