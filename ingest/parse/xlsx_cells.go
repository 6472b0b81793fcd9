package parse

import (
	"encoding/xml"
	"strconv"

	"golocal/ingest/normal"
	"golocal/internal/remark"
)

// cells streams the rows of a sheet to w (18.3.1).
func (b *workbook) cells(s sheet, w *sheetWriter) error {
	most := b.a.left
	if b.a.packed(s.part) {
		most = b.a.part
	}
	r, err := b.a.openUpTo(s.part, most)
	if err != nil {
		return err
	}
	defer r.Close()
	var (
		row                       sheetRow
		column, style             int
		kind                      string
		value                     []byte
		inText                    bool
		phonetic, hiddenRows, off int
	)
	err = partTokens(r, s.part, func(t xml.Token, _ int) error {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "col":
				from, _ := strconv.Atoi(xmlAttribute(t, "min"))
				to, _ := strconv.Atoi(xmlAttribute(t, "max"))
				if yes(xmlAttribute(t, "hidden")) && to >= from && to < maxColumns { // beyond is the empty rest
					off += to - from + 1
				}
			case "row":
				number, err := strconv.Atoi(xmlAttribute(t, "r"))
				if err != nil || number <= row.number || number > 1<<20 {
					number = row.number + 1
				}
				row.reset(number)
				column = 0
				if yes(xmlAttribute(t, "hidden")) {
					hiddenRows++
				}
			case "c":
				column++
				style, kind, value = 0, "", value[:0]
				for _, at := range t.Attr {
					switch at.Name.Local {
					case "r":
						if c, _ := cellName(at.Value); c > 0 {
							column = c
						}
					case "s":
						style, _ = strconv.Atoi(at.Value)
					case "t":
						kind = at.Value
					}
				}
			case "v":
				inText = true
			case "t":
				inText = phonetic == 0
			case "rPh":
				phonetic++
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "v", "t":
				inText = false
			case "rPh":
				phonetic--
			case "c":
				if len(value) == 0 {
					return nil
				}
				raw := string(value)
				text := b.shown(raw, kind, style)
				if text == "" && kind != "s" {
					b.out.hide("a number format that shows nothing", raw)
				}
				row.put(column, text, kind == "" || kind == "n")
			case "row":
				return w.row(&row)
			}
		case xml.CharData:
			if inText {
				value = append(value, t...)
			}
		}
		return nil
	})
	if hiddenRows > 0 && w.last > 0 {
		b.out.note(remark.NoteHiddenRows, s.name, hiddenRows)
	}
	if off > 0 && w.last > 0 {
		b.out.note(remark.NoteHiddenColumns, s.name, off)
	}
	return err
}

// shown is a cell's value as the sheet shows it (18.18.11).
func (b *workbook) shown(raw, kind string, style int) string {
	switch kind {
	case "s":
		raw = b.texts.at(raw)
	case "b":
		if raw == "1" || raw == "true" {
			return "TRUE"
		}
		return "FALSE"
	case "", "n":
		if style >= 0 && style < len(b.formats) {
			return normal.OneLine(b.formats[style].format(raw))
		}
		return shortNumber(raw)
	}
	return normal.OneLine(normal.NoPages(normal.Text(raw)))
}
