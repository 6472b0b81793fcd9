package corpus

import (
	"encoding/csv"
	"slices"
	"strings"

	"golocal"
	"golocal/internal/place"
)

// Table is a table of a file: rows of cells under a header.
type Table struct {
	doc    golocal.Document // with its text
	sheet  string
	header []string
	span   golocal.Span // of the rows below the header
	comma  rune         // what parts the cells of a CSV; 0 for " | "
	ruler  place.Ruler
}

// row is a row of a table.
type row struct {
	cells []string // as many as the header has, at most; valid until the next row
	span  golocal.Span
	odd   string // why its cells cannot be told apart; "" where they can
}

// tableTypes are the types of files that are looked at for a column when no file
// is named.
var tableTypes = set("csv tsv xlsx ods xls")

// delimiters are what may part the cells of a line.
var delimiters = []rune{',', '\t', ';', '|'}

// tablesOf are the tables of a document that have a header.
func tablesOf(doc golocal.Document) []*Table {
	var out []*Table
	ruler := place.NewRuler(doc.Marks, doc.Text)
	for _, s := range doc.Sections {
		if s.Kind != golocal.KindTable {
			continue
		}
		t := &Table{doc: doc, ruler: ruler, sheet: ruler.At(s.Span.Start).Sheet, span: s.Span}
		text := doc.Text[s.Span.Start:s.Span.End]
		head := len(text) - len(strings.TrimLeft(text, "\n\r \t\ufeff"))
		end := head + strings.IndexByte(text[head:]+"\n", '\n')
		line := text[head:end]
		if doc.Type == "csv" {
			t.comma = Delimiter(text[:min(len(text), 16<<10)])
		}
		if t.header = Cells(line, t.comma); t.header == nil {
			continue
		}
		t.span.Start += min(end+1, len(text))
		out = append(out, t)
	}
	return out
}

// Cells parts a row of a table as it stands in a document's Text: a line of a CSV
// at comma, by Delimiter; a laid out or Markdown one, whose comma is 0, at its bars.
// Nil for a line of a CSV that cannot be parted.
func Cells(line string, comma rune) []string {
	if comma == 0 {
		return cellsOf(line)
	}
	r := csv.NewReader(strings.NewReader(line))
	r.Comma, r.LazyQuotes = comma, true
	cells, err := r.Read()
	if err != nil {
		return nil
	}
	for i, c := range cells {
		cells[i] = strings.TrimSpace(c)
	}
	return cells
}

// Delimiter is what parts the cells of a CSV that begins with head: what gives the
// most lines as many cells as the first.
func Delimiter(head string) rune {
	best, most := ',', -1
	for _, d := range delimiters {
		r := csv.NewReader(strings.NewReader(head))
		r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = d, true, -1, true
		width, same, n := 0, 0, 0
		for n < 30 {
			cells, err := r.Read()
			if err != nil {
				break
			}
			if n++; n == 1 {
				width = len(cells)
			}
			if len(cells) == width {
				same++
			}
		}
		if width > 1 && same*100/max(n, 1) > most {
			best, most = d, same*100/n
		}
	}
	return best
}

// cellsOf parts a line of a laid out or Markdown table.
func cellsOf(line string) []string {
	line = strings.TrimSpace(line)
	if strings.HasPrefix(line, "|") && strings.HasSuffix(line, "|") && len(line) > 1 { // Markdown
		line = strings.ReplaceAll(line[1:len(line)-1], `\|`, "\uE000")
		cells := strings.Split(line, "|")
		for i, c := range cells {
			cells[i] = strings.ReplaceAll(strings.TrimSpace(c), "\uE000", "|")
		}
		return cells
	}
	if strings.HasPrefix(line, "| ") { // the first cell is empty
		line = " " + line
	}
	cells := strings.Split(line, " | ")
	for i, c := range cells {
		cells[i] = strings.TrimSpace(c)
	}
	return cells
}

// longGap is how many empty cells in a row a laid out sheet writes; more of them
// are written as one, so that what follows stands in nobody knows which column.
const longGap = 16

// rows yields the rows of the table in order, blank lines left out.
func (t *Table) rows(yield func(row) bool) {
	text := t.doc.Text[t.span.Start:t.span.End]
	var reader *csv.Reader
	at := 0
	if t.comma != 0 {
		reader = csv.NewReader(strings.NewReader(text))
		reader.Comma, reader.LazyQuotes, reader.FieldsPerRecord, reader.ReuseRecord = t.comma, true, -1, true
	}
	for at < len(text) {
		var r row
		if reader != nil {
			cells, err := reader.Read()
			next := int(reader.InputOffset())
			if err != nil || next <= at {
				return
			}
			r.cells, r.span = cells, golocal.Span{Start: at, End: next}
			at = next
		} else {
			end := at + strings.IndexByte(text[at:]+"\n", '\n')
			r.span = golocal.Span{Start: at, End: end}
			at = end + 1
			line := text[r.span.Start:r.span.End]
			if strings.Trim(line, "|-: \t") == "" { // blank, or Markdown's rule
				continue
			}
			r.cells = cellsOf(line)
			empty := slices.Index(r.cells, "")
			if len(t.header) > longGap && len(r.cells) < len(t.header) && empty >= 0 {
				r.odd = oddEmpty
			}
		}
		for r.span.Start < r.span.End && strings.IndexByte("\n\r \t\f", text[r.span.Start]) >= 0 {
			r.span.Start++
		}
		for r.span.End > r.span.Start && strings.IndexByte("\n\r \t\f", text[r.span.End-1]) >= 0 {
			r.span.End--
		}
		if r.span.Start == r.span.End {
			continue
		}
		if len(r.cells) > len(t.header) {
			for _, c := range r.cells[len(t.header):] {
				if strings.TrimSpace(c) != "" {
					r.odd = oddLong
				}
			}
			r.cells = r.cells[:len(t.header)]
		}
		r.span.Start += t.span.Start
		r.span.End += t.span.Start
		if !yield(r) {
			return
		}
	}
}

// cell is a cell of a row, "" where the row is shorter.
func (r row) cell(i int) string {
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

// name is the table for people: its file and, of a workbook, its sheet.
func (t *Table) name() string {
	if t.sheet != "" {
		return t.doc.Ref.Path + ", sheet " + t.sheet
	}
	return t.doc.Ref.Path
}

// totals are what the first cell of a row says that sums up those above it.
var totals = set("total totals sum summe gesamt gesamtsumme insgesamt subtotal zwischensumme grandtotal")

// sumsUp tells whether a row is a total of others.
func (r row) sumsUp() bool {
	for i := range r.cells {
		c := r.cell(i)
		if c == "" {
			continue
		}
		return totals[strings.Map(func(r rune) rune {
			if r == ' ' || r == ':' {
				return -1
			}
			return r
		}, fold(c))]
	}
	return false
}
