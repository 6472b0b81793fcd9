package parse

import (
	"slices"
	"strconv"
	"strings"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// sheetRow is a row of a sheet with the cells that hold something.
type sheetRow struct {
	number  int
	columns []int // of the cells, ascending
	cells   []string
	numeric []bool
}

// reset begins another row.
func (r *sheetRow) reset(number int) { *r = sheetRow{number: number} }

// put adds a cell; one that is empty, out of order or beyond the last column is
// left out.
func (r *sheetRow) put(column int, text string, numeric bool) {
	if n := len(r.columns); text == "" || column > maxColumns || n > 0 && r.columns[n-1] >= column {
		return
	}
	r.columns = append(r.columns, column)
	r.cells = append(r.cells, text)
	r.numeric = append(r.numeric, numeric)
}

// line writes the row from column left on. Long runs of empty cells are one.
func (r *sheetRow) line(left int) string {
	cells := make([]string, 0, len(r.cells))
	next := left
	for i, c := range r.columns {
		if gap := c - next; gap > maxGap {
			cells = append(cells, "")
		} else if gap > 0 {
			cells = append(cells, make([]string, gap)...)
		}
		cells = append(cells, r.cells[i])
		next = c + 1
	}
	return tableRow(cells)
}

const (
	maxColumns = 1 << 14
	maxGap     = 16  // empty cells in a row that are written
	maxHead    = 100 // rows that are looked at before a table is begun
)

// sheetWriter lays out the rows of one sheet as blocks: rows with no more than
// one empty row between them.
type sheetWriter struct {
	out   *layout
	name  string
	begun bool // the heading is written
	last  int  // row

	head        []sheetRow // of the block, until it is begun
	open        bool       // the block's section is begun
	left, right int        // columns of the block
	marks       []int      // of the block, in out.marks
	numbers     bool       // the block has some
	wrote       int        // last row that was written
	next        int        // row that the next line is counted as, 0 for none
}

// heading writes the sheet's name before its first text.
func (w *sheetWriter) heading() {
	if !w.begun {
		w.begun = true
		w.out.outline = outline{}
		w.out.mark(golocal.Place{Sheet: w.name})
		w.out.add(golocal.KindHeading, 2, w.name)
	}
}

// row takes the next row.
func (w *sheetWriter) row(r *sheetRow) error {
	if len(r.cells) == 0 {
		return nil
	}
	if gap := r.number - w.last; w.last > 0 && (gap > 2 || gap == 2 && w.apart(r)) {
		w.close()
	}
	w.last = r.number
	w.numbers = w.numbers || slices.Contains(r.numeric, true)
	if w.open {
		return w.write(r)
	}
	if w.head = append(w.head, *r); len(w.head) >= maxHead {
		return w.begin()
	}
	return nil
}

// apart tells whether a row below an empty one begins something new: a title, or
// names of columns below numbers.
func (w *sheetWriter) apart(r *sheetRow) bool {
	return len(r.cells) == 1 || w.numbers && !slices.Contains(r.numeric, true)
}

// close ends the block.
func (w *sheetWriter) close() {
	if !w.open && len(w.head) > 0 {
		w.begin() // a full text was noted
	}
	for _, i := range w.marks {
		p := &w.out.marks[i].Place
		if p.Columns = columnName(w.left); w.right > w.left {
			p.Columns += ":" + columnName(w.right)
		}
	}
	w.open, w.marks, w.left, w.right, w.next, w.head, w.numbers = false, nil, 0, 0, 0, nil, false
}

// begin decides what the block is and writes the rows seen so far. Rows of few
// cells above a table are its title; a table is one only with a header, because
// that is repeated wherever the table is cut.
func (w *sheetWriter) begin() error {
	w.heading()
	widest := 0
	w.left = maxColumns
	for _, r := range w.head {
		widest = max(widest, len(r.cells))
		w.left = min(w.left, r.columns[0])
	}
	rows := w.head
	w.head = nil
	for widest > 1 && len(rows[0].cells) <= max(1, widest/3) {
		if err := w.write(&rows[0]); err != nil {
			return err
		}
		w.open = false // each is a paragraph
		rows = rows[1:]
	}
	kind := golocal.KindTable
	switch {
	case widest == 1 && len(rows) == 1:
		kind = golocal.KindParagraph
	case widest == 1 || !headed(rows):
		kind = golocal.KindList
	}
	w.section(kind)
	for i := range rows {
		if err := w.write(&rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// headed tells whether the first of some rows names the columns: no number in it
// stands above another, years aside.
func headed(rows []sheetRow) bool {
	first := rows[0]
	text := false
	for i, c := range first.columns {
		if !first.numeric[i] {
			text = true
			continue
		}
		if year, err := strconv.Atoi(first.cells[i]); err == nil && year >= 1900 && year <= 2100 {
			text = true
			continue
		}
		for _, r := range rows[1:min(len(rows), 5)] {
			for j, below := range r.columns {
				if below == c && r.numeric[j] {
					return false
				}
			}
		}
	}
	return text
}

// section begins the block's section.
func (w *sheetWriter) section(kind golocal.Kind) {
	w.open = true
	at := w.out.text.Len()
	w.out.sections = append(w.out.sections, golocal.Section{Kind: kind, Heading: w.out.outline.path(), Span: golocal.Span{Start: at, End: at}})
}

// write writes a row as a line.
func (w *sheetWriter) write(r *sheetRow) error {
	if !w.open {
		w.section(golocal.KindParagraph)
	}
	kind := w.out.sections[len(w.out.sections)-1].Kind
	line := ""
	if kind == golocal.KindParagraph {
		line = normal.Text(strings.Join(r.cells, " | "))
	} else {
		line = normal.Text(r.line(w.left))
	}
	if w.out.text.Len()+len(line) > MaxText-1<<10 {
		w.out.cut = true
		if n := len(w.out.sections); w.out.sections[n-1].Span.End == w.out.sections[n-1].Span.Start {
			w.out.sections = w.out.sections[:n-1]
		}
		return Failed("", remark.TooMuchText, MaxText>>20)
	}
	if r.number != w.next || w.next == 0 {
		w.out.mark(golocal.Place{Sheet: w.name, Row: r.number})
		w.marks = append(w.marks, len(w.out.marks)-1)
	}
	w.next, w.wrote = r.number+1, r.number
	w.right = max(w.right, r.columns[len(r.columns)-1])
	w.out.text.WriteString(strings.TrimSpace(line))
	w.out.sections[len(w.out.sections)-1].Span.End = w.out.text.Len()
	w.out.text.WriteByte('\n')
	return nil
}
