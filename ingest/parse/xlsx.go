package parse

import (
	"context"
	"encoding/xml"
	"errors"
	"path"
	"strconv"
	"strings"

	"golocal"
	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// parseXLSX reads SpreadsheetML (ECMA-376 part 1, 18): the sheets in order, each
// as tables of the values that are shown, then its charts' titles, text boxes
// and comments. Sheets are streamed: one of 200,000 rows is 100 MB of XML. What
// cannot be read costs a note, not the rest.
func (f *Formats) parseXLSX(ctx context.Context, a *archive, main string, depth int) (golocal.Document, error) {
	b := &workbook{a: a, persons: map[string]string{}}
	if err := b.read(main); err != nil {
		return golocal.Document{}, err
	}
	var hidden []string
	var failed error
	for _, s := range b.sheets {
		if ctx.Err() != nil {
			return golocal.Document{}, context.Cause(ctx)
		}
		if b.out.cut {
			b.out.note(remark.NoteSheetUnread, s.name)
			continue
		}
		if s.hidden {
			hidden = append(hidden, s.name)
		}
		row, err := b.sheet(s)
		if err == nil {
			continue
		}
		if errors.Is(err, errBomb) && a.packed(s.part) {
			return golocal.Document{}, errBomb
		}
		failed = failing(XLSX, err)
		if row > 0 {
			b.out.note(remark.NoteSheetUntil, s.name, row, failed)
		} else {
			b.out.note(remark.NoteSheetFailed, s.name, failed)
		}
	}
	if len(hidden) > 0 {
		b.out.note(remark.NoteHiddenSheets, len(hidden), normal.Shorten(strings.Join(hidden, ", "), 200))
	}
	for _, s := range b.sheets {
		f.embedded(ctx, &b.out, a, s.part, depth)
	}
	doc, err := b.out.document(XLSX, "")
	doc = a.finish(doc)
	var failure *Failure
	if errors.As(err, &failure) && failure.State == golocal.StateNoText {
		if failed != nil {
			return doc, failed
		}
		if len(b.sheets) > 0 {
			return doc, Because(failure.State, XLSX, remark.NoSheetText, len(b.sheets))
		}
	}
	return doc, err
}

// workbook is the state of reading one workbook.
type workbook struct {
	a       *archive
	out     layout
	sheets  []sheet
	texts   sharedTexts
	formats []numberFormat // by the index of a cell's style
	epoch   bool           // dates count from 1904
	persons map[string]string
}

// sheet is an entry of the workbook's list.
type sheet struct {
	name, part string
	hidden     bool
	chart      bool // holds a chart alone
}

// read reads what the sheets need: their list, shared texts and formats.
func (b *workbook) read(main string) error {
	relations, _ := b.a.relations(main)
	err := b.a.tokens(main, func(t xml.Token, _ int) error {
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		switch e.Name.Local {
		case "workbookPr":
			b.epoch = yes(xmlAttribute(e, "date1904"))
		case "sheet":
			s := sheet{name: normal.OneLine(normal.NoPages(normal.Text(xmlAttribute(e, "name"))))}
			s.hidden = xmlAttribute(e, "state") == "hidden" || xmlAttribute(e, "state") == "veryHidden"
			for _, at := range e.Attr {
				if r, ok := relations[at.Value]; ok && at.Name.Local == "id" && b.a.files[r.target] != nil {
					s.part, s.chart = r.target, r.kind == "chartsheet"
				}
			}
			if s.part != "" && len(b.sheets) < maxEntries {
				b.sheets = append(b.sheets, s)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	beside := func(kind, name string) string {
		if parts := b.a.related(main, kind); len(parts) > 0 {
			return parts[0]
		}
		return path.Join(path.Dir(main), name)
	}
	b.formats = b.a.cellFormats(beside("styles", "styles.xml"), b.epoch)
	if part := beside("sharedStrings", "sharedStrings.xml"); b.a.files[part] != nil {
		err := b.texts.read(b.a, part)
		if errors.Is(err, errBomb) && b.a.packed(part) {
			return err
		}
		if err != nil {
			b.out.note(remark.NoteCellTexts, failing("", err))
		}
	}
	for _, part := range b.a.related(main, "person") {
		b.a.tokens(part, func(t xml.Token, _ int) error {
			if e, ok := t.(xml.StartElement); ok && e.Name.Local == "person" {
				b.persons[xmlAttribute(e, "id")] = normal.OneLine(normal.Text(xmlAttribute(e, "displayName")))
			}
			return nil
		})
	}
	return nil
}

// sheet lays one sheet out, and returns the last row that was read.
func (b *workbook) sheet(s sheet) (int, error) {
	w := &sheetWriter{out: &b.out, name: s.name}
	var err error
	if !s.chart {
		err = b.cells(s, w)
		w.close()
	}
	drawings := b.a.related(s.part, "drawing")
	for _, part := range drawings {
		var lines []string
		for _, chart := range b.a.related(part, "chart") {
			for _, d := range b.a.chart(chart) {
				lines = append(lines, d.title) // its numbers stand in cells
			}
		}
		lines = append(lines, b.a.boxes(part)...)
		for _, line := range lines {
			if strings.TrimSpace(line) != "" {
				w.heading()
				b.out.mark(golocal.Place{Sheet: s.name})
				b.out.add(golocal.KindParagraph, 0, line)
			}
		}
	}
	for _, c := range b.comments(s.part) {
		w.heading()
		b.out.mark(golocal.Place{Sheet: s.name, Columns: columnName(c.column), Row: c.row})
		b.out.add(golocal.KindParagraph, 0, c.text)
	}
	if w.begun {
		b.out.end()
	}
	return w.wrote, err
}

// yes tells whether an attribute is true.
func yes(s string) bool { return s == "1" || s == "true" || s == "on" }

// columnName writes a column's number, from 1 on, as letters.
func columnName(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('A'+(n-1)%26)) + s
	}
	return s
}

// cellName reads "B5" as column 2 and row 5; 0 for what is missing.
func cellName(s string) (column, row int) {
	i := 0
	for ; i < len(s) && i < 3 && s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z'; i++ {
		column = column*26 + int(s[i]|0x20-'a') + 1
	}
	row, err := strconv.Atoi(s[i:])
	if err != nil || row < 0 || row > 1<<20 {
		row = 0
	}
	return min(column, maxColumns), row
}
