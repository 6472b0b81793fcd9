package sample

import (
	"fmt"
	"html"
	"maps"
	"strings"
)

// SheetNS declares the name spaces of XLSX: none for the sheet's own, r.
const SheetNS = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

// Sheet is a sheet of a workbook.
type Sheet struct {
	Name  string
	State string // "", "hidden", "veryHidden"
	Rows  string // XML of its rows
	More  string // XML after the rows
}

// XLSX zips a workbook; styles are the number format codes of the cell styles 1,
// 2 and on. More parts by name.
func XLSX(sheets []Sheet, styles []string, parts map[string]string) []byte {
	all := map[string]string{"_rels/.rels": Relations("officeDocument", "xl/workbook.xml")}
	list, pairs := "", []string(nil)
	for i, s := range sheets {
		name := fmt.Sprintf("worksheets/sheet%d.xml", i+1)
		all["xl/"+name] = `<?xml version="1.0"?><worksheet ` + SheetNS + `><sheetData>` + s.Rows + `</sheetData>` + s.More + `</worksheet>`
		list += fmt.Sprintf(`<sheet name="%s" sheetId="%d" state="%s" r:id="r%d"/>`, html.EscapeString(s.Name), i+1, s.State, i+1)
		pairs = append(pairs, "worksheet", name)
	}
	all["xl/workbook.xml"] = `<?xml version="1.0"?><workbook ` + SheetNS + `><sheets>` + list + `</sheets></workbook>`
	all["xl/_rels/workbook.xml.rels"] = Relations(pairs...)
	var codes, uses strings.Builder
	for i, code := range styles {
		fmt.Fprintf(&codes, `<numFmt numFmtId="%d" formatCode="%s"/>`, 164+i, html.EscapeString(code))
		fmt.Fprintf(&uses, `<xf numFmtId="%d"/>`, 164+i)
	}
	all["xl/styles.xml"] = `<?xml version="1.0"?><styleSheet ` + SheetNS + `><numFmts>` + codes.String() + `</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>` + uses.String() + `</cellXfs></styleSheet>`
	maps.Copy(all, parts)
	return Zip(all)
}

// Row is a row of a sheet from column A on: strings are texts, numbers numbers,
// nil is empty, and any XML of a cell is a Cell.
func Row(number int, cells ...any) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<row r="%d">`, number)
	for i, c := range cells {
		at := fmt.Sprintf("%c%d", 'A'+i, number)
		switch c := c.(type) {
		case nil:
		case Cell:
			fmt.Fprintf(&b, `<c r="%s" %s</c>`, at, c)
		case string:
			fmt.Fprintf(&b, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, at, html.EscapeString(c))
		default:
			fmt.Fprintf(&b, `<c r="%s"><v>%v</v></c>`, at, c)
		}
	}
	return b.String() + `</row>`
}

// Cell is the rest of a cell's XML after its address: `s="1"><v>5</v>`.
type Cell string
