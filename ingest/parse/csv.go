package parse

import (
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"unicode"

	"golocal"
	"golocal/ingest/normal"
)

// delimiters are what cells are parted with, the likelier ones first.
var delimiters = []rune{',', '\t', ';', '|'}

// maxRecord is how long a record over several lines may be, in bytes: beyond it
// a quote that was never closed has swallowed the rest.
const maxRecord = 64 << 10

// maxJoined is how many records over several lines are made one line each.
const maxJoined = 100_000

// parseCSV reads rows of cells (RFC 4180, with whatever parts the cells). Lines
// stay the file's own; a line end inside quotes becomes a space, so that every
// record is one line. Lines above the header row are a paragraph. A table whose
// first row is data like the others has no header, and is given as a list.
func parseCSV(name, text string) (golocal.Document, error) {
	v := newVerbatim(CSV, text)
	if !normal.HasWords(v.doc.Text) {
		return v.doc, NoText(CSV, 0)
	}
	start, comma := 0, rune(0)
	if first, _, _ := strings.Cut(v.doc.Text, "\n"); len(first) == 5 && strings.HasPrefix(strings.ToLower(first), "sep=") {
		start, comma = 6, rune(first[4]) // Excel's own hint
	}
	if comma == 0 {
		comma = delimiter(v.doc.Text, strings.HasSuffix(strings.ToLower(name), ".tsv"))
	}
	start = min(start, len(v.doc.Text))
	v.joinRecords(start, comma)
	records := readRecords(v.doc.Text[start:], comma, 100)
	head := headerRow(records)
	top := start
	if head > 0 {
		top = start + records[head-1].end
	}
	v.add(golocal.KindParagraph, 0, top)
	kind := golocal.KindTable
	if head < 0 {
		kind = golocal.KindList
	}
	v.add(kind, top, len(v.doc.Text))
	return v.document()
}

// record is a row of cells; it ends at byte end.
type record struct {
	cells []string
	end   int
}

// readRecords returns the first records of a text, most at the most.
func readRecords(text string, comma rune, most int) []record {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
	var out []record
	for len(out) < most {
		cells, err := r.Read()
		if err != nil {
			break
		}
		out = append(out, record{cells, int(r.InputOffset())})
	}
	return out
}

// delimiter returns what parts the cells: what gives the most records the same
// number of cells, two at least. A file of one column has commas.
func delimiter(text string, tabs bool) rune {
	head := text[:min(len(text), 64<<10)]
	best, most := ',', 0
	if tabs {
		best = '\t'
	}
	for _, d := range delimiters {
		counts := map[int]int{}
		records := readRecords(head, d, 50)
		for _, r := range records {
			counts[len(r.cells)]++
		}
		score := 0
		for cells, n := range counts {
			if cells > 1 {
				score = max(score, n*100/len(records)*100+min(cells, 50))
			}
		}
		if score > most {
			best, most = d, score
		}
	}
	return best
}

// joinRecords turns the line ends inside of records into spaces and marks the
// record after each, so that lines are still counted as in the file.
func (v *verbatim) joinRecords(start int, comma rune) {
	if strings.Count(v.doc.Text, `"`) < 2 {
		return
	}
	r := csv.NewReader(strings.NewReader(v.doc.Text[start:]))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = comma, true, -1, true
	text := []byte(v.doc.Text)
	marks := []golocal.Mark{{Place: golocal.Place{Line: 1}}}
	at, line := start, 1+strings.Count(v.doc.Text[:start], "\n")
	for {
		_, err := r.Read()
		end := start + int(r.InputOffset())
		if err == io.EOF || err != nil || end <= at {
			break
		}
		if end-at > maxRecord || len(marks) > maxJoined {
			return // the quotes are not what they seem, or too many: lines are records
		}
		last := end
		for last > at && text[last-1] == '\n' {
			last--
		}
		first := at
		for first < last && text[first] == '\n' {
			first++ // blank lines before the record
		}
		inside := 0
		for i := first; i < last; i++ {
			if text[i] == '\n' {
				text[i] = ' '
				inside++
			}
		}
		line += first - at + inside + end - last
		if inside > 0 && end < len(text) {
			marks = append(marks, golocal.Mark{At: end, Place: golocal.Place{Line: line}})
		}
		at = end
	}
	if len(marks) > 1 || string(text) != v.doc.Text {
		v.doc.Text, v.doc.Marks = string(text), marks
	}
}

// headerRow returns the index of the row that names the columns: the first that
// is as wide as most, within the first ten; -1 where it holds data itself.
func headerRow(records []record) int {
	counts := map[int]int{}
	width := 1
	for _, r := range records {
		counts[len(r.cells)]++
		if n := len(r.cells); counts[n] > counts[width] || counts[n] == counts[width] && n > width {
			width = n
		}
	}
	for i, r := range records[:min(len(records), 10)] {
		if len(r.cells) < width-1 || width > 1 && filled(r.cells) < 2 {
			continue // R leaves the name of the first column out
		}
		if len(records) > i+1 && slices.ContainsFunc(r.cells, numeric) && !slices.ContainsFunc(records[i+1:], func(other record) bool { return !sameShape(r.cells, other.cells) }) {
			return -1
		}
		return i
	}
	return 0
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

// numeric reports a number, date or amount of money.
func numeric(s string) bool {
	digits := 0
	for _, r := range strings.TrimSpace(s) {
		switch {
		case unicode.IsDigit(r):
			digits++
		case !strings.ContainsRune("+-.,:/ %TZ", r) && !unicode.Is(unicode.Sc, r):
			return false
		}
	}
	return digits > 0
}

// sameShape reports rows that have numbers in the same columns.
func sameShape(a, b []string) bool {
	for i := range min(len(a), len(b)) {
		if numeric(a[i]) != numeric(b[i]) && strings.TrimSpace(b[i]) != "" {
			return false
		}
	}
	return true
}
